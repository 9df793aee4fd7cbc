#!lua
-- Takes copies of a limited offer for a holder, once.
--
-- KEYS  1 stock (hash: holder → copies, #taken → all of them)
-- ARGV  1 holder  2 copies  3 how many there are
-- Reply {'taken'} | {'sold_out'} | {'corrupt', field}
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return { 'taken' } end
local taken = redis.call('HGET', KEYS[1], '#taken') or '0'
if #taken > 15 or not string.match(taken, '^%d+$') then return { 'corrupt', '#taken' } end
if tonumber(taken) + tonumber(ARGV[2]) > tonumber(ARGV[3]) then return { 'sold_out' } end

redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[1], '#taken', ARGV[2])
return { 'taken' }
