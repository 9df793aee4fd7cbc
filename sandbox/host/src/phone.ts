import { CLOCK } from './clock.ts';
import { h } from './dom.ts';
import { createHaptics } from './haptic.ts';
import { createToasts, type Notify } from './toast.ts';

export interface Phone {
  element: HTMLElement;
  /** Where chat, game, sheets and popups lie, one over the other. */
  screen: HTMLElement;
  notify: Notify;
  haptic: (label: string, durationMs: number) => void;
  /** CSS pixels at the top that belong to the phone; 0 without a frame. */
  statusBarHeight: () => number;
}

/** The lowest screen a game is laid out for; in a lower window the whole phone is drawn smaller. */
const MIN_PHONE_HEIGHT = 620;

function keepClock(clock: HTMLElement): void {
  const show = (): void => {
    clock.textContent = new Date().toLocaleTimeString([], CLOCK);
  };
  show();
  setInterval(show, 10_000);
}

/** A phone to look at on a wide window; on a narrow one, or bare, its screen is the window. */
export function createPhone(bare: boolean): Phone {
  const clock = h('span', { class: 'clock' });
  const status = h(
    'div',
    { class: 'status-bar', attrs: { 'aria-hidden': 'true' } },
    clock,
    h('span', { class: 'battery' }),
  );
  const screen = h('div', { class: 'screen' }, status);
  const body = h('div', { class: 'phone-body' }, screen);
  const element = h(
    'main',
    { class: bare ? 'phone is-bare' : 'phone', attrs: { 'aria-label': 'Phone' } },
    body,
  );
  keepClock(clock);
  new ResizeObserver(() => {
    const scale = Math.min(1, element.clientHeight / MIN_PHONE_HEIGHT);
    body.style.setProperty(
      '--scale',
      scale < 1 && !element.classList.contains('is-bare') ? String(scale) : '1',
    );
  }).observe(element);
  return {
    element,
    screen,
    notify: createToasts(screen),
    haptic: createHaptics(screen),
    statusBarHeight: () => status.offsetHeight,
  };
}
