-- Pauses a portal. A shorter pause than the one that lasts changes nothing.
-- KEYS[1] the portal, as in take.lua; KEYS[2] the set of paused portals
-- ARGV    ms, why, portal id
-- Returns whether that is news, and until when the portal is paused.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local till = now + tonumber(ARGV[1])
local blocked, why, probing = unpack(redis.call('HMGET', KEYS[1], 'blocked', 'why', 'probing'))
if why and not probing and tonumber(blocked) >= till then return { 0, math.ceil(blocked) } end
redis.call('HSET', KEYS[1], 'blocked', string.format('%.3f', till), 'why', ARGV[2])
redis.call('HSETNX', KEYS[1], 'since', string.format('%.3f', now))
redis.call('HDEL', KEYS[1], 'probing')
redis.call('SADD', KEYS[2], ARGV[3])
-- A pause is at most a day long.
redis.call('EXPIRE', KEYS[1], 90000)
redis.call('EXPIRE', KEYS[2], 90000)
local news = (probing or why ~= ARGV[2]) and 1 or 0
return { news, math.ceil(till) }
