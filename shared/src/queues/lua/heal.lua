-- The turn `generation` of this lane is known to be gone ('' = the lane had none): the lane is made ready again.
-- ARGV: account lane window generation   Reply: turns to add
local account, lane, window, generation = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local owner = ownerOf(account, lane)
local turns = {}
if owner and owner ~= generation then return turns end
release(account, lane, window, turns)
return turns
