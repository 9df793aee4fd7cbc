import { h } from '../dom.ts';

/** 3-2-1 before control returns: the thumb was elsewhere. */
export interface Countdown {
  readonly running: boolean;
  start(done: () => void): void;
  cancel(): void;
}

const BEAT_MS = 620;

export function createCountdown(
  root: HTMLElement,
  announce: (text: string) => void,
  readyText: string,
  onBeat: () => void,
): Countdown {
  const digit = h('span', { class: 'digit' });
  const view = h('div', { class: 'countdown', hidden: true, 'aria-hidden': true }, digit);
  root.append(view);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function beat(left: number, done: () => void): void {
    if (left === 0) {
      cancel();
      done();
      return;
    }
    digit.textContent = String(left);
    onBeat();
    // A replaced node starts its animation anew.
    view.replaceChildren(digit.cloneNode(true));
    timer = setTimeout(() => beat(left - 1, done), BEAT_MS);
  }

  function cancel(): void {
    clearTimeout(timer);
    timer = undefined;
    view.hidden = true;
  }

  return {
    get running() {
      return timer !== undefined;
    },
    start(done) {
      cancel();
      view.hidden = false;
      announce(readyText);
      beat(3, done);
    },
    cancel,
  };
}
