-- Moves a conversation to another state if it is still in this handoff and in one of these states.
-- ARGV: handoffId to from ...   Reply: 1 moved | 0 it is elsewhere by now
local now = redis.call('HMGET', KEYS[1], 'handoffId', 'state')
if now[1] ~= ARGV[1] then return 0 end
for i = 3, #ARGV do
  if now[2] == ARGV[i] then
    redis.call('HSET', KEYS[1], 'state', ARGV[2])
    return 1
  end
end
return 0
