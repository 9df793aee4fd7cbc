#!lua
-- Ends a walk of Telegram's ledger, if the store is still the one it began with.
--
-- KEYS  1 cursor (string)
-- ARGV  1 what it was as the walk began  2 what it is now
-- Reply {'moved'} | {'stale'}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { 'stale' } end
redis.call('SET', KEYS[1], ARGV[2])
return { 'moved' }
