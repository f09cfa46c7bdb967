-- A dead letter returns to its place in its lane: before everything that was accepted after it, but behind a message that may be in
-- delivery at this moment.
-- ARGV: account lane window entry deliveredAtDeath
-- Reply: how many messages of the lane were delivered since it died (-1: not known any more), then turns to add
local account, lane, window, entry = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local key, later = laneKey(lane), call('GET', laterKey(lane))
local owner, run = ownerOf(account, lane)
local turns = {}

-- A head that stands before an older message was in delivery when that one was replayed: it keeps its place, also in a lane
-- that was healed since, and the rest is in order behind it.
local head, second = call('LINDEX', key, 0), call('LINDEX', key, 1)
local at = (owner and run ~= '0' or second and numberOf(head) > numberOf(second)) and 1 or 0
local next = call('LINDEX', key, at)
while next and numberOf(next) < numberOf(entry) do
  at = at + 1
  next = call('LINDEX', key, at)
end
if next == entry or head == entry then
  later = ARGV[5] -- the replay before this one died before it removed the letter
elseif next then
  call('LINSERT', key, 'BEFORE', next, entry)
else
  call('RPUSH', key, entry)
end
call('ZADD', base .. 'index', 'NX', nowMs(), lane)
if not owner then
  waitForSlot(account, lane)
  fill(account, window, turns)
end
return { later and tonumber(later) - tonumber(ARGV[5]) or -1, unpack(turns) }
