#!lua
-- Uses up items, once for each operation id and never below zero.
--
-- KEYS  1 inventory (hash)  2 operation (string: what it did)  3 outbox (stream)
-- ARGV  1 item  2 count  3 seconds to remember the operation  4 player id  5 entries the outbox keeps
--       6 wake-up channel  7 bucket
-- Reply {'used', rev} | {'exists'} | {'not_enough'} | {'op_conflict'} | {'corrupt', item}
local what = ARGV[1] .. ' ' .. ARGV[2]
local done = redis.call('GET', KEYS[2])
if done == what then return { 'exists' } end
if done then return { 'op_conflict' } end
local held = redis.call('HGET', KEYS[1], ARGV[1]) or '0'
if #held > 15 or not string.match(held, '^%d+$') then return { 'corrupt', ARGV[1] } end
local left = tonumber(held) - tonumber(ARGV[2])
if left < 0 then return { 'not_enough' } end

redis.call('SET', KEYS[2], what, 'EX', ARGV[3])
if left > 0 then redis.call('HSET', KEYS[1], ARGV[1], left) else redis.call('HDEL', KEYS[1], ARGV[1]) end
local rev = redis.call('HINCRBY', KEYS[1], '#rev', 1)
local entry = redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[5], '*', 'player', ARGV[4], 'rev', rev, 'cause', 'use')
redis.call('PUBLISH', ARGV[6], ARGV[7] .. ' ' .. entry)
return { 'used', rev }
