/**
 * Every key, its type and its life. A player's keys share the hash tag of one of 1,024 buckets, so that one script can
 * change them together with the bucket's outbox, on a single Redis and on a cluster alike. What every player has for
 * ever has a name of one letter.
 */
export const BUCKETS = 1_024;

export function bucketOf(playerId: number): number {
  return playerId % BUCKETS;
}

const tag = (bucket: number): string => `{b${String(bucket).padStart(4, '0')}}`;
const own = (playerId: number, name: string): string => `${tag(bucketOf(playerId))}:${name}:${playerId}`;

/** hash · item id → `have` or `have/used`, `#rev` → revision · for ever */
export const inventoryKey = (playerId: number): string => own(playerId, 'i');
/** hash · charge id → record, see record.ts · for ever */
export const chargesKey = (playerId: number): string => own(playerId, 'c');
/** zset · order id by the moment it expires, ms · for a day after the last order */
export const openOrdersKey = (playerId: number): string => own(playerId, 'open');
/** What all of a player's orders begin with. */
export const orderPrefix = (playerId: number): string => `${own(playerId, 'o')}:`;
/** hash · `s` state, `p` what is sold, `j` the rest of the promise as JSON, `u` invoice link, `h` that it has its copies, `c` charge credited; or `a`, the order this id stands for · a day past expiry or payment */
export const orderKey = (playerId: number, orderId: string): string => `${orderPrefix(playerId)}${orderId}`;
/** string · what the operation did · two days */
export const operationKey = (playerId: number, opId: string): string => `${own(playerId, 'op')}:${opId}`;
/** string · steps, score and digest of what was accepted of the run · two days */
export const runKey = (playerId: number, runId: string): string => `${own(playerId, 'run')}:${runId}`;
/** hash · `s` score, `n` name, `u` items used, `a` when, ms · for ever, of players who finished a run */
export const bestKey = (playerId: number): string => own(playerId, 'b');
/** set · ids of the player's friends · for ever, of players who have any */
export const friendsKey = (playerId: number): string => own(playerId, 'friends');
/** zset · player id by score and moment, see runs/place.ts, of a day or of `all` · a week past the day, or for ever */
export const boardKey = (name: string): string => `{board}:${name}`;
/** stream · player, rev, cause of each change of an inventory · the last 1,000 or so of the bucket */
export const outboxKey = (bucket: number): string => `${tag(bucket)}:outbox`;
/** zset · `player:sku:order` by the moment the order ends, ms · until paid, or until what it held is given back */
export const endingKey = (bucket: number): string => `${tag(bucket)}:ending`;
/** zset · `payer:charge` by the moment the refund is due, ms · until refunded */
export const owedKey = (bucket: number): string => `${tag(bucket)}:owed`;

/** hash · holder → copies, `#taken` → all of them · for ever */
export const stockKey = (sku: string): string => `stock:${sku}`;
/** hash · revision → catalogue as JSON · for ever */
export const REVISIONS_KEY = 'catalog:revisions';
/** string · how many rows of Telegram's ledger have been walked, by bot, or that its first walk is under way · for ever */
export const cursorKey = (botId: number): string => `ledger:cursor:${botId}`;
/** string · who asked first for a refund that takes two people · an hour */
export const secondPersonKey = (chargeId: string): string => `refund:asked:${chargeId}`;
/** channel · the bucket whose outbox has grown, the id of the entry and the player it is about */
export const OUTBOX_CHANNEL = 'outbox';

export const ORDER_KEPT_SECONDS = 15 * 60 + 24 * 3_600;
export const OPERATION_KEPT_SECONDS = 2 * 24 * 3_600;
export const RUN_KEPT_SECONDS = 2 * 24 * 3_600;
export const BOARD_KEPT_SECONDS = 8 * 24 * 3_600;
export const SECOND_PERSON_SECONDS = 3_600;
export const OUTBOX_LENGTH = 1_000;
