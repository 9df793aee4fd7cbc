import { count } from '../stage.ts';
import { arrive, DOINGS, tell } from './doings.ts';
import { createFailPoint, type FailPoint, type FaultAt } from './fail-point.ts';
import { DAY_MS, type History, type Step, TAKES_TIME } from './history.ts';
import { brokenAtRest } from './invariants.ts';
import { type Circumstances, openWorld, type World, type WorldOptions } from './world.ts';

export interface Played {
  /** What did not hold; empty when everything did. */
  wrong: string[];
  /** `result` or `credit refunded` → how many payments ended so. */
  ends: Record<string, number>;
  /** The call that went wrong in the whole history. */
  struck?: string | undefined;
}

export interface PlayOptions extends Omit<WorldOptions, 'others'> {
  /** One call in the whole history goes wrong, in place of those in its steps. */
  fault?: FaultAt | undefined;
  /** The step that it breaks is done again at once, not only as all is put in order. */
  repeats?: boolean;
  /** Told of each call of a port, where there is such a fault. */
  onCall?: ((name: string) => void) | undefined;
  /** Told of each step, for a person. */
  tell?: ((line: string) => void) | undefined;
}

/** Plays a history in a shop of its own, puts everything in order, and says what does not hold. */
export async function play(history: History, options: PlayOptions): Promise<Played> {
  const world = await openWorld({ ...options, others: history.others });
  const { fault, onCall, tell: say } = options;
  const point = fault && createFailPoint(fault, (late) => world.late.push(late), onCall);
  const states = new Map<string, string>();
  const wrong = (): string[] => [...world.wrong, ...world.witness.wrong];
  let beside: Promise<unknown>[] = [];
  let due = 0;

  for (const step of history.steps) {
    if (TAKES_TIME.has(step.kind)) await Promise.all(beside);
    const isAlone = step.beside === undefined && beside.length === 0 && world.parked.length === 0;
    beside.push(doStep(world, step, point, { isAlone, repeats: options.repeats === true }));
    if (step.beside) say?.(JSON.stringify(step));
    if (step.beside) continue;
    await Promise.all(beside);
    beside = [];
    await arrive(world, Math.min(due, world.late.length));
    due = world.late.length;
    await look(world, states);
    say?.(`${JSON.stringify(step)}\n      ${[...states].map(([key, is]) => `${key} ${is}`).join(', ')}`);
    if (wrong().length > 0) break;
  }
  await Promise.all(beside);
  await arrive(world);
  if (wrong().length === 0) await putInOrder(world, history);
  const ends = wrong().length === 0 ? await judge(world, history) : {};
  await world.empty();
  return { wrong: wrong(), ends, struck: point?.struck };
}

/** Resolves when the step is done, or waits for what is done only after the next one. */
async function doStep(
  world: World,
  step: Step,
  whole: FailPoint | undefined,
  { repeats, isAlone }: { repeats: boolean; isAlone: boolean },
): Promise<void> {
  const { fault } = step;
  const point = whole ?? (fault && createFailPoint(fault, (late) => world.late.push(late)));
  const before = point?.struck;
  let parked = false;
  await new Promise<void>((resolve, reject) => {
    let finish = (): void => {};
    const park = (): boolean => {
      if (TAKES_TIME.has(step.kind)) return false;
      parked = true;
      how.isAlone = false;
      world.parked.push(new Promise<void>((finished) => (finish = finished)));
      resolve();
      return true;
    };
    const how: Circumstances = { point, isAlone, park };
    doingOf(step)(world, step, how).then(() => {
      finish();
      resolve();
    }, reject);
  });
  if (!point || point.struck === before) return;
  if (!whole) count(world.heard, `fault ${fault?.fault}`);
  // As a person taps again, and Telegram tells again.
  else if (repeats && !parked) await alone(world, step);
}

/** From a state, those that the machine of the orders ever leads to. */
const LATER: Record<string, string[]> = {
  new: ['ready', 'credited', 'refunding', 'refunded', 'expired', 'closed'],
  ready: ['credited', 'refunding', 'refunded', 'expired', 'closed'],
  expired: ['credited', 'refunding', 'refunded'],
  closed: ['credited', 'refunding', 'refunded'],
  credited: ['refunding', 'refunded'],
  refunding: ['refunded', 'credited'],
  refunded: [],
};

/** Stands among the states for the store they are of. */
const EMPTIED = 'store emptied';

/** After every step: each order has gone on along its machine, and no more copies are taken than there are. */
async function look(world: World, states: Map<string, string>): Promise<void> {
  const { names, must, lane, heard, shop } = world;
  if (states.get(EMPTIED) !== String(shop.emptied)) states.clear();
  states.set(EMPTIED, String(shop.emptied));
  const { states: now, taken } = await lane.reader.glance(names);
  for (const [at, { playerId, orderId }] of names.orders.entries()) {
    const key = `${playerId} ${orderId}`;
    const [was, is] = [states.get(key), now[at] ?? ''];
    if (is === '') states.delete(key);
    else states.set(key, is);
    if (is === '' || was === is) continue;
    count(heard, `order ${is}`);
    must(
      was === undefined || (LATER[was] ?? []).includes(is),
      () => `the order ${key} went from ${was} to ${is}`,
    );
  }
  const most = names.skus.map((sku) => (sku.startsWith('limited') ? 3 : 2));
  taken.forEach((n, at) => {
    must(n <= (most[at] ?? 0), () => `${n} of ${names.skus[at]} are taken`);
  });
}

type DoingOfAny = (world: World, step: Step, how: Circumstances) => Promise<unknown>;
const doingOf = ({ kind }: Step): DoingOfAny => DOINGS[kind] as DoingOfAny;

const PLAIN: Circumstances = { point: undefined, isAlone: false, park: () => false };
const alone = (world: World, step: Step): Promise<unknown> => doingOf(step)(world, step, PLAIN);

/** All that is under way comes to its end: nothing is hidden, Telegram refuses only what was credited. */
async function putInOrder(world: World, { end }: History): Promise<void> {
  const { telegram, now, shop } = world;
  telegram.reveal();
  telegram.state.isPoor = false;
  const hear = async (): Promise<void> => {
    // What an emptied store had been told of, only the ledger tells of again, every minute.
    if (end === 'walk' || shop.emptied > 0) await alone(world, { kind: 'walk' });
    const untold = telegram.updates().filter(({ update_id: id }) => !world.handled.has(id));
    if (end === 'updates') for (const update of untold) await tell(world, update, 1, PLAIN);
  };
  // What was refused when it was overdue is asked for a day later.
  const giveBack = async (): Promise<void> => {
    now.ms += DAY_MS;
    await alone(world, { kind: 'refunds' });
  };
  await hear();
  await giveBack();
  telegram.refusals.clear();
  await giveBack();
  await hear();
  await alone(world, { kind: 'sweep' });
}

async function judge(world: World, history: History): Promise<Record<string, number>> {
  const { telegram, witness, heard } = world;
  const store = await world.snapshot();
  const { used, otherOrders } = witness;
  const { isTorn } = world.shop;
  const truth = { sales: telegram.sales(), refunded: telegram.refunded, used, otherOrders, isTorn };
  world.wrong.push(...brokenAtRest(store, truth));
  const ends: Record<string, number> = {};
  for (const { record } of store.charges) {
    count(ends, record.result === 'credit' && record.since.has('back') ? 'credit refunded' : record.result);
    count(heard, `ended ${record.result}`);
  }
  for (const fields of store.inventories.values())
    if (Object.values(fields).some((text) => text.startsWith('-'))) count(heard, 'debt');
  if (history.again && world.wrong.length === 0) await repeatAll(world, history);
  return ends;
}

/** Whatever is told again changes nothing. */
async function repeatAll(world: World, history: History): Promise<void> {
  const before = JSON.stringify([...(await world.snapshot()).inventories]);
  const rows = world.telegram.rows();
  world.handled.clear();
  await putInOrder(world, { ...history, end: history.end === 'walk' ? 'updates' : 'walk' });
  const after = JSON.stringify([...(await world.snapshot()).inventories]);
  world.must(
    after === before && rows === world.telegram.rows(),
    () => `told again, ${before} became ${after}`,
  );
}
