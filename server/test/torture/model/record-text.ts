import type { Grant } from '@stardrift/shared/catalog';

/** A charge as it lies in the store, read by the words of docs/developer.md and not by the server's own reader. */
export interface RecordText {
  result: string;
  stars: number;
  orderId: string;
  sku: string;
  quantity: number;
  revision: string;
  goods: Grant;
  /** `owed`, `by`, `back`, `lang`: what happened since. */
  since: Map<string, string>;
}

export function readRecordText(text: string): RecordText {
  const [result = '', stars, , orderId = '', sku = '', quantity, revision = '', goods = '-', ...since] =
    text.split(' ');
  return {
    result,
    stars: Number(stars),
    orderId,
    sku,
    quantity: Number(quantity),
    revision,
    goods: goods === '-' ? {} : countsIn(goods.split(',')),
    since: new Map(since.map((pair) => pair.split('=') as [string, string])),
  };
}

const countsIn = (pairs: string[]): Grant =>
  Object.fromEntries(
    pairs.map((pair) => {
      const [item, count] = pair.split('=');
      return [item, Number(count)];
    }),
  );
