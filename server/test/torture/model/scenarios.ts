import { ORDER_LIFE_MS, type Step } from './history.ts';
import { OFFERS, type OfferKind } from './price-list.ts';

/** A life of purchases as it goes when nothing breaks, and how its payments end then. */
export interface Scenario {
  name: string;
  steps: Step[];
  ends: Record<string, number>;
}

type Change<K extends Step['kind']> = Partial<Extract<Step, { kind: K }>>;
const at = (offer: OfferKind): number => OFFERS.indexOf(offer);

const buy = (offer: OfferKind, change: Change<'buy'> = {}): Step => ({
  kind: 'buy',
  player: 0,
  offer: at(offer),
  quantity: 1,
  told: 1,
  ...change,
});
const order = (offer: OfferKind, change: Change<'order'> = {}): Step => ({
  kind: 'order',
  player: 0,
  offer: at(offer),
  quantity: 1,
  ...change,
});
const review = (change: Change<'review'> = {}): Step => ({
  kind: 'review',
  link: 0,
  friend: false,
  wrong: false,
  devices: 1,
  ...change,
});
const pay = (change: Change<'pay'> = {}): Step => ({
  kind: 'pay',
  link: 0,
  friend: false,
  wrong: 0,
  payload: 'own',
  hidden: false,
  ...change,
});
const tell = (row = 0, times = 1): Step => ({ kind: 'tell', row, times });
const tardy = (offer: OfferKind, rivals: 'self' | 'others', quantity = 1): Step => ({
  kind: 'tardy',
  player: 0,
  offer: at(offer),
  quantity,
  rivals,
  told: 1,
});
const use = (change: Change<'use'> = {}): Step => ({
  kind: 'use',
  player: 0,
  item: 0,
  count: 1,
  operation: 0,
  devices: 1,
  isSame: false,
  ...change,
});
const support = (refused = false): Step => ({ kind: 'support', sale: 0, refused });
const chargeback: Step = { kind: 'chargeback', sale: 0 };
const wait = (ms: number): Step => ({ kind: 'wait', ms });
const price = (revision: number): Step => ({ kind: 'price', revision });
const [walk, refunds, sweep, empty, replay, others, poor, day] = (
  ['walk', 'refunds', 'sweep', 'empty', 'replay', 'others', 'poor', 'day'] as const
).map((kind) => ({ kind })) as [Step, Step, Step, Step, Step, Step, Step, Step];

const of = (name: string, ends: Scenario['ends'], ...steps: (Step | undefined)[]): Scenario => ({
  name,
  ends,
  steps: steps.filter((step) => step !== undefined),
});

const PAID = { credit: 1 };
const BACK = { 'credit refunded': 1 };

export const SCENARIOS: readonly Scenario[] = [
  of('a purchase', PAID, buy('shield')),
  of('a purchase told three times at once', PAID, buy('shield', { told: 3 })),
  of('a payment that only the ledger tells of', PAID, buy('shield', { told: 0 }), walk),
  of('a payment before its pre-checkout is answered', PAID, order('shield'), pay(), tell()),
  of('a second payment of one order', { credit: 1, second: 1 }, buy('shield'), pay(), tell(), refunds),
  of(
    'two devices that pay one order',
    { credit: 1, second: 1 },
    ...[order('shield'), review({ devices: 2 }), pay(), pay(), tell(0), tell(1), refunds],
  ),
  of('a friend who pays', { payer: 1 }, order('shield'), review(), pay({ friend: true }), tell(), refunds),
  of('a wrong sum', { amount: 1 }, order('shield'), pay({ wrong: -1 }), tell(), refunds, tell()),
  of(
    'a payload of another bot',
    { orphan: 1 },
    order('shield'),
    pay({ payload: 'foreign' }),
    tell(),
    refunds,
  ),
  of(
    'a payload of another price',
    { orphan: 1 },
    order('shield'),
    pay({ payload: 'forged' }),
    tell(),
    refunds,
  ),
  of('a late payment', PAID, order('shield'), wait(ORDER_LIFE_MS), sweep, pay(), tell()),
  of(
    'a late payment beyond the limit',
    { credit: 1, limit: 1 },
    tardy('starter', 'self', 2),
    refunds,
    tell(),
  ),
  of('a late payment of what is sold out', { credit: 2, stock: 1 }, tardy('rare', 'others'), refunds, tell()),
  of('a late payment of a limited offer', { credit: 3 }, tardy('limited', 'others')),
  of(
    'a late second payment of a limited offer',
    { credit: 1, second: 1 },
    ...[order('limited'), wait(ORDER_LIFE_MS), sweep, pay(), pay(), tell(1), tell(0), refunds],
  ),
  of('a limited offer', PAID, buy('limited', { quantity: 2 })),
  of(
    'a limited offer that was not paid, and is bought by others',
    PAID,
    ...[
      order('limited', { quantity: 3 }),
      wait(ORDER_LIFE_MS),
      sweep,
      buy('limited', { player: 1, quantity: 3 }),
    ],
  ),
  of(
    'a limited offer that was refunded, and is bought by others',
    { credit: 1, 'credit refunded': 1 },
    ...[buy('limited', { quantity: 3 }), support(), refunds, buy('limited', { player: 1, quantity: 3 })],
  ),
  of('an old price paid', PAID, order('shield'), price(1), order('shield'), pay({ link: 1 }), tell()),
  of(
    'an order asked for again',
    PAID,
    order('shield'),
    order('shield', { repeat: 0 }),
    review(),
    pay(),
    tell(),
  ),
  of('a second tap', PAID, order('shield'), order('shield'), review(), pay(), tell()),
  of('a chargeback', BACK, buy('shield'), chargeback, tell()),
  of('a chargeback of what was used', BACK, buy('shield'), use({ count: 2 }), chargeback, tell(), use()),
  of('a chargeback that only the ledger tells of', BACK, buy('shield'), chargeback, walk),
  of('a chargeback told before its payment', BACK, order('shield'), pay(), chargeback, tell(0), tell(1)),
  of('a refund by support', BACK, buy('shield'), support(), refunds, tell()),
  of(
    'a debt that the next purchase pays',
    { ...PAID, ...BACK },
    buy('shield'),
    use(),
    support(),
    refunds,
    buy('shield'),
  ),
  of('a refund that Telegram refuses for good', PAID, buy('starter'), support(true), refunds, use()),
  of(
    'a refund without the Stars for it',
    BACK,
    ...[buy('shield'), support(), poor, refunds, poor, wait(600_000), refunds, tell()],
  ),
  of('a chargeback beside a refund by support', BACK, buy('limited'), support(), chargeback, tell(), refunds),
  of('uses on two devices', PAID, buy('shield'), use({ devices: 2 }), use({ devices: 2, isSame: true })),
  of('a use sent twice', PAID, buy('shield'), use(), use(), use({ count: 2 })),
  of('an emptied store', { credit: 2 }, buy('shield'), use(), buy('limited', { player: 1 }), empty, walk),
  of(
    'an emptied store of payments that went back',
    { credit: 1, second: 1, 'credit refunded': 1 },
    ...[buy('starter'), pay(), tell(), refunds, buy('rare'), support(), refunds, empty, walk],
  ),
  of(
    'an emptied store of a first payment that went back, and a second that was credited',
    { credit: 1, second: 1 },
    ...[order('shield'), pay(), pay(), tell(0), tell(1), refunds, empty, walk],
  ),
  of(
    'a second payment of an order that is no longer kept',
    { credit: 2, second: 1 },
    ...[buy('shield'), buy('ember'), day, order('shield', { repeat: 1 }), pay({ link: 1 }), tell(), refunds],
  ),
  of('a refund by support after a chargeback', BACK, buy('shield'), chargeback, tell(), support(), refunds),
  of(
    'a chargeback that nobody heard of before a refund by support',
    BACK,
    buy('shield'),
    chargeback,
    support(),
    refunds,
  ),
  of(
    'a late payment while another order of the offer is open',
    { credit: 1 },
    ...[order('rare'), wait(ORDER_LIFE_MS), sweep, order('rare'), pay({ link: 1 }), tell(), review()],
  ),
  of(
    'an emptied store and a long ledger',
    { credit: 2 },
    ...[
      others,
      buy('shield', { told: 0 }),
      others,
      walk,
      others,
      walk,
      empty,
      buy('shield'),
      walk,
      buy('shield'),
    ],
  ),
  of(
    'a row that the ledger shows late',
    { credit: 3 },
    ...[
      others,
      walk,
      order('shield'),
      pay({ hidden: true }),
      buy('ember'),
      buy('starter'),
      walk,
      wait(1),
      walk,
    ],
  ),
  of(
    'a whole life',
    { credit: 2, 'credit refunded': 1, second: 1 },
    ...[
      buy('shield', { told: 2 }),
      use(),
      pay(),
      tell(),
      refunds,
      tell(),
      price(1),
      buy('starter'),
      support(),
    ],
    ...[refunds, tell(), order('shield'), wait(ORDER_LIFE_MS), sweep, pay(), tell(), walk],
  ),
  of(
    'a limited offer that three players want',
    { credit: 2, stock: 1 },
    ...[order('rare'), order('rare', { player: 1 }), wait(ORDER_LIFE_MS), sweep, buy('rare', { player: 2 })],
    ...[pay({ link: 1 }), pay({ link: 2 }), tell(1), tell(0), refunds, walk],
  ),
  of(
    'a limited offer of which one went back and another came late',
    { credit: 1, 'credit refunded': 1, limit: 1 },
    ...[
      tardy('rare', 'self'),
      refunds,
      tell(1),
      { kind: 'support', sale: 1, refused: false } as Step,
      refunds,
    ],
    ...[tell(), buy('rare')],
  ),
  of(
    'an order that was replaced, and is paid after the one that replaced it',
    { credit: 2 },
    ...[order('limited'), order('limited', { quantity: 2 }), sweep, review(), pay(), tell()],
    ...[pay({ link: 1 }), tell()],
  ),
  of(
    'an order that is replaced while something is done for it',
    { credit: 1 },
    ...[order('limited'), review(), order('limited', { quantity: 2, swept: true }), review(), pay(), tell()],
  ),
  of(
    'an order that is replaced while it is made',
    { credit: 1 },
    ...[order('limited'), order('limited', { quantity: 2, swept: true }), review(), pay(), tell()],
  ),
  of(
    'an order whose time is over while it is asked for again',
    { credit: 1 },
    ...[
      order('limited'),
      wait(ORDER_LIFE_MS - 1),
      order('limited', { repeat: 0 }),
      wait(1),
      sweep,
      pay(),
      tell(),
    ],
  ),
  of(
    'a refund that Telegram refuses, and then makes by itself',
    BACK,
    ...[buy('shield'), support(true), refunds, { ...chargeback, beside: true } as Step, tell(), walk],
  ),
  of(
    'refunds that Telegram makes in the meantime',
    { 'credit refunded': 2 },
    ...[buy('shield'), support(), chargeback, walk, buy('ember', { told: 0 }), chargeback, walk, refunds],
  ),
  of('what was settled lately, settled again', BACK, buy('shield'), chargeback, tell(), replay),
];
