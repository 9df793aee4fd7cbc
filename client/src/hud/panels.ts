import { type Child, h, show } from '../dom.ts';
import { createPress } from '../press.ts';
import type { Settings } from '../settings.ts';
import { namedButton, price, wordButton } from '../shop/parts.ts';
import type { Words } from '../words/words.ts';
import { createSwitches } from './switches.ts';

/** The full-screen moments around a run. One is in view at a time, or none. */
export interface Panels {
  title(best: number): void;
  paused(resumed: boolean): void;
  dead(end: RunEnd): void;
  hide(): void;
}

export interface RunEnd {
  score: number;
  /** Flown under today's sky, which knows no items. */
  daily: boolean;
  best: number;
  isBest: boolean;
  /** Where it stands on the boards, or why not. */
  standing: string | undefined;
  secondWind: SecondWind | undefined;
  /** The look that was tried in this run. */
  tried: TriedLook | undefined;
}
export interface TriedLook {
  title: string;
  priceStars: number;
}
export interface SecondWind {
  title: string;
  /** What it does; whoever owns some knows. */
  text: string | undefined;
  owned: number;
  /** Undefined while it is not on sale. */
  priceStars: number | undefined;
}

export interface PanelTaps {
  play(): void;
  shop(): void;
  boards(): void;
  resume(): void;
  end(): void;
  secondWind(): void;
  tried(): void;
}

/** Taps meant for the run still arrive this long after its end. */
const GUARD_MS = 450;

/** `packing` is the row with what is taken along into the next run. */
export function createPanels(
  root: HTMLElement,
  words: Words,
  settings: Settings,
  packing: HTMLElement,
  taps: PanelTaps,
): Panels {
  const panel = h('section', { class: 'panel', hidden: true });
  const switches = createSwitches(settings, words);
  root.append(panel);
  const whenFree = createPress(panel);
  let shown = '';
  /** Drawings so far: one that had to wait is dropped when a later one was asked for. */
  let drawings = 0;

  function open(kind: string, ...children: Child[]): void {
    const drawing = ++drawings;
    if (shown === kind) {
      whenFree(() => drawing === drawings && show(panel, ...children));
      return;
    }
    shown = kind;
    panel.hidden = false;
    panel.className = `panel ${kind}`;
    show(panel, ...children);
    // The heading, not a button: a player who hammers Space or the screen must not buy or leave by accident.
    panel.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    panel.inert = kind === 'dead';
    setTimeout(() => (panel.inert = false), GUARD_MS);
  }

  const shopAndBoards = (): HTMLElement =>
    h(
      'div',
      { class: 'pair' },
      wordButton('glass wide', words('shop'), taps.shop),
      wordButton('glass wide', words('boards'), taps.boards),
    );

  return {
    title: (best) =>
      open(
        'title',
        h(
          'div',
          { class: 'mark' },
          h('h1', { class: 'logo' }, words('game')),
          h('p', { class: 'tagline' }, words('tagline')),
        ),
        h(
          'div',
          { class: 'choices' },
          best > 0 && h('p', { class: 'best' }, words('best', { score: words.number(best) })),
          packing,
          wordButton('primary wide', words('play'), taps.play),
          shopAndBoards(),
          switches,
        ),
      ),
    paused: (resumed) =>
      open(
        'paused',
        h('h2', { tabindex: '-1', 'data-key': 'heading' }, words(resumed ? 'resumed' : 'paused')),
        h(
          'div',
          { class: 'choices' },
          wordButton('primary wide', words('continue'), taps.resume),
          wordButton('glass wide', words('shop'), taps.shop),
          wordButton('glass wide', words('endRun'), taps.end),
          switches,
        ),
      ),
    dead: (end) =>
      open(
        'dead',
        h(
          'div',
          { class: 'result' },
          h('h2', { tabindex: '-1', 'data-key': 'heading' }, words('gameOver')),
          h(
            'p',
            { class: 'points', 'aria-label': words('yourScore', { score: words.number(end.score) }) },
            words.number(end.score),
          ),
          // Of a first run, or the same again, there is nothing more to say than the points.
          end.isBest && h('p', { class: 'best new' }, words('newBest')),
          end.best > end.score && h('p', { class: 'best' }, words('best', { score: words.number(end.best) })),
          h('p', { class: 'standing' }, end.standing ?? ''),
        ),
        h(
          'div',
          { class: 'choices' },
          end.secondWind && secondWind(words, end.secondWind, taps.secondWind),
          !end.daily && packing,
          wordButton(
            end.secondWind ? 'glass wide' : 'primary wide',
            words(end.daily ? 'playDaily' : 'restart'),
            taps.play,
          ),
          shopAndBoards(),
          end.tried && triedLine(words, end.tried, taps.tried),
        ),
      ),
    hide() {
      drawings += 1;
      shown = '';
      panel.hidden = true;
      panel.replaceChildren();
    },
  };
}

/** Owned, it is used at once; else its price stands on it. */
function secondWind(
  words: Words,
  { title, text, owned, priceStars }: SecondWind,
  tap: () => void,
): HTMLElement {
  const name =
    owned > 0 ? words('secondWindUse', { title }) : words('getItem', { title, count: priceStars ?? 0 });
  return namedButton(
    { class: 'primary wide buy', name, description: text, key: 'second-wind', tap },
    h('span', { class: 'what' }, h('span', {}, title), text && h('small', {}, text)),
    owned > 0 ? h('bdi', { class: 'price' }, `×${words.number(owned)}`) : price(words, priceStars ?? 0),
  );
}

/** One quiet line about a look that the player has just seen in play. */
function triedLine(words: Words, { title, priceStars }: TriedLook, tap: () => void): HTMLElement {
  const name = words('getItem', { title, count: priceStars });
  return namedButton(
    { class: 'tried', name, key: 'tried', tap },
    h('span', {}, words('keepLook', { title })),
    price(words, priceStars),
  );
}
