import type { Charge } from './charge.ts';

/** A refund of more is not one person's to decide. */
export const LARGE_REFUND_STARS = 1_000;

/** Remembers, for an hour, who asked for a refund that takes two people. */
export interface Approvals {
  /** Who asked first; the asker, when nobody had. */
  firstToAsk(chargeId: string, by: string): Promise<string>;
}

/** Whether the refund may begin, or has to wait for another person to ask for the same. */
export async function isApproved(approvals: Approvals, charge: Charge, by: string): Promise<boolean> {
  if (charge.amountStars <= LARGE_REFUND_STARS) return true;
  return (await approvals.firstToAsk(charge.id, by)) !== by;
}
