import { h } from './dom.ts';
import { avatar } from './icons.ts';
import type { Session } from './session.ts';
import type { Words } from './words.ts';

/** What Telegram Web A lets a game do. */
const SANDBOX =
  'allow-scripts allow-same-origin allow-popups allow-forms allow-modals allow-storage-access-by-user-activation';
const ALLOW = 'camera; microphone; geolocation';

const SLOW_START_MS = 12_000;

export interface AppStage {
  element: HTMLElement;
  frame: HTMLIFrameElement;
  /** The loader goes when the game says that it is ready, and only then. */
  setReady: (ready: boolean) => void;
  loadAgain: () => void;
  dispose: () => void;
}

/** The game's iframe, and the loader over it. */
export function createStage({ bot }: Session, words: Words, src: string): AppStage {
  // The game's sessionStorage outlives a change of player, and the SDK keeps launch parameters there;
  // those in the hash of `src` win over them.
  const frame = h('iframe', {
    class: 'app-frame',
    attrs: { title: bot.first_name, name: 'game', sandbox: SANDBOX, allow: ALLOW, src },
  });
  const hint = h('p', { class: 'loader-hint', attrs: { hidden: true } }, words.slowStart(location.origin));
  const loader = h(
    'div',
    { class: 'loader', attrs: { role: 'status', 'aria-label': words.opening(bot.first_name) } },
    avatar(bot.first_name, bot.id),
    h('div', { class: 'spinner' }),
    hint,
  );
  const slow = setTimeout(() => {
    hint.hidden = false;
  }, SLOW_START_MS);
  return {
    element: h('div', { class: 'app-stage' }, frame, loader),
    frame,
    setReady(ready) {
      loader.hidden = ready;
    },
    loadAgain() {
      // An address with a hash, set once more, only moves within the page: a blank one comes between.
      frame.addEventListener('load', () => frame.setAttribute('src', src), { once: true });
      frame.setAttribute('src', 'about:blank');
    },
    dispose: () => clearTimeout(slow),
  };
}
