-- A dead letter returns to the front of its lane, but behind a message that may be in delivery at this moment.
-- ARGV: account lane window entry deliveredAtDeath
-- Reply: how many messages of the lane were delivered since it died (-1: not known any more), then turns to add
local account, lane, window, entry = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local key, later = laneKey(lane), call('GET', laterKey(lane))
local owner, run = ownerOf(account, lane)
local head = call('LINDEX', key, 0)
local turns = {}
if head and eventIdOf(head) == eventIdOf(entry) then
  later = ARGV[5] -- the replay before this one died before it removed the letter
elseif owner and run ~= '0' and head then
  call('LINSERT', key, 'AFTER', head, entry)
else
  call('LPUSH', key, entry)
end
call('ZADD', base .. 'index', 'NX', nowMs(), lane)
if not owner then
  waitForSlot(account, lane)
  fill(account, window, turns)
end
return { later and tonumber(later) - tonumber(ARGV[5]) or -1, unpack(turns) }
