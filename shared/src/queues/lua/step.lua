-- One step of a turn. mode `begin`: take the lane over. `next`: acknowledge the delivered head and go on. `last`: acknowledge and end.
-- ARGV: account lane window generation runNumber runNonce deliveredEventId mode
-- Reply: 1, entry: deliver this | 0, turns to add: the turn is over | -1: the lane is another turn's, change nothing
local account, lane, window, generation = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local mine, delivered, mode = ARGV[5] .. ' ' .. ARGV[6], ARGV[7], ARGV[8]
local owner, run, away = ownerOf(account, lane)
if owner ~= generation then return { -1 } end
if run ~= mine then
  -- A later run of the same job fences off the earlier one, which may be a stopped process that wakes up.
  if mode ~= 'begin' or tonumber(ARGV[5]) <= tonumber(string.match(run, '^%d+')) then return { -1 } end
  call('HSET', away and awayKey(account) or liveKey(account), lane, generation .. ' ' .. mine)
end

local key = laneKey(lane)
local head = call('LINDEX', key, 0)
if mode ~= 'begin' and head and eventIdOf(head) == delivered then
  -- Only what was delivered is taken out: an acknowledgement that was sent twice finds another head and removes nothing.
  call('LPOP', key)
  if call('EXISTS', laterKey(lane)) == 1 then call('INCR', laterKey(lane)) end
  head = call('LINDEX', key, 0)
end
if head and mode ~= 'last' then return { 1, head } end
local turns = {}
release(account, lane, window, turns)
return { 0, unpack(turns) }
