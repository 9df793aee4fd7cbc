import type { BoardName, RunKind } from '@stardrift/shared/protocol';
import type { Game, RunView } from '../game/port.ts';
import type { Ranked } from '../runs/ranked.ts';
import type { Settings } from '../settings.ts';
import type { Goods } from '../shop/goods.ts';
import { type Loadout, type Place, waitsForTap } from '../shop/loadout.ts';
import type { CosmeticView, Looks } from '../shop/looks.ts';
import type { Overlay } from '../shop/overlay.ts';
import type { Host, Server } from '../shop/ports.ts';
import type { ConsumableView, Slots } from '../shop/slots.ts';
import type { Uses } from '../shop/uses.ts';
import type { Sound } from '../sound/sound.ts';
import { type Drawer, isNumber, isRecord } from '../storage.ts';
import type { Words } from '../words/words.ts';
import { tellArrivals } from './arrivals.ts';
import { type Boards, createBoards } from './boards.ts';
import { createChips } from './chips.ts';
import { createCountdown } from './countdown.ts';
import { createEndOffers } from './end-offers.ts';
import { createGateOffers } from './gate.ts';
import { createHints } from './hints.ts';
import { createHold } from './hold.ts';
import { createHud } from './hud.ts';
import { createPacking } from './packing.ts';
import { createPanels } from './panels.ts';
import { standingText } from './standing.ts';

/** What the player sees around the run, from the title to the death and back. */
export interface Stage {
  /** A run is under way or has just ended: the shop leads back to it. */
  readonly inRun: boolean;
  /** There is something to lose. */
  readonly running: boolean;
  /** The title, or the run a reload interrupted. */
  begin(): void;
  /** Keeps the run in storage; cheap, and silent when there is none. */
  save(): void;
  shopOpened(open: boolean): void;
  /** Wears the look for the run that is under way, else for a new one. */
  tryOn(look: CosmeticView): void;
  /** Counts or prices changed. */
  refresh(): void;
  /** It is known now where the last run stands. */
  ranked(): void;
  /** An invitation was taken up. */
  befriended(name: string): void;
  visible(now: boolean): void;
}

export interface StageParts {
  game: Game;
  goods: Goods;
  uses: Uses;
  slots: Slots;
  looks: Looks;
  loadout: Loadout;
  ranked: Ranked;
  server: Server;
  host: Host;
  words: Words;
  settings: Settings;
  sound: Pick<Sound, 'used' | 'arrived' | 'beat' | 'duck'>;
  /** Survives the app: the best score. */
  keep: Drawer;
  /** Survives a reload: the run. */
  run: Drawer;
  announce: (text: string) => void;
  overlay: () => Overlay;
  /** Resolves once a run can know the catalogue's items, or when waiting longer would be rude. */
  ready: () => Promise<void>;
  onScreen: () => void;
}

type Screen = 'title' | 'run' | 'dead';
/** Whoever has not let go by then is not there; waiting on would use up the time a run may have. */
const IDLE_MS = 120_000;
const BEST = 'best';
const RUN = 'run';

export function createStage(root: HTMLElement, parts: StageParts): Stage {
  const { game, goods, host, words, sound } = parts;
  let screen: Screen = 'title';
  let paused = false;
  /** The item bought at the death screen, to be used the moment it arrives. */
  let awaited: string | undefined;
  /** Score of the run that ended, and the record before it. */
  let ended = { score: 0, before: 0 };
  /** The place for which the shop was opened, and with what. */
  let packing: { place: Place; itemId: string } | undefined;
  /** Before the first tap of a run. */
  let waiting = false;
  let patience: ReturnType<typeof setTimeout> | undefined;
  /** A run was asked for and waits for its items. */
  let starting = false;
  const hud = createHud(root, {
    ...{ goods, words, slots: parts.slots },
    ...{ onPause: pause, onSlot, onOffer: toOffer, onShop: () => parts.overlay().openList() },
  });
  const hints = createHints(root, {
    ...{ game, words, keep: parts.keep, announce: parts.announce },
    isVeteran: () => best() > 0,
  });
  const packs = createPacking({
    ...{ goods, words, loadout: parts.loadout, onWanted },
    isNewcomer: () => best() === 0,
  });
  const panels = createPanels(root, words, parts.settings, packs.element, {
    // After the day's sky the day's sky again; from the title what everybody means by playing.
    play: () => void play(screen === 'dead' ? parts.ranked.kind : 'free'),
    boards: () => showBoards(),
    shop: () => parts.overlay().openList(),
    resume,
    end: toTitle,
    secondWind: onSecondWind,
    tried: onTried,
  });
  const ends = createEndOffers({ game, goods, looks: parts.looks, kind: () => parts.ranked.kind });
  const gates = createGateOffers(game, goods, parts.slots);
  const boards: Boards = createBoards(root, {
    ...{ server: parts.server, host, words, announce: parts.announce, best },
    onDaily: () => void play('daily'),
    onPlay: () => void play('free'),
    onShop: () => parts.overlay().openList(),
    onClose: leaveBoards,
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && !parts.overlay().isOpen) pause();
  });
  goods.onGain(({ gained, cause }) => {
    if (cause !== 'sync') for (const id of Object.keys(gained)) parts.slots.welcome(id);
    if (packing && gained[packing.itemId]) parts.loadout.put(packing.place, packing.itemId);
  });
  tellArrivals({
    ...{ goods, words, sound, announce: parts.announce, chips: createChips(root) },
    slotOf: hud.slotOf,
    isShopOpen: () => parts.overlay().isOpen,
  });
  const countdown = createCountdown(root, parts.announce, words('getReady'), sound.beat);
  const hold = createHold(
    () => {
      countdown.cancel();
      game.freeze();
    },
    () => (screen === 'run' ? countdown.start(() => game.thaw()) : game.thaw()),
  );
  game.on('changed', (run) => {
    if (screen === 'run') {
      hud.draw(run);
      hints.draw(run);
    }
    if (!run.calm) hud.offer(undefined);
    if (waiting && !run.waiting) begun(run);
  });
  game.on('died', died);
  // Nobody can play blind. When the picture is back the run goes on as after the shop, with a countdown.
  game.on('picture', (there) => (there ? hold.release('picture') : hold.hold('picture')));
  game.on('seen', ({ event }) => event.kind === 'gate' && hud.offer(gates.next()));

  async function play(kind: RunKind, tried?: CosmeticView): Promise<void> {
    if (starting) return;
    starting = true;
    awaited = undefined;
    await parts.ready();
    starting = false;
    if (parts.overlay().isOpen) return;
    const seed = parts.ranked.begin(kind);
    // Only today's sky can be away, which belongs to the boards.
    if (seed === undefined) {
      if (!boards.isOpen) showBoards('daily');
      return boards.tell(words('dailyAway'));
    }
    hold.release('pause');
    countdown.cancel();
    boards.close();
    enter('run');
    parts.looks.tryOn(tried);
    game.start(seed, kind === 'daily');
    if (hold.held) game.freeze();
    waiting = true;
    awaitTap();
    hints.begin();
    gates.begin(hints.isFirstRun || kind === 'daily');
    bring(parts.loadout.items().filter((item) => !waitsForTap(item)));
    hud.refresh(game.run);
    hud.draw(game.run);
    hints.draw(game.run);
  }

  /** Steps are taken while the comet only circles, so a run that nobody begins is put to rest. */
  function awaitTap(): void {
    clearTimeout(patience);
    patience = setTimeout(() => waiting && !hold.held && pause(), IDLE_MS);
  }

  /** The first tap is made. */
  function begun(run: RunView): void {
    waiting = false;
    clearTimeout(patience);
    bring(parts.loadout.items().filter((item) => waitsForTap(item) && !run.used[item.id]));
  }

  /** Uses what was taken along; what the run can't take now stays with the player. */
  function bring(items: readonly ConsumableView[]): void {
    const titles = items.filter(take).map(({ title }) => title);
    if (titles.length === 0) return;
    sound.used();
    parts.announce(words('used', { title: titles.join(', ') }));
  }

  function onWanted(place: Place, item: ConsumableView): void {
    packing = { place, itemId: item.id };
    toOffer(item, false);
  }

  function enter(now: Screen): void {
    screen = now;
    paused = false;
    panels.hide();
    hud.show(now === 'run');
    hud.rest(false);
    hud.offer(undefined);
    hints.show(now === 'run');
    hud.bare(parts.ranked.kind === 'daily');
    host.onBack(now === 'title' && !parts.overlay().isOpen ? undefined : onBack);
    quieten();
    parts.onScreen();
    // The keys belong to the game while it runs.
    if (now === 'run' && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }

  /** Whatever lies over the picture is to be heard over the music. */
  function quieten(): void {
    sound.duck(paused || parts.overlay().isOpen);
  }

  function pause(): void {
    if (screen === 'run' && !paused) halt(false);
  }

  /** @param resumed it is the run that a reload interrupted */
  function halt(resumed: boolean): void {
    paused = true;
    quieten();
    hold.hold('pause');
    hud.rest(true);
    panels.paused(resumed);
  }

  function resume(): void {
    paused = false;
    quieten();
    panels.hide();
    hud.rest(false);
    hold.release('pause');
    awaitTap();
  }

  function toTitle(): void {
    parts.run.remove(RUN);
    // Also in the moment between the comet's end and the news of it.
    if (screen === 'run') {
      hold.hold('pause');
      record(game.run);
      finish();
    }
    enter('title');
    parts.looks.tryOn(undefined);
    panels.title(best());
  }

  function record(run: RunView): void {
    const before = best();
    ended = { score: Math.floor(run.score), before };
    if (ended.score > before) parts.keep.set(BEST, ended.score);
    packs.refresh();
  }

  function died(run: RunView): void {
    record(run);
    host.haptic('error');
    enter('dead');
    save();
    finish();
    drawDead();
    parts.announce(words('yourScore', { score: words.number(ended.score) }));
  }

  function best(): number {
    return parts.keep.get(BEST, isNumber) ?? 0;
  }

  function finish(): void {
    const run = game.save();
    if (run) parts.ranked.finish(run);
  }

  function showBoards(which?: BoardName): void {
    panels.hide();
    boards.open(which);
    host.onBack(onBack);
  }

  function leaveBoards(): void {
    if (screen === 'run') return;
    if (screen === 'dead') drawDead();
    else panels.title(best());
    host.onBack(screen === 'title' ? undefined : onBack);
  }

  /** The boards lie over it, and draw it anew when they go. */
  function drawDead(): void {
    if (boards.isOpen) return;
    // Another phone of the player's may have done better.
    const most = Math.max(ended.before, ended.score, best());
    panels.dead({
      score: ended.score,
      daily: parts.ranked.kind === 'daily',
      best: most,
      isBest: ended.score === most && ended.score > ended.before && ended.before > 0,
      standing: standingText(parts.ranked.outcome, words, parts.server.link === 'online'),
      secondWind: ends.secondWind(),
      tried: ends.tried(),
    });
  }

  function onTried(): void {
    const offer = ends.tried();
    if (offer) parts.overlay().openCard(offer.sku);
  }

  function onSecondWind(): void {
    const item = ends.reviver();
    if (!item) return;
    if (goods.owned(item.id) > 0) revive(item);
    else {
      awaited = item.id;
      toOffer(item);
    }
  }

  /** The picture stands until the countdown is through; the use enters the run with its first step. */
  function revive(item: ConsumableView): void {
    game.freeze();
    if (!take(item)) {
      drawDead();
      return;
    }
    awaited = undefined;
    enter('run');
    hud.refresh(game.run);
    // After a reload nothing was drawn of this run yet.
    hud.draw(game.run);
    if (!hold.held) countdown.start(() => game.thaw());
  }

  function onSlot(item: ConsumableView): void {
    if (screen !== 'run' || hold.held || countdown.running) return;
    if (goods.owned(item.id) === 0) toOffer(item);
    else if (take(item)) {
      host.haptic('tap');
      sound.used();
      parts.announce(words('used', { title: item.title }));
    } else {
      host.haptic('warning');
      parts.announce(words('cannotUse'));
    }
  }

  /** Into the run at once, and on the server's books under an id of its own. */
  function take(item: ConsumableView): boolean {
    const before = game.save()?.uses.length ?? 0;
    if (!game.use(item.id)) return false;
    parts.uses.add(item.id, parts.ranked.opId(before));
    save();
    return true;
  }

  function toOffer(item: ConsumableView, quick = true): void {
    const offer = goods.offerFor(item.id);
    if (offer) parts.overlay().openCard(offer.sku, { quick });
    else parts.overlay().openList();
  }

  function save(): void {
    const run = screen === 'title' ? undefined : game.save();
    if (run) parts.run.set(RUN, run);
  }

  function onBack(): void {
    if (parts.overlay().isOpen) parts.overlay().back();
    else if (boards.isOpen) boards.close();
    else if (screen === 'dead') toTitle();
    else if (paused) resume();
    else pause();
  }

  return {
    get inRun() {
      return screen !== 'title';
    },
    get running() {
      return screen === 'run';
    },
    begin() {
      const saved = parts.run.get(RUN, isRecord);
      if (!saved || !game.restore(saved)) return toTitle();
      waiting = game.run.waiting;
      const run = game.save();
      if (run) parts.ranked.resume(run);
      hints.begin();
      gates.begin(hints.isFirstRun || parts.ranked.kind === 'daily');
      if (game.run.phase === 'dead') {
        record(game.run);
        enter('dead');
        finish();
        return drawDead();
      }
      enter('run');
      hud.refresh(game.run);
      hud.draw(game.run);
      hints.draw(game.run);
      halt(true);
    },
    save,
    shopOpened(open) {
      quieten();
      hud.offer(undefined);
      if (open) hold.hold('shop');
      else {
        const item = ends.reviver();
        const revives =
          screen === 'dead' && item !== undefined && awaited === item.id && goods.owned(item.id) > 0;
        if (revives) revive(item);
        hold.release('shop');
        awaited = undefined;
        packing = undefined;
        awaitTap();
        if (screen === 'dead') drawDead();
      }
      host.onBack(screen === 'title' && !open && !boards.isOpen ? undefined : onBack);
    },
    tryOn(look) {
      if (screen === 'run') parts.looks.tryOn(look);
      else void play('free', look);
      parts.announce(words('effectLeft', { title: look.title }));
    },
    refresh() {
      if (screen === 'run') hud.refresh(game.run);
      if (screen === 'dead') drawDead();
      packs.refresh();
    },
    ranked() {
      const { outcome } = parts.ranked;
      if (outcome?.state === 'counted' && outcome.best > best()) parts.keep.set(BEST, outcome.best);
      packs.refresh();
      if (screen !== 'dead') return;
      drawDead();
      if (outcome?.state === 'counted') parts.announce(standingText(outcome, words, true) ?? '');
    },
    befriended(name) {
      const text = words('befriended', { name: name || words('someone') });
      if (screen === 'title' && !parts.overlay().isOpen) {
        showBoards('friends');
        boards.tell(text);
      } else parts.announce(text);
    },
    visible(now) {
      save();
      if (!now && screen === 'run' && !parts.overlay().isOpen) pause();
    },
  };
}
