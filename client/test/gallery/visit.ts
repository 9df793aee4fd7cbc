import { readFileSync } from 'node:fs';
import { type Catalog, catalogSchema } from '@stardrift/shared/catalog';
import type { Locator } from 'playwright-core';
import { openWords, type WordKey } from '../../src/words/words.ts';
import type { Stage } from '../stage.ts';
import type { Album } from './album.ts';
import type { Look } from './look.ts';

/** What one picture is of. */
export interface Sight {
  /** Stands in the file's name. */
  name: string;
  caption: string;
  /** It does not last: nothing is waited for, and nothing checked. */
  fleeting?: boolean;
}

/** One player on a phone of their own, who is led through screens; what is to be seen goes into the album. */
export type Visit = Awaited<ReturnType<typeof openVisit>>;

export const CATALOG_FILE = new URL('../../../assets/catalog/items.json', import.meta.url);

/** The catalogue that the players of the gallery see. */
export const CATALOG: Catalog = catalogSchema.parse(JSON.parse(readFileSync(CATALOG_FILE, 'utf8')));

export async function openVisit(stage: Stage, journey: string, look: Look, album: Album) {
  const { language, width, height, theme } = look;
  const words = await openWords(language);
  const player = await stage.player({ first_name: 'Mira', language_code: language, stars: 900 });
  const phone = await stage.phone({ width, height, theme });
  const hostUrl = stage.world.sandbox.url;

  const visit = {
    look,
    stage,
    player,
    phone,
    words,

    /** Telegram with the game open in it; wider than a phone, the game has the window to itself. */
    async open(): Promise<void> {
      if (width < 600) await phone.openGame(hostUrl, player.id);
      else await phone.page.goto(player.launchUrl);
    },

    /** The button of that name in the player's language. */
    button: (key: WordKey, values: Record<string, string | number> = {}): Locator =>
      phone.button(words(key, values)),
    tap: (key: WordKey, values: Record<string, string | number> = {}): Promise<void> =>
      phone.tap(visit.button(key, values)),
    text: (key: WordKey, values: Record<string, string | number> = {}): Locator =>
      phone.text(words(key, values)),

    /** What an offer is called in the player's language. */
    offer(sku: string): { title: string; count: number } {
      const offer = CATALOG.offers.find((one) => one.sku === sku);
      if (!offer) throw new Error(`gallery: the catalogue has no offer "${sku}"`);
      return { title: visit.localised(offer.title), count: offer.priceStars };
    },
    localised: (text: Partial<Record<string, string>>): string => text[words.language] ?? text.en ?? '',

    titleOf(itemId: string): string {
      const item = CATALOG.items.find(({ id }) => id === itemId);
      if (!item) throw new Error(`gallery: the catalogue has no item "${itemId}"`);
      return visit.localised(item.title);
    },

    /** From any screen that has the key of the shop, to the card of an offer. */
    async toCard(sku: string): Promise<void> {
      await visit.tap('shop');
      await visit.toOffer(sku);
    },
    /** From the list to the card of an offer. */
    async toOffer(sku: string): Promise<void> {
      await visit.tap('more', { title: visit.offer(sku).title });
      await phone.game.locator('.card-page').waitFor();
    },
    /** Presses the price of an offer that is in view, on the list or the card. */
    buy: (sku: string): Promise<void> => visit.tap('buy', visit.offer(sku)),
    /** Telegram's own keys. */
    confirm: (): Promise<void> => phone.tap(phone.page.locator('.pay-actions button').first()),
    cancel: (): Promise<void> => phone.tap(phone.page.locator('.pay-actions button').last()),

    /** Pays for it on another device of the player's. Returns the charge. */
    async own(sku: string, quantity = 1): Promise<string> {
      const second = await stage.second(player);
      const { invoiceUrl } = await second.order(sku, quantity);
      const { chargeId } = await stage.world.pay(player.id, invoiceUrl);
      if (chargeId === undefined) throw new Error(`gallery: "${sku}" could not be bought`);
      second.socket.disconnect();
      return chargeId;
    },

    /** What Telegram called the player's newest payment. */
    async lastCharge(): Promise<string> {
      const second = await stage.second(player);
      const history = await second.ask('history', {});
      second.socket.disconnect();
      return (history.ok && history.entries[0]?.chargeId) || '';
    },

    fault: (name: string, options: unknown): Promise<unknown> =>
      stage.world.control('/sandbox/faults', {
        [name]: typeof options === 'object' ? { ...options, userId: player.id } : options,
      }),

    /** Keeps what is in view, and what is wrong with it. */
    async see({ name, caption, fleeting = false }: Sight): Promise<void> {
      const png = fleeting ? await phone.page.screenshot() : await phone.picture();
      const found = fleeting ? [] : [...(await phone.barriers()), ...(await phone.tooLong())];
      album.add({ journey, name, caption, look, wrong: found.filter((what) => !isPadding(what)) }, png);
    },
  };
  /** The stretched English ends each text in syllables of its own, so that none stands whole within another. */
  const isPadding = (what: string): boolean =>
    language === 'en-xa' && what.startsWith('label-content-name-mismatch');

  return visit;
}
