import { createHash } from 'node:crypto';
import type { Redis } from '../../../src/redis/client.ts';
import {
  bucketOf,
  chargesKey,
  cursorKey,
  endingKey,
  inventoryKey,
  openOrdersKey,
  operationKey,
  orderKey,
  outboxKey,
  owedKey,
  stockKey,
} from '../../../src/redis/keys.ts';
import { type RecordText, readRecordText } from './record-text.ts';

/** All that one history has ever named in the store. Its players share a bucket, and nobody else is in it. */
export interface Names {
  botId: number;
  players: readonly number[];
  orders: { playerId: number; orderId: string }[];
  operations: { playerId: number; opId: string }[];
  skus: readonly string[];
}

type Fields = Record<string, string>;

/** What lies in the store, read past the server and in one moment. */
export interface Snapshot {
  charges: { id: string; payerId: number; record: RecordText }[];
  inventories: Map<number, Fields>;
  /** `player order` → its hash; empty for one that is gone, `a` for one that stands for another. */
  orders: Map<string, Fields>;
  stock: Map<string, Fields>;
  owed: string[];
  ending: string[];
  open: string[];
  outbox: { player: number; rev: number; cause: string }[];
  /** Seconds that each order and each operation has to live: -1 for ever, -2 when it is gone. */
  lives: number[];
}

/** How each key is read: hash, zset, stream; `s` the state of an order, `n` the copies taken, `t` what life it has. */
const READ = `
local all = {}
for i, key in ipairs(KEYS) do
  local kind = string.sub(ARGV[1], i, i)
  if kind == 'h' then all[i] = redis.call('HGETALL', key)
  elseif kind == 'z' then all[i] = redis.call('ZRANGE', key, 0, -1)
  elseif kind == 'x' then all[i] = redis.call('XRANGE', key, '-', '+')
  elseif kind == 's' then all[i] = redis.call('HGET', key, 's') or ''
  elseif kind == 'n' then all[i] = redis.call('HGET', key, '#taken') or '0'
  elseif kind == 't' then all[i] = redis.call('TTL', key)
  else all[i] = '' end
end
return all`;
const SHA = createHash('sha1').update(READ).digest('hex');

export interface SnapshotReader {
  read(names: Names): Promise<Snapshot>;
  /** Leaves nothing of it behind. @param onEmpty told before any answer of what comes after */
  empty(names: Names, onEmpty: () => void): Promise<void>;
  /** The states of the orders, then the copies taken of each sku: what is looked at after every step. */
  glance(names: Names): Promise<{ states: string[]; taken: number[] }>;
}

export async function createSnapshotReader(redis: Redis): Promise<SnapshotReader> {
  await redis.scriptLoad(READ);

  function run(keys: [kind: string, key: string][]): Promise<unknown[]> {
    const kinds = keys.map(([kind]) => kind).join('');
    const asked = redis.evalSha(SHA, { keys: keys.map(([, key]) => key), arguments: [kinds] });
    return asked as Promise<unknown[]>;
  }

  return {
    async empty(names, onEmpty) {
      const keys = keysOf(names, bucketOf(names.players[0] ?? 0)).map(([, key]) => key);
      await redis.del(keys).then(onEmpty);
    },
    async read(names) {
      const { players, orders, skus } = names;
      const bucket = bucketOf(players[0] ?? 0);
      const values = await run(keysOf(names, bucket));
      const next = <T>(count: number): T[] => values.splice(0, count) as T[];
      const [owed, ending, outbox] = next<string[]>(3) as [string[], string[], unknown];
      const charges = next<string[]>(players.length).flatMap((fields, i) =>
        Object.entries(fieldsOf(fields)).map(([id, text]) => ({
          id,
          payerId: players[i] ?? 0,
          record: readRecordText(text),
        })),
      );
      const inventories = new Map(
        next<string[]>(players.length).map((list, i) => [players[i] ?? 0, fieldsOf(list)]),
      );
      const open = next<string[]>(players.length).flat();
      const orderFields = next<string[]>(orders.length).map(fieldsOf);
      return {
        charges,
        inventories,
        open,
        orders: new Map(
          orders.map(({ playerId, orderId }, i) => [`${playerId} ${orderId}`, orderFields[i] ?? {}]),
        ),
        stock: new Map(next<string[]>(skus.length).map((list, i) => [skus[i] ?? '', fieldsOf(list)])),
        owed,
        ending,
        outbox: entriesOf(outbox as [string, string[]][]),
        lives: values.slice(0, -1) as number[],
      };
    },
    async glance({ orders, skus }) {
      const keys: [string, string][] = orders.map(({ playerId, orderId }) => [
        's',
        orderKey(playerId, orderId),
      ]);
      keys.push(...skus.map((sku): [string, string] => ['n', stockKey(sku)]));
      const values = await run(keys);
      return {
        states: values.slice(0, orders.length) as string[],
        taken: values.slice(orders.length).map(Number),
      };
    },
  };
}

function keysOf(names: Names, bucket: number): [kind: string, key: string][] {
  const { players, orders, skus, operations, botId } = names;
  const passing = [
    ...orders.map(({ playerId, orderId }) => orderKey(playerId, orderId)),
    ...operations.map(({ playerId, opId }) => operationKey(playerId, opId)),
  ];
  return [
    ['z', owedKey(bucket)],
    ['z', endingKey(bucket)],
    ['x', outboxKey(bucket)],
    ...players.map((id): [string, string] => ['h', chargesKey(id)]),
    ...players.map((id): [string, string] => ['h', inventoryKey(id)]),
    ...players.map((id): [string, string] => ['z', openOrdersKey(id)]),
    ...orders.map(({ playerId, orderId }): [string, string] => ['h', orderKey(playerId, orderId)]),
    ...skus.map((sku): [string, string] => ['h', stockKey(sku)]),
    ...passing.map((key): [string, string] => ['t', key]),
    ['-', cursorKey(botId)],
  ];
}

function fieldsOf(list: string[]): Fields {
  const fields: Fields = {};
  for (let i = 0; i < list.length; i += 2) fields[list[i] ?? ''] = list[i + 1] ?? '';
  return fields;
}

const entriesOf = (entries: [string, string[]][]): Snapshot['outbox'] =>
  entries.map(([, list]) => {
    const { player, rev, cause = '' } = fieldsOf(list);
    return { player: Number(player), rev: Number(rev), cause };
  });
