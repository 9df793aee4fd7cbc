#!lua
-- An open order has taken the copies of its limited offer: from now on it may be credited as an open one.
--
-- KEYS  1 order (hash)
-- Reply {state it has}, '' for an order that is gone
local state = redis.call('HGET', KEYS[1], 's') or ''
if state == 'new' or state == 'ready' then redis.call('HSET', KEYS[1], 'h', '1') end
return { state }
