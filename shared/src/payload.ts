/**
 * What an invoice carries and Telegram hands back in the pre-checkout, the payment and the ledger row:
 * `sd1:<playerId>:<orderId>:<sku>:<quantity>:<revision>`, at most 128 bytes. It names the order, and it is enough to
 * settle a payment whose order was lost.
 */
export interface Payload {
  playerId: number;
  orderId: string;
  sku: string;
  quantity: number;
  /** The catalogue the price and the contents come from. */
  revision: string;
}

const FORM = /^sd1:([1-9]\d{0,15}):([A-Za-z0-9_-]{16,40}):([a-z0-9_]{1,32}):([1-9]\d{0,2}):([0-9a-f]{12})$/;

export function formatPayload(payload: Payload): string {
  const text = `sd1:${payload.playerId}:${payload.orderId}:${payload.sku}:${payload.quantity}:${payload.revision}`;
  if (!FORM.test(text)) throw new Error(`no invoice payload can be made of ${JSON.stringify(payload)}`);
  return text;
}

/** `undefined` for whatever this shop did not write. */
export function parsePayload(text: string): Payload | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [, playerId, orderId, sku, quantity, revision] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const payload = { playerId: Number(playerId), orderId, sku, quantity: Number(quantity), revision };
  return Number.isSafeInteger(payload.playerId) ? payload : undefined;
}
