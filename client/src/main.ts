import { createAnnouncer } from './announce.ts';
import { h } from './dom.ts';
import type { Game } from './game/port.ts';
import { createStage, type Stage } from './hud/stage.ts';
import { createServerLink } from './net/server.ts';
import { broken, outside } from './outside.ts';
import { createPatience } from './patience.ts';
import { createWelcome } from './runs/friends.ts';
import { createRanked, type Ranked } from './runs/ranked.ts';
import { createTickets, type Tickets } from './runs/tickets.ts';
import { createSettings } from './settings.ts';
import { createBuy } from './shop/buy.ts';
import { createGoods, type Goods } from './shop/goods.ts';
import { createLoadout } from './shop/loadout.ts';
import { createLooks } from './shop/looks.ts';
import { createOpenOrders } from './shop/orders.ts';
import { createOverlay, type Overlay } from './shop/overlay.ts';
import type { Host } from './shop/ports.ts';
import { isPaying } from './shop/shop.ts';
import { createSlots } from './shop/slots.ts';
import { createUses, type Uses } from './shop/uses.ts';
import type { Heard } from './sound/listen.ts';
import { createSound } from './sound/sound.ts';
import { createDrawer } from './storage.ts';
import { openHost, type Page, type TelegramHost } from './telegram/host.ts';
import { nextFrame, pause } from './wait.ts';
import { openWords, type Words } from './words/words.ts';

declare global {
  interface Window {
    /** For tests: every effect by itself, measured. */
    __slingdustSound?: { listen(): Promise<Record<string, Heard>>; state(): string | undefined };
  }
}

const SAVE_EVERY_MS = 1_000;
/** A phone that has memory again gives the picture back at once, or never. */
const PICTURE_WAIT_MS = 8_000;
/** A run without its items is worse than a short wait; a run that never starts is worse still. */
const ITEMS_WAIT_MS = 1_500;

/** The game, or why there is none: its download broke off, or the browser has nothing to draw with. */
export type Picture = Game | 'broken' | 'undrawable';

/**
 * Finds out where the page is, and puts the parts together around the picture when that is inside Telegram.
 * @param picture undefined when it was clear from the start that there is no Telegram around the page
 * @param sight when the picture has been seen, which everything around it waits for
 */
export async function main(
  page: HTMLElement,
  picture: Picture | undefined,
  sight: Promise<void> | undefined,
): Promise<void> {
  const settings = readPage();
  const host = openHost(settings);
  const [words] = await Promise.all([openWords(host?.language ?? navigator.language), sight]);
  document.documentElement.lang = words.language;
  document.documentElement.dir = words.direction;
  const game = typeof picture === 'object' ? picture : undefined;
  if (host && game) play(host, words, page, game);
  else {
    page.replaceWith(
      host && typeof picture === 'string' ? broken(words, picture) : outside(words, settings.botLink),
    );
    game?.destroy();
  }
  document.querySelector('#splash, #waiting')?.remove();
}

/** Puts the parts together; the only place that knows all of them. */
function play(telegram: TelegramHost, words: Words, page: HTMLElement, game: Game): void {
  const layer = h('div', { id: 'layer' });
  page.append(layer);
  const announce = createAnnouncer();
  const keep = createDrawer(() => localStorage, telegram.playerId);
  const reload = createDrawer(() => sessionStorage, telegram.playerId);
  const settings = createSettings(keep);
  const sound = createSound(settings);
  const host: Host = {
    ...telegram,
    haptic: (kind) => settings.isOn('haptics') && telegram.haptic(kind),
  };

  const server = createServerLink(host.initData, reload);
  const goods: Goods = createGoods(server, (itemId) => uses.pending(itemId));
  const uses: Uses = createUses(keep, server, (counted) => {
    goods.settle(counted);
    ranked.flush();
  });
  const tickets: Tickets = createTickets(server, () => goods.catalog?.revision, Date.now);
  const ranked: Ranked = createRanked({
    ...{ server, tickets, uses, keep, run: reload, chance },
    onOutcome: () => stage.ranked(),
  });
  const looks = createLooks(keep, goods, (worn) => game.wear(worn));
  let knowItems = () => {};
  const itemsKnown = new Promise<void>((resolve) => {
    knowItems = resolve;
  });
  const slots = createSlots(keep, goods, () => stage.refresh());
  const loadout = createLoadout(keep, goods);
  const orders = createOpenOrders(keep, Date.now);
  const buy = createBuy({ server, host, goods, orders, nowMs: Date.now, beforePay: () => stage.save() });
  const stage: Stage = createStage(layer, {
    ...{ game, goods, uses, slots, loadout, looks, ranked, server },
    ...{ host, words, announce, settings, sound },
    ...{ keep, run: reload, overlay: () => overlay, onScreen: guard },
    ready: () => Promise.race([itemsKnown, pause(ITEMS_WAIT_MS)]),
  });
  const overlay: Overlay = createOverlay(layer, {
    ...{ buy, goods, looks, slots, host, server, words, announce },
    inRun: () => stage.inRun,
    onOpen: (open) => stage.shopOpened(open),
    onTry: (look) => stage.tryOn(look),
  });

  function guard(): void {
    host.confirmClosing(stage.running || isPaying(buy.state));
  }
  buy.onState(guard);

  let itemsOf: string | undefined;
  goods.onChange(() => {
    if (goods.catalog && goods.catalog.revision !== itemsOf) {
      itemsOf = goods.catalog.revision;
      game.setItems(goods.catalog.items.filter((item) => item.kind === 'consumable'));
    }
    // What is taken along has to be known, and owned.
    if (goods.catalog && goods.inventory) knowItems();
    tickets.fill();
    stage.refresh();
  });
  const welcome = createWelcome(server, host.startParam, reload, (name) => stage.befriended(name));
  server.onLink((link) => {
    if (link !== 'online') return;
    uses.flush();
    ranked.flush();
    welcome();
  });
  host.onSafeArea(({ top, bottom }) => {
    document.documentElement.style.setProperty('--top', `${top}px`);
    document.documentElement.style.setProperty('--bottom', `${bottom}px`);
    game.inset(top, bottom);
  });
  game.on('seen', ({ event, gate }) => {
    // Once its frame is drawn: a picture that comes late is seen, a sound a few milliseconds late is not heard.
    setTimeout(() => {
      sound.hear(event, gate);
      if (event.kind === 'catch' && event.clean) host.haptic('tap');
    });
  });
  // A new page gets a picture, if only a plain one, and offers the run again.
  const sight = createPatience(PICTURE_WAIT_MS, () => location.reload());
  game.on('picture', sight.set);
  game.on('danger', sound.near);
  game.on('started', sound.home);
  for (const touch of ['pointerdown', 'keydown'])
    document.addEventListener(touch, sound.wake, { capture: true });
  host.onVisible((visible) => {
    stage.visible(visible);
    sound.visible(visible);
    if (!visible) return;
    server.wake();
    goods.refresh();
    tickets.fill();
    buy.nudge();
  });
  document.addEventListener('pointerdown', () => buy.nudge(), { capture: true });
  window.addEventListener('pagehide', () => stage.save());
  setInterval(() => stage.save(), SAVE_EVERY_MS);

  if (import.meta.env.MODE === 'test')
    window.__slingdustSound = {
      listen: async () => (await import('./sound/listen.ts')).listen(),
      state: sound.state,
    };

  stage.begin();
  if (buy.resume()) overlay.openResumed();
  else if (host.startParam === 'shop') overlay.openList();

  // Not in the way of the title: what nobody misses in its first moment.
  void nextFrame().then(() => {
    telegram.settle();
    server.connect();
  });
}

/** 32 bits of it: every run is another one. */
const chance = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;

/** What the server wrote into the page's head; the untouched mark of a page nobody served means nothing. */
function readPage(): Page {
  const read = (name: string) => {
    const value = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
    return value === '' || value.startsWith('%') ? undefined : value;
  };
  return { webOrigin: read('telegram-web-origin'), botLink: read('bot-link') };
}
