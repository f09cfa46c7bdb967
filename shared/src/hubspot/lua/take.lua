-- Takes the next place in a portal's budget, a GCRA: at most ARGV[2] calls at once, afterwards one every ARGV[1] ms.
-- KEYS[1] the budget: `next`, when the steady pace has its next place; `blocked`, until when nobody calls (ms, Redis's clock).
-- ARGV    interval ms, burst, patience ms
-- Returns how many ms to wait for the place. When that is more than the patience, the place has not been taken.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local interval, burst, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local known = redis.call('HMGET', KEYS[1], 'next', 'blocked')
local blocked = tonumber(known[2] or '0')
local from = math.max(now, tonumber(known[1] or '0'), blocked)
local wait = math.ceil(math.max(0, blocked - now, from - (burst - 1) * interval - now))
if wait <= patience then
  redis.call('HSET', KEYS[1], 'next', string.format('%.3f', from + interval))
  redis.call('PEXPIRE', KEYS[1], math.ceil(from + interval - now) + 60000)
end
return wait
