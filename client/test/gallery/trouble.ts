import { onTestFinished } from 'vitest';
import { launchFields, signLaunchData } from '../../../server/test/torture/input/launch-data.ts';
import { newId } from '../../../server/test/way/world.ts';
import { editOffer, forgetLedger } from '../disturb.ts';
import type { Journey } from './journey.ts';
import { PHONE, SMALL_DARK } from './look.ts';
import type { Visit } from './visit.ts';

/** Everything that goes another way than hoped. */
export const troubleJourneys: readonly Journey[] = [
  {
    name: 'cancelled',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      await visit.open();
      await visit.toCard('slow_time_3');
      await visit.buy('slow_time_3');
      await visit.cancel();
      await visit.text('cancelled').waitFor();
      await visit.see({ name: 'cancelled', caption: 'Cancelled' });
    },
  },
  {
    name: 'failed',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      const { phone, stage } = visit;
      await visit.open();
      await visit.toCard('trail_aurora');
      await visit.buy('trail_aurora');
      await phone.page.locator('.pay-actions button').first().waitFor();
      const server = await stage.second(visit.player);
      const known = new Promise((resolve) => server.socket.once('catalog:changed', resolve));
      editOffer(stage, 'trail_aurora', { onSale: false });
      await known;
      await visit.confirm();
      await visit.text('failed').waitFor();
      await visit.see({ name: 'failed', caption: 'Failed: the bot turned the payment away' });
      server.socket.disconnect();
    },
  },
  {
    name: 'unknown',
    looks: [PHONE],
    async go(visit) {
      const { phone } = visit;
      await visit.open();
      await visit.tap('shop');
      await visit.buy('shield_3');
      await phone.page.locator('.pay-actions button').first().waitFor();
      await phone.reloadGame();
      await visit.text('confirming').waitFor();
      await visit.cancel();
      await visit.text('unknown').waitFor();
      await visit.see({ name: 'unknown', caption: 'No payment seen, after a reload while Telegram asked' });
    },
  },
  {
    name: 'price',
    looks: [PHONE],
    async go(visit) {
      const { title, count } = visit.offer('shield_3');
      await visit.open();
      await visit.tap('shop');
      await visit.button('buy', { title, count }).waitFor();
      editOffer(visit.stage, 'shield_3', { priceStars: count - 3 });
      await visit.button('buy', { title, count: count - 3 }).waitFor();
      await visit.see({ name: 'changed', caption: 'The price changed while the list was open' });
    },
  },
  {
    name: 'stock',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      const { phone, stage } = visit;
      await visit.open();
      await visit.tap('shop');
      const other = await stage.world.player({}, stage.line.url);
      const { invoiceUrl } = await other.order('trail_first_light');
      const { chargeId } = await stage.world.pay(other.id, invoiceUrl);
      editOffer(stage, 'trail_first_light', { stock: 1 });
      const mark = phone.game.locator('.offer .sold').first();
      await mark.waitFor();
      await mark.scrollIntoViewIfNeeded();
      await visit.see({ name: 'list', caption: 'Sold out, in the list' });
      await visit.tap('close');
      await visit.toCard('trail_first_light');
      await visit.text('soldOutText').waitFor();
      await visit.see({ name: 'card', caption: 'Sold out, on the card' });
      await stage.world.control('/sandbox/refund', { chargeId });
      other.socket.disconnect();
    },
  },
  {
    name: 'offline',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      const { phone, stage } = visit;
      await visit.open();
      await visit.toCard('shield_3');
      await visit.buy('shield_3');
      await phone.page.locator('.pay-actions button').first().waitFor();
      onTestFinished(stage.line.mend);
      stage.line.cut();
      await visit.confirm();
      await visit.text('offlineCheck').waitFor();
      await visit.see({ name: 'paid', caption: 'The line broke while Telegram took the Stars' });
      await visit.tap('done');
      await visit.toCard('magnet_3');
      await visit.text('offline').waitFor();
      await visit.see({ name: 'card', caption: 'No connection, on a card' });
      await visit.tap('close');
      await visit.tap('shop');
      await visit.tap('history');
      await visit.text('historyFailed').waitFor();
      await visit.see({ name: 'purchases', caption: 'No connection, in the purchases' });
      await phone.page.reload();
      await phone.page.locator('.menu-button').click();
      await visit.tap('shop');
      await visit.text('offline').waitFor();
      await visit.see({ name: 'list', caption: 'No connection, and no prices yet' });
    },
  },
  {
    name: 'refunds',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      const { phone, stage, player } = visit;
      await visit.open();
      await visit.tap('shop');
      await visit.buy('magnet_3');
      await visit.confirm();
      await visit.text('delivered').waitFor();
      await visit.fault('refund_balance_low', true);
      await stage.support(`/refund ${player.id} ${await visit.lastCharge()}`);
      await visit.text('refunding').waitFor();
      await visit.see({ name: 'refunding', caption: 'Stars on their way back' });
      await visit.fault('refund_balance_low', false);
      await visit.text('refundedText').waitFor();
      await visit.see({ name: 'refunded', caption: 'Refunded' });
      await visit.tap('done');
      await visit.tap('shop');
      await visit.tap('history');
      await phone.game.locator('.entry').first().waitFor();
      await visit.see({ name: 'purchases', caption: 'Purchases with a refunded one' });
    },
  },
  {
    name: 'debts',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      const { phone, stage } = visit;
      const chargeId = await visit.own('shield_3');
      const server = await stage.second(visit.player);
      await server.ask('use', { opId: newId(), itemId: 'shield', count: 2 });
      await visit.open();
      await visit.button('play').waitFor();
      // Only a game that knows what it had can tell what was taken.
      await visit.tap('shop');
      await visit.text('owned', { count: '1' }).waitFor();
      await visit.tap('close');
      await stage.world.control('/sandbox/refund', { chargeId });
      await phone.game.locator('.chip.notice').waitFor();
      await visit.see({ name: 'notice', caption: 'Used ones were refunded: told once' });
      await visit.tap('shop');
      await phone.game.locator('.debt').first().waitFor();
      await visit.see({ name: 'list', caption: 'A debt, in the list' });
      await visit.tap('close');
      await visit.toCard('shield_3');
      await visit.see({ name: 'card', caption: 'A debt, on the card' });
      await visit.buy('shield_3');
      await visit.confirm();
      await visit.text('delivered').waitFor();
      await visit.see({ name: 'paid', caption: 'Delivered, and the debt paid with it' });
      server.socket.disconnect();
    },
  },
  {
    name: 'restoring',
    looks: [PHONE],
    async go(visit) {
      await visit.open();
      await visit.tap('shop');
      await visit.button('buy', visit.offer('shield_1')).waitFor();
      const reopen = await forgetLedger(visit.stage);
      await visit.toOffer('shield_1');
      await visit.text('restoring').waitFor();
      await visit.see({ name: 'card', caption: 'The shop restores purchases' });
      await reopen();
    },
  },
  {
    name: 'refused',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      await changeLaunch(visit, (launch) => launch.replaceAll('Mira', 'Mara'));
      await visit.open();
      await visit.tap('shop');
      await visit.text('unauthorized').waitFor();
      await visit.see({ name: 'tampered', caption: 'A launch that was tampered with' });
    },
  },
  {
    name: 'expired',
    looks: [PHONE],
    async go(visit) {
      const { stage, player } = visit;
      const user = JSON.stringify({ id: player.id, first_name: 'Mira' });
      const old = signLaunchData(stage.world.sandbox.bot.token, launchFields(user, Date.now() - 86_400_000));
      await changeLaunch(visit, (launch) =>
        launch.replace(/tgWebAppData=[^&]*/, `tgWebAppData=${encodeURIComponent(old)}`),
      );
      await visit.open();
      await visit.tap('shop');
      await visit.text('expired').waitFor();
      await visit.see({ name: 'expired', caption: 'A launch that is too old' });
    },
  },
  {
    name: 'outside',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      const { phone, stage } = visit;
      await phone.page.goto(stage.line.url);
      await phone.page.locator('.outside').waitFor();
      await visit.see({ name: 'outside', caption: 'Outside Telegram' });
    },
  },
  {
    name: 'broken',
    looks: [PHONE],
    async go(visit) {
      const { phone } = visit;
      await phone.page.route('**/assets/phaser-*.js', (route) => route.abort());
      await phone.page.goto(visit.player.launchUrl);
      await visit.text('broken').waitFor();
      await visit.see({ name: 'broken', caption: 'The download broke off' });
      await phone.page.route('**/assets/main-*.js', (route) => route.abort());
      await phone.page.reload();
      await phone.game.locator('.outside .wide').waitFor();
      await visit.see({ name: 'stuck', caption: 'It broke off sooner, before there were words' });
    },
  },
];

/** The game is opened with another address than Telegram made. */
async function changeLaunch({ phone }: Visit, change: (launch: string) => string): Promise<void> {
  await phone.page.route('**/host/launch', async (route) => {
    const answer = await route.fetch();
    const { src } = (await answer.json()) as { src: string };
    await route.fulfill({ response: answer, json: { src: change(src) } });
  });
}
