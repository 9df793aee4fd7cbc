import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { expect, test, vi } from 'vitest';
import { createLog } from '../log.ts';
import { deliver } from './deliver.ts';
import { UnreadablePayment } from './payment.ts';

const person = { id: 5, is_bot: false, first_name: 'Ann' };
const chat = { id: 5, type: 'private', first_name: 'Ann' };
const query = { id: '9', from: person, currency: 'XTR', total_amount: 15, invoice_payload: 'x' };

async function delivered(update: object, outcome: () => Promise<void> = async () => {}) {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const handleUpdate = vi.fn(outcome);
  const receipts = vi.fn(outcome);
  const bot = { isInited: () => true, handleUpdate } as unknown as Bot;
  await deliver(bot, receipts, { update_id: 1, ...update } as Update, log);
  return { lines, handled: handleUpdate.mock.calls.length, received: receipts.mock.calls.length };
}
const fail = async (): Promise<void> => {
  throw new Error('Redis is away');
};

test.each([
  { message: { chat, from: person, text: '/start', date: 1, message_id: 1 } },
  { message: { chat } },
  { pre_checkout_query: query },
  {},
])('%j goes to the bot', async (update) => {
  expect(await delivered(update)).toEqual({ lines: [], handled: 1, received: 0 });
});

const deep: unknown = JSON.parse('['.repeat(10_000) + ']'.repeat(10_000));
test.each([
  ['a chat that can not be written as JSON', { message: { chat: { ...chat, id: deep }, text: '/start' } }],
  ['a chat of no number', { message: { chat: { ...chat, id: '5' } } }],
  ['no chat', { message: { text: '/start' } }],
  ['a text that is none', { message: { chat, text: 5 } }],
  ['a sender that is none', { message: { chat, from: { id: {} } } }],
  ['a query of nobody', { pre_checkout_query: { ...query, from: undefined } }],
  ['a query without an id', { pre_checkout_query: { ...query, id: deep } }],
  ['a query that is none', { pre_checkout_query: true }],
])('%s is told and forgotten: it would be no better the next time', async (_, update) => {
  const { lines, handled } = await delivered(update);
  expect(handled).toBe(0);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("can't be read");
});

test('a payment goes past the bot, and comes again when it could not be handled', async () => {
  const update = { message: { chat, successful_payment: {} } };
  expect(await delivered(update)).toEqual({ lines: [], handled: 0, received: 1 });
  await expect(delivered(update, fail)).rejects.toThrow('Redis is away');
  const unreadable = await delivered(update, async () => {
    throw new UnreadablePayment('no charge');
  });
  expect(unreadable.lines).toHaveLength(1);
});

test('a query that could not be handled comes again, any other update is forgotten', async () => {
  await expect(delivered({ pre_checkout_query: query }, fail)).rejects.toThrow('Redis is away');
  expect((await delivered({ message: { chat, text: '/start' } }, fail)).lines).toHaveLength(1);
});
