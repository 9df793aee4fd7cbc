import { randomBytes } from 'node:crypto';
import type { Revision } from '../../../src/purchase/order.ts';
import { createLatencies, type Spread } from './latencies.ts';
import { closedLoop } from './pace.ts';
import type { PlayerSocket } from './players.ts';
import { wishesOf } from './wishes.ts';

/** Orders by the players' sockets, each to its link. @returns how long all of it took */
export async function ordered(
  { revision, each, callers }: { revision: Revision; each: number; callers: number },
  players: ReadonlyMap<number, PlayerSocket>,
): Promise<{ seconds: number } & Spread> {
  const sockets = [...players.values()];
  const wishes = wishesOf(revision);
  const latencies = createLatencies();

  async function order(index: number): Promise<void> {
    const socket = sockets[index % sockets.length] as PlayerSocket;
    const wish = wishes[Math.floor(index / sockets.length)] as (typeof wishes)[number];
    const sentMs = performance.now();
    const request = { ...wish, orderId: randomBytes(16).toString('base64url') };
    const answer = await socket.timeout(10_000).emitWithAck('order', request);
    if (!answer.ok) throw new Error(`an order was refused: ${answer.code}`);
    latencies.add(performance.now() - sentMs);
  }

  const startMs = performance.now();
  await closedLoop(sockets.length * each, callers, (index, done) => void order(index).then(done));
  return { seconds: (performance.now() - startMs) / 1_000, ...latencies.spread() };
}
