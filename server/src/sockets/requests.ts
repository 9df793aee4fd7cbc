import type { Language } from '@stardrift/shared/catalog';
import {
  type Answers,
  type OrderView,
  type RefusalCode,
  type RequestBody,
  type RequestName,
  requests,
} from '@stardrift/shared/protocol';
import { readHistory } from '../purchase/history.ts';
import { type Order, type Refusal, viewOrder } from '../purchase/order.ts';
import type { Player } from '../purchase/ports.ts';
import type { Purchase, PurchasePorts } from '../purchase/purchase.ts';
import { viewInventory, viewShelf } from '../purchase/shelf.ts';
import { useItem } from '../purchase/usage.ts';
import type { Runs } from '../runs/runs.ts';
import { createLimits } from './limits.ts';
import { refusals } from './words.ts';

export type RequestPorts = Pick<PurchasePorts, 'ledger' | 'inventories' | 'revisions' | 'clock'> & {
  purchase: Purchase;
  runs: Runs;
  onOrder(answer: string): void;
};

export interface RefusedAnswer {
  ok: false;
  code: RefusalCode;
  message: string;
}
type Handlers = {
  [E in RequestName]: (player: Player, body: RequestBody<E>) => Promise<Answers[E] | Refusal>;
};

export function refuse(code: RefusalCode, language: Language, detail?: string): RefusedAnswer {
  return { ok: false, code, message: detail ?? refusals[language][code] };
}

/** What each request of a player does. The player is who signed the launch data, never who a body says. */
export function createRequests(ports: RequestPorts) {
  const { purchase, runs, ledger, inventories, revisions, clock } = ports;
  const limits = createLimits();
  /** A second tap shares the open order of the first, and goes on knowing it by its own id. */
  const asAsked = (id: string, order: Order): OrderView => ({ ...viewOrder(order, clock.nowMs()), id });

  const handlers: Handlers = {
    async order(player, body) {
      const order = await purchase.order(player, body);
      ports.onOrder('refused' in order ? order.refused : 'open');
      if ('refused' in order) return order;
      return { order: asAsked(body.orderId, order), invoiceUrl: order.invoiceUrl };
    },
    async 'order:status'(player, { orderId }) {
      const order = await purchase.status(player.id, orderId);
      return order ? { order: asAsked(orderId, order) } : { refused: 'unknown_order' };
    },
    inventory: async (player) => viewInventory(await inventories.read(player.id), revisions.current()),
    async use(player, body) {
      const used = await useItem(inventories, revisions.current(), player.id, body);
      return 'refused' in used ? used : { rev: used.rev, items: used.items };
    },
    history: async (player, { cursor }) =>
      readHistory(await ledger.charges(player.id), player.language, cursor, revisions),
    async catalog(player) {
      const revision = revisions.current();
      const [holdings, left] = await Promise.all([
        purchase.holdings(player.id),
        purchase.left(revision.catalog.offers),
      ]);
      return viewShelf(revision, player.language, holdings, left, clock.nowMs());
    },
    'run:start': async (player, { kind }) => runs.start(player, kind),
    'run:finish': (player, body) => runs.finish(player, body),
    board: (player, { board }) => runs.board(player, board),
    befriend: (player, { code }) => runs.befriend(player, code),
  };

  /** Checks the body and answers. Rejects only on a fault. */
  return async (
    player: Player,
    name: string,
    body: unknown,
  ): Promise<({ ok: true } & object) | RefusedAnswer> => {
    if (!isRequest(name)) return refuse('unknown_request', player.language);
    const parsed = requests[name].safeParse(body ?? {});
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return refuse('bad_request', player.language, [name, ...(issue?.path ?? []), issue?.message].join(' '));
    }
    if (!(await limits.begin(player.id, name))) return refuse('too_fast', player.language);
    try {
      const handle = handlers[name] as (player: Player, body: unknown) => Promise<object>;
      const answer = await handle(player, parsed.data);
      return 'refused' in answer
        ? refuse(answer.refused as RefusalCode, player.language)
        : { ok: true, ...answer };
    } finally {
      limits.end(player.id);
    }
  };
}

const isRequest = (name: string): name is RequestName => Object.hasOwn(requests, name);
