import type { Message } from 'grammy/types';
import type { Charge } from '../purchase/charge.ts';
import type { Purchase, Settled } from '../purchase/purchase.ts';
import type { Recent } from '../purchase/recent.ts';
import { paymentOf } from './payment.ts';

export interface ReceiptPorts {
  purchase: Pick<Purchase, 'settle' | 'refunded'>;
  recent: Recent;
  onSettled(settled: Settled): void;
  /** Stars went back that were still in our books. */
  onRefunded(charge: Charge): void;
}

/**
 * What is done with the two messages that prove something about money. They go past the bot's handlers: nothing else
 * is told of them, and they come by the thousand. Whatever is thrown means: tell it again.
 */
export function createReceipts({ purchase, recent, onSettled, onRefunded }: ReceiptPorts) {
  return async (message: Message): Promise<void> => {
    const payment = paymentOf(message);
    if (message.successful_payment) {
      onSettled(await purchase.settle(payment));
      recent.remember({ kind: 'payment', payment });
    } else {
      const charge = await purchase.refunded(payment);
      recent.remember({ kind: 'refund', payment });
      if (charge) onRefunded(charge);
    }
  };
}
