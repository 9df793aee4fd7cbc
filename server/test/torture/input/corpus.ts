import { doorCases } from './corpus-door.ts';
import { packetCases } from './corpus-packets.ts';
import { requestCases } from './corpus-requests.ts';
import { updateCases } from './corpus-updates.ts';
import { webhookCases } from './corpus-webhook.ts';
import { wireCases } from './corpus-wire.ts';
import type { Stock } from './specimens.ts';

/** What the cases are made of: where the server is, and what only Telegram and it know. */
export interface Target {
  url: string;
  secret: string;
  token: string;
  stock: Stock;
}

/** One thing that nobody in their right mind would send, and how it is sent. */
export type Case = {
  /** Unlike any other's. */
  name: string;
  /** What is wrong with it. */
  corruption: string;
} & (
  | { kind: 'update'; body: Buffer; may: readonly number[] }
  /** A socket.io packet of somebody whom the door let in; asked under {@link CASE_ID} it must be answered or end the socket. */
  | { kind: 'request'; packet: string }
  /** Shown at the door; `must` is why it stays shut, undefined when it opens, absent when either will do. */
  | { kind: 'handshake'; auth: string; must?: { refusal: string | undefined } }
  /** Bytes on a WebSocket, before or after the door. */
  | { kind: 'packets'; bytes: Buffer; isIn: boolean }
  /**
   * Bytes on a TCP connection; `may` are the statuses it can have, 0 for none: anything but a 5xx when absent. `isCut`
   * when they are less than a request, and nothing follows.
   */
  | { kind: 'wire'; bytes: Buffer; may?: readonly number[]; isCut?: boolean }
);

/** Cases that stand for themselves: each is sent in every run. */
export const corpusFor = (target: Target): Case[] => [
  ...updateCases(target),
  ...requestCases(target),
  ...doorCases(target),
  ...packetCases(target),
  ...webhookCases(target),
  ...wireCases(target),
];
