#!lua
-- Telegram will never give the Stars of a refund of ours back: its goods return.
--
-- KEYS  1 charges (hash)  2 inventory (hash)  3 order (hash)  4 refunds owed (zset)  5 outbox (stream)
-- ARGV  1 charge id  2 payer:charge  3 player id  4 entries the outbox keeps  5 wake-up channel
-- Reply {'cancelled', record, rev} | {'not_refunding'} | {'corrupt', item}
local text = redis.call('HGET', KEYS[1], ARGV[1])
local charge = text and read_charge(text)
if not charge or charge.result ~= 'credit' or not charge.owed or charge.back then return { 'not_refunding' } end
local fields, wrong = changed(KEYS[2], charge.grant, 1)
if not fields then return { 'corrupt', wrong } end

text = string.gsub(string.gsub(text, ' owed=%d+', ''), ' by=%S+', '')
redis.call('HSET', KEYS[1], ARGV[1], text)
if redis.call('EXISTS', KEYS[3]) == 1 then redis.call('HSET', KEYS[3], 's', 'credited') end
redis.call('ZREM', KEYS[4], ARGV[2])
return { 'cancelled', text, apply(KEYS[2], fields, ARGV[3], 'sync', KEYS[5], ARGV[4], ARGV[5]) }
