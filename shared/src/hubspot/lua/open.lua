-- Ends the pause of a portal, which goes on at an even pace, without a burst.
-- KEYS[1] the portal, as in take.lua; KEYS[2] the set of paused portals
-- ARGV    portal id
-- Returns for how many ms it was paused, -1 when it was not.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
redis.call('SREM', KEYS[2], ARGV[1])
local since = redis.call('HGET', KEYS[1], 'since')
if not since then return -1 end
redis.call('HDEL', KEYS[1], 'blocked', 'why', 'since', 'probing')
redis.call('HSET', KEYS[1], 'steady', '1')
return math.floor(now - since)
