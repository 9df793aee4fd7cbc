import { createClient } from 'redis';
import { eventually } from '../wait.ts';

type NodeClient = Awaited<ReturnType<typeof connectNode>>;

const connectNode = (url: string) => createClient({ url, socket: { reconnectStrategy: false } }).connect();

const KEYS_AT_ONCE = '20';

/**
 * Moves slots of a cluster from one master to another while others read and write, as an operator would, and waits until
 * every node has heard of it.
 * @returns how many keys went with them
 */
export async function moveSlots(
  fromUrl: string,
  toUrl: string,
  slots: readonly number[],
  nodeUrls: readonly string[],
): Promise<number> {
  const [from, to] = await Promise.all([connectNode(fromUrl), connectNode(toUrl)]);
  try {
    const ids = { from: await from.clusterMyId(), to: await to.clusterMyId() };
    const { port } = new URL(toUrl);
    let keys = 0;
    for (const slot of slots) keys += await moveSlot(from, to, ids, slot, port);
    for (const url of nodeUrls)
      await eventually(() => knowsOwner(url, slots, Number(port)), `${url} knows where the slots are`);
    return keys;
  } finally {
    from.destroy();
    to.destroy();
  }
}

async function knowsOwner(url: string, slots: readonly number[], port: number): Promise<boolean> {
  const node = await connectNode(url);
  const ranges = await node.clusterSlots();
  node.destroy();
  const ownerOf = (slot: number) => ranges.find(({ from, to }) => slot >= from && slot <= to)?.master.port;
  return slots.every((slot) => ownerOf(slot) === port);
}

async function moveSlot(
  from: NodeClient,
  to: NodeClient,
  ids: { from: string; to: string },
  slot: number,
  port: string,
): Promise<number> {
  const name = String(slot);
  await to.sendCommand(['CLUSTER', 'SETSLOT', name, 'IMPORTING', ids.from]);
  await from.sendCommand(['CLUSTER', 'SETSLOT', name, 'MIGRATING', ids.to]);
  for (let moved = 0; ; ) {
    const reply = await from.sendCommand(['CLUSTER', 'GETKEYSINSLOT', name, KEYS_AT_ONCE]);
    const keys = reply as unknown as string[];
    if (keys.length === 0) {
      for (const node of [to, from]) await node.sendCommand(['CLUSTER', 'SETSLOT', name, 'NODE', ids.to]);
      return moved;
    }
    await from.sendCommand(['MIGRATE', '127.0.0.1', port, '', '0', '5000', 'KEYS', ...keys]);
    moved += keys.length;
  }
}

/** The slots of the players whose keys this master has. */
export async function slotsOf(url: string, playerIds: readonly number[]): Promise<number[]> {
  const node = await connectNode(url);
  try {
    const slots = new Set<number>();
    for (const id of playerIds) {
      const slot = await node.clusterKeySlot(`{b${String(id % 1_024).padStart(4, '0')}}`);
      if ((await node.clusterCountKeysInSlot(slot)) > 0) slots.add(slot);
    }
    return [...slots];
  } finally {
    node.destroy();
  }
}
