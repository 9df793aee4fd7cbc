import type { Grant } from '@stardrift/shared/catalog';
import type { Redis } from '../../../src/redis/client.ts';
import { operationKey } from '../../../src/redis/keys.ts';
import type { Reply } from '../../../src/redis/scripts.ts';
import { count } from '../stage.ts';
import { priceOf, REVISIONS } from './price-list.ts';
import { type RecordText, readRecordText } from './record-text.ts';

interface Paid {
  payerId: number;
  record: RecordText;
  state: 'credited' | 'refunding' | 'refunded' | 'held';
}
type Arguments = (string | number)[];

/**
 * Stands between the shop and Redis, hears every answer of the scripts in the order of their execution, and says when
 * one can not be right: by sums over what it heard before, and by nothing of the shop's own rules.
 */
export interface Witness {
  redis: Redis;
  /** The store was emptied: what was heard of it no longer counts. */
  forget(): void;
  /** What the store has answered that can not be right. */
  wrong: string[];
  /** `player item` → how many were used. */
  used: Map<string, number>;
  /** What the operation used, such as `shield 1`. */
  didUse(playerId: number, opId: string): string | undefined;
  /** Whether the player may have so many more of the offer. */
  mayBuy(wish: { playerId: number; sku: string; quantity: number; revision: string }): boolean;
  /** Charges whose payload names another wish than their order. */
  otherOrders: ReadonlySet<string>;
  /** Orders are kept for a day. */
  forgetOrders(): void;
}

/** What is of no interest to a witness. Bound once: a run has very many of them. */
export type Plain = ReturnType<typeof plainOf>;

export function plainOf(redis: Redis) {
  return {
    keepInvoice: redis.keepInvoice.bind(redis),
    markHeld: redis.markHeld.bind(redis),
    set: redis.set.bind(redis),
    del: redis.del.bind(redis),
    hGet: redis.hGet.bind(redis),
    hGetAll: redis.hGetAll.bind(redis),
    zAdd: redis.zAdd.bind(redis),
    zRem: redis.zRem.bind(redis),
    zRangeByScoreWithScores: redis.zRangeByScoreWithScores.bind(redis),
  };
}

/**
 * @param heard counts the answers, so that a run can say what it has seen
 * @param onWalked told when the store has been told that the ledger was walked to its end
 */
export function createWitness(
  redis: Redis,
  plain: Plain,
  heard: Record<string, number>,
  cursorAtFirst: string,
  onWalked: () => void,
): Witness {
  const paid = new Map<string, Paid>();
  const have = new Map<string, number>();
  const used = new Map<string, number>();
  const operations = new Map<string, string>();
  const copies = new Map<string, Map<string, number>>();
  /** What each order that is kept was placed for. */
  const sold = new Map<string, string>();
  const otherOrders = new Set<string>();
  /** Orders that Telegram was told yes for; nothing replaces them. */
  const ready = new Set<string>();
  let cursor: string | null = cursorAtFirst;
  const wrong: string[] = [];

  const must = (is: boolean, what: () => string): void => {
    if (!is) wrong.push(what());
  };
  const haveOf = (playerId: number, item: string): number => have.get(`${playerId} ${item}`) ?? 0;

  function change(playerId: number, goods: Grant, sign: 1 | -1): void {
    for (const [item, n] of Object.entries(goods))
      have.set(`${playerId} ${item}`, haveOf(playerId, item) + sign * n);
  }

  function fits(
    playerId: number,
    { sku, revision, quantity }: Pick<RecordText, 'sku' | 'revision' | 'quantity'>,
  ): boolean {
    const most = priceOf(sku, revision)?.perPlayer ?? Number.POSITIVE_INFINITY;
    const kept = [...paid.values()].filter(
      ({ payerId, record, state }) => payerId === playerId && record.sku === sku && isKept(state),
    );
    return kept.reduce((sum, { record }) => sum + record.quantity, quantity) <= most;
  }

  const isPaid = (playerId: number, orderId: string): boolean =>
    [...paid.values()].some(
      ({ payerId, record }) =>
        payerId === playerId && record.orderId === orderId && record.result === 'credit',
    );

  function credited([id, text, player, orderId, wish]: Arguments, [word]: Reply): void {
    const payerId = Number(player);
    const chargeId = String(id);
    const placed = sold.get(`${payerId} ${orderId}`);
    if (word === 'other_order') {
      must(placed !== undefined && placed !== wish, () => `${chargeId} pays for ${wish} as ${placed}`);
      otherOrders.add(chargeId);
    }
    const record = readRecordText(String(text));
    must(paid.has(chargeId) === (word === 'exists'), () => `credit of ${chargeId} answers ${word}`);
    if (word === 'order_paid')
      must(isPaid(payerId, String(orderId)), () => `${chargeId} is second to nothing`);
    const isReady = ready.has(`${payerId} ${orderId}`);
    must(word !== 'not_held' || !isReady, () => `${chargeId} comes late for an order that is ready`);
    if (word === 'limit_reached')
      must(!fits(payerId, record), () => `${chargeId} is refused within the limit of one player`);
    if (word !== 'credited') return;
    must(!isPaid(payerId, record.orderId), () => `${chargeId} is credited for an order that is paid`);
    must(fits(payerId, record), () => `${chargeId} is credited beyond the limit of one player`);
    ready.delete(`${payerId} ${orderId}`);
    sold.set(`${payerId} ${orderId}`, String(wish));
    paid.set(chargeId, { payerId, record, state: 'credited' });
    change(payerId, record.goods, 1);
  }

  function held([id, text, member]: Arguments, [word]: Reply): void {
    const chargeId = String(id);
    must(paid.has(chargeId) === (word === 'exists'), () => `hold of ${chargeId} answers ${word}`);
    const payerId = Number(String(member).split(':')[0]);
    if (word === 'held') paid.set(chargeId, { payerId, record: readRecordText(String(text)), state: 'held' });
  }

  function moved(chargeId: string, from: Paid['state'][], to: Paid['state'], goods: -1 | 0 | 1): void {
    const known = paid.get(chargeId);
    must(known !== undefined && from.includes(known.state), () => `${chargeId}: ${known?.state} → ${to}`);
    if (!known) return;
    known.state = to;
    if (goods !== 0) change(known.payerId, known.record.goods, goods);
  }

  function begun([id]: Arguments, [word]: Reply): void {
    const known = paid.get(String(id));
    const isCredit = known?.record.result === 'credit';
    const open = known?.state === 'credited' ? 'begun' : 'already';
    const right = known ? (isCredit ? open : 'not_credited') : 'unknown';
    must(word === right, () => `a refund of ${id}, which is ${known?.state}, is ${word}`);
    if (word === 'begun') moved(String(id), ['credited'], 'refunding', -1);
  }

  function refunded([id]: Arguments, [word, , rev]: Reply): void {
    const chargeId = String(id);
    const known = paid.get(chargeId);
    if (word === 'already') must(known?.state === 'refunded', () => `${chargeId} is not refunded already`);
    if (word !== 'refunded') return;
    const takes = known?.state === 'credited';
    must(
      takes === Number(rev) > 0,
      () => `${chargeId} was ${known?.state}, and its refund answers rev ${rev}`,
    );
    moved(chargeId, ['credited', 'refunding', 'held'], 'refunded', takes ? -1 : 0);
  }

  function usedUp([, operation]: string[], [item, n, , player]: Arguments, [word]: Reply): void {
    const playerId = Number(player);
    const what = `${item} ${n}`;
    const done = operations.get(String(operation));
    const isEnough = haveOf(playerId, String(item)) >= Number(n);
    const repeated = done === what ? 'exists' : 'op_conflict';
    const right = done === undefined ? (isEnough ? 'used' : 'not_enough') : repeated;
    must(word === right, () => `the use of ${what} by ${playerId} answers ${word}, not ${right}`);
    if (word !== 'used') return;
    operations.set(String(operation), what);
    const key = `${playerId} ${item}`;
    used.set(key, (used.get(key) ?? 0) + Number(n));
    change(playerId, { [String(item)]: Number(n) }, -1);
  }

  const holdersOf = (key: string): Map<string, number> => {
    const holders = copies.get(key) ?? new Map<string, number>();
    copies.set(key, holders);
    return holders;
  };

  function took([key = '']: string[], [holder, n, limit]: Arguments, [word]: Reply): void {
    const holders = holdersOf(key);
    const all = [...holders.values()].reduce((sum, one) => sum + one, 0);
    const most = priceOf(key.replace('stock:', ''), REVISIONS[0])?.copies ?? 0;
    must(most === Number(limit), () => `${key} is taken with a limit of ${limit}`);
    const right = holders.has(String(holder)) || all + Number(n) <= most ? 'taken' : 'sold_out';
    must(word === right, () => `${n} of ${key} for ${holder} with ${all} of ${most} taken: ${word}`);
    if (word === 'taken' && !holders.has(String(holder))) holders.set(String(holder), Number(n));
  }

  function walked(token: string, rows: string): void {
    must(cursor === token, () => `a walk that began at ${token} is kept where ${cursor} stands`);
    cursor = rows;
    onWalked();
  }

  type Script = (keys: string[], args: Arguments) => Promise<Reply>;
  type Hear = (keys: string[], args: Arguments, reply: Reply) => void;
  const heardBy =
    (name: string, script: Script, hear: Hear = () => {}): Script =>
    (keys, args) =>
      script.call(redis, keys, args).then((reply) => {
        count(heard, `${name} ${reply[0]}`);
        hear(keys, args, reply);
        return reply;
      });

  const spoken = {
    ...plain,
    get: (key: string) =>
      redis.get(key).then((text) => {
        cursor = text;
        return text;
      }),
    moveCursor: heardBy('cursor', redis.moveCursor, (_keys, [token, rows], [word]) => {
      if (word === 'moved') walked(String(token), String(rows));
    }),
    placeOrder: heardBy('place', redis.placeOrder, (_keys, [id, player, wish], [word]) => {
      if (word === 'placed') sold.set(`${player} ${id}`, String(wish));
      const isSoldAgain = word === 'placed' && isPaid(Number(player), String(id));
      must(!isSoldAgain, () => `${id} is placed again, and was paid`);
    }),
    markReady: heardBy('review', redis.markReady, ([key = ''], _args, [state]) => {
      if (state === 'ready') ready.add(nameOf(key));
    }),
    endOrder: heardBy('end', redis.endOrder, ([key = ''], _args, [state]) => {
      if (state === 'expired' || state === 'closed') ready.delete(nameOf(key));
    }),
    credit: heardBy('credit', redis.credit, (_keys, args, reply) => credited(args, reply)),
    hold: heardBy('hold', redis.hold, (_keys, args, reply) => held(args, reply)),
    beginRefund: heardBy('begin', redis.beginRefund, (_keys, args, reply) => begun(args, reply)),
    cancelRefund: heardBy('cancel', redis.cancelRefund, (_keys, [id], [word]) => {
      if (word === 'cancelled') moved(String(id), ['refunding'], 'credited', 1);
    }),
    refund: heardBy('refund', redis.refund, (_keys, args, reply) => refunded(args, reply)),
    use: heardBy('use', redis.use, usedUp),
    takeStock: heardBy('take', redis.takeStock, took),
    giveStock: heardBy('give', redis.giveStock, ([key = ''], [holder]) => {
      holdersOf(key).delete(String(holder));
    }),
  };

  return {
    redis: spoken as unknown as Redis,
    wrong,
    used,
    didUse: (playerId, opId) => operations.get(operationKey(playerId, opId)),
    mayBuy: ({ playerId, ...wish }) => fits(playerId, wish),
    otherOrders,
    forgetOrders() {
      ready.clear();
      sold.clear();
    },
    forget() {
      for (const heardOf of [paid, have, used, operations, copies, ready, sold, otherOrders]) heardOf.clear();
      cursor = null;
    },
  };
}

/** A refund on its way may still come to nothing, so what it gives back is not free yet. */
const isKept = (state: Paid['state']): boolean => state === 'credited' || state === 'refunding';

/** `player order`, as the key of an order ends. */
const nameOf = (key: string): string => key.split(':').slice(-2).join(' ');
