import { answerParent } from '../../bench/forked.ts';
import { createRandom, type Random } from '../random.ts';
import { count } from '../stage.ts';
import { type Attack, sendCase } from './attack-case.ts';
import { corpusFor, type Target } from './corpus.ts';
import { isCredible } from './credible.ts';
import { type Guest, openGuest } from './guest.ts';
import { authOf } from './launch-data.ts';
import { mutate } from './mutate.ts';
import { pump, updateRequest } from './pipes.ts';
import { frameOf } from './raw-socket.ts';
import { COMMANDS, checkout, command, refunded, requests, wrongPayer, wrongSum } from './specimens.ts';
import type { Tree } from './tree.ts';

/** The other side, as a process of its own: the server under attack has a core to itself. */
const AT_ONCE = 24;

export interface Mutated {
  sent: number;
  /** What came of them: a status, a refusal, `closed`. */
  outcomes: Record<string, number>;
  /** How often each change was made. */
  changes: Map<string, number>;
  /** Left out: they would have been payments like any other. */
  credible: number;
}

interface Portion {
  target: Target;
  seed: number;
  /** Where this portion begins, so that every one has ids of its own. */
  from: number;
  count: number;
}

const jobs = {
  /** Sends every fixed case, and judges what comes of it. */
  async corpus(target: Target): Promise<Attack & { cases: number }> {
    const cases = corpusFor(target);
    const attack: Attack = { outcomes: {}, corruptions: new Map(), failures: [] };
    if (new Set(cases.map(({ name }) => name)).size !== cases.length)
      attack.failures.push('two cases have one name');
    const left = cases.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const each of left) await sendCase(each, target, attack);
      }),
    );
    return { ...attack, cases: cases.length };
  },

  /** Sends changed updates with the right secret. */
  async bodies({ target, seed, from, count: many }: Portion): Promise<Mutated> {
    const random = createRandom(seed);
    const mutated: Mutated = { sent: 0, outcomes: {}, changes: new Map(), credible: 0 };
    let made = 0;
    function next(): Buffer | undefined {
      if (made === many) return undefined;
      const { bytes, changes } = mutate(updateOf(target, random, from + made), random, BROKEN_BODIES);
      if (isCredible(bytes, target.stock)) {
        mutated.credible++;
        return next();
      }
      made++;
      addTo(mutated.changes, changes);
      return updateRequest(target.secret, bytes);
    }
    const onStatus = (status: number): void => {
      mutated.sent++;
      count(mutated.outcomes, String(status));
    };
    await pump({ url: target.url, connections: 8, depth: 8, next, onStatus });
    return mutated;
  },

  /** Sends changed packets over the sockets of players whom the door let in. */
  async frames({ target, seed, from, count: many }: Portion): Promise<Mutated> {
    const random = createRandom(seed);
    const mutated: Mutated = { sent: 0, outcomes: {}, changes: new Map(), credible: 0 };
    let made = 0;
    async function attack(): Promise<void> {
      let guest: Guest | undefined;
      let left = 0;
      while (made < many) {
        const number = from + made++;
        if (!guest || left-- === 0) {
          guest?.leave();
          guest = await admitted(target, FIRST_GUEST + number);
          left = FRAMES_OF_PLAYER;
        }
        const { bytes, isAsked } = frameLike(target, random, number, mutated.changes);
        const heard = await guest.say(bytes, isAsked ? [ASKED] : []);
        mutated.sent++;
        const answer = heard.answers.get(ASKED) as { ok: boolean; code?: string } | undefined;
        if (answer) count(mutated.outcomes, answer.ok ? 'ok' : String(answer.code));
        else count(mutated.outcomes, heard.isOpen ? 'ignored' : 'closed');
        if (!heard.isOpen) guest = undefined;
      }
      guest?.leave();
    }
    await Promise.all(Array.from({ length: AT_ONCE }, attack));
    return mutated;
  },

  /** One player asks for as many orders as there is time for. @returns how many were placed, and why not */
  async orders({ target, count: many }: Portion): Promise<Record<string, number>> {
    const guest = await admitted(target, FIRST_GUEST - 1);
    const { sku } = target.stock;
    const frames = Array.from({ length: many }, (_, i) =>
      frameOf(
        `42${i}["order",{"orderId":"one-of-a-thousand-${i}","sku":"${sku}","quantity":${(i % 5) + 1}}]`,
      ),
    );
    const { answers } = await guest.say(
      Buffer.concat(frames),
      frames.map((_, i) => String(i)),
    );
    guest.leave();
    const outcomes: Record<string, number> = {};
    for (const [number, answer] of answers as ReadonlyMap<string, { ok: boolean; code?: string }>)
      if (Number(number) < many) count(outcomes, answer.ok ? 'placed' : String(answer.code));
    return outcomes;
  },
};
export type Attacker = typeof jobs;

/** Of those who send changed updates; the store must not grow with them for ever. */
const FIRST_PAYER = 8_000_000;
const PAYERS = 5_000;
const FIRST_GUEST = 20_000_000;
/** As many requests of one player are answered without being too fast. */
const FRAMES_OF_PLAYER = 60;
/** The number each changed packet asks under, unless that was changed. */
const ASKED = '5';

/** One of all that Telegram sends. Charges come again: most are known, as those of a redelivery are. */
function updateOf({ stock }: Target, random: Random, number: number): Tree {
  const payer = FIRST_PAYER + random.whole(0, PAYERS - 1);
  const id = random.chance(0.1) ? `new${number}` : `old${random.whole(0, PAYERS - 1)}`;
  const make = random.pick([checkout, wrongSum, wrongPayer, refunded, undefined]);
  return make
    ? make(stock, payer, id)
    : command(random.pick(COMMANDS), random.pick(['', '1 stx1', 'help']), payer);
}

/** How many of them are no longer JSON, or may not be: what can't be read ends a socket, and costs a new one. */
const BROKEN_BODIES = 0.4;
const BROKEN_PACKETS = 0.1;

/** What a packet begins with; nearly always that of a request. */
const TYPES = ['40', '41', '43', '44', '450-', '451-', '46', '4', '42/admin,', '2', '3', '6', '0', ''];
/** First bytes of frames that are no whole text. */
const FIRST_BYTES = [0x01, 0x80, 0x82, 0x83, 0x88, 0x89, 0x8a, 0xc1];

function addTo(changes: Map<string, number>, more: readonly string[]): void {
  for (const change of more) changes.set(change, (changes.get(change) ?? 0) + 1);
}

interface Frame {
  bytes: Buffer;
  /** Whether it is a question that has to be answered, if it can be read at all. */
  isAsked: boolean;
}

function frameLike({ stock }: Target, random: Random, number: number, changes: Map<string, number>): Frame {
  const [event, body] = random.pick(Object.entries(requests(stock, `f${number}`)));
  const mutated = mutate([event, body], random, BROKEN_PACKETS);
  addTo(changes, mutated.changes);
  const isOfAnotherType = random.chance(0.03);
  if (isOfAnotherType) addTo(changes, ['another type of packet']);
  const type = isOfAnotherType ? random.pick(TYPES) : `42${ASKED}`;
  const packet = Buffer.concat([Buffer.from(type), mutated.bytes]);
  if (random.chance(0.98))
    return { bytes: frameOf(packet), isAsked: packet.toString('latin1', 0, 4) === `42${ASKED}[` };
  const first = random.pick(FIRST_BYTES);
  addTo(changes, ['another type of frame']);
  // What a control frame holds is short.
  return { bytes: frameOf(packet.subarray(0, 120), first), isAsked: false };
}

async function admitted({ url, token }: Target, playerId: number): Promise<Guest> {
  const guest = await openGuest(url);
  const refusal = await guest.join(authOf(token, playerId, Date.now()));
  if (refusal !== undefined) throw new Error(`player ${playerId} is not let in: ${refusal}`);
  return guest;
}

answerParent(jobs);
