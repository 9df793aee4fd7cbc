import type { Revision } from '../../../src/purchase/order.ts';
import { answerParent } from '../forked.ts';
import { type Invoice, type InvoicesSpec, placeInvoices } from './invoices.ts';
import { createLatencies, type Spread } from './latencies.ts';
import { ordered } from './orders.ts';
import { closedLoop, openLoop } from './pace.ts';
import { connectPlayers, type PlayerSocket } from './players.ts';
import { pushed } from './pushes.ts';
import { checkoutRequest, paymentRequest } from './updates.ts';
import { openWire } from './wire.ts';

/** As many connections as Telegram opens to a webhook at most. */
const CONNECTIONS = 100;

let invoices: Invoice[] = [];
let players = new Map<number, PlayerSocket>();

const jobs = {
  /** What the next job pays. */
  async place(spec: InvoicesSpec): Promise<void> {
    invoices = await placeInvoices(spec);
  },

  /** Pays everything, `callers` at a time. @returns how long it took */
  async payAll({ url, callers }: { url: string; callers: number }): Promise<{ seconds: number }> {
    const requests = invoices.map(paymentRequest);
    const wire = await openWire(url, callers);
    const startMs = performance.now();
    await closedLoop(requests.length, callers, (index, done) => {
      wire.send(requests[index] as Buffer, (status) => {
        if (status !== 200) throw new Error(`a payment was answered with ${status}`);
        done();
      });
    });
    const seconds = (performance.now() - startMs) / 1_000;
    wire.close();
    return { seconds };
  },

  /** Asks whether everything may be paid, at a rate. */
  async askAll({ url, perSecond }: { url: string; perSecond: number }): Promise<Spread> {
    const requests = invoices.map(checkoutRequest);
    const latencies = createLatencies();
    const wire = await openWire(url, CONNECTIONS);
    await new Promise<void>((resolve) => {
      let left = requests.length;
      void openLoop(requests.length, perSecond, (index, dueMs) => {
        wire.send(requests[index] as Buffer, (status) => {
          if (status !== 200) throw new Error(`a pre-checkout query was answered with ${status}`);
          latencies.add(performance.now() - dueMs);
          if (--left === 0) resolve();
        });
      });
    });
    wire.close();
    return latencies.spread();
  },

  /** Connects players, who stay until they are told to leave. */
  async connect({ url, ids }: { url: string; ids: number[] }): Promise<void> {
    players = await connectPlayers(url, ids);
  },

  /** Pays everything at a rate, and waits for the item on each player's socket. */
  payAndWait: (spec: { url: string; perSecond: number }) => pushed(spec, invoices, players, CONNECTIONS),

  /** Every player orders as often as `each`, `callers` at a time. @returns how long it took */
  orderAll: (spec: { revision: Revision; each: number; callers: number }) => ordered(spec, players),

  leave(): void {
    for (const socket of players.values()) socket.disconnect();
    players.clear();
  },
};
export type Load = typeof jobs;

answerParent(jobs);
