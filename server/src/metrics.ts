import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What operators watch. Names end in their unit; `_total` counts. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    orders: new Counter({
      name: 'stardrift_orders_total',
      help: 'Orders asked for, by answer.',
      labelNames: ['answer'],
      registers,
    }),
    runs: new Counter({
      name: 'stardrift_runs_total',
      help: 'Finished runs that were shown, by what the replay made of them: counted, or why not.',
      labelNames: ['result'],
      registers,
    }),
    checkouts: new Counter({
      name: 'stardrift_checkouts_total',
      help: 'Pre-checkout queries, by answer.',
      labelNames: ['answer'],
      registers,
    }),
    settled: new Counter({
      name: 'stardrift_settled_total',
      help: 'Payments heard of, by what became of them and who told.',
      labelNames: ['result', 'source'],
      registers,
    }),
    refunds: new Counter({
      name: 'stardrift_refunds_total',
      help: 'Refunds of ours: finished, or failed and tried again.',
      labelNames: ['result'],
      registers,
    }),
    refundsOverdue: new Gauge({
      name: 'stardrift_refunds_overdue',
      help: 'Refunds that could not be finished within ten minutes: above 0, somebody has to look.',
      registers,
    }),
    updates: new Histogram({
      name: 'stardrift_update_seconds',
      help: 'Time to handle one update of Telegram.',
      labelNames: ['status'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    ledgerRows: new Gauge({
      name: 'stardrift_ledger_rows',
      help: "Rows of Telegram's ledger walked so far.",
      registers,
    }),
    reconciledAt: new Gauge({
      name: 'stardrift_reconciled_timestamp_seconds',
      help: "When Telegram's ledger was last walked to its end.",
      registers,
    }),
    ledgerFresh: new Gauge({
      name: 'stardrift_ledger_fresh_rows',
      help: "Rows of Telegram's ledger that the last walk found beyond the one before: how far it lagged behind.",
      registers,
    }),
    shopOpen: new Gauge({
      name: 'stardrift_shop_open',
      help: "1 while the shop sells, 0 while it restores purchases from Telegram's ledger.",
      registers,
    }),
    ended: new Counter({
      name: 'stardrift_orders_ended_total',
      help: 'Orders that ended without a payment and gave back what they held.',
      registers,
    }),
    sockets: new Gauge({ name: 'stardrift_sockets', help: 'Players connected now.', registers }),
    catalogProblems: new Gauge({
      name: 'stardrift_catalog_problems',
      help: 'Problems in the catalogue file as last saved; above 0, an older one is in force.',
      registers,
    }),
  };
}
