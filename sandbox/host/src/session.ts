import type { Platform } from '../../src/host-profile.ts';
import type { Message } from './message.ts';

export interface PlayerName {
  id: number;
  first_name: string;
}

export interface Player extends PlayerName {
  username?: string;
  language_code: string;
  stars: number;
}

export interface MenuButton {
  type: string;
  text?: string;
  web_app?: { url: string };
}

/** The chat of one player with the bot, as it stands. */
export interface Session {
  bot: { id: number; first_name: string; username: string };
  player: Player;
  players: PlayerName[];
  chat: Message[];
  menuButton: MenuButton;
  commands: { command: string; description: string }[];
  description: string;
}

export type SessionEvent =
  | { type: 'message'; message: Message }
  | { type: 'edited'; message: Message }
  | { type: 'deleted'; messageId: number }
  | { type: 'balance'; stars: number }
  | { type: 'menu'; menuButton: MenuButton }
  | { type: 'callback_answer'; text?: string; showAlert?: boolean }
  | { type: 'state' }
  | { type: 'reset' };

export interface PaymentForm {
  title: string;
  description: string;
  priceStars: number;
  balance: number;
  botName: string;
  photoUrl?: string;
  /** Seconds between two payments of a subscription. */
  subscriptionPeriod?: number;
}

export interface PaymentResult {
  status: string;
  chargeId?: string;
  error?: string;
  /** What the game is told, and when, counted from this answer. */
  events: { status: string; afterMs: number }[];
}

export interface LaunchRequest {
  userId: number;
  url?: string;
  startParam?: string;
  platform: string;
  version: string;
  theme: string;
  themeParams: Readonly<Record<string, string>>;
  fullscreen?: boolean;
}

export interface PlayerChange {
  id?: number;
  first_name?: string;
  username?: string;
  language_code?: string;
  stars?: number;
}

export interface Faults {
  /** What each fault does, by name. */
  known: Readonly<Record<string, string>>;
  /** The faults that are on, with their options; `count` is how often one will still strike. */
  faults: Readonly<Record<string, { count?: number }>>;
}

/** One Stars transaction; a `source` means that the bot received, a `receiver` that it paid. */
export interface Transaction {
  id: string;
  amount: number;
  date: number;
  source?: Record<string, unknown>;
  receiver?: Record<string, unknown>;
}

/** A call of the Bot API as the sandbox recorded it. */
export interface BotApiCall {
  method: string;
  params: unknown;
  atMs: number;
  ok: boolean;
  status: number;
}

/** An answer of the sandbox that is not 2xx; the message is the sandbox's own. */
export class SandboxError extends Error {
  override name = 'SandboxError';
}

async function request<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const init: RequestInit =
    method === 'GET'
      ? { method }
      : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) };
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    throw new SandboxError('The sandbox does not answer. Is it still running?', { cause });
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const error = (answer as { error?: unknown } | undefined)?.error;
    throw new SandboxError(
      typeof error === 'string' ? error : `${method} ${path} answered ${response.status}`,
    );
  }
  return answer as T;
}

const get = <T>(path: string): Promise<T> => request<T>('GET', path);
const post = <T>(path: string, body?: unknown): Promise<T> => request<T>('POST', path, body);

/** Everything the page asks of the sandbox behind it. */
export const sandbox = {
  players: () => get<{ players: PlayerName[] }>('/host/players'),
  session: (player: number) => get<Session>(`/host/session?player=${player}`),
  launch: (body: LaunchRequest) => post<{ src: string }>('/host/launch', body),
  say: (userId: number, text: string) => post<unknown>('/host/message', { userId, text }),
  press: (userId: number, messageId: number, data: string) =>
    post<unknown>('/host/callback', { userId, messageId, data }),
  form: (userId: number, slug: string) => post<PaymentForm>('/host/form', { userId, slug }),
  pay: (userId: number, slug: string, platform: Platform, outcome?: 'cancelled') =>
    post<PaymentResult>('/host/pay', { userId, slug, platform, outcome }),
  customMethod: (userId: number, method: string, params: unknown) =>
    post<{ result?: unknown; error?: string }>('/host/custom-method', { userId, method, params }),
  putPlayer: (change: PlayerChange) => post<{ id: number }>('/sandbox/players', change),
  faults: () => get<Faults>('/sandbox/faults'),
  setFault: (name: string, value: boolean | number) => post<unknown>('/sandbox/faults', { [name]: value }),
  ledger: () => get<{ transactions: Transaction[] }>('/sandbox/ledger'),
  calls: (method: string) =>
    get<{ calls: BotApiCall[] }>(
      `/sandbox/calls${method === '' ? '' : `?method=${encodeURIComponent(method)}`}`,
    ),
  refund: (chargeId: string) => post<unknown>('/sandbox/refund', { chargeId }),
  reset: () => post<unknown>('/sandbox/reset'),
};

/** Follows the chat of a player until the returned function is called. After a gap `onGap` runs: read the session anew. */
export function follow(
  player: number,
  onEvent: (event: SessionEvent) => void,
  onGap: () => void,
): () => void {
  const source = new EventSource(`/host/events?player=${player}`);
  let opened = false;
  source.addEventListener('open', () => {
    if (opened) onGap();
    opened = true;
  });
  source.addEventListener('message', ({ data }) => onEvent(JSON.parse(String(data)) as SessionEvent));
  return () => source.close();
}
