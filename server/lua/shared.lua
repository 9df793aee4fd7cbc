-- Stands at the head of every script; see redis/scripts.ts.

-- The most of one item a player may have.
local MOST = 1000000000

-- An item's value is `have` or `have/used`. Below zero, `have` is a debt: goods used up whose Stars went back.
-- Answers nothing for what no script here can have written.
local function counts(value)
  if not value then return 0, 0 end
  local have, used = string.match(value, '^(%-?%d+)/?(%d*)$')
  if not have or #have > 11 or #used > 15 then return nil end
  return tonumber(have), tonumber(used) or 0
end

local function value(have, used)
  if used == 0 then return string.format('%d', have) end
  return string.format('%d/%d', have, used)
end

-- What an inventory becomes when each item grows by `sign` times its count: a list for HSET, or nothing and the field
-- that makes it impossible. Nothing is written.
local function changed(inventory, grant, sign)
  local rev = redis.call('HGET', inventory, '#rev')
  if rev and (#rev > 15 or not string.match(rev, '^%d+$')) then return nil, '#rev' end
  local fields = {}
  for item, count in pairs(grant) do
    local have, used = counts(redis.call('HGET', inventory, item))
    if not have then return nil, item end
    have = have + sign * count
    if math.abs(have) > MOST then return nil, item end
    table.insert(fields, item)
    table.insert(fields, value(have, used))
  end
  return fields
end

-- Writes what `changed` answered and tells the servers of it. The last three are the outbox, its length and channel.
local function apply(inventory, fields, player, cause, outbox, most, channel)
  if #fields > 0 then redis.call('HSET', inventory, unpack(fields)) end
  local rev = redis.call('HINCRBY', inventory, '#rev', 1)
  local entry = redis.call('XADD', outbox, 'MAXLEN', '~', most, '*', 'player', player, 'rev', rev, 'cause', cause)
  redis.call('PUBLISH', channel, tonumber(player) % 1024 .. ' ' .. entry .. ' ' .. player)
  return rev
end

-- The record of a charge, as redis/record.ts writes it.
local function read_charge(text)
  local result, amount, paid, order, sku, quantity, revision, goods, rest =
    string.match(text, '^(%a+) (%d+) (%d+) (%S+) (%S+) (%d+) (%S+) (%S+)(.*)$')
  local grant = {}
  for item, count in string.gmatch(goods or '', '([%w_]+)=(%d+)') do grant[item] = tonumber(count) end
  return {
    result = result, order = order, sku = sku, quantity = tonumber(quantity), grant = grant,
    owed = rest and string.match(rest, ' owed=(%d+)'), back = rest and string.match(rest, ' back=(%d+)'),
  }
end

-- Whether one of a player's charges was credited for the order, and how many of the offer were bought and kept.
local function bought(charges, order, sku)
  local paid, kept = false, 0
  for _, text in ipairs(redis.call('HVALS', charges)) do
    local result, of, what, quantity, rest = string.match(text, '^(%a+) %d+ %d+ (%S+) (%S+) (%d+) (.*)$')
    if result == 'credit' then
      paid = paid or of == order
      if what == sku and not string.find(rest, ' back=', 1, true) then kept = kept + tonumber(quantity) end
    end
  end
  return paid, kept
end

