import type { OfferView } from '@stardrift/shared/protocol';
import { byKey, type Child, focusedKey, h, show } from '../dom.ts';
import { isStill } from '../motion.ts';
import { createPress } from '../press.ts';
import type { WordKey, Words } from '../words/words.ts';
import type { Buy } from './buy.ts';
import { card } from './card.ts';
import { receivedTitle } from './delivery.ts';
import { type Goods, isEmpty } from './goods.ts';
import { list } from './list.ts';
import type { CosmeticView, Looks } from './looks.ts';
import { button, itemIcon, wordButton } from './parts.ts';
import type { Host, Server } from './ports.ts';
import { createPurchases } from './purchases.ts';
import { isPaying, isQuiet, orderOf, type ShopState } from './shop.ts';
import type { Slots } from './slots.ts';
import type { ShopView } from './view.ts';

/** The shop as a sheet over the frozen picture. */
export interface Overlay {
  readonly isOpen: boolean;
  openList(): void;
  /** `quick` is for a purchase in the middle of a run: delivered, the sheet goes away by itself. */
  openCard(sku: string, options?: { quick?: boolean }): void;
  /** A payment that a reload interrupted is under way. */
  openResumed(): void;
  /** One page back, or out. */
  back(): void;
}

export interface OverlayParts {
  buy: Buy;
  goods: Goods;
  looks: Looks;
  slots: Slots;
  host: Host;
  server: Server;
  words: Words;
  announce: (text: string) => void;
  inRun: () => boolean;
  onOpen: (open: boolean) => void;
  /** The shop is closed; a run with this look is wanted. */
  onTry: (look: CosmeticView) => void;
}

type Page =
  | { name: 'list' }
  | { name: 'history' }
  | { name: 'card'; sku: string; quick: boolean; quantity: number };

/** Long enough to see what came, short enough not to be waited for. */
const QUICK_CLOSE_MS = 1_300;

export function createOverlay(root: HTMLElement, parts: OverlayParts): Overlay {
  const { buy, goods, host, server, words } = parts;
  const heading = h('h2', { id: 'sheet-title', tabindex: '-1' });
  const nav = h('div', { class: 'side' });
  // In the order of the keys, since what is longer than a small screen has to be scrolled without a finger too.
  const body = h('div', { class: 'body', tabindex: '0', role: 'group', 'aria-labelledby': 'sheet-title' });
  const sheet = h(
    'dialog',
    { class: 'sheet', 'aria-labelledby': 'sheet-title' },
    h(
      'header',
      {},
      nav,
      heading,
      button('round close', words('close'), close, h('span', { class: 'cross' })),
    ),
    body,
  );
  root.append(sheet);
  let pages: Page[] = [];
  /** Where each page under the one in view was left. */
  const leftAt = new WeakMap<Page, { top: number; key: string | undefined }>();
  /** The offer of the card, which may go off sale while its payment is under way. */
  let seen: OfferView | undefined;
  let painting = false;
  const whenFree = createPress(sheet);
  const purchases = createPurchases(server, words, paint, () => host.openBot('paysupport'));

  sheet.addEventListener('cancel', (event) => {
    event.preventDefault();
    back();
  });
  // A tap on the dimmed picture is a tap out of the shop, unless money is on its way.
  sheet.addEventListener('click', (event) => {
    if (event.target === sheet && !isPaying(buy.state)) close();
  });

  /** Several things can change in one turn; the page is drawn once for all of them. */
  function paint(): void {
    if (painting || !sheet.open) return;
    painting = true;
    queueMicrotask(() =>
      whenFree(() => {
        painting = false;
        if (sheet.open) draw();
      }),
    );
  }

  function draw(): void {
    const page = pages.at(-1);
    if (!page) return;
    const refused = typeof server.link === 'object' ? server.link.refused : undefined;
    sheet.dataset.page = refused ? 'refused' : page.name;
    sheet.toggleAttribute('data-quick', page.name === 'card' && page.quick);
    heading.textContent = words(page.name === 'history' ? 'history' : 'shop');
    show(
      nav,
      !refused &&
        pages.length > 1 &&
        !isPaying(buy.state) &&
        button('round', words('back'), back, h('span', { class: 'arrow' })),
    );
    show(body, ...(refused ? refusal(words, refused, () => host.close()) : content(page)));
  }

  function content(page: Page): Child[] {
    if (page.name === 'history') return purchases.page();
    const view = viewOf(page);
    if (page.name === 'list') return list(view);
    const offer = goods.offer(page.sku) ?? (orderOf(buy.state)?.sku === page.sku ? seen : undefined);
    if (!offer) return list(view);
    seen = offer;
    return card(view, offer);
  }

  function viewOf(page: Page): ShopView {
    return {
      words,
      goods,
      looks: parts.looks,
      slots: parts.slots,
      state: buy.state,
      offline: server.link !== 'online',
      inRun: parts.inRun(),
      holds: (sku) => buy.holds(sku, page.name === 'card' ? page.quantity : 1),
      quantity: page.name === 'card' ? page.quantity : 1,
      quick: page.name === 'card' && page.quick,
      toCard: (sku) => push({ name: 'card', sku, quick: false, quantity: 1 }, true),
      toHistory() {
        push({ name: 'history' }, false);
        purchases.open();
      },
      buyNow(sku) {
        push({ name: 'card', sku, quick: false, quantity: 1 }, false);
        buy.tap();
      },
      buy: () => buy.tap(),
      setQuantity: (quantity) => requantify(page, quantity),
      wear(look) {
        parts.looks.toggle(look);
        host.haptic('tap');
        paint();
      },
      tryOn(look) {
        close();
        parts.onTry(look);
      },
      put(side, itemId) {
        parts.slots.put(side, itemId);
        host.haptic('tap');
        paint();
      },
      leave: close,
    };
  }

  /** Only one of a kind is prepared ahead: an order for each step of the counter would be a flood. */
  function requantify(page: Page, quantity: number): void {
    if (page.name !== 'card') return;
    pages = [...pages.slice(0, -1), { ...page, quantity }];
    buy.card(page.sku, quantity, quantity === 1);
    paint();
  }

  function push(page: Page, prepare: boolean): void {
    const under = pages.at(-1);
    if (under) leftAt.set(under, { top: body.scrollTop, key: focusedKey(body) });
    pages = [...pages, page];
    if (page.name === 'card') buy.card(page.sku, page.quantity, prepare);
    present();
  }

  function present(): void {
    if (!sheet.open) {
      sheet.showModal();
      parts.onOpen(true);
    }
    draw();
    const page = pages.at(-1);
    const { top = 0, key } = (page && leftAt.get(page)) ?? {};
    body.scrollTop = top;
    ((key && byKey(body, key)) || heading).focus({ preventScroll: true });
  }

  function back(): void {
    if (pages.length < 2 || isPaying(buy.state)) {
      close();
      return;
    }
    pages = pages.slice(0, -1);
    buy.leave();
    present();
  }

  function close(): void {
    if (!sheet.open) return;
    pages = [];
    buy.leave();
    sheet.close();
    parts.onOpen(false);
  }

  buy.onState((state, before) => {
    const said = state.at === before.at ? undefined : spoken(state);
    if (said) parts.announce(words(said));
    paint();
    const page = pages.at(-1);
    // What went elsewhere than into the hand has to be read first.
    const isAllInHand = state.at === 'delivered' && state.paid !== undefined && isEmpty(state.paid);
    if (isAllInHand && before.at !== 'delivered' && page?.name === 'card' && page.quick)
      setTimeout(() => buy.state === state && close(), isStill() ? 2 * QUICK_CLOSE_MS : QUICK_CLOSE_MS);
  });
  goods.onChange(paint);
  goods.onGain(({ cause }) => {
    if (cause === 'refund' && pages.at(-1)?.name === 'history') purchases.refresh();
  });
  server.onLink(paint);

  return {
    get isOpen() {
      return sheet.open;
    },
    openList() {
      pages = [{ name: 'list' }];
      // How many are left of a limited offer is not told by anybody, nor what became of one set aside.
      goods.refresh();
      void buy.recheck().then(paint);
      present();
    },
    openCard(sku, { quick = false } = {}) {
      pages = [];
      push({ name: 'card', sku, quick, quantity: 1 }, true);
    },
    openResumed() {
      const order = orderOf(buy.state);
      if (!order) return;
      pages = [{ name: 'card', sku: order.sku, quick: true, quantity: order.quantity }];
      present();
    },
    back,
  };
}

/** What a listener must hear about the payment. */
function spoken(state: ShopState): WordKey | undefined {
  switch (state.at) {
    case 'opening':
      return 'opening';
    case 'inTelegram':
      return 'inTelegram';
    case 'settling':
      return isQuiet(state) ? 'checking' : 'confirming';
    case 'delivered':
      return receivedTitle(state);
    case 'notCharged':
      return state.reason;
    case 'pending':
      return 'pending';
    case 'unknown':
      return state.offline ? 'offlineLong' : 'unknown';
    case 'refunding':
      return 'refunding';
    case 'refunded':
      return 'refunded';
    case 'idle':
    case 'card':
      return undefined;
  }
}

/** The server turned this session away; there is nothing to sell until the game is opened anew. */
function refusal(words: Words, reason: string, closeApp: () => void): Child[] {
  const key = reason === 'expired' || reason === 'protocol' ? reason : 'unauthorized';
  return [
    h(
      'div',
      { class: 'card-page' },
      h(
        'div',
        { class: 'hero wait', style: '--hue: 40' },
        h('span', { class: 'orbit', 'aria-hidden': true }),
        itemIcon({ glyph: 'planet', hue: 40 }, 'icon big'),
      ),
      h('h3', { class: 'status' }, words(key)),
      h('p', { class: 'status-text' }, words(`${key}Text`)),
    ),
    h(
      'div',
      { class: 'actions' },
      key === 'protocol'
        ? wordButton('primary wide', words('reload'), () => location.reload())
        : wordButton('primary wide', words('reopen'), closeApp),
    ),
  ];
}
