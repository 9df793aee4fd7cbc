import { type Api, GrammyError } from 'grammy';
import type { Stars } from '../purchase/ports.ts';
import { ledgerRowOf } from './payment.ts';

/** Telegram's ledger and its refunds. */
export function createStars(api: Api): Stars {
  return {
    async refund(payerId, chargeId) {
      try {
        await api.refundStarPayment(payerId, chargeId);
      } catch (error) {
        // A repeat, or a refund made elsewhere: the Stars are back, which is all that was wanted.
        if (error instanceof GrammyError && error.description.includes('CHARGE_ALREADY_REFUNDED')) return;
        throw error;
      }
    },
    async rows(offset, limit) {
      const { transactions } = await api.getStarTransactions({ offset, limit });
      return {
        rows: transactions.flatMap((transaction) => ledgerRowOf(transaction) ?? []),
        count: transactions.length,
      };
    },
  };
}
