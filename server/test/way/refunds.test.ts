import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, newId, openWorld, type TestPlayer, type World } from './world.ts';

const ADMINS = [9_001, 9_002];
let world: World;
beforeAll(async () => {
  world = await openWorld({ env: { ADMIN_IDS: ADMINS.join(',') } });
  for (const id of ADMINS) await world.control('/sandbox/players', { id });
});
afterAll(() => world.close());

const say = (userId: number, text: string) => world.control('/host/message', { userId, text });

/** What the bot said to somebody, oldest first. */
async function saidTo(userId: number): Promise<string[]> {
  const { calls } = (await world.control('/sandbox/calls?method=sendMessage')) as unknown as {
    calls: { params: { chat_id: number | string; text: string } }[];
  };
  return calls.filter(({ params }) => Number(params.chat_id) === userId).map(({ params }) => params.text);
}
const isTold = (userId: number, words: string) =>
  eventually(async () => (await saidTo(userId)).some((text) => text.includes(words)), `"${words}" is said`);

async function buy(player: TestPlayer, sku: string, quantity?: number): Promise<string> {
  const { chargeId } = await world.pay(player.id, (await player.order(sku, quantity)).invoiceUrl);
  if (chargeId === undefined) throw new Error(`${sku} was not paid`);
  return chargeId;
}

async function useUp(player: TestPlayer, itemId: string, count: number): Promise<void> {
  expect(await player.ask('use', { opId: newId(), itemId, count })).toMatchObject({ ok: true });
}

describe('a refund by support', () => {
  test('takes the goods at once, brings the Stars, and tells the player in their language', async () => {
    const player = await world.player({ language_code: 'ru' });
    const chargeId = await buy(player, 'shield_3');
    await say(9_001, `/refund ${player.id} ${chargeId}`);
    await isTold(9_001, 'Refund begun');
    await eventually(async () => (await world.starsOf(player.id)) === 1_000, 'the Stars are back');
    await isTold(player.id, 'Возврат: 15 звёзд за «Щит ×3» снова у вас');
    for (const person of [9_001, 9_002]) await isTold(person, `are back with player ${player.id}.`);
    expect(await player.items()).toEqual({});
    await eventually(() => player.pushes.some(({ cause }) => cause === 'refund'), 'the game is told');
    const history = await player.ask('history', {});
    expect(history.ok && history.entries.map(({ state }) => state).sort()).toEqual(['done', 'refunded']);

    await say(9_002, `/refund ${player.id} ${chargeId}`);
    await isTold(9_002, 'It was refunded before.');
    expect(await world.starsOf(player.id)).toBe(1_000);
  });

  test('of goods used up leaves a debt that the next purchase pays first', async () => {
    const player = await world.player();
    const chargeId = await buy(player, 'shield_3');
    await useUp(player, 'shield', 2);
    await say(9_001, `/refund ${player.id} ${chargeId}`);
    await isTold(player.id, 'Used already: Shield ×2. The next ones you get make up for these first.');
    expect(await player.ask('inventory', {})).toMatchObject({ items: {}, debts: { shield: 2 } });
    expect(player.pushes.at(-1)).toMatchObject({ cause: 'refund', items: {}, debts: { shield: 2 } });

    await buy(player, 'shield_3');
    expect(await player.ask('inventory', {})).toEqual({
      ok: true,
      rev: 4,
      items: { shield: 1 },
      entitlements: [],
    });
  });

  test('of more than a thousand Stars takes two people', async () => {
    const player = await world.player({ stars: 5_000 });
    const told = new Promise((resolve) => player.socket.once('catalog:changed', resolve));
    const text = readFileSync(world.catalogFile, 'utf8');
    writeFileSync(world.catalogFile, text.replace('"priceStars": 15,', '"priceStars": 1500,'));
    await told;
    const chargeId = await buy(player, 'shield_3');
    for (const _ of [1, 2]) await say(9_001, `/refund ${player.id} ${chargeId}`);
    await eventually(
      async () => (await saidTo(9_001)).filter((said) => said.includes('takes two people')).length === 2,
      'one person asks twice in vain',
    );
    expect(await player.items()).toEqual({ shield: 3 });
    await say(9_002, `/refund ${player.id} ${chargeId}`);
    await eventually(async () => (await world.starsOf(player.id)) === 5_000, 'the Stars are back');
    expect(await player.items()).toEqual({});
  });

  test('that Telegram refuses for good gives the goods again and tells both sides', async () => {
    const player = await world.player();
    const { order } = await player.order('magnet_3');
    const catalog = await player.ask('catalog', {});
    // A payment that only this shop has heard of.
    const payload = `sd1:${player.id}:${order.id}:magnet_3:1:${catalog.ok && catalog.revision}`;
    const paid = { invoice_payload: payload, total_amount: order.priceStars };
    const chargeId = `stx${newId()}`;
    await world.tell(player.id, { ...paid, telegram_payment_charge_id: chargeId });
    expect(await player.items()).toEqual({ magnet: 3 });
    await say(9_001, `/refund ${player.id} ${chargeId}`);
    await isTold(9_001, `Telegram refuses to refund charge ${chargeId}`);
    await isTold(player.id, 'could not be carried out: your items are back');
    expect(await player.items()).toEqual({ magnet: 3 });
    const history = await player.ask('history', {});
    expect(history.ok && history.entries.map(({ state }) => state)).toEqual(['credited']);
  });

  test('takes the number of an order as well, and asks which when it was paid twice', async () => {
    const player = await world.player();
    const { order, invoiceUrl } = await player.order('magnet_3');
    const { chargeId } = await world.pay(player.id, invoiceUrl);
    const catalog = await player.ask('catalog', {});
    const payload = `sd1:${player.id}:${order.id}:magnet_3:1:${catalog.ok && catalog.revision}`;
    const second = `stx${newId()}`;
    const paid = { invoice_payload: payload, total_amount: order.priceStars };
    await world.tell(player.id, { ...paid, telegram_payment_charge_id: second });
    await say(9_002, `/refund ${player.id} ${order.id}`);
    await isTold(9_002, `/refund ${player.id} ${second} (second)`);
    expect(await player.items()).toEqual({ magnet: 3 });

    const other = await player.order('shield_1');
    await world.pay(player.id, other.invoiceUrl);
    await say(9_002, `/refund ${player.id} ${other.order.id}`);
    await isTold(9_002, `Refund begun: the goods of order ${other.order.id}`);
    expect(await player.items()).toEqual({ magnet: 3 });
    await say(9_002, `/refund ${player.id} ${chargeId}`);
    await eventually(async () => (await player.items()).magnet === undefined, 'the charge named is refunded');
  });

  test.each([
    ['no charge', '/refund 5'],
    ['a word for a player', '/refund me stx1'],
    ['a charge nobody has', '/refund 5 stx1'],
  ])('with %s says what to send', async (_name, line) => {
    await say(9_002, line);
    await isTold(9_002, 'Send /refund <player id> <charge id>');
  });

  test('is not there for anybody else', async () => {
    const player = await world.player();
    const chargeId = await buy(player, 'magnet_3');
    await say(player.id, `/refund ${player.id} ${chargeId}`);
    await say(player.id, '/terms');
    await isTold(player.id, 'What you buy here');
    expect((await saidTo(player.id)).filter((text) => text.includes('efund begun'))).toEqual([]);
    expect(await player.items()).toEqual({ magnet: 3 });
  });
});

describe('an answer of support', () => {
  test('reaches a player without a name by the line that came with the question', async () => {
    const player = await world.player();
    const chargeId = await buy(player, 'magnet_3');
    await say(player.id, '/paysupport it does not draw');
    await isTold(9_001, `Player ${player.id} asks:\nit does not draw`);
    await isTold(9_001, `/refund ${player.id} ${chargeId}`);
    await isTold(9_001, `To answer: /answer ${player.id} and your words.`);
    await say(9_001, `/answer ${player.id} It draws dust only.\nTry it again?`);
    await isTold(player.id, 'It draws dust only.\nTry it again?');
    await isTold(9_001, `Player ${player.id} has it.`);
    await say(9_001, '/answer 123456789 Hello');
    await isTold(9_001, 'Player 123456789 was not reached: Bad Request: chat not found.');
    await say(9_001, '/answer somebody Hello');
    await isTold(9_001, 'Send /answer <player id> and what the player is to read.');
  });

  test('is nobody else’s to give', async () => {
    const [player, other] = [await world.player(), await world.player()];
    await say(player.id, `/answer ${other.id} Send me your Stars`);
    await say(player.id, '/terms');
    await isTold(player.id, 'What you buy here');
    expect(await saidTo(other.id)).toEqual([]);
  });
});

describe('a refund by Telegram', () => {
  test('ends an entitlement, and the look can be bought again', async () => {
    const player = await world.player();
    const chargeId = await buy(player, 'trail_ember');
    await world.control('/sandbox/refund', { chargeId });
    await eventually(async () => (await player.items()).trail_ember === undefined, 'the look is gone');
    expect(await player.ask('inventory', {})).toMatchObject({ entitlements: [] });
    await buy(player, 'trail_ember');
    expect(await player.ask('inventory', {})).toMatchObject({ entitlements: ['trail_ember'] });
  });

  test('found only in the ledger takes the goods once, leaves the debt, and is told in the chat once', async () => {
    const player = await world.player();
    const chargeId = await buy(player, 'magnet_3');
    await useUp(player, 'magnet', 1);
    await world.control('/sandbox/faults', { update_lost: { update: 'refunded_payment', count: 1 } });
    await world.control('/sandbox/refund', { chargeId });
    await isTold(player.id, 'Used already: Dust magnet ×1');
    // The ledger is walked over and over; nothing is taken or told again.
    await buy(player, 'shield_1');
    await eventually(async () => (await player.items()).shield === 1, 'the next purchase is there');
    expect(await player.ask('inventory', {})).toMatchObject({ items: { shield: 1 }, debts: { magnet: 1 } });
    expect((await saidTo(player.id)).filter((text) => text.startsWith('Refunded'))).toHaveLength(1);
  });

  test('of a second payment is told with the reason', async () => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('magnet_3');
    await world.control('/sandbox/faults', {
      update_late: { afterMs: 200, count: 1, userId: player.id },
      update_lost: { count: 0 },
    });
    const paid = await Promise.all([world.pay(player.id, invoiceUrl), world.pay(player.id, invoiceUrl)]);
    expect(paid.filter(({ status }) => status === 'paid').length).toBeGreaterThan(0);
    if (paid.every(({ status }) => status === 'paid'))
      await isTold(
        player.id,
        'That order had been paid before. Your 15 Stars for “Dust magnet ×3” are back with you.',
      );
    expect(await player.items()).toEqual({ magnet: 3 });
    await eventually(async () => (await world.starsOf(player.id)) === 985, 'one payment is kept');
  });
});
