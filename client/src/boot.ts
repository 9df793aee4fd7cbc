import { createEasel } from './game/easel.ts';
import type { Device } from './game/quality.ts';
import { showStuck } from './stuck.ts';

// The first of our scripts, and a small one: what it makes is ready when the engine and everything else has arrived.
const easel = createEasel(readDevice());
void import('./main.ts')
  .then(({ main }) => main(easel))
  .catch((error: unknown) => {
    console.error('boot: the page could not be loaded', error);
    showStuck(navigator.language);
  });

function readDevice(): Device {
  const { userAgent, hardwareConcurrency: cores } = navigator;
  // Known to some browsers only, and so to none of the types.
  const { deviceMemory: memoryGb } = navigator as { deviceMemory?: number };
  return { userAgent, cores, memoryGb };
}
