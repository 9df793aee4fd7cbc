#!lua
-- Places an order, or finds the one that already stands for the same wish.
--
-- KEYS  1 order (hash)  2 open orders of the player (zset: order id by expiry)  3 bought (hash: sku → count)
-- ARGV  1 order id  2 order (JSON)  3 now, ms  4 key prefix of the player's orders  5 open orders allowed
--       6 bought allowed, 0 for no limit  7 life left, ms, below which an open twin is not offered again
--       8 seconds to keep the order
-- An id that finds an open twin stands for it from then on.
-- Reply {'placed'} | {'exists', order id} | {'too_many_orders'} | {'limit_reached'}
-- The player's other orders are reached by prefix: they share the slot of KEYS[1].
local id, json, now, prefix = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
if redis.call('EXISTS', KEYS[1]) == 1 then return { 'exists', redis.call('HGET', KEYS[1], 'a') or id } end

local wanted = cjson.decode(json)
local open, reserved, replaced = 0, 0, {}
for _, other in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], now + 1, '+inf')) do
  local state, text = unpack(redis.call('HMGET', prefix .. other, 's', 'j'))
  if text then
    local order = cjson.decode(text)
    local same = order.sku == wanted.sku
    local twin = same and order.quantity == wanted.quantity and order.revision == wanted.revision
    if twin and order.expiresAtMs - now >= tonumber(ARGV[7]) then
      redis.call('HSET', KEYS[1], 'a', other)
      redis.call('EXPIRE', KEYS[1], ARGV[8])
      return { 'exists', other }
    end
    if same and state == 'new' then
      table.insert(replaced, other)
    else
      open = open + 1
      if same then reserved = reserved + order.quantity end
    end
  end
end
if open >= tonumber(ARGV[5]) then return { 'too_many_orders' } end
local bought = tonumber(redis.call('HGET', KEYS[3], wanted.sku) or '0')
local limit = tonumber(ARGV[6])
if limit > 0 and bought + reserved + wanted.quantity > limit then return { 'limit_reached' } end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
for _, other in ipairs(replaced) do
  redis.call('HSET', prefix .. other, 's', 'closed')
  redis.call('ZREM', KEYS[2], other)
end
redis.call('HSET', KEYS[1], 's', 'new', 'j', json)
redis.call('EXPIRE', KEYS[1], ARGV[8])
redis.call('ZADD', KEYS[2], wanted.expiresAtMs, id)
redis.call('EXPIRE', KEYS[2], ARGV[8])
return { 'placed' }
