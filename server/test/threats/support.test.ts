import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chargesKey } from '../../src/redis/keys.ts';
import { eventually, newId, openWorld, type TestPlayer, type World } from '../way/world.ts';
import { callsOf, inStore, post } from './attack.ts';

const ADMINS = [9_001, 9_002];
let world: World;
beforeAll(async () => {
  world = await openWorld({ env: { ADMIN_IDS: ADMINS.join(',') } });
  for (const id of ADMINS) await world.control('/sandbox/players', { id });
});
afterAll(() => world.close());

async function buy(player: TestPlayer, sku: string): Promise<string> {
  const { chargeId } = await world.pay(player.id, (await player.order(sku)).invoiceUrl);
  if (chargeId === undefined) throw new Error(`${sku} was not paid`);
  return chargeId;
}
async function say(userId: number, text: string, answer: string): Promise<void> {
  const told = async () =>
    (await callsOf(world, 'sendMessage')).filter(
      ({ params }) => Number(params.chat_id) === userId && String(params.text).includes(answer),
    ).length;
  const before = await told();
  await world.control('/host/message', { userId, text });
  await eventually(async () => (await told()) > before, `"${answer}" is said to ${userId}`);
}

test('goods: refund (support, Telegram, store chargeback) after spending', async () => {
  const refunds = {
    support: async (player: TestPlayer, chargeId: string) => {
      await say(9_001, `/refund ${player.id} ${chargeId}`, 'Refund begun');
    },
    Telegram: async (_player: TestPlayer, chargeId: string) => {
      await world.control('/sandbox/refund', { chargeId });
    },
    // Known from the ledger alone.
    chargeback: async (_player: TestPlayer, chargeId: string) => {
      await world.control('/sandbox/faults', { update_lost: { update: 'refunded_payment', count: 1 } });
      await world.control('/sandbox/refund', { chargeId });
    },
  };
  for (const [who, refund] of Object.entries(refunds)) {
    const player = await world.player();
    const chargeId = await buy(player, 'shield_3');
    expect((await player.ask('use', { opId: newId(), itemId: 'shield', count: 2 })).ok).toBe(true);
    await refund(player, chargeId);
    await eventually(async () => (await world.starsOf(player.id)) === 1_000, `${who}: the Stars are back`);
    await eventually(async () => {
      const answer = await player.ask('inventory', {});
      return answer.ok && answer.debts?.shield === 2 && answer.items.shield === undefined;
    }, `${who}: what was used is owed`);
    // Told of again, it takes nothing more, and what is bought next pays first.
    const paid = {
      currency: 'XTR',
      total_amount: 15,
      invoice_payload: '',
      telegram_payment_charge_id: chargeId,
    };
    const chat = { id: player.id, type: 'private', first_name: 'Eve' };
    const message = { message_id: 1, date: 1_790_000_000, chat, refunded_payment: paid };
    expect((await post(world.url, { update_id: 1, message })).status, who).toBe(200);
    expect((await player.ask('use', { opId: newId(), itemId: 'shield' })).ok, who).toBe(false);
    await buy(player, 'shield_3');
    expect(await player.items(), who).toEqual({ shield: 1 });
  }
});

test('admin tool: silent edits, double refunds', async () => {
  const player = await world.player({ stars: 5_000 });
  // Nobody else has the tool.
  const small = await buy(player, 'magnet_3');
  await world.control('/host/message', { userId: player.id, text: `/refund ${player.id} ${small}` });
  await say(player.id, '/terms', 'refunded');
  expect(await player.items()).toEqual({ magnet: 3 });

  // Asked for by both at once, Stars go back once, and the journal says who.
  const line = `/refund ${player.id} ${small}`;
  await Promise.all(ADMINS.map((userId) => world.control('/host/message', { userId, text: line })));
  await eventually(async () => (await world.starsOf(player.id)) === 5_000, 'the Stars are back');
  await say(9_002, line, 'It was refunded before.');
  expect(await world.starsOf(player.id)).toBe(5_000);
  const record = await inStore(world, (redis) => redis.hGet(chargesKey(player.id), small));
  expect(record).toMatch(/ by=900[12]( |$)/);
  const journal = world.lines.filter(
    (each) => each.includes('support asked for a refund') && each.includes(small),
  );
  expect(journal.map((each) => JSON.parse(each).by).sort()).toEqual(expect.arrayContaining(['9001', '9002']));

  // Above a thousand Stars it takes two.
  const told = new Promise((resolve) => player.socket.once('catalog:changed', resolve));
  const text = readFileSync(world.catalogFile, 'utf8');
  writeFileSync(world.catalogFile, text.replace('"priceStars": 15,', '"priceStars": 1500,'));
  await told;
  const large = await buy(player, 'shield_3');
  const asked = `/refund ${player.id} ${large}`;
  await say(9_001, asked, 'takes two people');
  await say(9_001, asked, 'takes two people');
  expect(await player.items()).toEqual({ shield: 3 });
  await say(9_002, asked, 'Refund begun');
  await eventually(async () => (await world.starsOf(player.id)) === 5_000, 'the Stars are back');
  expect(await player.items()).toEqual({});
});
