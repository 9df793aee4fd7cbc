import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/main.ts';
import { eventually, openWorld, SECRET, type World } from './world.ts';

let world: World;
let original: string;
beforeAll(async () => {
  world = await openWorld();
  original = readFileSync(world.catalogFile, 'utf8');
});
afterAll(() => world.close());

type Player = Awaited<ReturnType<World['player']>>;
const priceOf = async (player: Player, sku: string): Promise<number | undefined> => {
  const shelf = await player.ask('catalog', {});
  return shelf.ok ? shelf.offers.find((offer) => offer.sku === sku)?.priceStars : undefined;
};
/** Resolves with the revision that players are told of; the bar is two seconds. */
const published = (player: Player): Promise<string> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no catalog:changed within two seconds')), 2_000);
    player.socket.once('catalog:changed', ({ revision }: { revision: string }) => {
      clearTimeout(timer);
      resolve(revision);
    });
  });

async function save(player: Player, text: string): Promise<string> {
  const told = published(player);
  writeFileSync(world.catalogFile, text);
  return told;
}

beforeEach(async () => {
  if (readFileSync(world.catalogFile, 'utf8') === original) return;
  const player = await world.player();
  await save(player, original);
});

describe('a saved catalogue', () => {
  test('is in force within two seconds, and players are told', async () => {
    const player = await world.player();
    const revision = await save(player, original.replace('"priceStars": 12', '"priceStars": 11'));
    const shelf = await player.ask('catalog', {});
    expect(shelf).toMatchObject({ ok: true, revision });
    expect(await priceOf(player, 'second_wind_3')).toBe(11);
  });

  test('also when the editor saves by renaming', async () => {
    const player = await world.player();
    const told = published(player);
    writeFileSync(`${world.catalogFile}.tmp`, original.replace('"priceStars": 12', '"priceStars": 13'));
    renameSync(`${world.catalogFile}.tmp`, world.catalogFile);
    await told;
    expect(await priceOf(player, 'second_wind_3')).toBe(13);
  });

  test('leaves an order made before as it was: its price, its contents, its goods', async () => {
    const player = await world.player();
    const { order, invoiceUrl } = await player.order('second_wind_3');
    await save(
      player,
      original.replace(
        '"priceStars": 12,\n      "grant": { "second_wind": 3 }',
        '"priceStars": 40,\n      "grant": { "second_wind": 9 }',
      ),
    );
    expect(await world.pay(player.id, invoiceUrl)).toMatchObject({ status: 'paid' });
    expect(await world.starsOf(player.id)).toBe(988);
    expect(await player.items()).toEqual({ second_wind: 3 });
    expect(await player.ask('order:status', { orderId: order.id })).toMatchObject({
      order: { priceStars: 12 },
    });
  });

  test('that withdraws an offer refuses its unpaid orders', async () => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('second_wind_3');
    await save(player, original.replace('"priceStars": 12,', '"priceStars": 12, "onSale": false,'));
    expect((await world.pay(player.id, invoiceUrl)).error).toContain('not on sale');
    expect(await priceOf(player, 'second_wind_3')).toBeUndefined();
    expect(await world.starsOf(player.id)).toBe(1_000);
  });

  test('that is wrong leaves the old in force, and says what is wrong in the words of the check', async () => {
    const player = await world.player();
    writeFileSync(world.catalogFile, original.replace('"priceStars": 12,', '"priceStars": "12",'));
    await eventually(
      () => world.lines.some((line) => line.includes('the saved catalogue is wrong')),
      'it is told',
    );
    const told = world.lines.findLast((line) => line.includes('the saved catalogue is wrong')) ?? '';
    expect(told).toMatch(/items\.json:\d+:\d+ offers\[1\]\.priceStars: must be a number, not a string/);
    expect(await priceOf(player, 'second_wind_3')).toBe(12);
  });

  test('of a purchase whose order is lost still settles it, from the revision the payload names', async () => {
    const player = await world.player();
    const { invoiceUrl } = await player.order('shield_3');
    await world.control('/sandbox/faults', { update_late: { afterMs: 1_500, count: 1 } });
    await save(player, original.replace('"grant": { "shield": 3 }', '"grant": { "shield": 1 }'));
    await world.pay(player.id, invoiceUrl);
    await eventually(async () => (await player.items()).shield === 3, 'three shields are there, as sold');
  });
});

describe('a server with a wrong catalogue', () => {
  test.each([
    ['wrong', '{ "items": 5 }', /items\.json is wrong in \d+ places?/],
    ['missing', undefined, /items\.json can't be read: .*CATALOG/],
  ])('that is %s does not start, and says why', async (_name, text, expected) => {
    const file = `${world.dir}/broken/items.json`;
    if (text !== undefined) {
      const { mkdirSync } = await import('node:fs');
      mkdirSync(`${world.dir}/broken`);
      writeFileSync(file, text);
    }
    const config = readConfig({
      BOT_TOKEN: world.sandbox.bot.token,
      WEBHOOK_SECRET: SECRET,
      PUBLIC_URL: world.url,
      REDIS_URL: world.redis.url,
      CATALOG: text === undefined ? `${world.dir}/nowhere/items.json` : file,
    });
    await expect(start(config, createLog('silent'))).rejects.toThrow(expected);
  });
});
