import { button, h } from './dom.ts';
import { star } from './icons.ts';
import type { PaymentForm } from './session.ts';
import type { Words } from './words.ts';

const DAY_S = 86_400;

/** Stars are bought in packs; the top-up covers what is missing. */
const PACK_STARS = 100;

export interface PayCommands {
  pay: () => void;
  topUp: (stars: number) => void;
  cancel: () => void;
}

function amount(stars: number): HTMLElement {
  return h('span', { class: 'amount' }, star(), String(stars));
}

/** Item, price and balance, as Telegram shows them before Stars are paid. */
export function formView(form: PaymentForm, words: Words): HTMLElement[] {
  const { subscriptionPeriod: period, photoUrl } = form;
  const emblem = h('div', { class: 'pay-emblem' }, star());
  if (photoUrl !== undefined) {
    const photo = h('img', { attrs: { src: photoUrl, alt: '' } });
    photo.addEventListener('error', () => photo.remove());
    emblem.append(photo);
  }
  const repeats = period === undefined ? '' : ` ${words.everyDays(Math.round(period / DAY_S))}`;
  return [
    h('p', { class: 'pay-balance' }, `${words.balance} `, amount(form.balance)),
    emblem,
    h('h2', {}, form.title),
    h('p', { class: 'pay-bot' }, words.buysFrom(form.botName)),
    h('p', { class: 'pay-description' }, form.description),
    h('p', { class: 'pay-price' }, amount(form.priceStars), repeats),
  ];
}

function confirmButton(priceStars: number, paying: boolean, words: Words, pay: () => void) {
  const content = paying
    ? [h('span', { class: 'spinner' }), words.paying]
    : [words.confirmAndPay, h('span', { class: 'chip' }, amount(priceStars))];
  const name = paying ? words.paying : words.confirmName(priceStars);
  const confirm = button(name, 'primary', pay, ...content);
  confirm.disabled = paying;
  return confirm;
}

/** The buttons under the form; the first of them is the one to press. */
export function actionsView(
  form: PaymentForm,
  paying: boolean,
  words: Words,
  commands: PayCommands,
): HTMLElement[] {
  const cancel = button(words.cancel, 'secondary', commands.cancel, words.cancel);
  const missing = form.priceStars - form.balance;
  if (missing <= 0) return [confirmButton(form.priceStars, paying, words, commands.pay), cancel];
  const pack = Math.ceil(missing / PACK_STARS) * PACK_STARS;
  const label = words.addStars(pack);
  const warning = h('p', { class: 'pay-missing', attrs: { role: 'alert' } }, words.missing(missing));
  return [button(label, 'primary', () => commands.topUp(pack), label), warning, cancel];
}
