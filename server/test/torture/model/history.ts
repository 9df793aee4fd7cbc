import fc from 'fast-check';
import { FAULTS, type FaultAt } from './fail-point.ts';
import { MOST_AT_ONCE, OFFERS, REVISIONS } from './price-list.ts';

interface Any {
  /** A call of a port during the step goes wrong. */
  fault?: FaultAt | undefined;
  /** Begun, and not waited for before the next step begins. */
  beside?: boolean | undefined;
}

/** Numbers name things by their age among those there are, 0 for the latest; the players are 0, 1 and 2. */
export type Step = Any &
  (
    | { kind: 'buy'; player: number; offer: number; quantity: number; told: number }
    | {
        kind: 'order';
        player: number;
        offer: number;
        quantity: number;
        repeat?: number | undefined;
        swept?: boolean;
      }
    | {
        kind: 'tardy';
        player: number;
        offer: number;
        quantity: number;
        rivals: 'self' | 'others';
        told: number;
      }
    | { kind: 'review'; link: number; friend: boolean; wrong: boolean; devices: number }
    | { kind: 'pay'; link: number; friend: boolean; wrong: number; payload: Payload; hidden: boolean }
    | { kind: 'tell'; row: number; times: number }
    | { kind: 'chargeback'; sale: number }
    | { kind: 'support'; sale: number; refused: boolean }
    | Use
    | { kind: 'wait'; ms: number }
    | { kind: 'price'; revision: number }
    | { kind: 'day' | 'empty' | 'walk' | 'refunds' | 'sweep' | 'replay' | 'others' | 'poor' }
  );

/** On several devices it is the same use, sent twice, or two of them. */
interface Use {
  kind: 'use';
  player: number;
  item: number;
  count: number;
  operation: number;
  devices: number;
  isSame: boolean;
}
export type StepKind = Step['kind'];

/** What the payer hands over: the link's own payload, that of another bot, or one that names another price. */
export type Payload = 'own' | 'foreign' | 'forged';

/** What players, friends, support, Telegram and the machines do to one shop, and how it is put in order at the end. */
export interface History {
  /** Rows of no concern that Telegram's ledger begins with. */
  others: number;
  steps: Step[];
  /** Every update comes again, or the ledger is walked. */
  end: 'updates' | 'walk';
  /** At the end all of it is told once more, which must change nothing. */
  again: boolean;
}

/** The clock does not jump under what is under way. */
export const TAKES_TIME: ReadonlySet<StepKind> = new Set(['wait', 'day', 'tardy']);

export const ORDER_LIFE_MS = 15 * 60_000;
/** Longer than anything is put off, and than orders are kept. */
export const DAY_MS = 25 * 3_600_000;
/** The borders matter most: the last moment of an order, the first after it, those of its last five minutes. */
const WAITS = [1, 5_000, 60_000, 600_000, 600_001, ORDER_LIFE_MS - 1, ORDER_LIFE_MS];

const player = fc.constantFrom(0, 0, 0, 1, 1, 2);
const offer = fc.nat(OFFERS.length - 1);
const quantity = fc.constantFrom(1, 1, 1, 2, MOST_AT_ONCE);
const seldom = fc.constantFrom(false, false, false, false, false, true);
const few = fc.constantFrom(0, 0, 0, 1, 1, 2, 3);

const common = {
  fault: fc.option(
    fc.record(
      { fault: fc.constantFrom(...FAULTS), at: fc.integer({ min: 1, max: 12 }) },
      { noNullPrototype: true },
    ),
    { nil: undefined, freq: 4 },
  ),
};
/** What takes no time may go on beside what comes next; a walk of the ledger most of all. */
const besides = (kind: StepKind): { beside?: fc.Arbitrary<true | undefined> } => {
  if (TAKES_TIME.has(kind)) return {};
  const seldom = Array<undefined>(kind === 'walk' ? 2 : 5).fill(undefined);
  return { beside: fc.constantFrom(...seldom, true as const) };
};

const of = <K extends StepKind, T>(
  weight: number,
  kind: K,
  fields: { [N in keyof T]: fc.Arbitrary<T[N]> },
) => ({
  weight,
  arbitrary: fc.record(
    { kind: fc.constant(kind), ...fields, ...common, ...besides(kind) },
    { noNullPrototype: true },
  ),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  of(10, 'buy', { player, offer, quantity, told: fc.constantFrom(0, 1, 1, 1, 2) }),
  of(5, 'order', { player, offer, quantity, repeat: fc.option(few, { nil: undefined, freq: 2 }) }),
  of(2, 'tardy', {
    player,
    offer: fc.integer({ min: 2, max: OFFERS.length - 1 }),
    quantity,
    rivals: fc.constantFrom('self' as const, 'others'),
    told: fc.constantFrom(0, 1, 2),
  }),
  of(3, 'review', { link: few, friend: seldom, wrong: seldom, devices: fc.constantFrom(1, 1, 2) }),
  of(6, 'pay', {
    link: few,
    friend: seldom,
    wrong: fc.constantFrom(0, 0, 0, 0, 0, -1, 5),
    payload: fc.constantFrom('own' as const, 'own', 'own', 'own', 'own', 'own', 'foreign', 'forged'),
    hidden: seldom,
  }),
  of(5, 'tell', { row: few, times: fc.integer({ min: 1, max: 3 }) }),
  of(2, 'chargeback', { sale: few }),
  of(3, 'support', { sale: few, refused: fc.constantFrom(false, false, true) }),
  of(4, 'use', {
    player,
    item: fc.constantFrom(0, 0, 0, 1, 1, 1, 2),
    count: fc.constantFrom(1, 1, 2, 3),
    operation: fc.constantFrom(0, 0, 0, 1),
    devices: fc.constantFrom(1, 1, 2),
    isSame: fc.boolean(),
  }),
  of(5, 'wait', { ms: fc.constantFrom(...WAITS) }),
  of(2, 'price', { revision: fc.nat(REVISIONS.length - 1) }),
  of(2, 'day', {}),
  of(2, 'empty', {}),
  of(3, 'walk', {}),
  of(4, 'refunds', {}),
  of(3, 'sweep', {}),
  of(1, 'replay', {}),
  of(1, 'others', {}),
  of(1, 'poor', {}),
) as fc.Arbitrary<Step>;

export const histories: fc.Arbitrary<History> = fc.record(
  {
    others: fc.constantFrom(...Array<number>(13).fill(0), 120, 250, 305),
    steps: fc.array(step, { minLength: 2, maxLength: 10, size: 'max' }),
    end: fc.constantFrom('updates' as const, 'walk' as const),
    again: fc.constantFrom(false, false, false, true),
  },
  { noNullPrototype: true },
);
