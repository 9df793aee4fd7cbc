#!lua
-- Writes down what was accepted of a run, and the player's best if this beats it.
--
-- KEYS  1 run (string: what was accepted of it)  2 best (hash)
-- ARGV  1 what was accepted before, empty for nothing  2 what is accepted now  3 seconds to remember the run
--       4 score  5 name  6 items used  7 now, ms
-- Reply {'accepted'} | {'changed'}
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return { 'changed' } end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
local best = tonumber(redis.call('HGET', KEYS[2], 's') or '-1')
if tonumber(ARGV[4]) > best then
  redis.call('HSET', KEYS[2], 's', ARGV[4], 'n', ARGV[5], 'u', ARGV[6], 'a', ARGV[7])
else
  -- Boards show how the player is called today.
  redis.call('HSET', KEYS[2], 'n', ARGV[5])
end
return { 'accepted' }
