import type { Revision } from '../../../src/purchase/order.ts';
import type { Redis } from '../../../src/redis/client.ts';
import { cursorKey } from '../../../src/redis/keys.ts';
import { count } from '../stage.ts';
import { type FailPoint, type Late, Struck } from './fail-point.ts';
import { catalogsOf, OFFERS, skuOf } from './price-list.ts';
import { createPorts, createServer, type Ports, type Server } from './shop.ts';
import { createSnapshotReader, type Names, type Snapshot, type SnapshotReader } from './snapshot.ts';
import { createTelegramModel, type TelegramModel } from './telegram.ts';
import { createWitness, type Plain, plainOf, type Witness } from './witness.ts';

/** A bucket of the store with one shop at a time in it. */
export interface Lane {
  number: number;
  redis: Redis;
  plain: Plain;
  reader: SnapshotReader;
  revisions: Revision[];
  skus: string[];
}

export async function createLane(redis: Redis, number: number): Promise<Lane> {
  const skus = OFFERS.map((kind) => skuOf(kind, number));
  const reader = await createSnapshotReader(redis);
  return { number, redis, plain: plainOf(redis), reader, revisions: catalogsOf(number), skus };
}

/** Tells the lane's shop apart from every other that was or will be in it. */
export interface WorldOptions {
  lane: Lane;
  number: number;
  /** Rows of no concern in Telegram's ledger. */
  others: number;
  /** Counts what happened. */
  heard: Record<string, number>;
}

/** How a step goes. */
export interface Circumstances {
  /** Where it fails. */
  point: FailPoint | undefined;
  /** Whether nothing else happens meanwhile, so that its result can be looked at. */
  isAlone: boolean;
  /** The step has to wait for a call until something else has happened. False when it can not. */
  park(): boolean;
}

type Attempt = <T>(work: (server: Server) => Promise<T>) => Promise<T | undefined>;

/** One shop, its three players, its Telegram, and what is true of them whatever the store says. */
export interface World {
  readonly telegram: TelegramModel;
  readonly now: { ms: number; revision: number };
  readonly players: readonly [number, number, number];
  readonly names: Names;
  readonly lane: Lane;
  readonly heard: Record<string, number>;
  readonly witness: Witness;
  /**
   * Whether the ledger has been walked since the store was last emptied, how often that was, and whether something was
   * under way then: its copies of a limited offer may be lost, and what is paid for with them not.
   */
  readonly shop: { isOpen: boolean; emptied: number; isTorn: boolean };
  /** Calls that are to be done only after what comes next. */
  readonly late: Late[];
  /** Steps that wait for such a call. */
  readonly parked: Promise<unknown>[];
  /** Updates that a server has answered for: Telegram forgets them. */
  readonly handled: Set<number>;
  readonly wrong: string[];
  /** Does some work on a server; on one that ends at the fail point, when there is one. `undefined` when it did. */
  attempt(how: Circumstances): Attempt;
  /** How many tries of refunds failed. */
  failed(): number;
  must(is: boolean, what: () => string): void;
  snapshot(): Promise<Snapshot>;
  /** As if the store were new. */
  empty(): Promise<void>;
}

/** Every so many shops, the workers look through all buckets. */
const WIDE = 64;
const NOON_MS = 1_790_000_000_000;

export async function openWorld({ lane, number, others, heard }: WorldOptions): Promise<World> {
  const now = { ms: NOON_MS, revision: 0 };
  const telegram = createTelegramModel(() => now.ms, String(number));
  telegram.addOthers(others);
  const idOf = (player: number): number => (number * 3 + player + 1) * 1_024 + lane.number;
  const players = [idOf(0), idOf(1), idOf(2)] as const;
  const limited = lane.skus.filter((sku) => /^(limited|rare)/.test(sku));
  const names: Names = { botId: players[0], players, orders: [], operations: [], skus: limited };
  const wrong: string[] = [];
  const must = (is: boolean, what: () => string): void => {
    if (!is) wrong.push(what());
  };
  const shop = { isOpen: true, emptied: 0, isTorn: false };
  const told = new Set<string>();
  let failed = 0;
  const events = {
    tell(what: string, chargeId: string): void {
      count(heard, what);
      const key = `${shop.emptied} ${what} ${chargeId}`;
      must(
        what !== 'told refunded' || !told.has(key),
        () => `people are told twice that ${chargeId} went back`,
      );
      told.add(key);
    },
    count(what: string): void {
      count(heard, what);
      if (what === 'refund failed') failed++;
    },
  };
  const witness = createWitness(lane.redis, lane.plain, heard, String(telegram.rows()), () => {
    shop.isOpen = true;
  });
  const ports: Ports = createPorts({
    redis: witness.redis,
    telegram,
    botId: names.botId,
    bucket: lane.number,
    isWide: number % WIDE === 0,
    revisions: lane.revisions,
    now,
  });
  await lane.redis.set(cursorKey(names.botId), String(telegram.rows()));
  const server = createServer(ports, events);

  const attempt =
    ({ point, park }: Circumstances): Attempt =>
    async (work) => {
      const { emptied } = shop;
      try {
        if (!point) return await work(server);
        return await point.run(ports, (fragile) => work(createServer(fragile, events)), park);
      } catch (error) {
        must(
          // A store that is emptied under some work may say so.
          isStruck(error) || shop.emptied !== emptied,
          () => `nobody expected: ${error instanceof Error ? error.stack : String(error)}`,
        );
        return undefined;
      }
    };

  return {
    telegram,
    now,
    players,
    names,
    lane,
    heard,
    witness,
    shop,
    late: [],
    parked: [],
    handled: new Set(),
    wrong,
    attempt,
    failed: () => failed,
    must,
    snapshot: () => lane.reader.read(names),
    empty: () => lane.reader.empty(names, witness.forget),
  };
}

const isStruck = (error: unknown): boolean =>
  error instanceof Struck || (error instanceof Error && error.cause instanceof Struck);
