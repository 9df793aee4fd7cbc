import { connect } from 'node:net';
import { HANDSHAKE_REFUSALS, REFUSALS } from '@stardrift/shared/protocol';
import { count } from '../stage.ts';
import { within } from '../wait.ts';
import type { Case, Target } from './corpus.ts';
import { CASE_ID } from './corpus-requests.ts';
import { type Guest, openGuest } from './guest.ts';
import { authOf } from './launch-data.ts';
import { updateRequest } from './pipes.ts';
import { frameOf } from './raw-socket.ts';

/** What came of the cases. */
export interface Attack {
  outcomes: Record<string, number>;
  /** How often each was sent. */
  corruptions: Map<string, number>;
  failures: string[];
}

/** Sends it as it wants to be sent, and tells what it should not have brought about. */
export async function sendCase(each: Case, target: Target, attack: Attack): Promise<void> {
  try {
    const { outcome, isRight } = await outcomeOf(each, target);
    count(attack.outcomes, `${each.kind} ${outcome}`);
    attack.corruptions.set(each.corruption, (attack.corruptions.get(each.corruption) ?? 0) + 1);
    if (!isRight) attack.failures.push(`${each.kind}: ${each.name} → ${outcome}`);
  } catch (error) {
    attack.failures.push(`${each.kind}: ${each.name} → ${error instanceof Error ? error.message : error}`);
  }
}

interface Outcome {
  outcome: string;
  isRight: boolean;
}

function outcomeOf(each: Case, target: Target): Promise<Outcome> {
  switch (each.kind) {
    case 'update':
      return sendBytes(target.url, updateRequest(target.secret, each.body), each.may);
    case 'wire':
      return sendBytes(target.url, each.bytes, each.may, each.isCut);
    case 'request':
      return ask(target, each.packet);
    case 'handshake':
      return showAtTheDoor(target, each);
    case 'packets':
      return sendPackets(target, each);
  }
}

/** Whoever sends on after what can't be read is no longer heard: the first status is the answer. */
async function sendBytes(
  url: string,
  bytes: Buffer,
  may: readonly number[] | undefined,
  isCut = false,
): Promise<Outcome> {
  const status = await firstStatus(url, bytes, isCut);
  if (status === undefined) return { outcome: 'no answer and no end', isRight: false };
  return {
    outcome: status === 0 ? 'closed' : String(status),
    isRight: may?.includes(status) ?? status < 500,
  };
}

function firstStatus(url: string, bytes: Buffer, isCut: boolean): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  const wire = connect({ host: hostname, port: Number(port), noDelay: true });
  const answered = new Promise<number>((resolve) => {
    let head = '';
    wire.setEncoding('latin1');
    wire.on('data', (text) => {
      head += String(text);
      // An interim answer says only that the rest may be sent.
      const found = /^(?:HTTP\/1\.1 100 .*?\r\n\r\n)?HTTP\/1\.1 (?!100)(\d{3})/s.exec(head);
      if (found) resolve(Number(found[1]));
    });
    wire.on('error', () => resolve(0)).on('close', () => resolve(0));
  });
  // Whose request is cut says so, or the server would wait for the rest; of the others it would end the answer as well.
  if (isCut) wire.end(bytes);
  else wire.write(bytes);
  return within(answered, PATIENCE_MS).finally(() => wire.destroy());
}
const PATIENCE_MS = 15_000;

let players = 10_000_000;

/** Somebody new each time: no case may be too fast because of another. */
async function open({ url, token }: Target): Promise<Guest> {
  const guest = await openGuest(url);
  const refusal = await guest.join(authOf(token, players++, Date.now()));
  if (refusal !== undefined) throw new Error(`an honest player is not let in: ${refusal}`);
  return guest;
}

async function ask(target: Target, packet: string): Promise<Outcome> {
  const guest = await open(target);
  // Under its own number every question that can be read is answered.
  const numbers = packet.startsWith(`42${CASE_ID}[`) ? [CASE_ID] : [];
  const { isOpen, answers } = await guest.say(frameOf(packet), numbers);
  guest.leave();
  const answer = answers.get(CASE_ID) as { ok: boolean; code: string } | undefined;
  if (!answer) return { outcome: isOpen ? 'ignored' : 'closed', isRight: true };
  if (answer.ok) return { outcome: 'ok', isRight: true };
  const isWord = (REFUSALS as readonly string[]).includes(answer.code);
  // `unavailable` is what a fault of ours is called.
  return { outcome: answer.code, isRight: isWord && answer.code !== 'unavailable' };
}

async function showAtTheDoor(
  { url }: Target,
  { auth, must }: Case & { kind: 'handshake' },
): Promise<Outcome> {
  const guest = await openGuest(url);
  const refusal = await guest.join(auth);
  guest.leave();
  const known = [undefined, 'closed', ...HANDSHAKE_REFUSALS] as const;
  const isRight = must ? refusal === must.refusal : (known as readonly unknown[]).includes(refusal);
  return { outcome: refusal ?? 'opened', isRight };
}

async function sendPackets(target: Target, { bytes, isIn }: Case & { kind: 'packets' }): Promise<Outcome> {
  const guest = isIn ? await open(target) : await openGuest(target.url);
  const { isOpen } = await guest.say(bytes);
  guest.leave();
  return { outcome: isOpen ? 'open' : 'closed', isRight: isIn || !isOpen };
}
