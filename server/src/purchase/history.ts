import { inLanguage, type Language } from '@stardrift/shared/catalog';
import type { HistoryEntry } from '@stardrift/shared/protocol';
import { type Charge, stateOfCharge } from './charge.ts';
import { offerBySku } from './order.ts';
import type { Revisions } from './ports.ts';

const PAGE = 20;
/** A payment whose invoice was none of this shop's; it goes back. */
const NOT_OURS: Record<Language, string> = {
  en: 'Unknown payment',
  ru: 'Неизвестный платёж',
  es: 'Pago desconocido',
  ar: 'دفعة غير معروفة',
};

/**
 * What a player paid and got back, newest first.
 * @param cursor what the page before ended with
 */
export async function readHistory(
  charges: Charge[],
  language: Language,
  cursor: string | undefined,
  revisions: Revisions,
): Promise<{ entries: HistoryEntry[]; cursor?: string }> {
  const all = charges.flatMap(entriesOf).sort(newestFirst);
  const start = cursor === undefined ? 0 : all.findIndex((entry) => placeOf(entry) === cursor) + 1;
  const page = all.slice(start, start + PAGE);
  const last = page.at(-1);
  const entries = await Promise.all(
    page.map(async ({ revision, ...entry }) => ({
      ...entry,
      title: await titleOf(revision, entry.sku, language, revisions),
    })),
  );
  return last && start + PAGE < all.length ? { entries, cursor: placeOf(last) } : { entries };
}

type Entry = Omit<HistoryEntry, 'title'> & { revision: string };

function entriesOf(charge: Charge): Entry[] {
  const {
    id: chargeId,
    orderId,
    sku,
    quantity,
    amountStars: priceStars,
    grant,
    revision,
    refundedAtMs,
  } = charge;
  const base = { orderId, chargeId, sku, quantity, priceStars, grant, revision };
  const purchase: Entry = { kind: 'purchase', atMs: charge.paidAtMs, ...base, state: stateOfCharge(charge) };
  if (refundedAtMs === undefined) return [purchase];
  return [purchase, { kind: 'refund', atMs: refundedAtMs, ...base, state: 'done' }];
}

const placeOf = ({ kind, chargeId, atMs }: Entry): string => `${atMs}.${kind}.${chargeId}`;

const newestFirst = (a: Entry, b: Entry): number => b.atMs - a.atMs || (placeOf(b) > placeOf(a) ? 1 : -1);

export async function titleOf(
  revision: string,
  sku: string,
  language: Language,
  revisions: Revisions,
): Promise<string> {
  if (sku === '') return NOT_OURS[language];
  const { catalog } = (await revisions.find(revision)) ?? revisions.current();
  const offer = offerBySku(catalog, sku);
  return offer ? inLanguage(offer.title, language) : sku;
}
