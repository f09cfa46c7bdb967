-- Keeps what an answer of HubSpot's said of the portal's limit, and how many calls in it cannot be ours.
-- KEYS[1] the portal, KEYS[2] its places, both as in take.lua
-- ARGV    our part of the limit, the limit, remaining calls, window ms
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local window = tonumber(ARGV[4])
-- The answer was on its way for a while: calls of ours that have left the window since then were still in HubSpot's.
local ours = redis.call('ZCOUNT', KEYS[2], string.format('%.3f', now - 1.03 * window), string.format('%.3f', now))
-- Counted that way they are rather too few, so a tenth is added.
local others = math.ceil(1.1 * math.max(0, ARGV[2] - ARGV[3] - ours))
redis.call('HSET', KEYS[1], 'limit', ARGV[1], 'window', window, 'others', others, 'othersAt', string.format('%.3f', now))
return others
