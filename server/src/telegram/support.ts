import { type Bot, type Context, GrammyError } from 'grammy';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { type Approvals, isApproved, LARGE_REFUND_STARS } from '../purchase/approval.ts';
import { type Charge, stateOfCharge } from '../purchase/charge.ts';
import type { Ledger } from '../purchase/ports.ts';
import type { Purchase } from '../purchase/purchase.ts';

export interface SupportPorts {
  purchase: Pick<Purchase, 'refund'>;
  ledger: Pick<Ledger, 'find' | 'charges'>;
  approvals: Approvals;
  /** Walks Telegram's ledger now. */
  walk(): void;
  /** A refund has just become due. */
  refundSoon(): void;
  log: Log;
}

const USAGE =
  'Send /refund <player id> <charge id>. Both stand in the messages of players and in the log of a payment; the number of the order does as well.';
const ANSWER_USAGE = 'Send /answer <player id> and what the player is to read.';

/** What only the people of ADMIN_IDS may ask of the bot. To everybody else these commands do not exist. */
export function addSupport(bot: Bot, { adminIds }: Config, ports: SupportPorts): void {
  const admins = bot.filter(({ from }) => from !== undefined && adminIds.includes(from.id));
  admins.command('refund', async (context) => {
    await context.reply(await refund(context, ports));
  });
  admins.command('answer', async (context) => {
    await context.reply(await answer(bot, context.match));
  });
  admins.command('reconcile', async (context) => {
    ports.walk();
    await context.reply(
      "Telegram's ledger is walked now. What it finds stands in the log and in the metrics.",
    );
  });
}

/** Passes a person's words on to a player, who may be reached by their id alone. */
async function answer(bot: Bot, text: string): Promise<string> {
  const [, player, words] = /^\s*(\d+)\s+([\s\S]+)$/.exec(text) ?? [];
  const playerId = Number(player);
  if (!words || !Number.isSafeInteger(playerId)) return ANSWER_USAGE;
  try {
    await bot.api.sendMessage(playerId, words);
    return `Player ${playerId} has it.`;
  } catch (error) {
    const why = error instanceof GrammyError ? error.description : 'Telegram can not be reached just now';
    return `Player ${playerId} was not reached: ${why}.`;
  }
}

async function refund(context: Context & { match: string }, ports: SupportPorts): Promise<string> {
  const [player, number, ...more] = context.match.trim().split(/\s+/);
  const playerId = Number(player);
  if (!Number.isSafeInteger(playerId) || playerId <= 0 || !number || more.length > 0) return USAGE;
  const by = String(context.from?.id);
  const charge = await findCharge(ports.ledger, playerId, number);
  if (typeof charge === 'string') return charge;
  const chargeId = charge.id;
  if (stateOfCharge(charge) === 'credited' && !(await isApproved(ports.approvals, charge, by))) {
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

/** By the id of a charge, or by the number of the order it paid. An order that was paid twice has several. */
async function findCharge(
  ledger: SupportPorts['ledger'],
  playerId: number,
  number: string,
): Promise<Charge | string> {
  const known = await ledger.find(playerId, number);
  if (known) return known;
  const paid = (await ledger.charges(playerId)).filter(({ orderId }) => orderId === number);
  const [only, ...others] = paid;
  if (!only) return `Player ${playerId} has no charge and no order ${number}. ${USAGE}`;
  if (others.length === 0) return only;
  const lines = paid.map(({ id, result }) => `/refund ${playerId} ${id} (${result})`);
  return `That order was paid more than once. Say which:\n${lines.join('\n')}`;
}
