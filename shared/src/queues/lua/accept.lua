-- Appends the entries that were never seen, and gives the lane a turn if it has none.
-- ARGV: account lane window memorySeconds, then eventId rest ...   Reply: accepted, duplicate, then the turns to add
local account, lane, window, memory = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local key, before, accepted, duplicate = laneKey(lane), call('LLEN', laneKey(lane)), 0, 0
local turns = {}
for i = 5, #ARGV, 2 do
  if call('SET', base .. 'seen:' .. account .. ':' .. ARGV[i], '', 'NX', 'EX', memory) then
    call('RPUSH', key, ARGV[i] .. '\n' .. call('INCR', base .. 'ticket') .. '\n' .. ARGV[i + 1])
    accepted = accepted + 1
  else
    duplicate = duplicate + 1
  end
end
if accepted > 0 and before == 0 then call('ZADD', base .. 'index', nowMs(), lane) end

-- A lane that was not empty has its turn already. Only a sender who repeats an event may have missed the answer, and with it
-- the step after this script: for him the turn is made sure of.
if before + accepted > 0 and (before == 0 or duplicate > 0) then
  local generation, run = ownerOf(account, lane)
  if not generation then
    waitForSlot(account, lane)
    fill(account, window, turns)
  elseif run == '0' then
    turns = { lane, generation }
  end
end
return { accepted, duplicate, unpack(turns) }
