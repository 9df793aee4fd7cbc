import type { Cosmetic } from '@stardrift/shared/catalog';
import type { Journey } from './journey.ts';
import { DESK, EVERY_LOOK, PHONE, PHONE_AR, SMALL_DARK } from './look.ts';
import { CATALOG, type Visit } from './visit.ts';

/** Lets the scripted thumb play until that many points. */
export async function play({ phone }: Visit, points: number): Promise<void> {
  await phone.thumb(true);
  await phone.until(`there are ${points} points`, ({ score }) => score >= points);
}

/** The run and the moments around it. */
export const playingJourneys: readonly Journey[] = [
  {
    name: 'run',
    looks: EVERY_LOOK,
    async go(visit) {
      const { phone } = visit;
      await visit.open();
      await visit.button('play').waitFor();
      await visit.see({ name: 'title', caption: 'Title' });
      await visit.tap('play');
      await phone.until('the run is on', ({ phase }) => phase === 'running');
      await visit.see({ name: 'first', caption: 'First run: before the first tap' });
      await play(visit, 260);
      await visit.see({ name: 'running', caption: 'A run' });
      await visit.tap('pause');
      await visit.see({ name: 'paused', caption: 'Paused' });
      await visit.tap('continue');
      await phone.game.locator('.countdown .digit').waitFor();
      await visit.see({ name: 'countdown', caption: 'Countdown', fleeting: true });
      await phone.thumb(false);
      await phone.crash();
      await phone.game.locator('.panel.dead:not([inert])').waitFor();
      await visit.see({ name: 'death', caption: 'Death, with second wind' });
    },
  },
  {
    name: 'again',
    looks: [PHONE, SMALL_DARK],
    async go(visit) {
      const { phone } = visit;
      await visit.own('second_wind_3');
      await visit.open();
      await visit.tap('play');
      await play(visit, 150);
      if (visit.look === PHONE) {
        await phone.reloadGame();
        await visit.button('continue').waitFor();
        await visit.see({ name: 'resumed', caption: 'The page was reloaded in the middle of a run' });
        await visit.tap('continue');
      }
      await phone.thumb(false);
      await phone.crash();
      await phone.game.locator('.panel.dead:not([inert])').waitFor();
      await visit.see({ name: 'owned', caption: 'Death, with a second wind in hand' });
      const { score } = await phone.run();
      await visit.tap('restart');
      await play(visit, score + 20);
      await phone.thumb(false);
      await phone.crash();
      await phone.game.locator('.panel.dead:not([inert])').waitFor();
      await visit.see({ name: 'best', caption: 'Death, with a new best' });
    },
  },
  {
    name: 'packed',
    looks: [PHONE, SMALL_DARK, PHONE_AR],
    async go(visit) {
      await visit.own('starter_pack');
      await visit.own('head_start_3');
      await visit.open();
      await visit.phone.tap(visit.phone.game.locator('.place').first());
      await visit.phone.game.locator('.pick:not([hidden])').waitFor();
      await visit.see({ name: 'choice', caption: 'Choosing what to take along' });
    },
  },
  {
    name: 'gate',
    looks: [PHONE, SMALL_DARK],
    /** Not in a first run: that one is left alone. */
    async go(visit) {
      const { phone } = visit;
      await visit.open();
      await visit.tap('play');
      await play(visit, 150);
      await phone.thumb(false);
      await phone.crash();
      await visit.tap('restart');
      await phone.thumb(true);
      await phone.game.locator('.offer-chip:not([hidden])').waitFor({ timeout: 60_000 });
      await visit.see({ name: 'offer', caption: 'A quiet offer at a gate', fleeting: true });
    },
  },
  {
    name: 'arrival',
    looks: [PHONE],
    async go(visit) {
      await visit.open();
      await visit.tap('play');
      await play(visit, 200);
      await visit.own('shield_3');
      await visit.phone.game.locator('.chip').waitFor();
      await visit.see({
        name: 'chip',
        caption: 'Bought elsewhere, it arrives in the middle of a run',
      });
    },
  },
  {
    name: 'boards',
    looks: [PHONE, SMALL_DARK, PHONE_AR],
    async go(visit) {
      const { phone } = visit;
      await visit.open();
      await visit.tap('boards');
      await visit.tap('playDaily');
      await play(visit, 300);
      await phone.thumb(false);
      await phone.crash();
      await phone.game.locator('.standing:not(:empty)').waitFor();
      await visit.see({ name: 'place', caption: 'The place of a run under today’s sky' });
      await visit.tap('boards');
      await phone.game.locator('.row.you').waitFor();
      await visit.see({ name: 'daily', caption: 'Today’s board' });
      await visit.tap('boardFriends');
      await visit.text('boardEmptyFriends').waitFor();
      await visit.see({ name: 'friends', caption: 'The board of friends, without any' });
    },
  },
  {
    name: 'sandbox',
    looks: DESK,
    /** The game in the phone of the sandbox's own page. */
    async go(visit) {
      await visit.phone.openGame(visit.stage.world.sandbox.url, visit.player.id);
      await visit.tap('shop');
      await visit.phone.game.locator('.buy-pill').first().waitFor();
      await visit.see({ name: 'desk', caption: 'The page of the sandbox' });
    },
  },
  {
    name: 'used',
    looks: [PHONE],
    /** Every item that helps in a run, at work. */
    async go(visit) {
      const { phone } = visit;
      const helps = CATALOG.offers.filter(({ category, grant }) => {
        const [id, ...others] = Object.keys(grant);
        const item = CATALOG.items.find((one) => one.id === id);
        return (
          category === 'help' &&
          others.length === 0 &&
          item?.kind === 'consumable' &&
          item.slots.includes('hud')
        );
      });
      const seen = new Set<string>();
      await visit.open();
      for (const { sku, grant } of helps) {
        const [id = ''] = Object.keys(grant);
        if (seen.has(id)) continue;
        seen.add(id);
        await visit.own(sku);
        await visit.toCard(sku);
        const title = visit.titleOf(id);
        await visit.tap('putLeft', { title });
        await visit.tap('close');
        await visit.tap('play');
        await play(visit, 150);
        await phone.tap(phone.game.locator('.slot.left'));
        await phone.until(`${id} is used`, ({ used }) => used[id] === 1);
        await visit.see({ name: id, caption: title });
        await visit.tap('pause');
        await visit.tap('endRun');
      }
    },
  },
  {
    name: 'worn',
    looks: [PHONE],
    /** Every look, worn in a run. */
    async go(visit) {
      const looks = CATALOG.items.filter((item): item is Cosmetic => item.kind === 'cosmetic');
      await visit.open();
      for (const { id } of looks) {
        const offer = CATALOG.offers.find(({ grant }) => Object.keys(grant).join() === id);
        if (!offer) throw new Error(`gallery: no offer sells the look "${id}" alone`);
        await visit.own(offer.sku);
        const title = visit.titleOf(id);
        await visit.tap('shop');
        await visit.tap('wearItem', { title });
        await visit.tap('close');
        await visit.tap('play');
        await play(visit, 150);
        await visit.see({ name: id, caption: title });
        await visit.tap('pause');
        await visit.tap('endRun');
        await visit.tap('shop');
        await visit.tap('wornItem', { title });
        await visit.tap('close');
      }
    },
  },
];
