-- KEYS[1] the budget. Returns for how many ms more nobody may call, 0 when the portal is open.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
return math.ceil(math.max(0, tonumber(redis.call('HGET', KEYS[1], 'blocked') or '0') - now))
