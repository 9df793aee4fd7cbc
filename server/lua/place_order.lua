#!lua
-- Places an order, or finds the one that already stands for the same wish.
--
-- KEYS  1 order (hash)  2 open orders of the player (zset: order id by expiry)  3 charges (hash)
--       4 ending orders of the bucket (zset: player:sku:order by the moment it ends)
-- ARGV  1 order id  2 player id  3 what is sold (sku:quantity:revision)  4 order (JSON)  5 expiry, ms  6 now, ms
--       7 key prefix of the player's orders  8 open orders allowed  9 bought allowed, 0 for no limit
--       10 life left, ms, below which an open twin is not offered again  11 seconds to keep the order
-- An id that finds an open twin stands for it from then on.
-- Reply {'placed'} | {'exists', order id} | {'order_paid'} | {'too_many_orders'} | {'limit_reached'}
-- The player's other orders are reached by prefix: they share the slot of KEYS[1].
local id, player, sold, now, prefix = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[6]), ARGV[7]
if redis.call('EXISTS', KEYS[1]) == 1 then return { 'exists', redis.call('HGET', KEYS[1], 'a') or id } end
local sku, quantity = string.match(sold, '^([^:]+):(%d+):')
local limit = tonumber(ARGV[9])
local paid, kept = bought(KEYS[3], id, sku)
if paid then return { 'order_paid' } end

local open, reserved, replaced = 0, 0, {}
local others = redis.call('ZRANGEBYSCORE', KEYS[2], now + 1, '+inf', 'WITHSCORES')
for i = 1, #others, 2 do
  local other = others[i]
  local state, what = unpack(redis.call('HMGET', prefix .. other, 's', 'p'))
  if what then
    local its_sku, its_quantity = string.match(what, '^([^:]+):(%d+):')
    if what == sold and tonumber(others[i + 1]) - now >= tonumber(ARGV[10]) then
      redis.call('HSET', KEYS[1], 'a', other)
      redis.call('EXPIRE', KEYS[1], ARGV[11])
      return { 'exists', other }
    end
    if its_sku == sku and state == 'new' then
      table.insert(replaced, other)
    else
      open = open + 1
      if its_sku == sku then reserved = reserved + tonumber(its_quantity) end
    end
  end
end
if open >= tonumber(ARGV[8]) then return { 'too_many_orders' } end
if limit > 0 and kept + reserved + tonumber(quantity) > limit then return { 'limit_reached' } end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
for _, other in ipairs(replaced) do
  redis.call('HSET', prefix .. other, 's', 'closed')
  redis.call('ZREM', KEYS[2], other)
  redis.call('ZADD', KEYS[4], now, player .. ':' .. sku .. ':' .. other)
end
redis.call('HSET', KEYS[1], 's', 'new', 'p', sold, 'j', ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[11])
redis.call('ZADD', KEYS[2], ARGV[5], id)
redis.call('EXPIRE', KEYS[2], ARGV[11])
redis.call('ZADD', KEYS[4], ARGV[5], player .. ':' .. sku .. ':' .. id)
return { 'placed' }
