import { expect } from 'vitest';
import { holdStore } from '../disturb.ts';
import type { Journey } from './journey.ts';
import { EVERY_LOOK, PHONE, SMALL_DARK } from './look.ts';
import { play } from './playing.ts';

const CARDS = [
  { sku: 'shield_1', caption: 'Card of a help, with its slot' },
  { sku: 'second_wind', caption: 'Card of a help that has no slot' },
  { sku: 'voyager_bundle', caption: 'Card of a pack' },
  { sku: 'trail_aurora', caption: 'Card of a trail' },
  { sku: 'planets_orchard', caption: 'Card of planets' },
  { sku: 'trail_first_light', caption: 'Card of something limited' },
];

/** A purchase that goes as it should. */
export const buyingJourneys: readonly Journey[] = [
  {
    name: 'shop',
    looks: EVERY_LOOK,
    async go(visit) {
      const { phone } = visit;
      await visit.open();
      await visit.tap('shop');
      await phone.game.locator('.buy-pill').first().waitFor();
      await visit.see({ name: 'list', caption: 'The shop' });
      await phone.game.locator('.shelf.looks').scrollIntoViewIfNeeded();
      await phone.game.locator('.foot').scrollIntoViewIfNeeded();
      await visit.see({ name: 'looks', caption: 'The end of the shop' });
      await visit.tap('close');
      await visit.toCard('shield_3');
      await visit.see({ name: 'card', caption: 'A card' });
      await visit.buy('shield_3');
      await phone.page.locator('.pay-actions button').first().waitFor();
      await visit.see({ name: 'telegram', caption: 'Telegram’s own pay sheet' });
      await visit.confirm();
      await visit.text('delivered').waitFor();
      await visit.see({ name: 'delivered', caption: 'Delivered' });
      await visit.tap('done');
      await visit.tap('shop');
      await visit.tap('history');
      await phone.game.locator('.entry').waitFor();
      await visit.see({ name: 'purchases', caption: 'Purchases with order numbers' });
    },
  },
  {
    name: 'cards',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      await visit.open();
      for (const { sku, caption } of CARDS) {
        await visit.toCard(sku);
        await visit.see({ name: sku, caption });
        await visit.tap('close');
      }
      await visit.tap('shop');
      await visit.tap('history');
      await visit.text('historyEmpty').waitFor();
      await visit.see({ name: 'empty', caption: 'No purchases yet' });
    },
  },
  {
    name: 'owned',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      await visit.own('trail_ember');
      await visit.own('starter_pack');
      await visit.own('magnet_3', 2);
      await visit.open();
      await visit.tap('shop');
      await visit.tap('wearItem', visit.offer('trail_ember'));
      await visit.phone.game.locator('.wear[aria-pressed="true"]').scrollIntoViewIfNeeded();
      await visit.see({ name: 'worn', caption: 'A look that is worn, in the list' });
      await visit.tap('close');
      await visit.toCard('trail_ember');
      await visit.see({ name: 'look', caption: 'A look that is owned already' });
      await visit.tap('close');
      await visit.toCard('starter_pack');
      await visit.see({ name: 'limit', caption: 'As many as one player can buy' });
      await visit.tap('close');
      await visit.toCard('magnet_3');
      await visit.tap('another');
      await visit.see({ name: 'two', caption: 'Some are owned, two more are wanted' });
    },
  },
  {
    name: 'quick',
    looks: [PHONE, SMALL_DARK],
    /** In the middle of a run. */
    async go(visit) {
      const { phone } = visit;
      await visit.open();
      await visit.tap('play');
      await play(visit, 200);
      await visit.tap('getItem', visit.offer('shield_1'));
      await visit.button('buy', visit.offer('shield_1')).waitFor();
      await visit.see({ name: 'card', caption: 'A card in the middle of a run' });
      await visit.buy('shield_1');
      await visit.confirm();
      await visit.text('delivered').waitFor();
      await visit.see({ name: 'delivered', caption: 'Delivered, in the middle of a run', fleeting: true });
      await phone.until('the run goes on', ({ frozen }) => !frozen);
      await visit.see({ name: 'slot', caption: 'In its slot' });
    },
  },
  {
    name: 'waiting',
    looks: [PHONE],
    async go(visit) {
      const { phone, stage } = visit;
      await visit.open();
      await visit.tap('shop');
      await visit.button('buy', visit.offer('shield_3')).waitFor();
      await holdStore(stage, 1_800);
      await visit.buy('shield_3');
      await visit.text('opening').waitFor();
      await visit.see({ name: 'opening', caption: 'Opening Telegram', fleeting: true });
      await visit.fault('no_event', { count: 1 });
      await visit.fault('update_late', { count: 1, afterMs: 120_000 });
      await visit.confirm();
      await phone.page.locator('.pay-actions').waitFor({ state: 'detached' });
      await visit.text('askedText').waitFor();
      await visit.see({ name: 'telegram', caption: 'Waiting in Telegram, whose sheet is gone' });
      // A touch right after the sheet was asked for still belongs to that tap, and means nothing.
      await expect
        .poll(async () => {
          await phone.game.locator('.card-page').click();
          return visit.text('doubtText').isVisible();
        })
        .toBe(true);
      await visit.see({ name: 'doubt', caption: 'The player is back, and Telegram says nothing' });
    },
  },
  {
    name: 'confirming',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      await visit.open();
      await visit.tap('shop');
      await visit.fault('update_late', { count: 1, afterMs: 5_000 });
      await visit.buy('slow_time_3');
      await visit.confirm();
      await visit.text('confirming').waitFor();
      await visit.see({ name: 'asking', caption: 'Confirming the payment' });
    },
  },
  {
    name: 'pending',
    looks: [PHONE],
    async go(visit) {
      await visit.open();
      await visit.tap('shop');
      await visit.fault('pending_though_paid', { count: 1 });
      await visit.fault('update_late', { count: 1, afterMs: 20_000 });
      await visit.buy('slow_time_3');
      await visit.confirm();
      await visit.text('pending').waitFor();
      await visit.see({ name: 'pending', caption: 'Pending: Telegram takes its time' });
    },
  },
];
