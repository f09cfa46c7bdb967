-- Changes the record of a conversation if it is still in this handoff ('' = it was never handed off): a process that was stopped and
-- wakes up must not write into a later one.
-- ARGV: handoffId secondsKept numberOfRemoved, names to remove ..., then name value ...   Reply: 1 changed | 0 it is elsewhere by now
if (redis.call('HGET', KEYS[1], 'handoffId') or '') ~= ARGV[1] then return 0 end
local fields = 4 + tonumber(ARGV[3])
for i = 4, fields - 1 do redis.call('HDEL', KEYS[1], ARGV[i]) end
for i = fields, #ARGV, 2 do
  local before = ARGV[i] == 'lastPublishedAt' and tonumber(redis.call('HGET', KEYS[1], ARGV[i]) or '0') or 0
  if ARGV[i] ~= 'lastPublishedAt' or tonumber(ARGV[i + 1]) > before then redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
