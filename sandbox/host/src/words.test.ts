import { describe, expect, test } from 'vitest';
import { payError, wordsFor } from './words.ts';

test.each([
  ['ru', 'Отмена'],
  ['ru-RU', 'Отмена'],
  ['en', 'Cancel'],
  ['de', 'Cancel'],
  ['', 'Cancel'],
])('the phone of a player who speaks %j says %s', (code, cancel) => {
  expect(wordsFor(code).cancel).toBe(cancel);
});

test.each([
  [1, 'Confirm and pay 1 Star', 'Подтвердить и заплатить 1 звезду'],
  [2, 'Confirm and pay 2 Stars', 'Подтвердить и заплатить 2 звезды'],
  [5, 'Confirm and pay 5 Stars', 'Подтвердить и заплатить 5 звёзд'],
  [11, 'Confirm and pay 11 Stars', 'Подтвердить и заплатить 11 звёзд'],
  [21, 'Confirm and pay 21 Stars', 'Подтвердить и заплатить 21 звезду'],
  [25, 'Confirm and pay 25 Stars', 'Подтвердить и заплатить 25 звёзд'],
])('the button for %i Stars has a name that can be read aloud', (stars, english, russian) => {
  expect(wordsFor('en').confirmName(stars)).toBe(english);
  expect(wordsFor('ru').confirmName(stars)).toBe(russian);
});

describe('payError', () => {
  test.each([
    [undefined, 'The payment did not go through.'],
    ['BOT_PRECHECKOUT_TIMEOUT', 'The bot did not answer in time.'],
    ['POST /host/form: SLUG_INVALID: there is no such invoice', 'This invoice does not exist.'],
    ['BOT_PRECHECKOUT_FAILED: The offer ended. Ask SHOP_HELP.', 'The offer ended. Ask SHOP_HELP.'],
    ['SOMETHING_NEW', 'SOMETHING_NEW'],
    ['The sandbox does not answer.', 'The sandbox does not answer.'],
  ])('%j', (error, shown) => {
    expect(payError(error, wordsFor('en'))).toBe(shown);
  });
});
