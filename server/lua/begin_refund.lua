#!lua
-- A refund of ours begins: takes the goods of a credited charge and queues its Stars for the way back.
--
-- KEYS  1 charges (hash)  2 inventory (hash)  3 order (hash)  4 refunds owed (zset)  5 outbox (stream)
-- ARGV  1 charge id  2 now, ms  3 who asked for it  4 payer:charge  5 player id  6 entries the outbox keeps
--       7 wake-up channel
-- Reply {'begun', record, rev} | {'not_credited', record} | {'already', record} | {'unknown'} | {'corrupt', item}
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return { 'unknown' } end
local charge = read_charge(text)
if charge.result ~= 'credit' then return { 'not_credited', text } end
if charge.owed or charge.back then return { 'already', text } end
local fields, wrong = changed(KEYS[2], charge.grant, -1)
if not fields then return { 'corrupt', wrong } end

text = text .. ' owed=' .. ARGV[2] .. ' by=' .. ARGV[3]
redis.call('HSET', KEYS[1], ARGV[1], text)
if redis.call('EXISTS', KEYS[3]) == 1 then redis.call('HSET', KEYS[3], 's', 'refunding') end
redis.call('ZADD', KEYS[4], ARGV[2], ARGV[4])
return { 'begun', text, apply(KEYS[2], fields, ARGV[5], 'refund', KEYS[5], ARGV[6], ARGV[7]) }
