import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createDoor } from './door.ts';

const from = (address: string): IncomingMessage =>
  ({ headers: { from: address }, socket: {} }) as unknown as IncomingMessage;

test('an address full of sockets opens no more until one is gone; another address is not asked to wait', async () => {
  const door = createDoor({
    publicUrl: 'https://game.example',
    addressOf: ({ headers }) => headers.from,
    onForeign() {},
  });
  const leave = Array.from({ length: 500 }, () => door.enter(from('203.0.113.9')));
  expect(await door.allows(from('203.0.113.9'))).toBe(false);
  expect(await door.allows(from('203.0.113.10'))).toBe(true);
  leave[0]?.();
  expect(await door.allows(from('203.0.113.9'))).toBe(true);
});
