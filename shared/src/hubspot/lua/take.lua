-- Takes a place in a portal's budget: never more than `limit` calls in any `window` ms, after a silence a burst of a fifth of them at
-- once, then an even pace. Less urgent calls are given a part of the burst only, and no place behind which an urgent call would wait.
-- KEYS[1] the portal  next      when the even pace has its next place (ms, Redis's clock, like all times here)
--                     blocked   until when nobody calls; `why` and `since` stand beside it until a call has succeeded
--                     probing   one call is out to see whether the pause is over
--                     steady    the pause is over: go on without a burst
--                     limit, window, others, othersAt   what HubSpot's headers said, see learn.lua
--                     last:<urgency>   when a call of this urgency had its latest place
-- KEYS[2] the places given within the last window, sorted by their time
-- KEYS[3] the conversations whose words had a place lately, sorted by the time of their latest
-- ARGV    limit when HubSpot has named none, patience ms, urgency, its part of the burst, ms after which it may not be starved any
--         longer (0: never starved), ms for which a probe is waited for, ms after which those who wait for it ask again,
--         the conversation ('' for none), ms after which it counts as quiet, its part of the burst until then
-- Returns what and ms: 0 the place is yours in so many ms | 1 you are the probe | 2 no place, come again | 3 the portal is paused
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local patience, urgency, part, starvedAfter = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local function field(name) return redis.call('HGET', KEYS[1], name) end
local function ms(time) return string.format('%.3f', time) end

local blocked = tonumber(field('blocked') or '0')
if blocked > now then
  local wait = math.ceil(blocked - now)
  if field('probing') then wait = math.min(wait, tonumber(ARGV[7])) end
  return { 3, wait }
end
if field('why') then
  redis.call('HSET', KEYS[1], 'blocked', ms(now + tonumber(ARGV[6])), 'probing', '1')
  return { 1, 0 }
end

local limit, window = tonumber(field('limit') or ARGV[1]), tonumber(field('window') or '10000')
if tonumber(field('othersAt') or '0') > now - window then
  limit = math.max(math.ceil(limit / 10), limit - tonumber(field('others')))
end
local interval = window / limit
local burst = math.max(1, math.floor(limit / 5))
local own = math.max(1, math.floor(burst * part))

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ms(now - 2 * window))
local full = redis.call('ZREVRANGE', KEYS[2], limit - 1, limit - 1, 'WITHSCORES')[2]
local opens = full and tonumber(full) + window or 0
local from = math.max(now, tonumber(field('next') or '0'))
if field('steady') then from = math.max(from, now + (burst - 1) * interval) end

local room = patience
if starvedAfter > 0 then
  if tonumber(field('last:' .. urgency) or '0') > now - starvedAfter then
    room = 0
  else
    own = burst
  end
end
local spoke = ARGV[8] ~= '' and redis.call('ZSCORE', KEYS[3], ARGV[8])
if spoke and tonumber(spoke) > now - tonumber(ARGV[9]) then
  own = math.max(1, math.floor(burst * tonumber(ARGV[10])))
  room = 0
end
-- Whoever asks a little late for a place is entered with the time at which it was free. Else every delay would be kept for ever, since
-- the call after a whole window waits for the end of it; the part of HubSpot's limit that is left alone covers so much.
local late = window / 50
local free = math.max(from - (own - 1) * interval, opens)
local place = math.max(now, free)
local wait = math.ceil(place - now)
if wait > room then return { 2, wait } end

-- After a burst the pace is a little slower, so that the rest of the window is spread over it and nobody meets its end.
local since = ms(place - window)
local used = redis.call('ZCOUNT', KEYS[2], '(' .. since, '+inf')
local gap = interval
if used > 0 and used < limit then
  local oldest = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. since, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  gap = math.max(interval, (oldest + window - place) / (limit - used))
end
local entered = math.max(now - late, free)
if free == opens then from = math.max(from, entered + (own - 1) * interval) end
redis.call('HSET', KEYS[1], 'next', ms(from + gap), 'last:' .. urgency, ms(place))
redis.call('HDEL', KEYS[1], 'steady')
redis.call('ZADD', KEYS[2], ms(entered), redis.call('HINCRBY', KEYS[1], 'places', 1))
redis.call('PEXPIRE', KEYS[2], 3 * math.ceil(window))
redis.call('EXPIRE', KEYS[1], 90000)
if ARGV[8] ~= '' then
  redis.call('ZADD', KEYS[3], ms(place), ARGV[8])
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ms(now - window))
  redis.call('PEXPIRE', KEYS[3], 3 * math.ceil(window))
end
return { 0, wait }
