-- Shared by every script of the lanes. KEYS[1] is the base of all keys of one queue, `{<namespace>}:lanes:<queue>:`.
--   seen:<account>:<event id>  string, 7 days      no event is accepted twice
--   lane:<lane>                list                the messages, oldest first; the head stays until it is acknowledged.
--                                                  Each is "<event id>\n<number>\n<rest>"; numbers grow with acceptance
--   live:<account>             hash lane -> owner  the lanes that hold one of the account's slots
--   away:<account>             hash lane -> owner  the lanes whose head had to wait; they gave their slot back for the rest of their turn
--   ready:<account>            sorted set          the lanes that wait for a slot, by ticket
--   index                      sorted set          every lane with messages or an owner, by the time it filled; the sweeper's map
--   dead                       set                 dead letters on their way to the queue of dead letters
--   later:<lane>               string              how many messages were delivered in a lane that has had a dead letter
--   ticket                     string              counter for generations, numbers and places in `ready`; never used twice
-- An owner is "<generation> <run>": the generation names the turn's job, the run one execution of it ("0": not begun).
-- Lane names are "<account>/<conversation>"; an account has no "/".
local base = KEYS[1]
local call = redis.call

local function laneKey(lane) return base .. 'lane:' .. lane end
local function liveKey(account) return base .. 'live:' .. account end
local function awayKey(account) return base .. 'away:' .. account end
local function readyKey(account) return base .. 'ready:' .. account end
local function laterKey(lane) return base .. 'later:' .. lane end
local function accountOf(lane) return string.match(lane, '^[^/]*') end
local function eventIdOf(entry) return string.sub(entry, 1, string.find(entry, '\n', 1, true) - 1) end
local function numberOf(entry) return tonumber(string.match(entry, '^[^\n]*\n(%d+)\n')) end

local function nowMs()
  local time = call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function ownerOf(account, lane)
  local owner, away = call('HGET', liveKey(account), lane), false
  if not owner then owner, away = call('HGET', awayKey(account), lane), true end
  if not owner then return nil end
  local generation, run = string.match(owner, '^(%S+) (.+)$')
  return generation, run, away
end

local function waitForSlot(account, lane)
  call('ZADD', readyKey(account), 'NX', call('INCR', base .. 'ticket'), lane)
end

-- Gives free slots to waiting lanes, first come first served. Each grant is a turn that the caller must add: lane, generation. `ahead`
-- holds the generations of turns that are being added already, by their lane.
local function fill(account, window, turns, ahead)
  local free = window - call('HLEN', liveKey(account))
  while free > 0 do
    local lane = call('ZPOPMIN', readyKey(account))[1]
    if not lane then return end
    if call('EXISTS', laneKey(lane)) == 1 then
      local added = ahead and ahead[lane]
      local generation = added or tostring(call('INCR', base .. 'ticket'))
      call('HSET', liveKey(account), lane, generation .. ' 0')
      if not added then
        turns[#turns + 1] = lane
        turns[#turns + 1] = generation
      end
      free = free - 1
    end
  end
end

-- Ends the lane's turn: its slot goes to the longest waiting lane, which may be this one again.
local function release(account, lane, window, turns)
  if call('HDEL', liveKey(account), lane) == 0 then call('HDEL', awayKey(account), lane) end
  if call('EXISTS', laneKey(lane)) == 1 then waitForSlot(account, lane) else call('ZREM', base .. 'index', lane) end
  fill(account, window, turns)
end
