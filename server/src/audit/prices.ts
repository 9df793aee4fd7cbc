import type { Catalog, Grant } from '@stardrift/shared/catalog';

/** What one of an offer costs and gives, and how many of it there are. */
export interface Sold {
  priceStars: number;
  grant: Grant;
  stock?: number | undefined;
}

/** revision → sku → what was sold: of every catalogue that anybody still has, the part that money hangs on. */
export type Prices = ReadonlyMap<string, ReadonlyMap<string, Sold>>;

export function pricesOf({ offers }: Catalog): Map<string, Sold> {
  return new Map(offers.map(({ sku, priceStars, grant, stock }) => [sku, { priceStars, grant, stock }]));
}

export function soldAs(prices: Prices, revision: string, sku: string): Sold | undefined {
  return prices.get(revision)?.get(sku);
}

/** The most copies that any catalogue ever allowed; `undefined` when none has limited the offer. */
export function mostCopies(prices: Prices, sku: string): number | undefined {
  const limits = [...prices.values()].flatMap((offers) => offers.get(sku)?.stock ?? []);
  return limits.length === 0 ? undefined : Math.max(...limits);
}
