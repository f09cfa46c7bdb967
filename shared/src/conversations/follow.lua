-- Names the thread of a conversation that is still in this handoff.
-- ARGV: handoffId threadId   Reply: 1 done | 0 it is elsewhere by now
if redis.call('HGET', KEYS[1], 'handoffId') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'threadId', ARGV[2])
return 1
