#!lua
-- Credits a charge: the claim, the goods, the order and the outbox entry, or nothing.
-- Lua has no rollback, so all that can fail is asked before the first write.
--
-- KEYS  1 charges (hash: charge id → record)  2 inventory (hash)  3 order (hash)  4 open orders (zset)
--       5 ending orders of the bucket (zset)  6 outbox (stream)
-- ARGV  1 charge id  2 record  3 player id  4 order id  5 what is sold (sku:quantity:revision)
--       6 how many of the offer a player may have bought with this, 0 for no limit
--       7 'held' when only an open order that has its copies may be credited  8 seconds to keep the order
--       9 order (JSON), for one that was lost  10 entries the outbox keeps  11 wake-up channel
-- Reply {'credited', rev} | {'exists', record} | {'order_paid'} | {'other_order'} | {'not_held'} | {'limit_reached'}
--       | {'corrupt', item}
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then return { 'exists', known } end
local state, paid, sold, held = unpack(redis.call('HMGET', KEYS[3], 's', 'c', 'p', 'h'))
if paid and paid ~= ARGV[1] then return { 'order_paid' } end
if sold and sold ~= ARGV[5] then return { 'other_order' } end
local charge = read_charge(ARGV[2])
local limit = tonumber(ARGV[6])
if not state or limit > 0 then
  local before, kept = bought(KEYS[1], ARGV[4], charge.sku)
  if before then return { 'order_paid' } end
  if limit > 0 and kept + charge.quantity > limit then return { 'limit_reached' } end
end
if ARGV[7] == 'held' and (not held or state ~= 'new' and state ~= 'ready') then return { 'not_held' } end
local fields, wrong = changed(KEYS[2], charge.grant, 1)
if not fields then return { 'corrupt', wrong } end

redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[3], 's', 'credited', 'c', ARGV[1], 'p', ARGV[5])
redis.call('HSETNX', KEYS[3], 'j', ARGV[9])
redis.call('EXPIRE', KEYS[3], ARGV[8])
redis.call('ZREM', KEYS[4], ARGV[4])
redis.call('ZREM', KEYS[5], ARGV[3] .. ':' .. charge.sku .. ':' .. ARGV[4])
return { 'credited', apply(KEYS[2], fields, ARGV[3], 'purchase', KEYS[6], ARGV[10], ARGV[11]) }
