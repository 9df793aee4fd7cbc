import { formatPayload, parsePayload } from '@stardrift/shared/payload';
import type { Update } from 'grammy/types';
import { openOrdersKey, orderKey, stockKey } from '../../../src/redis/keys.ts';
import { count } from '../stage.ts';
import { DAY_MS, ORDER_LIFE_MS, type Step, type StepKind } from './history.ts';
import { ITEMS, LOOK, MOST_AT_ONCE, priceOf, REVISIONS } from './price-list.ts';
import type { Link, Sale } from './telegram.ts';
import type { Circumstances, World } from './world.ts';

type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;

type Doing<K extends StepKind> = (world: World, step: StepOf<K>, how: Circumstances) => Promise<unknown>;

/** The thing of that age, 0 for the latest; older than all begins anew. */
function latest<T>(things: readonly T[], age: number): T | undefined {
  return things[things.length - 1 - (age % Math.max(1, things.length))];
}

const playerOf = ({ players }: World, index: number): number => players[index % 3] ?? players[0];

async function order(
  world: World,
  step: Omit<StepOf<'order'>, 'kind'>,
  how: Circumstances,
): Promise<Link | undefined> {
  const { shop, must, heard } = world;
  const { playerId, ...request } = wishOf(world, step);
  const { isOpen: wasOpen, emptied } = shop;
  const beganMs = world.now.ms;
  const answer = await world.attempt(how)((server) =>
    server.purchase.order({ id: playerId, language: 'en', name: '' }, request),
  );
  if (!answer) return undefined;
  if ('refused' in answer) {
    count(heard, `order ${answer.refused}`);
    const isOpen = wasOpen && shop.emptied === emptied;
    must(answer.refused !== 'restoring' || !isOpen, () => 'an open shop says that it is restoring');
    if (answer.refused === 'sold_out' && how.isAlone) await mustBeOver(world, playerId, request.orderId);
    return undefined;
  }
  const { sku, quantity, revision, expiresAtMs, priceStars } = answer;
  const link = world.telegram.links.find(({ url }) => url === answer.invoiceUrl);
  const stars = (priceOf(sku, revision)?.stars ?? 0) * quantity;
  const told = JSON.stringify(answer);
  must(sku === request.sku && quantity === request.quantity, () => `another wish is answered by ${told}`);
  must(wasOpen || shop.isOpen, () => 'an order is taken before the ledger was walked');
  must(priceStars === stars && link?.stars === stars, () => `a wrong price: ${told}`);
  must(expiresAtMs > beganMs, () => `an order that has ended: ${told}`);
  return link;
}

/** A new wish, or an older order id for the same or another one. */
function wishOf(world: World, { player, offer, quantity, repeat }: Omit<StepOf<'order'>, 'kind'>) {
  const { names, lane, heard } = world;
  const playerId = playerOf(world, player);
  const own = names.orders.filter((each) => each.playerId === playerId);
  const known = repeat === undefined ? undefined : latest(own, repeat);
  const orderId = known?.orderId ?? `order_${String(names.orders.length).padStart(12, '0')}`;
  if (!known) names.orders.push({ playerId, orderId });
  else count(heard, 'order repeated');
  const sku = lane.skus[offer % lane.skus.length] ?? '';
  // More than there are of what one may have once are asked for now and then, but not for ever.
  const isSingle = quantity < MOST_AT_ONCE && /^(ember|rare)/.test(sku);
  return { playerId, orderId, sku, quantity: isSingle ? 1 : quantity };
}

/** An order without its copies is not left open. */
async function mustBeOver({ lane, must }: World, playerId: number, orderId: string): Promise<void> {
  const state = await lane.redis.hGet(orderKey(playerId, orderId), 's');
  must(state !== 'new' && state !== 'ready', () => `${orderId} is sold out, and ${state}`);
}

async function review(
  world: World,
  link: Link,
  { friend, wrong }: { friend: boolean; wrong: boolean },
  how: Circumstances,
): Promise<boolean | undefined> {
  const payload = parsePayload(link.payload);
  if (!payload) return undefined;
  const { playerId, orderId, sku, quantity } = payload;
  const payerId = friend ? other(world, playerId) : playerId;
  const query = { payerId, currency: 'XTR', amountStars: link.stars + (wrong ? 1 : 0) };
  const wasOpen = world.shop.isOpen;
  const decision = await world.attempt(how)((server) => server.purchase.review(query, link.payload));
  if (!decision?.approved) {
    if (decision) count(world.heard, `review ${decision.reason}`);
    return decision?.approved;
  }
  const { must, shop, lane } = world;
  must(!friend && !wrong, () => `a pre-checkout of ${link.payload} is approved for the wrong payer or sum`);
  must(wasOpen || shop.isOpen, () => 'a pre-checkout is approved before the ledger was walked');
  const fields = await lane.redis.hmGet(orderKey(playerId, orderId), ['s', 'j']);
  const isOver = fields[0] === 'expired' || fields[0] === 'closed';
  must(!isOver, () => `approved is an order that is ${fields[0]}`);
  if (!how.isAlone) return true;
  const onSale = priceOf(sku, REVISIONS[world.now.revision] ?? '')?.onSale;
  must(onSale === true, () => `a pre-checkout of ${sku} is approved, and it is not on sale`);
  const { expiresAtMs = 0 } = JSON.parse(fields[1] ?? '{}') as { expiresAtMs?: number };
  must(
    fields[0] === 'ready' && expiresAtMs > world.now.ms,
    () => `approved is an order that is ${fields[0]}`,
  );
  must(world.witness.mayBuy(payload), () => `approved is more of ${sku} than one player may have`);
  if (priceOf(sku, payload.revision)?.copies === undefined) return true;
  const held = await lane.redis.hGet(stockKey(sku), `${playerId}:${orderId}`);
  must(Number(held) === quantity, () => `approved are ${quantity} of ${sku}, and ${held} are held`);
  return true;
}

const other = ({ players }: World, playerId: number): number =>
  players.find((id) => id !== playerId) ?? playerId;

/** Telegram takes the Stars of whatever it is handed. */
function pay(world: World, link: Link, step: Omit<StepOf<'pay'>, 'kind' | 'link'>): Sale | undefined {
  const payload = parsePayload(link.payload);
  if (!payload) return undefined;
  const revision = REVISIONS.find((id) => id !== payload.revision) ?? '';
  const forged = { ...payload, revision };
  const isForged = step.payload === 'forged';
  const texts = { own: link.payload, foreign: 'another bot', forged: formatPayload(forged) };
  const price = isForged ? (priceOf(payload.sku, revision)?.stars ?? 0) * payload.quantity : link.stars;
  return world.telegram.pay(
    {
      payerId: step.friend ? other(world, payload.playerId) : payload.playerId,
      amountStars: Math.max(1, price + step.wrong),
      payload: texts[step.payload],
    },
    step.hidden,
  );
}

/** What was handled is never told again, unless it is told several times at once. */
export async function tell(
  world: World,
  update: Update | undefined,
  times: number,
  how: Circumstances,
): Promise<void> {
  if (!update) return;
  const attempt = world.attempt(how);
  const handle = async (): Promise<void> => {
    const isHandled = await attempt(async (server) => {
      await server.deliver(update);
      return true;
    });
    if (isHandled) world.handled.add(update.update_id);
  };
  await Promise.all(Array.from({ length: times }, handle));
}

async function buy(world: World, step: StepOf<'buy'>, how: Circumstances): Promise<void> {
  const link = await order(world, step, how);
  if (!link) return;
  const approved = await review(world, link, { friend: false, wrong: false }, how);
  if (!approved) return;
  pay(world, link, { friend: false, wrong: 0, payload: 'own', hidden: false });
  count(world.heard, step.told === 0 ? 'update not told' : 'update told');
  await tell(world, latest(world.telegram.updates(), 0), step.told, how);
}

const sweep = (world: World, how: Circumstances): Promise<unknown> =>
  world.attempt(how)((server) => server.purchase.sweep());

/** A turn of the queue fails for nothing but what Telegram refuses. */
async function refunds(world: World, how: Circumstances): Promise<void> {
  const { telegram, must } = world;
  const wereStopped = telegram.state.isPoor || telegram.refusals.size > 0;
  const [before, emptied] = [world.failed(), world.shop.emptied];
  await world.attempt(how)((server) => server.refunds());
  const isCalm = how.isAlone && how.point?.struck === undefined && world.shop.emptied === emptied;
  must(
    !isCalm || wereStopped || world.failed() === before,
    () => 'a refund failed that nothing stood against',
  );
}

/** An order ends unpaid, somebody else buys what is left of the offer, and only then it is paid. */
async function tardy(world: World, step: StepOf<'tardy'>, how: Circumstances): Promise<void> {
  const { player, offer, quantity, rivals, told } = step;
  const link = await order(world, step, how);
  await expire(world, ORDER_LIFE_MS);
  await sweep(world, how);
  const others = rivals === 'self' ? [player] : [player + 1, player + 2];
  for (const rival of others) await buy(world, { kind: 'buy', player: rival, offer, quantity, told: 1 }, how);
  if (!link) return;
  pay(world, link, { friend: false, wrong: 0, payload: 'own', hidden: false });
  await tell(world, latest(world.telegram.updates(), 0), told, how);
}

/** Whoever paid last has something to use up. */
async function use(world: World, step: StepOf<'use'>, how: Circumstances): Promise<void> {
  const playerId = latest(world.telegram.sales(), step.player)?.payerId ?? playerOf(world, step.player);
  const item = [...ITEMS, LOOK][step.item] ?? LOOK;
  const opIds = [`op_${step.operation}`, `op_${step.operation}${step.isSame ? '' : '_too'}`];
  const devices = opIds.slice(0, step.devices);
  world.names.operations.push(...devices.map((opId) => ({ playerId, opId })));
  const attempt = world.attempt(how);
  const answers = await Promise.all(
    devices.map((opId) => attempt((server) => server.use(playerId, opId, item, step.count))),
  );
  if (answers.every((answer) => !answer || 'refused' in answer)) return;
  world.must(item !== LOOK, () => 'a look is used up');
  const done = devices.map((opId) => world.witness.didUse(playerId, opId));
  const isAsAsked = done.includes(`${item} ${step.count}`);
  world.must(
    !how.isAlone || isAsAsked,
    () => `${step.count} ${item} were to be used, not ${done.join(', ')}`,
  );
}

async function support(world: World, step: StepOf<'support'>, how: Circumstances): Promise<void> {
  const sale = latest(world.telegram.sales(), step.sale);
  if (!sale) return;
  if (step.refused) world.telegram.refusals.add(sale.chargeId);
  await world.attempt(how)((server) => server.purchase.refund(sale.payerId, sale.chargeId, '900'));
}

async function empty(world: World, { isAlone }: Circumstances): Promise<void> {
  const { shop } = world;
  shop.isTorn ||= !isAlone;
  shop.isOpen = false;
  shop.emptied++;
  await world.empty();
  // Whatever emptied it has cut the wires as well.
  for (const { drop } of world.late.splice(0)) drop();
  count(world.heard, 'store emptied');
}

/** What is on its way for so long has arrived. */
const ON_ITS_WAY_MS = 1_000;

async function expire(world: World, ms: number): Promise<void> {
  if (ms > ON_ITS_WAY_MS) await arrive(world);
  world.now.ms += ms;
  world.telegram.reveal();
}

/** The oldest calls that were taken out of their place are done now, and whoever waits for them goes on. */
export async function arrive({ late, parked }: World, count = late.length): Promise<void> {
  for (const { call } of late.splice(0, count)) await call().catch(() => {});
  if (late.length === 0) await Promise.all(parked.splice(0));
}

/** So long that orders are no longer kept; paid or not, only their charges tell of them. */
async function day(world: World, how: Circumstances): Promise<void> {
  await expire(world, ORDER_LIFE_MS);
  await sweep(world, { ...how, point: undefined });
  await expire(world, DAY_MS);
  const { orders, players } = world.names;
  const keys = orders.map(({ playerId, orderId }) => orderKey(playerId, orderId));
  await world.lane.redis.del([...keys, ...players.map(openOrdersKey)]);
  world.witness.forgetOrders();
}

export const DOINGS: { [K in StepKind]: Doing<K> } = {
  buy,
  order: async (world, step, how) => {
    await order(world, step, how);
    if (step.swept) await sweep(world, how);
  },
  tardy,
  walk: (world, _, how) => world.attempt(how)((server) => server.walk()),
  use,
  support,
  empty: (world, _, how) => empty(world, how),
  day: (world, _, how) => day(world, how),
  async review(world, step, how) {
    const link = latest(world.telegram.links, step.link);
    if (!link) return;
    await Promise.all(Array.from({ length: step.devices }, () => review(world, link, step, how)));
  },
  async pay(world, step) {
    const link = latest(world.telegram.links, step.link);
    if (link) pay(world, link, step);
  },
  tell: (world, { row, times }, how) => tell(world, latest(world.telegram.updates(), row), times, how),
  async chargeback({ telegram, heard }, step) {
    const sale = latest(telegram.sales(), step.sale);
    if (sale && telegram.giveBack(sale)) count(heard, 'chargeback');
  },
  wait: (world, { ms }) => expire(world, ms),
  async price({ now, heard }, { revision }) {
    if (now.revision !== revision) count(heard, 'price changed');
    now.revision = revision;
  },
  refunds: (world, _, how) => refunds(world, how),
  sweep: (world, _, how) => sweep(world, how),
  replay: (world, _, how) => world.attempt(how)((server) => server.replay()),
  async others({ telegram }) {
    // Telegram shows a row late by seconds, not by hundreds of rows.
    telegram.reveal();
    telegram.addOthers(250);
  },
  async poor({ telegram }) {
    telegram.state.isPoor = !telegram.state.isPoor;
  },
};
