#!lua
-- Credits a charge: the claim, the goods, the order, the count of what was bought and the outbox entry, or nothing.
-- Lua has no rollback, so all that can fail is asked before the first write.
--
-- KEYS  1 charges (hash: charge id → JSON)  2 inventory (hash: item → count, #rev → revision)  3 order (hash)
--       4 open orders (zset)  5 bought (hash: sku → count)  6 outbox (stream)
-- ARGV  1 charge id  2 charge (JSON)  3 player id  4 order id  5 sku  6 quantity  7 seconds to keep the order
--       8 entries the outbox keeps  9 wake-up channel  10 bucket  11 order (JSON), for one that was lost
--       12… item, count, item, count …
-- Reply {'credited', rev} | {'exists', charge JSON} | {'order_paid'} | {'corrupt', item}
local MOST = 1000000000

local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then return { 'exists', known } end
local paid = redis.call('HGET', KEYS[3], 'c')
if paid and paid ~= ARGV[1] then return { 'order_paid' } end
local function whole(text) return not text or (#text <= 15 and string.match(text, '^%d+$') ~= nil) end
for i = 12, #ARGV, 2 do
  local held = redis.call('HGET', KEYS[2], ARGV[i])
  if not whole(held) or tonumber(held or '0') + tonumber(ARGV[i + 1]) > MOST then return { 'corrupt', ARGV[i] } end
end
if not whole(redis.call('HGET', KEYS[2], '#rev')) then return { 'corrupt', '#rev' } end
if not whole(redis.call('HGET', KEYS[5], ARGV[5])) then return { 'corrupt', ARGV[5] } end

redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
for i = 12, #ARGV, 2 do redis.call('HINCRBY', KEYS[2], ARGV[i], ARGV[i + 1]) end
local rev = redis.call('HINCRBY', KEYS[2], '#rev', 1)
redis.call('HSET', KEYS[3], 's', 'credited', 'c', ARGV[1])
redis.call('HSETNX', KEYS[3], 'j', ARGV[11])
redis.call('EXPIRE', KEYS[3], ARGV[7])
redis.call('ZREM', KEYS[4], ARGV[4])
redis.call('HINCRBY', KEYS[5], ARGV[5], ARGV[6])
local entry = redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[8], '*', 'player', ARGV[3], 'rev', rev, 'cause', 'purchase')
redis.call('PUBLISH', ARGV[9], ARGV[10] .. ' ' .. entry)
return { 'credited', rev }
