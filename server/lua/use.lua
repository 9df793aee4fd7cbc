#!lua
-- Uses up items, once for each operation id and never below zero.
--
-- KEYS  1 inventory (hash)  2 operation (string: what it did)  3 outbox (stream)
-- ARGV  1 item  2 count  3 seconds to remember the operation  4 player id  5 entries the outbox keeps
--       6 wake-up channel
-- Reply {'used', rev} | {'exists'} | {'not_enough'} | {'op_conflict'} | {'corrupt', item}
local what = ARGV[1] .. ' ' .. ARGV[2]
local done = redis.call('GET', KEYS[2])
if done == what then return { 'exists' } end
if done then return { 'op_conflict' } end
local have, used = counts(redis.call('HGET', KEYS[1], ARGV[1]))
if not have then return { 'corrupt', ARGV[1] } end
local count = tonumber(ARGV[2])
if have < count then return { 'not_enough' } end

redis.call('SET', KEYS[2], what, 'EX', ARGV[3])
local fields = { ARGV[1], value(have - count, used + count) }
return { 'used', apply(KEYS[1], fields, ARGV[4], 'use', KEYS[3], ARGV[5], ARGV[6]) }
