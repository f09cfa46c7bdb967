-- The head failed and will be retried: its lane leaves the slot to others until then, and takes one beyond the window when it
-- comes back. However many conversations are stuck, none of them keeps another from its turn.
-- ARGV: account lane window generation runNumber runNonce   Reply: turns to add
local account, lane, window, generation = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local mine = ARGV[5] .. ' ' .. ARGV[6]
local owner, run, away = ownerOf(account, lane)
local turns = {}
if owner ~= generation or run ~= mine or away then return turns end
call('HDEL', liveKey(account), lane)
call('HSET', awayKey(account), lane, generation .. ' ' .. mine)
fill(account, window, turns)
return turns
