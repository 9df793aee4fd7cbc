#!lua
-- The Stars of a charge are back with their payer: ends its record, and takes its goods unless that was done when the
-- refund began. Once.
--
-- KEYS  1 charges (hash)  2 inventory (hash)  3 order (hash)  4 refunds owed (zset)  5 outbox (stream)
-- ARGV  1 charge id  2 when, ms  3 payer:charge  4 payer id  5 entries the outbox keeps  6 wake-up channel
-- Reply {'refunded', record, rev} (rev 0 when the inventory did not change) | {'already', record} | {'unknown'}
--       | {'corrupt', item}
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return { 'unknown' } end
local charge = read_charge(text)
if charge.back then return { 'already', text } end
local takes = charge.result == 'credit' and not charge.owed
local fields, wrong = changed(KEYS[2], takes and charge.grant or {}, -1)
if not fields then return { 'corrupt', wrong } end

text = text .. ' back=' .. ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], text)
redis.call('ZREM', KEYS[4], ARGV[3])
if charge.result == 'credit' and redis.call('EXISTS', KEYS[3]) == 1 then redis.call('HSET', KEYS[3], 's', 'refunded') end
if not takes then return { 'refunded', text, 0 } end
return { 'refunded', text, apply(KEYS[2], fields, ARGV[4], 'refund', KEYS[5], ARGV[5], ARGV[6]) }
