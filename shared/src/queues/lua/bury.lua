-- The head is dead: it leaves for the outbox of dead letters and the lane goes on. Whoever calls must then hand the letter over.
-- ARGV: account lane window generation run ('' = whichever) eventId ('' = whichever is head) laterSeconds report
-- Reply: 0: nothing of ours to bury | 1, letter, turns to add
local account, lane, window, generation = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local run, eventId, laterSeconds, report = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
local owner, ownerRun = ownerOf(account, lane)
if owner ~= generation or (run ~= '' and run ~= ownerRun) then return { 0 } end
local head = call('LINDEX', laneKey(lane), 0)
local turns = {}
if not head or (eventId ~= '' and eventIdOf(head) ~= eventId) then
  release(account, lane, window, turns)
  return { 1, '', unpack(turns) }
end
call('LPOP', laneKey(lane))
call('SET', laterKey(lane), call('GET', laterKey(lane)) or '0', 'EX', laterSeconds)
local letter = call('GET', laterKey(lane)) .. '\n' .. report .. '\n' .. lane .. '\n' .. head
call('SADD', base .. 'dead', letter)
release(account, lane, window, turns)
return { 1, letter, unpack(turns) }
