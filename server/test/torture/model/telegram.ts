import { type Api, GrammyError } from 'grammy';
import type { Message, StarTransaction, Update } from 'grammy/types';

/** A payment as Telegram keeps it. */
export interface Sale {
  chargeId: string;
  payerId: number;
  amountStars: number;
  payload: string;
}

/** A row of Telegram's ledger. What is no concern of the shop has no sale. */
interface Row {
  kind: 'payment' | 'refund' | 'other';
  sale?: Sale;
  transaction: StarTransaction;
  update: Update | undefined;
  /** The ledger does not show it yet, though what came later may be there. */
  isHidden: boolean;
}

/** A link that can be paid by anyone, any number of times. */
export interface Link {
  url: string;
  payload: string;
  stars: number;
}

/** A Telegram in memory that keeps its ledger straight, and refuses refunds in its own words. */
export type TelegramModel = ReturnType<typeof createTelegramModel>;

export function createTelegramModel(nowMs: () => number, name: string) {
  const ledger: Row[] = [];
  const links: Link[] = [];
  const refunded = new Set<string>();
  /** Charges it will never refund, whatever it is told. */
  const refusals = new Set<string>();
  const state = { isPoor: false };
  let charges = 0;

  const sales = (): Sale[] => ledger.flatMap(({ kind, sale }) => (kind === 'payment' && sale ? [sale] : []));

  function append(kind: Row['kind'], sale?: Sale, isHidden = false): void {
    const [date, at] = [Math.floor(nowMs() / 1_000), ledger.length];
    const transaction = sale ? transactionOf(kind, sale, date) : OTHER;
    const update = sale && updateOf(kind, sale, date, at);
    ledger.push({ kind, ...(sale && { sale }), transaction, update, isHidden });
  }

  function pay(sale: Omit<Sale, 'chargeId'>, isHidden = false): Sale {
    const paid = { ...sale, chargeId: `stx_${name}_${charges++}` };
    append('payment', paid, isHidden);
    return paid;
  }

  /** Gives the Stars back, whoever wants it: once. */
  function giveBack(sale: Sale): boolean {
    if (refunded.has(sale.chargeId)) return false;
    refunded.add(sale.chargeId);
    append('refund', sale);
    return true;
  }

  function refund(payerId: number, chargeId: string): void {
    const sale = sales().find((each) => each.chargeId === chargeId);
    if (sale?.payerId !== payerId) throw refusal('CHARGE_NOT_FOUND');
    if (refunded.has(chargeId)) throw refusal('CHARGE_ALREADY_REFUNDED');
    if (refusals.has(chargeId)) throw refusal('CHARGE_ID_INVALID');
    if (state.isPoor) throw refusal('BALANCE_TOO_LOW');
    giveBack(sale);
  }

  function page(offset: number, limit: number): StarTransaction[] {
    const visible = ledger.filter(({ isHidden }) => !isHidden);
    return visible.slice(offset, offset + limit).map(({ transaction }) => transaction);
  }

  const api = {
    async createInvoiceLink(
      _title: string,
      _text: string,
      payload: string,
      _token: string,
      _currency: string,
      prices: { amount: number }[],
    ): Promise<string> {
      const url = `https://t.me/$${name}_${links.length}`;
      links.push({ url, payload, stars: prices.reduce((sum, { amount }) => sum + amount, 0) });
      return url;
    },
    refundStarPayment: async (payerId: number, chargeId: string) => refund(payerId, chargeId),
    getStarTransactions: async ({ offset, limit }: { offset: number; limit: number }) => ({
      transactions: page(offset, limit),
    }),
  };

  return {
    api: api as unknown as Api,
    state,
    links,
    refunded,
    refusals,
    sales,
    pay,
    giveBack,
    /** Rows that tell of other things than this shop's payments. */
    addOthers(count: number): void {
      for (let i = 0; i < count; i++) append('other');
    },
    reveal(): void {
      for (const row of ledger) row.isHidden = false;
    },
    /** What bots are told of, oldest first. */
    updates: (): Update[] => ledger.flatMap(({ update }) => update ?? []),
    rows: () => ledger.length,
  };
}

function refusal(description: string): GrammyError {
  const answer = { ok: false as const, error_code: 400, description: `Bad Request: ${description}` };
  return new GrammyError(description, answer, 'refundStarPayment', {});
}

const OTHER: StarTransaction = { id: 'other', amount: 1, date: 1, receiver: { type: 'telegram_ads' } };

function transactionOf(kind: Row['kind'], sale: Sale, date: number): StarTransaction {
  const partner = {
    type: 'user' as const,
    transaction_type: 'invoice_payment' as const,
    user: { id: sale.payerId, is_bot: false, first_name: 'Player', language_code: 'en' },
    invoice_payload: sale.payload,
  };
  const row = { id: sale.chargeId, amount: sale.amountStars, date };
  return kind === 'payment' ? { ...row, source: partner } : { ...row, receiver: partner };
}

function updateOf(kind: Row['kind'], sale: Sale, date: number, at: number): Update {
  const money = {
    currency: 'XTR',
    total_amount: sale.amountStars,
    invoice_payload: sale.payload,
    telegram_payment_charge_id: sale.chargeId,
  };
  const message = {
    message_id: at,
    date,
    chat: { id: sale.payerId, type: 'private', first_name: 'Player' },
    from: { id: sale.payerId, is_bot: false, first_name: 'Player', language_code: 'en' },
    ...(kind === 'payment' ? { successful_payment: money } : { refunded_payment: money }),
  };
  return { update_id: at, message: message as unknown as Message } as Update;
}
