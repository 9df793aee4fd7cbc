import type { Language } from '@stardrift/shared/catalog';
import type { RefusalCode } from '@stardrift/shared/protocol';

/** What a refusal says to the player. */
export const refusals: Record<Language, Record<RefusalCode, string>> = {
  en: {
    bad_request: 'The game sent something the shop does not understand. Reopen the game.',
    unknown_request: 'The game asked for something the shop does not know. Reopen the game.',
    unknown_offer: 'This offer does not exist.',
    unknown_order: 'This order is not known.',
    unknown_item: 'This item does not exist.',
    not_on_sale: 'This offer is not on sale now.',
    already_owned: 'You own this already.',
    limit_reached: 'You have bought as many of these as one player may.',
    too_many_orders: 'Too many orders are open. Try again in a few minutes.',
    order_conflict: 'This order number belongs to another order. Try again.',
    order_ended: 'This order has ended. Start a new one.',
    not_enough: 'You have none left.',
    not_usable: 'This item is worn, not used.',
    op_conflict: 'This operation number was used for something else. Try again.',
    too_fast: 'That was very fast. Try again in a moment.',
    unavailable: 'The shop is busy just now. Try again in a minute.',
  },
  ru: {
    bad_request: 'Игра отправила непонятный магазину запрос. Откройте игру заново.',
    unknown_request: 'Игра просит то, чего магазин не знает. Откройте игру заново.',
    unknown_offer: 'Такого предложения нет.',
    unknown_order: 'Такой заказ не найден.',
    unknown_item: 'Такого предмета нет.',
    not_on_sale: 'Сейчас это не продаётся.',
    already_owned: 'Это у вас уже есть.',
    limit_reached: 'Вы уже купили столько, сколько можно одному игроку.',
    too_many_orders: 'Открыто слишком много заказов. Попробуйте через несколько минут.',
    order_conflict: 'Этот номер занят другим заказом. Попробуйте ещё раз.',
    order_ended: 'Этот заказ завершён. Начните новый.',
    not_enough: 'У вас этого не осталось.',
    not_usable: 'Этот предмет надевают, а не используют.',
    op_conflict: 'Этот номер операции уже занят. Попробуйте ещё раз.',
    too_fast: 'Слишком быстро. Попробуйте через мгновение.',
    unavailable: 'Магазин сейчас занят. Попробуйте через минуту.',
  },
};
