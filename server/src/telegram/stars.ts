import { type Api, GrammyError } from 'grammy';
import { RefundRefused, type Stars } from '../purchase/ports.ts';
import { ledgerRowOf } from './payment.ts';

/** Telegram's words for a charge that it will never refund. A bot without enough Stars is another matter. */
const NEVER = /CHARGE_NOT_FOUND|CHARGE_ID_INVALID|CHARGE_ID_EMPTY|USER_ID_INVALID|invalid user_id/;

/** Telegram's ledger and its refunds. */
export function createStars(api: Api): Stars {
  return {
    async refund(payerId, chargeId) {
      try {
        await api.refundStarPayment(payerId, chargeId);
        return true;
      } catch (error) {
        // A repeat, or a refund made elsewhere: the Stars are back, which is all that was wanted.
        if (error instanceof GrammyError && error.description.includes('CHARGE_ALREADY_REFUNDED'))
          return false;
        if (error instanceof GrammyError && NEVER.test(error.description))
          throw new RefundRefused(`Telegram refuses the refund for good: ${error.description}`, {
            cause: error,
          });
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
