#!lua
-- Keeps the first link of an order. One that is gone does not come back by its link alone.
--
-- KEYS  1 order (hash)
-- ARGV  1 link
-- Reply {the link kept}, '' for an order that is gone
if redis.call('HEXISTS', KEYS[1], 's') == 0 then return { '' } end
redis.call('HSETNX', KEYS[1], 'u', ARGV[1])
return { redis.call('HGET', KEYS[1], 'u') }
