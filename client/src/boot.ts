import { h } from './dom.ts';
import { createEasel } from './game/easel.ts';
import type { Game } from './game/port.ts';
import type { Device } from './game/quality.ts';
import type { Picture } from './main.ts';
import { isStill } from './motion.ts';
import { showStuck } from './stuck.ts';
import { greet, isFramed } from './telegram/frame.ts';
import { nextFrame, pause } from './wait.ts';

/** A picture that takes longer than this is not waited for: the rest of the page is worth seeing without it. */
const SIGHT_WAIT_MS = 2_000;

// The first of our scripts, and a small one: what it makes is ready when the engine has arrived.
const inTelegram = isFramed();
if (inTelegram) greet();
const easel = inTelegram ? createEasel(readDevice()) : undefined;
void start();

/** The picture first, and the page around it second: a phone needs as long for the one as for the other. */
async function start(): Promise<void> {
  const place = h('div', { id: 'game' });
  const page = h('main', {}, place);
  document.body.append(page);
  const picture = inTelegram ? await paint(place) : undefined;
  const game = typeof picture === 'object' ? picture : undefined;
  try {
    // Asked for now, it arrives while the engine draws its first frame, and not in the way of the engine.
    const [{ main }] = await Promise.all([import('./main.ts'), game && inSight(game)]);
    await main(page, picture);
  } catch (error) {
    console.error('boot: the page could not be loaded', error);
    game?.destroy();
    showStuck(navigator.language);
  }
}

async function paint(place: HTMLElement): Promise<Picture> {
  if (!easel) return 'undrawable';
  try {
    const { createGame } = await import('./game/game.ts');
    return createGame(place, easel, isStill);
  } catch (error) {
    console.error('boot: the game could not be loaded', error);
    return 'broken';
  }
}

async function inSight(game: Game): Promise<void> {
  await Promise.race([game.drawn, pause(SIGHT_WAIT_MS)]);
  document.querySelector('#splash')?.remove();
  await nextFrame();
}

function readDevice(): Device {
  const { userAgent, hardwareConcurrency: cores } = navigator;
  // Known to some browsers only, and so to none of the types.
  const { deviceMemory: memoryGb } = navigator as { deviceMemory?: number };
  return { userAgent, cores, memoryGb };
}
