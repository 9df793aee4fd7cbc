import { LANGUAGES, type Language } from '@stardrift/shared/catalog';
import { type Charge, HOLD_REASONS } from '../purchase/charge.ts';

/**
 * A charge as one line, small enough for a million players and plain enough to be read by support:
 * `credit 15 1790000000 <order> shield_3 1 <revision> shield=3`, then what happened since:
 * `owed=<ms>` its Stars wait to go back, `by=<who>` asked for that, `back=<ms>` they are back. `lang=ru` unless English.
 * `lua/shared.lua` reads the same.
 */
export function formatRecord(charge: Charge): string {
  const { result, amountStars, paidAtMs, orderId, sku, quantity, revision, grant } = charge;
  const goods = Object.entries(grant).map(([item, count]) => `${item}=${count}`);
  const fixed = [result, amountStars, Math.floor(paidAtMs / 1_000), orderId || NONE, sku || NONE, quantity];
  return [
    ...fixed,
    revision || NONE,
    goods.join(',') || NONE,
    ...told('lang', charge.language === 'en' ? undefined : charge.language),
    ...told('owed', charge.owedAtMs),
    ...told('by', charge.refundedBy),
    ...told('back', charge.refundedAtMs),
  ].join(' ');
}

const NONE = '-';
const told = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [`${name}=${value}`];

const FORM = new RegExp(
  `^(credit|${HOLD_REASONS.join('|')}) (\\d+) (\\d+) (\\S+) (\\S+) (\\d+) (\\S+) (\\S+)((?: [a-z]+=\\S+)*)$`,
);

/** A record that no server of this shop can have written. */
export class CorruptRecord extends Error {
  constructor(payerId: number, id: string) {
    super(`Redis: the record of charge ${id} of player ${payerId} can't be read. Mend it by hand.`);
    this.name = 'CorruptRecord';
  }
}

/** @throws {CorruptRecord} */
export function parseRecord(payerId: number, id: string, text: string): Charge {
  const match = FORM.exec(text);
  if (!match) throw new CorruptRecord(payerId, id);
  const [, result, amount, paid, orderId = '', sku = '', quantity, revision = '', goods = '', rest = ''] =
    match;
  const since = new Map(
    rest
      .trim()
      .split(' ')
      .map((pair) => pair.split('=') as [string, string]),
  );
  const number = (name: string) => (since.has(name) ? { [name]: Number(since.get(name)) } : {});
  const { owed: owedAtMs, back: refundedAtMs } = { ...number('owed'), ...number('back') } as Record<
    string,
    number
  >;
  const refundedBy = since.get('by');
  return {
    id,
    payerId,
    result: result as Charge['result'],
    amountStars: Number(amount),
    paidAtMs: Number(paid) * 1_000,
    orderId: read(orderId),
    sku: read(sku),
    quantity: Number(quantity),
    revision: read(revision),
    grant: grantOf(goods),
    ...languageOf(since.get('lang')),
    ...(owedAtMs !== undefined && { owedAtMs }),
    ...(refundedBy !== undefined && { refundedBy }),
    ...(refundedAtMs !== undefined && { refundedAtMs }),
  };
}

const read = (text: string): string => (text === NONE ? '' : text);

function grantOf(goods: string): Charge['grant'] {
  if (goods === NONE) return {};
  return Object.fromEntries(
    goods.split(',').map((pair) => {
      const [item = '', count] = pair.split('=');
      return [item, Number(count)];
    }),
  );
}

function languageOf(text: string | undefined): { language?: Language } {
  const language = LANGUAGES.find((each) => each === text);
  return language ? { language } : {};
}
