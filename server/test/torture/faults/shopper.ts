import { randomBytes } from 'node:crypto';
import type { Answer, HistoryEntry, RequestBody, RequestName } from '@stardrift/shared/protocol';
import { io, type Socket } from 'socket.io-client';
import type { PayResult } from '../../../../sandbox/src/control.ts';
import type { Sandbox } from '../../../../sandbox/src/sandbox.ts';

/** An attempt to use items up: `unknown` when no answer came, so that it may have happened or not. */
export interface Use {
  itemId: string;
  count: number;
  outcome: 'done' | 'refused' | 'unknown';
}

/** What a player sees of their inventory; a debt is below zero. */
export interface Sight {
  rev: number;
  items: Record<string, number>;
}

/** A player with a game open, who takes every failure as players do: by trying again later. */
export interface Shopper {
  readonly id: number;
  readonly starsAtFirst: number;
  readonly uses: Use[];
  /** The longest that an answer took; without bound when one never came. */
  longestAnswerMs(): number;
  /** Undefined when no answer came in time. */
  ask<E extends RequestName>(name: E, body: RequestBody<E>): Promise<Answer<E> | undefined>;
  /** The link of a new order; undefined when there is none to be had now. */
  order(sku: string, quantity?: number): Promise<string | undefined>;
  pay(invoiceUrl: string): Promise<PayResult>;
  /** How many payments are under way: Telegram has not yet said how they end. */
  paying(): number;
  /** Orders and pays, once. Undefined when it came to no payment. */
  buy(sku: string, quantity?: number): Promise<string | undefined>;
  /** @param persists whether it is asked again, as the same operation, when no answer came */
  use(itemId: string, count?: number, persists?: boolean): Promise<Use['outcome']>;
  sight(): Promise<Sight | undefined>;
  history(): Promise<HistoryEntry[] | undefined>;
  close(): void;
}

/** Every purchase of a run is small beside it. */
const STARS = 1_000_000;

/** @param url the server the game is connected to */
export function openShopper(
  sandbox: Sandbox,
  url: string,
  options: { id?: number; answerWithinMs?: number } = {},
): Shopper {
  const { answerWithinMs = 8_000 } = options;
  const isNew = options.id === undefined;
  const { id, initData } = sandbox.control.players(isNew ? { stars: STARS } : { id: options.id });
  const uses: Use[] = [];
  const socket: Socket = io(url, {
    auth: { initData, protocol: 1 },
    transports: ['websocket'],
    reconnectionDelay: 20,
    reconnectionDelayMax: 100,
    timeout: 2_000,
    forceNew: true,
  });

  let longestMs = 0;
  async function ask<E extends RequestName>(name: E, body: RequestBody<E>): Promise<Answer<E> | undefined> {
    const startedMs = performance.now();
    try {
      const answer: Answer<E> = await socket.timeout(answerWithinMs).emitWithAck(name, body);
      longestMs = Math.max(longestMs, performance.now() - startedMs);
      return answer;
    } catch {
      longestMs = Number.POSITIVE_INFINITY;
      return undefined;
    }
  }

  async function order(sku: string, quantity = 1): Promise<string | undefined> {
    const answer = await ask('order', { orderId: newId(), sku, quantity });
    return answer?.ok ? answer.invoiceUrl : undefined;
  }

  let paying = 0;
  async function pay(invoiceUrl: string): Promise<PayResult> {
    paying++;
    try {
      return await sandbox.control.pay({ userId: id, url: invoiceUrl });
    } finally {
      paying--;
    }
  }

  return {
    id,
    starsAtFirst: STARS,
    uses,
    longestAnswerMs: () => longestMs,
    ask,
    order,
    pay,
    paying: () => paying,
    async buy(sku, quantity) {
      const link = await order(sku, quantity);
      return link === undefined ? undefined : (await pay(link)).chargeId;
    },
    async use(itemId, count = 1, persists = false) {
      const use: Use = { itemId, count, outcome: 'unknown' };
      uses.push(use);
      const body = { opId: newId(), itemId, count };
      const tell = async (): Promise<Use['outcome']> => {
        const answer = await ask('use', body);
        if (answer?.ok) return 'done';
        return !answer || answer.code === 'unavailable' ? 'unknown' : 'refused';
      };
      use.outcome = await tell();
      // A refusal now says nothing of the first attempt, which may be under way still.
      if (use.outcome === 'unknown' && persists && (await tell()) === 'done') use.outcome = 'done';
      return use.outcome;
    },
    async sight() {
      const answer = await ask('inventory', {});
      return answer?.ok ? { rev: answer.rev, items: withDebts(answer.items, answer.debts) } : undefined;
    },
    async history() {
      const entries: HistoryEntry[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await ask('history', cursor === undefined ? {} : { cursor });
        if (!page?.ok) return undefined;
        entries.push(...page.entries);
        if (page.cursor === undefined) return entries;
        cursor = page.cursor;
      }
    },
    close: () => void socket.disconnect(),
  };
}

function withDebts(
  items: Record<string, number>,
  debts: Record<string, number> = {},
): Record<string, number> {
  const all = { ...items };
  for (const [item, count] of Object.entries(debts)) all[item] = (all[item] ?? 0) - count;
  return all;
}

export const newId = (): string => randomBytes(16).toString('base64url');
