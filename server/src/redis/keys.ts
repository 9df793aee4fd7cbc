/**
 * Every key, its type and its life. A player's keys share the hash tag of one of 1,024 buckets, so that one script can
 * change them together with the bucket's outbox, on a single Redis and on a cluster alike.
 */
export const BUCKETS = 1_024;

export function bucketOf(playerId: number): number {
  return playerId % BUCKETS;
}

const tag = (bucket: number): string => `{b${String(bucket).padStart(4, '0')}}`;
const own = (playerId: number, name: string): string => `${tag(bucketOf(playerId))}:${name}:${playerId}`;

/** hash · item id → count, `#rev` → revision · for ever */
export const inventoryKey = (playerId: number): string => own(playerId, 'inventory');
/** hash · charge id → charge as JSON · for ever */
export const chargesKey = (playerId: number): string => own(playerId, 'charges');
/** hash · sku → how many were bought and not refunded · for ever */
export const boughtKey = (playerId: number): string => own(playerId, 'bought');
/** zset · order id by the moment it expires, ms · for a day after the last order */
export const openOrdersKey = (playerId: number): string => own(playerId, 'open');
/** What all of a player's orders begin with. */
export const orderPrefix = (playerId: number): string => `${own(playerId, 'order')}:`;
/** hash · `s` state, `j` the promise as JSON, `u` invoice link, `c` charge credited; or `a`, the order this id stands for · a day past expiry; paid, 30 days */
export const orderKey = (playerId: number, orderId: string): string => `${orderPrefix(playerId)}${orderId}`;
/** string · what the operation did · two days */
export const operationKey = (playerId: number, opId: string): string => `${own(playerId, 'op')}:${opId}`;
/** stream · player, rev, cause of each change of an inventory · the last 1,000 or so of the bucket */
export const outboxKey = (bucket: number): string => `${tag(bucket)}:outbox`;
/** zset · `payer:charge` by the moment the refund is due, ms · until refunded */
export const owedKey = (bucket: number): string => `${tag(bucket)}:owed`;

/** hash · revision → catalogue as JSON · for ever */
export const REVISIONS_KEY = 'catalog:revisions';
/** string · how many rows of Telegram's ledger have been walked, by bot · for ever */
export const cursorKey = (botId: number): string => `ledger:cursor:${botId}`;
/** channel · the bucket whose outbox has grown, and the id of the entry */
export const OUTBOX_CHANNEL = 'outbox';

export const ORDER_KEPT_SECONDS = 15 * 60 + 24 * 3_600;
export const PAID_ORDER_KEPT_SECONDS = 30 * 24 * 3_600;
export const OPERATION_KEPT_SECONDS = 2 * 24 * 3_600;
export const OUTBOX_LENGTH = 1_000;
