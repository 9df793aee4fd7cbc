import { expect, test } from 'vitest';
import { eventually, openWorld, paymentUpdate } from '../way/world.ts';
import { callsOf, inStore, payloadOf, post } from './attack.ts';

test('sales: exhausts pre-checkout time', async () => {
  const world = await openWorld({ sandbox: { timings: { preCheckoutMs: 10_000, setWebhookEveryMs: 0 } } });
  const player = await world.player();
  const { invoiceUrl } = await player.order('shield_3');
  const info = await inStore(world, (redis) => redis.info('server'));
  const pid = Number(/process_id:(\d+)/.exec(info)?.[1]);
  process.kill(pid, 'SIGSTOP');
  const startedMs = performance.now();
  const frozen = await world.pay(player.id, invoiceUrl);
  const tookMs = performance.now() - startedMs;
  process.kill(pid, 'SIGCONT');
  expect(frozen.error).toMatch(/^BOT_PRECHECKOUT_FAILED/);
  expect(tookMs).toBeLessThan(5_500);
  const [answer] = await callsOf(world, 'answerPreCheckoutQuery');
  expect(String(answer?.params.ok)).toBe('false');
  expect(await world.starsOf(player.id)).toBe(1_000);
  await eventually(async () => (await fetch(`${world.url}/readyz`)).ok, 'Redis is back');
  expect((await world.pay(player.id, invoiceUrl)).status).toBe('paid');
  await world.close();
});

test('sales: poison update blocks a chat’s queue for 24 h', async () => {
  const world = await openWorld();
  const player = await world.player();
  const { invoiceUrl } = await player.order('shield_3');
  await world.control('/sandbox/faults', { server_error: { method: 'sendMessage' } });
  // An update whose handling fails, in the chat where the payment will be told of.
  await world.control('/host/message', { userId: player.id, text: '/start' });
  await eventually(() => world.lines.some((line) => line.includes('an update failed')), 'it has failed');
  expect((await world.pay(player.id, invoiceUrl)).status).toBe('paid');
  expect(await player.items()).toEqual({ shield: 3 });

  // Updates of shapes that nobody has thought of, and a payment that can't be read: each is done with.
  const from = { id: player.id, is_bot: false, first_name: 'Eve' };
  const shapes: Record<string, unknown>[] = [
    { message: null },
    { message: {} },
    { message: { text: {}, entities: 'x' } },
    { message: { message_id: 1, date: 1, chat: null, from, text: '/start', entities: [{}] } },
    { message: { message_id: 1, date: 1, chat: { id: 1 }, successful_payment: {} } },
    { message: { message_id: 1, date: 1, chat: { id: 1 }, successful_payment: { total_amount: 'x' } } },
    { pre_checkout_query: { id: '1', from, currency: 'XTR', total_amount: 1, invoice_payload: 'x' } },
    { a_kind_of_next_year: { id: 1 } },
  ];
  for (const [i, shape] of shapes.entries())
    expect((await post(world.url, { update_id: i, ...shape })).status, JSON.stringify(shape)).toBe(200);
  const payload = await payloadOf(world, (await player.order('magnet_3')).invoiceUrl);
  const update = paymentUpdate(player.id, { total_amount: 15, invoice_payload: payload });
  expect((await post(world.url, update)).status).toBe(200);
  expect(await player.items()).toEqual({ shield: 3, magnet: 3 });
  await world.close();
});
