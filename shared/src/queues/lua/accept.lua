-- Appends each entry that was never seen to its lane, in order, and gives lanes without a turn one.
-- ARGV: window memorySeconds ahead ('' = none), then lane eventId rest ...   Reply: accepted, duplicate, then the turns to add
-- `ahead`: the generation of a turn of the first lane that the caller adds in the same breath. Granted it is not among the turns to
-- add; otherwise it will find itself fenced.
local window, memory, ahead = tonumber(ARGV[1]), ARGV[2], ARGV[3] ~= '' and { [ARGV[4]] = ARGV[3] } or {}
local accepted, duplicate, turns = 0, 0, {}
for i = 4, #ARGV, 3 do
  local lane, eventId, rest = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local account, needsTurn = accountOf(lane), false
  if call('SET', base .. 'seen:' .. account .. ':' .. eventId, '', 'NX', 'EX', memory) then
    accepted = accepted + 1
    needsTurn = call('RPUSH', laneKey(lane), eventId .. '\n' .. call('INCR', base .. 'ticket') .. '\n' .. rest) == 1
    if needsTurn then call('ZADD', base .. 'index', nowMs(), lane) end
  else
    duplicate = duplicate + 1
    needsTurn = call('EXISTS', laneKey(lane)) == 1
  end

  -- A lane that was not empty has its turn already. Only a sender who repeats an event may have missed the answer, and with it
  -- the step after this script: for him the turn is made sure of.
  if needsTurn then
    local generation, run = ownerOf(account, lane)
    if not generation then
      waitForSlot(account, lane)
      fill(account, window, turns, ahead)
    elseif run == '0' then
      turns[#turns + 1] = lane
      turns[#turns + 1] = generation
    end
  end
end
return { accepted, duplicate, unpack(turns) }
