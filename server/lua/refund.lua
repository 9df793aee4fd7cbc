#!lua
-- The Stars of a charge went back: takes its goods out of the inventory, as far as they are still there, once.
--
-- KEYS  1 charges (hash)  2 inventory (hash)  3 order (hash)  4 bought (hash)  5 outbox (stream)  6 refunds owed (zset)
-- ARGV  1 charge id  2 now, ms  3 payer:charge  4 payer id  5 entries the outbox keeps  6 wake-up channel  7 bucket
-- Reply {'refunded', charge JSON, rev} (rev 0 when nothing had been credited) | {'already'} | {'unknown'}
--       | {'corrupt', item}
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return { 'unknown' } end
local charge = cjson.decode(text)
if charge.refundedAtMs then return { 'already' } end
local function whole(value) return not value or (#value <= 15 and string.match(value, '^%d+$') ~= nil) end
local left = {}
for item, count in pairs(charge.grant) do
  local held = redis.call('HGET', KEYS[2], item)
  if not whole(held) then return { 'corrupt', item } end
  left[item] = math.max(0, tonumber(held or '0') - count)
end
if not whole(redis.call('HGET', KEYS[2], '#rev')) then return { 'corrupt', '#rev' } end
local bought = redis.call('HGET', KEYS[4], charge.sku)
if not whole(bought) then return { 'corrupt', charge.sku } end

-- The record grows as text: cjson would round the digits of a long player id.
text = string.sub(text, 1, -2) .. ',"refundedAtMs":' .. ARGV[2] .. '}'
redis.call('HSET', KEYS[1], ARGV[1], text)
redis.call('ZREM', KEYS[6], ARGV[3])
if charge.result ~= 'credit' then return { 'refunded', text, 0 } end
for item, count in pairs(left) do
  if count > 0 then redis.call('HSET', KEYS[2], item, count) else redis.call('HDEL', KEYS[2], item) end
end
if redis.call('EXISTS', KEYS[3]) == 1 then redis.call('HSET', KEYS[3], 's', 'refunded') end
redis.call('HSET', KEYS[4], charge.sku, math.max(0, tonumber(bought or '0') - charge.quantity))
local rev = redis.call('HINCRBY', KEYS[2], '#rev', 1)
local entry = redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[5], '*', 'player', ARGV[4], 'rev', rev, 'cause', 'refund')
redis.call('PUBLISH', ARGV[6], ARGV[7] .. ' ' .. entry)
return { 'refunded', text, rev }
