-- Writes whose an account is, if it still is as it was read, and if no other account has the token.
-- KEYS: claims | tokens | unclaimed | version
-- ARGV: account | claim as it was read, or empty | claim to be, or empty | digest of its token before | digest to be | field of unclaimed
-- Reply: 1 written | 0 it was changed meanwhile | -1 another account has the token
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
local owner = redis.call('HGET', KEYS[2], ARGV[5])
if owner and owner ~= ARGV[1] then return -1 end
redis.call('HDEL', KEYS[2], ARGV[4])
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[2], ARGV[5], ARGV[1])
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  redis.call('HDEL', KEYS[3], ARGV[6])
end
redis.call('INCR', KEYS[4])
return 1
