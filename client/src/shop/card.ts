import type { OfferView } from '@stardrift/shared/protocol';
import { type Child, h } from '../dom.ts';
import { received, receivedTitle } from './delivery.ts';
import { soleItemOf } from './goods.ts';
import { wearButton } from './list.ts';
import {
  button,
  contents,
  debtLines,
  isGone,
  itemIcon,
  leftLine,
  lookOf,
  namedButton,
  ownedLook,
  ownedOf,
  price,
  swatch,
  wordButton,
} from './parts.ts';
import { isQuiet } from './shop.ts';
import { fitsSlot, type Side } from './slots.ts';
import type { ShopView } from './view.ts';

/** One offer: what it is and does, and every state its purchase can be in. */
export function card(view: ShopView, offer: OfferView): Child[] {
  const story = storyOf(view, offer);
  const look = lookOf(offer, view.goods);
  return [
    h(
      'div',
      { class: 'card-page', 'data-state': view.state.at },
      h(
        'div',
        { class: `hero ${story?.mood ?? 'calm'}`, style: `--hue: ${offer.icon.hue}` },
        h('span', { class: 'orbit', 'aria-hidden': true }),
        look ? h('span', { class: 'icon big' }, swatch(look)) : itemIcon(offer.icon, 'icon big'),
      ),
      ...(story ? told(story) : described(view, offer)),
    ),
    h('div', { class: 'actions' }, ...(story ? story.actions : [note(view, offer), ...actions(view, offer)])),
  ];
}

/** Once the tap is made the page tells one thing at a time: where the payment is. */
interface Story {
  mood: 'busy' | 'glad' | 'wait' | 'sad';
  title: string;
  text: string;
  /** What else there is to know. */
  more?: string[];
  actions: Child[];
}

function told({ title, text, more = [] }: Story): Child[] {
  return [
    h('h3', { class: 'status' }, title),
    h('p', { class: 'status-text' }, text),
    ...more.map((line) => h('p', { class: 'status-more' }, line)),
  ];
}

function storyOf(view: ShopView, offer: OfferView): Story | undefined {
  const { state, words } = view;
  const leave = (className: string) =>
    wordButton(className, words(view.inRun ? 'backToGame' : 'done'), view.leave);
  switch (state.at) {
    case 'opening':
      return { mood: 'busy', title: words('opening'), text: offer.title, actions: [] };
    case 'inTelegram':
      return {
        mood: 'busy',
        title: words('inTelegram'),
        text: words(state.doubtful ? 'doubtText' : view.inRun ? 'inTelegramText' : 'askedText'),
        actions: [wordButton('quiet wide', words('backToGame'), view.leave)],
      };
    case 'settling':
      return {
        mood: 'busy',
        title: words(isQuiet(state) ? 'checking' : 'confirming'),
        text: words(isQuiet(state) ? 'checkingText' : 'confirmingText'),
        actions: [wordButton('quiet wide', words('backToGame'), view.leave)],
      };
    case 'delivered': {
      const [text = offer.title, ...more] = received(state, view.goods, words);
      const look = ownedLook(offer, view.goods);
      const [first, second] = ['primary wide', 'quiet wide'] as const;
      const worn = look !== undefined && view.looks.isWorn(look.id);
      return {
        mood: 'glad',
        title: words(receivedTitle(state)),
        ...{ text, more },
        // Who has bought a look wants to wear it.
        actions: look
          ? [wearButton(view, look, worn ? second : first), leave(worn ? first : second)]
          : [leave(first)],
      };
    }
    case 'pending':
      return {
        mood: 'wait',
        title: words('pending'),
        text: words('pendingText'),
        actions: [leave('primary wide')],
      };
    case 'unknown':
      return {
        mood: 'wait',
        title: words(state.offline ? 'offlineLong' : 'unknown'),
        text: words(state.offline ? 'offlineCheck' : 'unknownText'),
        actions: [leave('primary wide')],
      };
    case 'refunding':
      return {
        mood: 'wait',
        title: words('refunding'),
        text: words('refundingText'),
        actions: [leave('primary wide')],
      };
    case 'refunded':
      return {
        mood: 'sad',
        title: words('refunded'),
        text: words('refundedText'),
        actions: [leave('primary wide')],
      };
    case 'idle':
    case 'card':
    case 'notCharged':
      return undefined;
  }
}

function described(view: ShopView, offer: OfferView): Child[] {
  const { goods, words } = view;
  const owned = ownedOf(offer, goods);
  const look = lookOf(offer, goods);
  const single = !look && owned !== undefined;
  return [
    h('h3', { class: 'name' }, offer.title),
    h('p', { class: 'description' }, offer.description),
    single && owned > 0 && h('p', { class: 'owned' }, words('owned', { count: words.number(owned) })),
    ...debtLines(offer, goods, words, 'debt'),
    owned === undefined && contents(offer, goods, words),
    !isSoldOut(view, offer) && leftLine(offer, view),
    offer.untilMs !== undefined &&
      h('p', { class: 'until' }, words('until', { date: words.date(offer.untilMs) })),
    !view.quick && !(isSoldOut(view, offer) && owned === 0) && slotChoice(view, offer),
    stepper(view, offer),
  ];
}

/** The one line that says why not, or what became of the last try. */
function note(view: ShopView, offer: OfferView): HTMLElement | undefined {
  const { state, words } = view;
  const line = (text: string, mood = '') => h('p', { class: `note ${mood}` }, text);
  if (offer.unavailable === 'limit_reached') return line(words('limitReached'));
  if (offer.unavailable === 'owned' && !lookOf(offer, view.goods)) return line(words('alreadyOwned'));
  if (isSoldOut(view, offer)) return ownedLook(offer, view.goods) ? undefined : line(words('soldOutText'));
  if (state.at === 'notCharged') return line(words(state.reason), state.reason === 'failed' ? 'bad' : '');
  if (view.offline || (state.at === 'card' && state.trouble?.kind === 'offline'))
    return line(words('offline'));
  if (state.at !== 'card' || state.trouble?.kind !== 'refused') return undefined;
  if (state.trouble.code === 'already_owned') return line(words('alreadyOwned'));
  if (state.trouble.code === 'limit_reached') return line(words('limitReached'));
  if (state.trouble.code === 'restoring') return line(words('restoring'));
  if (state.trouble.code === 'sold_out') return line(words('soldOutSome'));
  return line(state.trouble.message, 'bad');
}

const CLOSED = new Set(['already_owned', 'limit_reached', 'not_on_sale', 'unknown_offer']);

const isTooMany = ({ quantity, holds }: ShopView, { sku, left }: OfferView): boolean =>
  left !== undefined && quantity > left && !holds(sku);

const refusalOf = ({ state }: ShopView): string | undefined =>
  state.at === 'card' && state.trouble?.kind === 'refused' ? state.trouble.code : undefined;

/** Nothing this player can do now will sell it to them. */
const isClosed = (view: ShopView, offer: OfferView): boolean =>
  offer.unavailable === 'owned' ||
  offer.unavailable === 'limit_reached' ||
  isSoldOut(view, offer) ||
  CLOSED.has(refusalOf(view) ?? '');

/** Told by the shelf or by the refusal of one; a refusal of several may mean that fewer are left. */
const isSoldOut = (view: ShopView, offer: OfferView): boolean =>
  isGone(offer, view) ||
  (refusalOf(view) === 'sold_out' && (view.quantity === 1 || offer.left === undefined));

function actions(view: ShopView, offer: OfferView): Child[] {
  const { goods, state, words } = view;
  const mine = ownedLook(offer, goods);
  if (mine) return [wearButton(view, mine, 'primary wide')];
  if (isSoldOut(view, offer)) return [h('p', { class: 'gone' }, words('soldOut'))];
  const stars =
    state.at === 'card' && state.order ? state.order.priceStars : offer.priceStars * view.quantity;
  const name = words('buy', { title: offer.title, count: stars });
  const disabled = isClosed(view, offer) || isTooMany(view, offer) || view.offline;
  return [
    tryButton(view, offer),
    namedButton(
      { class: 'primary wide buy', name, key: 'buy', disabled, tap: view.buy },
      h('span', {}, words(state.at === 'notCharged' ? 'buyAgain' : 'buyFor')),
      price(words, stars),
    ),
  ];
}

/** A look is best judged in play. */
function tryButton(view: ShopView, offer: OfferView): HTMLElement | undefined {
  const { words } = view;
  const look = lookOf(offer, view.goods);
  if (!look || isClosed(view, offer)) return undefined;
  const name = words('tryOnItem', { title: look.title });
  const tap = () => view.tryOn(look);
  return namedButton({ class: 'quiet wide', name, key: name, tap }, h('span', {}, words('tryOn')));
}

/** In the middle of a run one is enough, unless used ones take the first. */
function stepper(view: ShopView, offer: OfferView): HTMLElement | undefined {
  const { words, quantity } = view;
  const most = Math.min(offer.maxQuantity, offer.left ?? offer.maxQuantity);
  const indebted = Object.keys(offer.grant).some((id) => view.goods.owes(id) > 0);
  if ((view.quick && !indebted) || Math.max(most, quantity) < 2 || isClosed(view, offer)) return undefined;
  const step = (name: 'fewer' | 'another', sign: string, by: number) => {
    const element = button('step', words(name), () => view.setQuantity(quantity + by), sign);
    element.disabled = by < 0 ? quantity <= 1 : quantity >= most;
    return element;
  };
  return h(
    'div',
    { class: 'stepper', role: 'group', 'aria-label': words('quantity') },
    step('fewer', '−', -1),
    h('output', {}, words.number(quantity)),
    step('another', '+', 1),
  );
}

/** Where in the run the item lies; offered only for what can lie there. */
function slotChoice(view: ShopView, offer: OfferView): HTMLElement | undefined {
  const { goods, slots, words } = view;
  const sole = soleItemOf(offer);
  const item = sole && goods.item(sole.id);
  if (!item || !fitsSlot(item)) return undefined;
  const choice = (side: Side) => {
    const here = slots.item(side)?.id === item.id;
    const name = words(side === 'left' ? 'putLeft' : 'putRight', { title: item.title });
    const text = words(side === 'left' ? 'slotLeft' : 'slotRight');
    const element = button('segment', name, () => view.put(side, item.id), text);
    element.setAttribute('aria-pressed', String(here));
    return element;
  };
  return h(
    'div',
    { class: 'slot-choice', role: 'group', 'aria-label': words('slotIn') },
    h('span', { class: 'label', 'aria-hidden': true }, words('slotIn')),
    h('span', { class: 'segments' }, choice('left'), choice('right')),
  );
}
