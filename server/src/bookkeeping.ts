import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Charge } from './purchase/charge.ts';
import type { News } from './purchase/ports.ts';
import type { Settled } from './purchase/purchase.ts';
import type { Finding } from './purchase/reconcile.ts';
import type { RefundEvents } from './purchase/refunds.ts';

/** Who told of it: Telegram's update, its ledger, or what this server remembered when the store had lost something. */
export type Source = 'update' | 'ledger' | 'replay';

const MOST_TOLD = 50_000;

/** What is counted, logged and told whenever money has moved. */
export type Bookkeeping = ReturnType<typeof createBookkeeping>;

/** @param onHeld a refund has just become due */
export function createBookkeeping(metrics: Metrics, log: Log, news: News, onHeld: () => void) {
  const fields = ({ id: chargeId, payerId: playerId, orderId, sku, amountStars }: Charge) => ({
    chargeId,
    playerId,
    orderId,
    sku,
    amountStars,
  });

  function settled(result: Settled, source: Source): void {
    const became = result.kind === 'held' ? result.charge.result : result.kind;
    metrics.settled.inc({ result: became, source });
    log.info({ ...fields(result.charge), became, source }, 'a payment is settled');
    if (result.kind === 'held') onHeld();
  }

  /** Whose refund was told lately; a store that lost something would have it told again. */
  const told = new Set<string>();

  /** Stars are back that were still in our books. */
  function refunded(charge: Charge, source: Source | 'queue'): void {
    if (told.has(charge.id)) {
      knownAgain(charge, source);
      return;
    }
    // All of it at once, and seldom: being told twice is no harm, only a nuisance.
    if (told.size >= MOST_TOLD) told.clear();
    told.add(charge.id);
    metrics.refunds.inc({ result: 'refunded' });
    log.info({ ...fields(charge), source, result: charge.result }, 'Stars went back');
    news.refunded(charge);
  }

  /** A store that lost something learns again what its people were told long ago. */
  function knownAgain(charge: Charge, source: Source | 'queue'): void {
    metrics.refunds.inc({ result: 'known again' });
    log.info({ ...fields(charge), source, result: charge.result }, 'an old refund is known again');
  }

  /** What a walk of the ledger or a replay found that no update had brought. */
  const found = (source: Source) => (finding: Finding) => {
    if (finding.kind === 'refunded') {
      metrics.settled.inc({ result: 'refunded', source });
      // The walk of an emptied store meets every refund there ever was, a replay those of the last minutes.
      const tell = finding.isOld || source === 'replay' ? knownAgain : refunded;
      tell(finding.charge, source);
    } else settled(finding, source);
  };

  const queue: RefundEvents = {
    // What had gone back before was told then, by this server or by Telegram's update.
    onRefunded: (charge, isNews) => (isNews ? refunded : knownAgain)(charge, 'queue'),
    onFailed({ payerId: playerId, chargeId }, err, nextAtMs) {
      metrics.refunds.inc({ result: 'failed' });
      log.error({ err, playerId, chargeId, nextAtMs }, 'a refund failed; it is tried again');
    },
    onCancelled(charge) {
      metrics.refunds.inc({ result: 'cancelled' });
      log.error(fields(charge), 'Telegram refused a refund for good; the goods are given again');
      news.cancelled(charge);
    },
    onOverdue(charges, err) {
      for (const charge of charges) log.error({ err, ...fields(charge) }, 'a refund is overdue');
      news.overdue(charges, err instanceof Error ? err.message : String(err));
    },
  };

  return { settled, refunded, found, queue };
}
