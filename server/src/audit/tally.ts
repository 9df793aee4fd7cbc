import type { Charge } from '../purchase/charge.ts';
import type { LedgerRow } from '../purchase/ports.ts';
import { createFingerprint, type Fingerprint, shareOf } from './fingerprint.ts';
import { isBackBy, paymentText, refundText, termsOfCharge, termsOfPayment } from './terms.ts';

/** The payments and refunds that one side knows of, those that are old enough for the other side to know them too. */
export interface Tally {
  addCharge(charge: Charge): void;
  addRow(row: LedgerRow): void;
  readonly payments: Fingerprint;
  readonly refunds: Fingerprint;
  /** Of all rows, the youngest too. */
  readonly stars: { in: number; back: number };
}

/** @param untilMs what is younger is left out */
export function createTally(untilMs: number): Tally {
  const payments = createFingerprint();
  const refunds = createFingerprint();
  const stars = { in: 0, back: 0 };

  return {
    payments,
    refunds,
    stars,
    addCharge(charge) {
      const { id, payerId, amountStars, paidAtMs } = charge;
      const share = shareOf(payerId);
      if (paidAtMs <= untilMs)
        payments.add(share, paymentText(id, payerId, amountStars, termsOfCharge(charge)));
      if (isBackBy(charge, untilMs)) refunds.add(share, refundText(id, payerId, amountStars));
    },
    addRow({ kind, payment }) {
      const { chargeId, payerId, amountStars, paidAtMs } = payment;
      const isPayment = kind === 'payment';
      stars[isPayment ? 'in' : 'back'] += amountStars;
      if (paidAtMs > untilMs) return;
      const share = shareOf(payerId);
      if (isPayment)
        payments.add(share, paymentText(chargeId, payerId, amountStars, termsOfPayment(payment)));
      else refunds.add(share, refundText(chargeId, payerId, amountStars));
    },
  };
}

/** The shares in which what the two sides know differs. */
export function sharesDiffering(a: Tally, b: Tally): number[] {
  return [...new Set([...a.payments.differing(b.payments), ...a.refunds.differing(b.refunds)])].sort(
    (x, y) => x - y,
  );
}
