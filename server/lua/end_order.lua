#!lua
-- Ends an order that was not paid: as expired once its time is over, or at once as closed. One that ended before, or
-- was paid, stays what it is.
--
-- KEYS  1 order (hash)  2 open orders of the player (zset)  3 ending orders of the bucket (zset)
-- ARGV  1 order id  2 player:sku:order  3 now, ms  4 'closed' or 'expired'
-- Reply {state it has then}, '' for an order that is gone
local state = redis.call('HGET', KEYS[1], 's') or ''
if state == 'new' or state == 'ready' then
  local ends = tonumber(redis.call('ZSCORE', KEYS[3], ARGV[2]) or '0')
  if ARGV[4] == 'expired' and ends > tonumber(ARGV[3]) then return { state } end
  redis.call('HSET', KEYS[1], 's', ARGV[4])
  redis.call('ZREM', KEYS[2], ARGV[1])
  -- It stays in the list of the ending until what it held has been given back.
  redis.call('ZADD', KEYS[3], ARGV[3], ARGV[2])
  return { ARGV[4] }
end
return { state }
