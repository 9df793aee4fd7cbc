import { h } from './dom.ts';
import { createEasel } from './game/easel.ts';
import type { Game } from './game/port.ts';
import type { Device } from './game/quality.ts';
import type { Picture } from './main.ts';
import { isStill } from './motion.ts';
import { showStuck } from './stuck.ts';
import { isFramed } from './telegram/frame.ts';
import { nextFrame, pause } from './wait.ts';

/** A picture that takes longer than this is not waited for: the rest of the page is worth seeing without it. */
const SIGHT_WAIT_MS = 2_000;

// The first of our modules, and a small one: what it makes is ready when the engine has arrived.
const framed = isFramed();
const easel = framed ? createEasel(readDevice()) : undefined;
void start();

/** The picture first, and the page around it second: a phone needs as long for the one as for the other. */
async function start(): Promise<void> {
  const place = h('div', { id: 'game' });
  const page = h('main', {}, place);
  document.body.append(page);
  const picture = framed ? await paint(place) : undefined;
  const game = typeof picture === 'object' ? picture : undefined;
  try {
    const sight = game && inSight(game);
    // Asked for now, it arrives while the engine draws its first frame, and not in the way of the engine.
    const { main } = await import('./main.ts');
    await main(page, picture, sight);
  } catch (error) {
    console.error('boot: the page could not be loaded', error);
    showStuck(navigator.language);
    game?.destroy();
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
  const splash = document.querySelector('#splash');
  // Seen through from now on; and if the keys are long in coming, it says that something goes on.
  if (splash) splash.id = 'waiting';
  await nextFrame();
}

function readDevice(): Device {
  const { userAgent, hardwareConcurrency: cores } = navigator;
  // Known to some browsers only, and so to none of the types.
  const { deviceMemory: memoryGb } = navigator as { deviceMemory?: number };
  return { userAgent, cores, memoryGb };
}
