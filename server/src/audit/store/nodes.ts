import type { Redis } from '../../redis/client.ts';
import { scripts } from '../../redis/scripts.ts';
import type { Key, NodeBooks } from '../books.ts';
import { keyOf } from './names.ts';

/** Keys asked for at a time. */
const PAGE = 1_000;

interface Node {
  address: string;
  client: Redis;
}

/** A single Redis, or every master of a cluster. */
export async function nodesOf(redis: Redis): Promise<Node[]> {
  const cluster = redis as unknown as {
    masters?: { address: string }[];
    nodeClient(node: { address: string }): Promise<Redis>;
  };
  if (!cluster.masters) return [{ address: 'Redis', client: redis }];
  return Promise.all(
    cluster.masters.map(async (node) => ({ address: node.address, client: await cluster.nodeClient(node) })),
  );
}

export async function* keysOf(redis: Redis): AsyncGenerator<Key[]> {
  for (const { client } of await nodesOf(redis)) {
    let cursor = '0';
    do {
      const page = await client.scan(cursor, { COUNT: PAGE });
      cursor = page.cursor;
      yield page.keys.map(keyOf);
    } while (cursor !== '0');
  }
}

/** How many scripts each node has, ours and others; `undefined` where it does not tell. */
export async function scriptsOn(redis: Redis): Promise<NodeBooks[] | undefined> {
  const own = Object.values(scripts).map(({ SHA1 }) => SHA1);
  const all: NodeBooks[] = [];
  for (const { address, client } of await nodesOf(redis)) {
    const there = (await client.scriptExists(own)).filter(Boolean).length;
    const cached = /^number_of_cached_scripts:(\d+)/m.exec(await client.info('memory'))?.[1];
    if (cached === undefined) return undefined;
    all.push({ address, missing: own.length - there, strange: Number(cached) - there });
  }
  return all;
}
