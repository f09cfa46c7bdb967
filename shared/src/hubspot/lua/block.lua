-- Closes a portal for ARGV[1] ms and takes its burst away, so that it opens at the steady pace. Never shortens a block.
-- KEYS[1] the budget, as in take.lua
-- ARGV    ms, interval ms, burst
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local till = now + tonumber(ARGV[1])
local steady = till + (tonumber(ARGV[3]) - 1) * tonumber(ARGV[2])
local known = redis.call('HMGET', KEYS[1], 'next', 'blocked')
local next = math.max(tonumber(known[1] or '0'), steady)
local blocked = math.max(tonumber(known[2] or '0'), till)
redis.call('HSET', KEYS[1], 'next', string.format('%.3f', next), 'blocked', string.format('%.3f', blocked))
redis.call('PEXPIRE', KEYS[1], math.ceil(next - now) + 60000)
return 1
