import { expect, test } from 'vitest';
import { createSeal } from '../seal.ts';
import { createInvitations } from './invitation.ts';
import { createTickets } from './ticket.ts';

const NOW = 1_790_000_000_000;
const TOKEN = '123456789:AAHabcdefghijklmnopqrstuvwxyz';
const tickets = createTickets(createSeal(TOKEN, 'runs'));
const invitations = createInvitations(createSeal(TOKEN, 'invitations'));
const stranger = createSeal(`${TOKEN}Z`, 'runs');

/** The text with one bit of one character turned, for every bit of every character. */
const turned = (text: string): string[] =>
  [...text].flatMap((character, at) =>
    [1, 2, 4, 8, 16, 32, 64].map(
      (bit) => text.slice(0, at) + String.fromCharCode(character.charCodeAt(0) ^ bit) + text.slice(at + 1),
    ),
  );

test('a ticket says what was drawn, and nothing else can be made of it', () => {
  for (const day of [undefined, '2026-11-26']) {
    const drawn = tickets.draw({ playerId: 2 ** 52, day, revision: '0123456789ab' }, NOW);
    const text = tickets.write(drawn);
    expect(text.length).toBeLessThanOrEqual(200);
    expect(tickets.read(text)).toEqual(drawn);
    for (const wrong of turned(text)) expect(tickets.read(wrong), wrong).toBeUndefined();
    expect(createTickets(stranger).read(text)).toBeUndefined();
  }
});

test('a day has one sky for everybody, another day another, and a free run one of its own', () => {
  const seedOf = (playerId: number, day?: string) => tickets.draw({ playerId, day, revision: 'r' }, NOW).seed;
  expect(seedOf(1, '2026-11-26')).toBe(seedOf(2, '2026-11-26'));
  expect(seedOf(1, '2026-11-26')).not.toBe(seedOf(1, '2026-11-27'));
  expect(new Set(Array.from({ length: 50 }, () => seedOf(1))).size).toBe(50);
  expect(createTickets(stranger).draw({ playerId: 1, day: '2026-11-26', revision: 'r' }, NOW).seed).not.toBe(
    seedOf(1, '2026-11-26'),
  );
});

test('an invitation names who invites, fits into a start parameter, and can not be made for somebody else', () => {
  for (const playerId of [1, 279058397, 2 ** 52]) {
    const code = invitations.of(playerId);
    expect(code).toMatch(/^f[0-9a-z]{1,11}_[\w-]{8}$/);
    expect(invitations.read(code)).toBe(playerId);
    for (const wrong of turned(code)) expect(invitations.read(wrong), wrong).toBeUndefined();
  }
});
