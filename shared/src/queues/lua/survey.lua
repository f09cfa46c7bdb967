-- How the lanes stand. ARGV: window lane ...
-- Reply: for each lane its name, depth, head and state: live|away <generation> <run>, waiting, kick or lost.
-- kick: it waits although a slot is free; lost: it holds messages and nobody will come for them.
local window, reply = tonumber(ARGV[1]), {}
for i = 2, #ARGV do
  local lane = ARGV[i]
  local account = accountOf(lane)
  local generation, run, away = ownerOf(account, lane)
  local state
  if generation then
    state = (away and 'away ' or 'live ') .. generation .. ' ' .. run
  elseif call('ZSCORE', readyKey(account), lane) then
    state = call('HLEN', liveKey(account)) < window and 'kick' or 'waiting'
  else
    state = 'lost'
  end
  reply[#reply + 1] = lane
  reply[#reply + 1] = call('LLEN', laneKey(lane))
  reply[#reply + 1] = call('LINDEX', laneKey(lane), 0) or ''
  reply[#reply + 1] = state
end
return reply
