#!lua
-- Records a charge that is not credited, and queues its refund.
--
-- KEYS  1 charges (hash: charge id → record)  2 refunds owed (zset: payer:charge by due time, ms)
-- ARGV  1 charge id  2 record  3 payer:charge  4 due, ms
-- Reply {'held'} | {'exists', record}
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then return { 'exists', known } end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[3])
return { 'held' }
