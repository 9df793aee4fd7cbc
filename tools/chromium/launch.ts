import { type Browser, chromium } from 'playwright-core';
import { Failure } from '../failure.mjs';
import { capture } from '../program.ts';
import { isRoot, thisSystem } from '../system.ts';
import { chromiumAdvice, chromiumEnvironment, chromiumPlaces, findChromium, hasMesa } from './binary.ts';

/** No first-run pages, no traffic of the browser's own, nothing that needs a desktop. */
export const CHROMIUM_FLAGS = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Else each reload of a game in a frame changes the process under it, over which Playwright (1.65) stumbles now and then.
  '--disable-site-isolation-trials',
];

/** OpenGL by Mesa's llvmpipe, which needs libraries of the system. */
const MESA_FLAGS = ['--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'];
const SWIFTSHADER_FLAGS = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/** Neither a graphics card nor software in its place: pages get no WebGL. */
const NO_WEBGL_FLAGS = ['--disable-gpu', '--disable-software-rasterizer'];

/**
 * The flags to launch Chromium with, without a graphics card.
 * @param system.mesa whether Mesa's libraries are installed
 * @param system.sandboxless whether Chromium's own sandbox cannot work here
 * @param system.webgl whether pages shall have WebGL
 */
export const launchFlags = ({
  mesa,
  sandboxless,
  webgl = true,
}: {
  mesa: boolean;
  sandboxless: boolean;
  webgl?: boolean;
}): string[] => [
  ...CHROMIUM_FLAGS,
  ...(webgl ? (mesa ? MESA_FLAGS : SWIFTSHADER_FLAGS) : NO_WEBGL_FLAGS),
  ...(sandboxless ? ['--no-sandbox'] : []),
];

/**
 * Whether Chromium's own sandbox cannot work: for root, and where a container or the kernel forbids user namespaces.
 * The browser meets only this project's own pages.
 */
async function sandboxless(): Promise<boolean> {
  if (isRoot()) return true;
  if (process.platform !== 'linux') return false;
  return (await capture('unshare', ['--user', 'true'])).code !== 0;
}

/**
 * A headless Chromium for tests; the caller closes it.
 * @param options.webgl false for a browser that has none
 * @throws Failure when there is none to be found
 */
export async function launchChromium({ webgl = true } = {}): Promise<Browser> {
  const found = await findChromium(chromiumPlaces());
  if (!found) throw new Failure(chromiumAdvice(thisSystem()));
  return chromium.launch({
    executablePath: found.file,
    headless: true,
    env: chromiumEnvironment(found.file),
    args: launchFlags({ mesa: hasMesa(found.file), sandboxless: await sandboxless(), webgl }),
  });
}
