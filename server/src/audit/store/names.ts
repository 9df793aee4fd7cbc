import {
  BUCKETS,
  bestKey,
  boardKey,
  chargesKey,
  cursorKey,
  endingKey,
  friendsKey,
  inventoryKey,
  openOrdersKey,
  operationKey,
  orderKey,
  outboxKey,
  owedKey,
  REVISIONS_KEY,
  runKey,
  secondPersonKey,
  stockKey,
} from '../../redis/keys.ts';
import type { Key } from '../books.ts';

const IN_BUCKET = /^\{b(\d{4})\}:([a-z]+)(?::(\d+)(?::(.+))?)?$/;
const OURS = /^(\{b\d{4}\}|\{board\}|stock|catalog|ledger|refund):/;
const STOCK = /^stock:([a-z0-9_]{1,32})$/;
const CURSOR = /^ledger:cursor:(\d+)$/;
const BOARD = /^\{board\}:(all|\d{4}-\d\d-\d\d)$/;
const ASKED = /^refund:asked:(.+)$/;

/** What a key is, by its name. */
export function keyOf(name: string): Key {
  const [, bucket, kind, player, rest] = IN_BUCKET.exec(name) ?? [];
  if (bucket !== undefined && player === undefined) return ofBucket(name, Number(bucket), kind ?? '');
  if (bucket !== undefined) return ofPlayer(name, kind ?? '', Number(player), rest);
  const sku = STOCK.exec(name)?.[1];
  if (sku !== undefined && stockKey(sku) === name) return { kind: 'stock', name, sku };
  if (isKnown(name)) return { kind: 'other', name };
  return { kind: OURS.test(name) ? 'unknown' : 'foreign', name };
}

function ofBucket(name: string, bucket: number, kind: string): Key {
  const keys = { outbox: outboxKey, ending: endingKey, owed: owedKey };
  if (!Object.hasOwn(keys, kind) || bucket >= BUCKETS) return { kind: 'unknown', name };
  return { kind: kind as keyof typeof keys, name, bucket };
}

function ofPlayer(name: string, kind: string, playerId: number, rest: string | undefined): Key {
  const known = playersKey(kind, playerId, rest);
  if (!known) return { kind: 'unknown', name };
  return known.name === name ? known : { kind: 'misplaced', name, right: known.name };
}

function playersKey(kind: string, playerId: number, rest: string | undefined): Key | undefined {
  if (rest === undefined)
    switch (kind) {
      case 'i':
        return { kind: 'inventory', name: inventoryKey(playerId), playerId };
      case 'c':
        return { kind: 'charges', name: chargesKey(playerId), playerId };
      case 'open':
        return { kind: 'open', name: openOrdersKey(playerId), playerId };
      case 'b':
        return { kind: 'other', name: bestKey(playerId) };
      case 'friends':
        return { kind: 'other', name: friendsKey(playerId) };
      default:
        return undefined;
    }
  if (kind === 'o') return { kind: 'order', name: orderKey(playerId, rest), playerId, orderId: rest };
  if (kind === 'op') return { kind: 'other', name: operationKey(playerId, rest) };
  return kind === 'run' ? { kind: 'other', name: runKey(playerId, rest) } : undefined;
}

function isKnown(name: string): boolean {
  const bot = CURSOR.exec(name)?.[1];
  const charge = ASKED.exec(name)?.[1];
  const board = BOARD.exec(name)?.[1];
  return (
    name === REVISIONS_KEY ||
    (board !== undefined && boardKey(board) === name) ||
    (bot !== undefined && cursorKey(Number(bot)) === name) ||
    (charge !== undefined && secondPersonKey(charge) === name)
  );
}
