import type { CheckoutRefusal } from '../../purchase/checkout.ts';

const stars = (count: number): string => `${count} ${count === 1 ? 'Star' : 'Stars'}`;

/** What the bot says. Short, kind, exact. */
export const en = {
  play: 'Play Slingdust',
  openShop: 'Open the shop',
  start:
    'Tap to sling your comet from planet to planet, ahead of the rising void. Shields, magnets and second winds wait in the shop, for Telegram Stars.',
  shop: 'The shop is in the game: prices in Telegram Stars, delivered the moment Telegram confirms.',
  commands: {
    start: 'Open the game',
    shop: 'Open the shop',
    paysupport: 'Help with a payment',
    terms: 'Terms of sale',
    privacy: 'What we store',
  },
  description: 'Slingdust: one tap, one orbit, one more go.',
  paysupport: {
    none: 'You have not bought anything yet.',
    recent: 'Your latest payments:',
    states: { credited: 'delivered', refunding: 'refund under way', refunded: 'refunded', done: 'done' },
    how: 'If something is missing, close and open the game once: everything paid is delivered when it connects. Still missing, or want your Stars back? Send /paysupport and a few words, with the order number, and a person answers.',
    plain:
      'Nobody reads this chat by itself. To reach a person, send /paysupport and your words in one message.',
    sent: 'Thank you. Your message is with us, and a person will answer in this chat.',
    nobody:
      'Nobody is set up to read messages here yet. Please tell the people who gave you this game; your purchases are safe.',
    order: 'order',
    stars,
    notSent: 'Your message could not be passed on just now. Please send it again in a few minutes.',
  },
  terms:
    'What you buy here works in Slingdust only and is delivered as soon as Telegram confirms the payment. Prices are in Telegram Stars and shown before you pay. A payment that cannot be delivered is refunded in full. What has been used is not refundable; ask with /paysupport and we will look at it. Telegram is not party to the sale.',
  privacy:
    'We store your Telegram user id, what you bought, when, for how many Stars, and what you have left. We need it to deliver and to refund. For the boards: your first name, your best run, and the friends you share a board with. No phone number. What you write with /paysupport goes to the people who answer it; nothing else is passed on.',
  news: {
    refunded: (count: number, title: string) =>
      `Refunded: ${stars(count)} for “${title}” are back with you, and what it gave is taken back.`,
    debt: (items: string) => `Used already: ${items}. The next ones you get make up for these first.`,
    undelivered: (count: number, title: string, why: string) =>
      `${why} Your ${stars(count)} for “${title}” are back with you.`,
    second: 'That order had been paid before.',
    payer: 'That invoice belonged to another player.',
    amount: 'The sum did not match the order.',
    orphan: 'We could not tell what that payment was for.',
    limit: 'You already have as many of these as one player may.',
    stock: 'The last one was sold before your payment arrived.',
    kept: 'A refund was begun and could not be carried out: your items are back. Write to /paysupport if you have questions.',
  },
  refusals: {
    foreign: 'This invoice is not one of ours. You were not charged.',
    payer: 'This invoice belongs to another player. Open the game to buy your own. You were not charged.',
    unknown_order: 'This order is no longer known. Please buy again in the game. You were not charged.',
    already_paid: 'This order is paid already. You were not charged again.',
    ended: 'This order has ended. Please buy again in the game. You were not charged.',
    expired: 'This order has expired. Please buy again in the game. You were not charged.',
    amount: 'The sum does not match the order. Please buy again in the game. You were not charged.',
    withdrawn: 'This offer is not on sale any more. You were not charged.',
    already_owned: 'You own this already. You were not charged.',
    limit_reached: 'You have bought as many of these as one player may. You were not charged.',
    sold_out: 'The last one has just been sold. You were not charged.',
    restoring: 'The shop is restoring purchases. Please try again in a minute. You were not charged.',
    unavailable: 'The shop is busy just now. Please try again in a minute. You were not charged.',
  } satisfies Record<CheckoutRefusal, string>,
};

export type Words = typeof en;
