#!lua
-- Telegram was told yes: an open order becomes ready. Any other state stays.
--
-- KEYS  1 order (hash)
-- Reply {state it has then}, the state '' for an order that is gone
local state = redis.call('HGET', KEYS[1], 's')
if not state then return { '' } end
if state == 'new' then
  redis.call('HSET', KEYS[1], 's', 'ready')
  return { 'ready' }
end
return { state }
