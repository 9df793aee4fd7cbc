import { type Books, type Key, type PlayerBooks, WrongType } from './books.ts';
import type { Breach } from './breach.ts';
import { isKept, isWaiting } from './charge.ts';
import type { Findings } from './findings.ts';
import { inLanes } from './lanes.ts';
import { checkEnding, checkOpen, checkOutbox, checkOwed } from './lists.ts';
import { checkOrder } from './order.ts';
import { checkPlayer } from './player.ts';
import { mostCopies, type Prices } from './prices.ts';
import { checkSteady } from './steady.ts';
import { checkHolder, checkStock } from './stock.ts';
import type { Tally } from './tally.ts';

/** Keys looked at side by side. */
const LANES = 64;

export interface StoreFigures {
  players: number;
  charges: number;
  orders: number;
  keys: number;
  foreignKeys: number;
  /** Stars of purchases that are kept. */
  keptStars: number;
  /** Stars that are on their way back. */
  owedStars: number;
}

export interface WalkParts {
  books: Books;
  prices: Prices;
  nowMs(): number;
  findings: Findings;
  tally: Tally;
}

/** Walks every key of the store once, checks what it tells, and adds every charge to the tally. */
export async function walkStore(parts: WalkParts): Promise<StoreFigures> {
  const { books, findings } = parts;
  const figures: StoreFigures = {
    players: 0,
    charges: 0,
    orders: 0,
    keys: 0,
    foreignKeys: 0,
    keptStars: 0,
    owedStars: 0,
  };
  for await (const keys of books.keys())
    await inLanes(keys, LANES, async (key) => {
      figures.keys++;
      try {
        await visit(parts, key, figures);
      } catch (error) {
        if (!(error instanceof WrongType)) throw error;
        findings.add([ofAnotherType(key.name)]);
      }
    });
  if (figures.foreignKeys > 0)
    findings.note(
      `${figures.foreignKeys} keys are none of the shop's; it is better to give it a Redis of its own`,
    );
  return figures;
}

async function visit(parts: WalkParts, key: Key, figures: StoreFigures): Promise<void> {
  const { books, prices, nowMs } = parts;
  const steady = async <T>(read: () => Promise<T>, check: (read: T) => Breach[]): Promise<T> => {
    const checked = await checkSteady(read, check, () =>
      parts.findings.note(`${key.name} changed all the time; audit again`),
    );
    parts.findings.add(checked.breaches);
    return checked.books;
  };
  const player = (playerId: number) =>
    steady(
      () => books.player(playerId),
      (read) => checkPlayer(read, prices, nowMs()),
    );
  switch (key.kind) {
    case 'charges':
      return count(await player(key.playerId), figures, parts.tally);
    case 'inventory':
      // With charges it is looked at when they come.
      if (!(await books.hasCharges(key.playerId))) await player(key.playerId);
      return;
    case 'order':
      figures.orders++;
      await steady(
        () => books.order(key.playerId, key.orderId),
        (read) => checkOrder(read, prices, nowMs()),
      );
      return;
    case 'open': {
      const { playerId } = key;
      await steady(
        () => books.open(playerId),
        (read) => checkOpen(read, playerId, nowMs()),
      );
      return;
    }
    case 'ending':
      await steady(
        () => books.ending(key.bucket),
        (read) => checkEnding(read, nowMs()),
      );
      return;
    case 'owed':
      await steady(() => books.owed(key.bucket), checkOwed);
      return;
    case 'outbox':
      await steady(() => books.outbox(key.bucket), checkOutbox);
      return;
    case 'stock':
      return visitStock(parts, key.sku);
    case 'misplaced':
      parts.findings.add([misplaced(key)]);
      return;
    case 'unknown':
      parts.findings.add([unknown(key)]);
      return;
    case 'foreign':
      figures.foreignKeys++;
      return;
    case 'other':
      return;
  }
}

function count({ charges }: PlayerBooks, figures: StoreFigures, tally: Tally): void {
  figures.players++;
  for (const { charge } of charges) {
    figures.charges++;
    if (!charge) continue;
    tally.addCharge(charge);
    figures.keptStars += isKept(charge) ? charge.amountStars : 0;
    figures.owedStars += isWaiting(charge) ? charge.amountStars : 0;
  }
}

/** The holders one by one, then their sum: many may hold copies, so they are never all in memory. */
async function visitStock({ books, prices, nowMs, findings }: WalkParts, sku: string): Promise<void> {
  const unsteady = () => findings.note(`the stock of ${sku} changed all the time; audit again`);
  for await (const some of books.holders(sku))
    await inLanes(some, LANES, async ({ holder }) => {
      const read = () => books.holder(sku, holder);
      const { breaches } = await checkSteady(read, (one) => checkHolder(sku, one, nowMs()), unsteady);
      findings.add(breaches);
    });
  const sum = async () => {
    let held = 0;
    for await (const some of books.holders(sku)) for (const { copies } of some) held += Number(copies);
    return { sku, taken: await books.taken(sku), held };
  };
  const { breaches } = await checkSteady(sum, (read) => checkStock(read, mostCopies(prices, sku)), unsteady);
  findings.add(breaches);
}

const ofAnotherType = (name: string): Breach => ({
  rule: 'I7',
  where: `key ${name}`,
  is: 'it, or a key that it is held against, of another type',
  should: 'the type that the servers make it',
  cure: `look at it with TYPE ${name}; see who wrote it`,
});

const misplaced = ({ name, right }: Key & { kind: 'misplaced' }): Breach => ({
  rule: 'I6',
  where: `key ${name}`,
  is: 'in the bucket of other players',
  should: right,
  cure: 'no server looks for it there: see who wrote it',
});

const unknown = ({ name }: Key & { kind: 'unknown' }): Breach => ({
  rule: 'keys',
  where: `key ${name}`,
  is: 'a key of no known form',
  should: 'one of those in server/src/redis/keys.ts',
  cure: `see who wrote it; DEL ${name}`,
});
