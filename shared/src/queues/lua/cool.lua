-- The head failed or came too early: its lane leaves the slot to others and ends its turn beyond the window. However many
-- conversations are stuck, waiting or trying again, none of them keeps another from its turn.
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
