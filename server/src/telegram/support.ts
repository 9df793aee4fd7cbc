import type { Bot, Context } from 'grammy';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { type Approvals, isApproved, LARGE_REFUND_STARS } from '../purchase/approval.ts';
import type { Ledger } from '../purchase/ports.ts';
import type { Purchase } from '../purchase/purchase.ts';

export interface SupportPorts {
  purchase: Pick<Purchase, 'refund'>;
  ledger: Pick<Ledger, 'find'>;
  approvals: Approvals;
  /** Walks Telegram's ledger now. */
  walk(): void;
  /** A refund has just become due. */
  refundSoon(): void;
  log: Log;
}

const USAGE =
  'Send /refund <player id> <charge id>. Both stand in the log of a payment and in the support messages.';

/** What only the people of ADMIN_IDS may ask of the bot. To everybody else these commands do not exist. */
export function addSupport(bot: Bot, { adminIds }: Config, ports: SupportPorts): void {
  const admins = bot.filter(({ from }) => from !== undefined && adminIds.includes(from.id));
  admins.command('refund', async (context) => {
    await context.reply(await refund(context, ports));
  });
  admins.command('reconcile', async (context) => {
    ports.walk();
    await context.reply(
      "Telegram's ledger is walked now. What it finds stands in the log and in the metrics.",
    );
  });
}

async function refund(context: Context & { match: string }, ports: SupportPorts): Promise<string> {
  const [player, chargeId, ...more] = context.match.trim().split(/\s+/);
  const playerId = Number(player);
  if (!Number.isSafeInteger(playerId) || playerId <= 0 || !chargeId || more.length > 0) return USAGE;
  const by = String(context.from?.id);
  const charge = await ports.ledger.find(playerId, chargeId);
  if (!charge) return `Player ${playerId} has no charge ${chargeId}. ${USAGE}`;
  const isOpen =
    charge.result === 'credit' && charge.owedAtMs === undefined && charge.refundedAtMs === undefined;
  if (isOpen && !(await isApproved(ports.approvals, charge, by))) {
    return `A refund of more than ${LARGE_REFUND_STARS} Stars takes two people: another of ADMIN_IDS has to send the same line within an hour.`;
  }
  const begun = await ports.purchase.refund(playerId, chargeId, by);
  ports.log.info({ playerId, chargeId, by, result: begun.kind }, 'support asked for a refund');
  switch (begun.kind) {
    case 'begun':
      ports.refundSoon();
      return `Refund begun: the goods of order ${begun.charge.orderId} are taken back, ${begun.charge.amountStars} Stars are on their way.`;
    case 'already':
      return begun.charge.refundedAtMs === undefined
        ? 'Its refund is already on its way.'
        : 'It was refunded before.';
    case 'not_credited':
      return begun.charge.refundedAtMs === undefined
        ? 'Nothing was credited for it; its Stars go back by themselves.'
        : 'Nothing was credited for it, and its Stars are back.';
    case 'unknown':
      return `Player ${playerId} has no charge ${chargeId}.`;
  }
}
