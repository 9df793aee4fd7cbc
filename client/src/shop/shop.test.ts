import type { OrderState } from '@stardrift/shared/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InvoiceHint } from './ports.ts';
import { isPaying, next, orderOf, type ReadyOrder, type ShopEvent, type ShopState } from './shop.ts';

const order = (id: string): ReadyOrder => ({
  id,
  sku: 'shield_1',
  quantity: 1,
  priceStars: 6,
  grant: { shield: 1 },
  expiresAtMs: 1,
  invoiceUrl: `https://t.me/$${id}`,
});
const want = (orderId: string) => ({ sku: 'shield_1', quantity: 1, orderId });
const run = (...events: ShopEvent[]): ShopState => events.reduce<ShopState>(next, { at: 'idle' });
const status = (state: OrderState, orderId = 'a'): ShopEvent => ({ type: 'status', orderId, state });
const unanswered = (offline: boolean, orderId = 'a'): ShopEvent => ({ type: 'unanswered', orderId, offline });
const owned = (orderId: string): ShopEvent => ({ type: 'owned', orderId, paid: {} });
const hint = (value: InvoiceHint, orderId = 'a'): ShopEvent => ({ type: 'hint', orderId, hint: value });
const toSheet: ShopEvent[] = [
  { type: 'card', want: want('a') },
  { type: 'prepared', order: order('a') },
  { type: 'tap' },
];
const times = (count: number, event: ShopEvent): ShopEvent[] => Array.from({ length: count }, () => event);

describe('the order machine', () => {
  const cases: [string, ShopEvent[], ShopState['at']][] = [
    ['a card waits for the tap', [{ type: 'card', want: want('a') }], 'card'],
    ['a prepared order opens Telegram on the tap at once', toSheet, 'inTelegram'],
    ['an unprepared one after the answer', [{ type: 'card', want: want('a') }, { type: 'tap' }], 'opening'],
    [
      'the answer opens it',
      [{ type: 'card', want: want('a') }, { type: 'tap' }, { type: 'prepared', order: order('a') }],
      'inTelegram',
    ],
    [
      "another card's answer does not",
      [{ type: 'card', want: want('b') }, { type: 'tap' }, { type: 'prepared', order: order('a') }],
      'opening',
    ],
    ['a second tap changes nothing', [...toSheet, { type: 'tap' }], 'inTelegram'],
    ['another card has to wait', [...toSheet, { type: 'card', want: want('b') }], 'inTelegram'],
    ['"paid" is only a hint', [...toSheet, hint('paid')], 'settling'],
    ['a hint about another order is not ours', [...toSheet, hint('paid', 'b')], 'inTelegram'],
    ['the server delivers', [...toSheet, hint('paid'), status('credited')], 'delivered'],
    ['a delivery before the hint', [...toSheet, owned('a')], 'delivered'],
    ['a hint after the delivery', [...toSheet, status('credited'), hint('cancelled')], 'delivered'],
    ['cancelled, asked once', [...toSheet, hint('cancelled'), status('ready')], 'settling'],
    ['cancelled, asked twice', [...toSheet, hint('cancelled'), ...times(2, status('ready'))], 'notCharged'],
    ['failed, asked twice', [...toSheet, hint('failed'), ...times(2, status('ready'))], 'notCharged'],
    [
      'charged although "failed"',
      [...toSheet, hint('failed'), ...times(2, status('ready')), status('credited')],
      'delivered',
    ],
    [
      'cancelled, then paid',
      [...toSheet, hint('cancelled'), hint('paid'), ...times(2, status('ready'))],
      'settling',
    ],
    [
      'paid, then cancelled',
      [...toSheet, hint('paid'), hint('cancelled'), ...times(2, status('ready'))],
      'settling',
    ],
    ['paid, but nothing comes', [...toSheet, hint('paid'), ...times(5, status('ready'))], 'pending'],
    ['pending', [...toSheet, hint('pending'), status('ready')], 'pending'],
    [
      'pending, then delivered',
      [...toSheet, hint('pending'), status('ready'), status('credited')],
      'delivered',
    ],
    ['silence', [...toSheet, hint('silent'), ...times(4, status('ready'))], 'unknown'],
    ['no answer from the server', [...toSheet, hint('paid'), ...times(2, unanswered(true))], 'unknown'],
    ['refunded', [...toSheet, hint('paid'), status('refunded')], 'refunded'],
    ['refunding', [...toSheet, hint('paid'), status('refunding')], 'refunding'],
    [
      'refunding, then refunded',
      [...toSheet, hint('paid'), status('refunding'), status('refunded')],
      'refunded',
    ],
    [
      'a refund that Telegram refuses for good gives the goods again',
      [...toSheet, hint('paid'), status('refunding'), status('credited')],
      'delivered',
    ],
    [
      'delivered, then refunded before the eyes of the player',
      [...toSheet, status('credited'), status('refunding'), status('refunded')],
      'refunded',
    ],
    ['refunded, and nothing after it', [...toSheet, status('refunded'), status('credited')], 'refunded'],
    [
      'a try again re-opens the same order',
      [...toSheet, hint('cancelled'), ...times(2, status('ready')), { type: 'tap' }],
      'inTelegram',
    ],
    [
      'an ended order is not re-opened',
      [...toSheet, hint('cancelled'), ...times(2, status('expired')), { type: 'tap' }],
      'notCharged',
    ],
    ['back to the game', [...toSheet, { type: 'leave' }], 'idle'],
    ['a reload in mid-payment', [{ type: 'resume', order: order('a') }], 'settling'],
    ['a reload after the payment', [{ type: 'resume', order: order('a') }, status('credited')], 'delivered'],
  ];
  it.each(cases)('%s', (_name, events, at) => {
    expect(run(...events).at).toBe(at);
  });

  it('says "no connection" only of a line that is down', () => {
    const after = (offline: boolean) => run(...toSheet, hint('paid'), ...times(2, unanswered(offline)));
    expect(after(true)).toMatchObject({ at: 'unknown', offline: true });
    expect(after(false)).toMatchObject({ at: 'unknown', offline: false });
  });

  it('keeps with a delivery what of it was owed', () => {
    const state = run(...toSheet, { type: 'owned', orderId: 'a', paid: { shield: 1 } });
    expect(state).toMatchObject({ at: 'delivered', paid: { shield: 1 } });
  });

  it('keeps the refusal on the card', () => {
    const refused = run(
      { type: 'card', want: want('a') },
      { type: 'tap' },
      { type: 'refused', orderId: 'a', code: 'limit_reached', message: 'No.' },
    );
    expect(refused).toMatchObject({ at: 'card', trouble: { kind: 'refused', code: 'limit_reached' } });
  });
});

const ids = fc.constantFrom('a', 'b');
const anyEvent: fc.Arbitrary<ShopEvent> = fc.oneof(
  ids.map((id): ShopEvent => ({ type: 'card', want: want(id) })),
  ids.map((id): ShopEvent => ({ type: 'prepared', order: order(id) })),
  ids.map((id): ShopEvent => ({ type: 'refused', orderId: id, code: 'limit_reached', message: 'No.' })),
  ids.map((id): ShopEvent => ({ type: 'unreachable', orderId: id })),
  fc.tuple(fc.boolean(), ids).map(([offline, id]) => unanswered(offline, id)),
  ids.map(owned),
  ids.map((id): ShopEvent => ({ type: 'resume', order: order(id) })),
  fc.constantFrom<ShopEvent>({ type: 'tap' }, { type: 'doubt' }, { type: 'leave' }),
  fc
    .tuple(ids, fc.constantFrom<InvoiceHint>('paid', 'cancelled', 'failed', 'pending', 'silent'))
    .map(([id, value]) => hint(value, id)),
  fc
    .tuple(ids, fc.constantFrom<OrderState>('ready', 'credited', 'expired', 'refunding', 'refunded'))
    .map(([id, state]) => status(state, id)),
);
const story = fc.array(anyEvent, { maxLength: 40 });

describe('whatever comes, in whatever order, once, twice or never', () => {
  it("delivered, refunding and refunded are the server's word about that very order", () => {
    fc.assert(
      fc.property(story, (events) => {
        let state: ShopState = { at: 'idle' };
        for (const event of events) {
          const before: ShopState = state;
          state = next(before, event);
          if (state.at === before.at) continue;
          if (state.at !== 'delivered' && state.at !== 'refunding' && state.at !== 'refunded') continue;
          const word = event.type === 'owned' || event.type === 'status';
          expect(word && event.orderId === state.order.id).toBe(true);
        }
      }),
    );
  });

  it('a delivery is never missed while its order is in view', () => {
    fc.assert(
      fc.property(story, (events) => {
        const state = run(...events);
        const id = orderOf(state)?.id;
        fc.pre(id !== undefined && state.at !== 'refunded');
        expect(next(state, { type: 'status', orderId: id, state: 'credited' }).at).toBe('delivered');
      }),
    );
  });

  it('Telegram is opened at most once for each tap, and never while another payment is under way', () => {
    fc.assert(
      fc.property(story, (events) => {
        let state: ShopState = { at: 'idle' };
        let taps = 0;
        let opened = 0;
        for (const event of events) {
          const before: ShopState = state;
          state = next(before, event);
          if (event.type === 'tap') taps++;
          if (state.at === 'inTelegram' && before.at !== 'inTelegram') {
            opened++;
            expect(before.at === 'opening' || !isPaying(before)).toBe(true);
          }
        }
        expect(opened).toBeLessThanOrEqual(taps);
      }),
    );
  });

  it('the way back to the game is always open', () => {
    fc.assert(
      fc.property(story, (events) => {
        expect(run(...events, { type: 'leave' }).at).toBe('idle');
      }),
    );
  });
});
