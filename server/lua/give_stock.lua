#!lua
-- Gives the copies of a holder back, once.
--
-- KEYS  1 stock (hash: holder → copies, #taken → all of them)
-- ARGV  1 holder
-- Reply {'given'} | {'nothing'}
local copies = redis.call('HGET', KEYS[1], ARGV[1])
if not copies then return { 'nothing' } end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HINCRBY', KEYS[1], '#taken', -tonumber(copies))
return { 'given' }
