import { h, setText } from '../dom.ts';
import { isTapKey } from '../game/input.ts';
import type { Game, RunView } from '../game/port.ts';
import type { Drawer } from '../storage.ts';
import type { WordKey, Words } from '../words/words.ts';
import { type Lesson, nextLesson } from './lessons.ts';

/** The few words that stand in a run: two lessons for the very first, and how to begin for every other. */
export interface Hints {
  /** This run is the one in which the game is learnt. */
  readonly isFirstRun: boolean;
  /** A run begins or goes on after a reload. */
  begin(): void;
  draw(run: RunView): void;
  show(visible: boolean): void;
}

export interface HintsParts {
  game: Pick<Game, 'on' | 'teach'>;
  keep: Drawer;
  words: Words;
  announce: (text: string) => void;
  /** Has played before there were lessons. */
  isVeteran: () => boolean;
}

const KEY = 'taught';
const READ_MS = 3_500;

export function createHints(root: HTMLElement, parts: HintsParts): Hints {
  const { game, keep, words } = parts;
  const near = h('p', { class: 'lesson', hidden: true });
  const below = h('p', { class: 'hint', hidden: true });
  const view = h('div', { class: 'hints', hidden: true }, near, below);
  root.append(view);
  let lesson: Lesson = keep.get(KEY, isTrue) || parts.isVeteran() ? 'done' : 'letGo';
  let isFirstRun = false;
  let reading: ReturnType<typeof setTimeout> | undefined;

  learnHands(false);
  document.addEventListener('keydown', ({ key }) => isTapKey(key) && learnHands(true), { capture: true });
  document.addEventListener('pointerdown', () => learnHands(false), { capture: true });
  game.on('aim', (aim) => {
    near.hidden = !aim;
    if (!aim) return;
    near.style.translate = `${aim.x}px ${aim.y}px`;
    near.classList.toggle('now', aim.now);
  });
  game.on('seen', ({ event }) => {
    const next = nextLesson(lesson, event);
    if (next === lesson) return;
    lesson = next;
    keep.set(KEY, true);
    game.teach(false);
    near.hidden = true;
    if (next === 'done') tell(event.kind === 'gate' ? 'teachGate' : 'teachDust');
  });

  /** What the next tap will likely be made with. */
  function learnHands(keys: boolean): void {
    setText(near, words(keys ? 'teachKey' : 'teachTap'));
  }

  function tell(key: WordKey): void {
    setText(below, words(key));
    below.hidden = false;
    clearTimeout(reading);
    reading = setTimeout(() => {
      below.hidden = true;
      reading = undefined;
    }, READ_MS);
    parts.announce(words(key));
  }

  return {
    get isFirstRun() {
      return isFirstRun;
    },
    begin() {
      isFirstRun = lesson === 'letGo';
      game.teach(isFirstRun);
      if (isFirstRun) parts.announce(words('tapHint'));
    },
    draw(run) {
      if (reading !== undefined) return;
      const begins = run.waiting && lesson !== 'letGo';
      if (begins) setText(below, words('tapHint'));
      below.hidden = !begins;
    },
    show(visible) {
      view.hidden = !visible;
    },
  };
}

const isTrue = (value: unknown): value is true => value === true;
