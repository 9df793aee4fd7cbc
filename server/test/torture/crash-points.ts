import { playCrashes } from './model/crashes.ts';
import { FAULTS } from './model/fail-point.ts';
import { openModelStore } from './model/redis.ts';
import { type Stage, stage } from './stage.ts';

const CALLS = [
  ...['place', 'find', 'keepInvoice', 'markReady', 'markHeld', 'end', 'ending', 'forget'].map(
    (call) => `orders.${call}`,
  ),
  ...['credit', 'hold', 'beginRefund', 'cancelRefund', 'refund', 'find', 'charges', 'owed', 'postpone'].map(
    (call) => `ledger.${call}`,
  ),
  ...['stock.take', 'stock.give', 'inventories.read', 'inventories.use', 'revisions.find'],
  ...['cursor.read', 'cursor.begin', 'cursor.end', 'invoices.link', 'stars.refund', 'stars.rows'],
];

/** T2: whichever call of a port goes wrong, and however, the promises hold once things are in order again. */
export const crashPoints: Stage = stage(
  { name: 'crash-points', title: 'a crash at each call of each scenario', quick: 1_680, full: 25_000 },
  async ({ seed, amount }, tally) => {
    const { redis, close } = await openModelStore();
    try {
      const { runs, of, failures, struck } = await playCrashes(redis, { seed, amount, isOver: tally.isOver });
      tally.failures.push(...failures);
      Object.assign(tally.counts, { runs, 'crashes there are': of });
      for (const what of [...CALLS, ...FAULTS.map((fault) => `fault ${fault}`)])
        tally.covered[what] = struck[what] ?? 0;
    } finally {
      await close();
    }
  },
);
