import type { Invoice } from './invoices.ts';
import { createLatencies, type Spread } from './latencies.ts';
import { openLoop } from './pace.ts';
import type { PlayerSocket } from './players.ts';
import { paymentRequest } from './updates.ts';
import { openWire } from './wire.ts';

/** From the moment a payment was due to the push that has its item. */
export interface Pushed extends Spread {
  /** Payments without their item at the moment the last was sent, in ms of the rate: what a backlog has grown to. */
  backlogMs: number;
}

/** Given up by then: nothing sustained is that late. */
const PATIENCE_MS = 15_000;

export async function pushed(
  { url, perSecond }: { url: string; perSecond: number },
  invoices: Invoice[],
  players: ReadonlyMap<number, PlayerSocket>,
  connections: number,
): Promise<Pushed> {
  const requests = invoices.map(paymentRequest);
  const latencies = createLatencies();
  const wire = await openWire(url, connections);
  /** For each player the due times of payments whose item has not come, in order. */
  const waiting = new Map<number, number[]>();
  let left = invoices.length;
  let backlogMs = 0;

  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`${left} of ${invoices.length} items did not come`)),
      (invoices.length / perSecond) * 1_000 + PATIENCE_MS,
    );
    for (const [id, socket] of players) {
      // Each payment raises `rev` by one, and nothing else does here.
      let known = revs.get(socket) ?? 0;
      socket.off('inventory:changed').on('inventory:changed', ({ rev }) => {
        const nowMs = performance.now();
        const due = waiting.get(id) ?? [];
        for (; known < rev; known++) {
          latencies.add(nowMs - (due.shift() ?? nowMs));
          left--;
        }
        revs.set(socket, known);
        if (left > 0) return;
        clearTimeout(late);
        resolve();
      });
    }
    void openLoop(requests.length, perSecond, (index, dueMs) => {
      const { playerId } = invoices[index] as Invoice;
      const due = waiting.get(playerId);
      if (due) due.push(dueMs);
      else waiting.set(playerId, [dueMs]);
      wire.send(requests[index] as Buffer, (status) => {
        if (status !== 200) reject(new Error(`a payment was answered with ${status}`));
      });
    }).then(() => {
      backlogMs = (left / perSecond) * 1_000;
    });
  });
  wire.close();
  return { backlogMs, ...latencies.spread() };
}

/** The revision each player's inventory has come to. */
const revs = new WeakMap<PlayerSocket, number>();
