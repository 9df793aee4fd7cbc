import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { aptInstall, aptUnpack, hasApt, unpackedLibraries } from '../apt.ts';
import { Failure } from '../failure.mjs';
import { capture } from '../program.ts';
import { CACHE } from '../root.ts';
import { candidates, isExecutable, type Places } from '../search.ts';
import { isRoot, type System, thisSystem } from '../system.ts';

const UNPACKED = join(CACHE, 'chromium');
/** The program itself: the script in `usr/bin` knows only the system's own folders. */
const UNPACKED_FILE = join(UNPACKED, 'usr/lib/chromium/chromium');

/** Mesa's software OpenGL, some four times as fast as the SwiftShader that Chromium brings along. */
const MESA_PACKAGES = ['libegl1', 'libgl1-mesa-dri', 'libgles2'];
const PACKAGES = ['chromium', ...MESA_PACKAGES];

/** A Chromium (or Chrome) that starts. */
export interface ChromiumBinary {
  file: string;
  version: string;
}

/** Where this machine's Chromium may lie. */
export function chromiumPlaces(env: NodeJS.ProcessEnv = process.env): Places {
  return {
    setting: env.CHROMIUM_BIN,
    path: env.PATH ?? '',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    usual: ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/snap/bin'],
    own: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      UNPACKED_FILE,
      // What `npx playwright-core install chromium` has fetched.
      chromium.executablePath(),
    ],
  };
}

/** The version in what `--version` prints, such as `140.0.7339.80`; undefined when it is no Chromium. */
export const chromiumVersion = (output: string): string | undefined =>
  /(?:Chromium|Google Chrome(?: for Testing)?) (\d+(?:\.\d+)+)/.exec(output)?.[1];

/** Where a Chromium finds its libraries: an unpacked one has brought them along. */
function libraryFolders(file: string): string[] {
  if (file === UNPACKED_FILE) return unpackedLibraries(UNPACKED);
  return ['/usr/lib64', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];
}

/** Whether Mesa's software renderer is there for this Chromium. */
export function hasMesa(file: string): boolean {
  const folders = libraryFolders(file);
  const holds = (name: string): boolean => folders.some((folder) => existsSync(join(folder, name)));
  return holds('libEGL.so.1') && holds('dri/swrast_dri.so');
}

/** The environment for launching a Chromium: an unpacked one brings libraries, drivers and fonts of its own. */
export function chromiumEnvironment(file: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const env = Object.fromEntries(inherited);
  if (file !== UNPACKED_FILE) return env;
  const libraries = libraryFolders(file);
  return {
    ...env,
    LD_LIBRARY_PATH: libraries.join(':'),
    LIBGL_DRIVERS_PATH: libraries.map((folder) => join(folder, 'dri')).join(':'),
    __EGL_VENDOR_LIBRARY_DIRS: join(UNPACKED, 'usr/share/glvnd/egl_vendor.d'),
    FONTCONFIG_SYSROOT: UNPACKED,
  };
}

async function versionOf(file: string): Promise<string | undefined> {
  const { code, output } = await capture(file, ['--version'], { env: chromiumEnvironment(file) });
  return code === 0 ? chromiumVersion(output) : undefined;
}

/** The first Chromium that starts. @throws Failure when the setting names a file that is none */
export async function findChromium(places: Places): Promise<ChromiumBinary | undefined> {
  for (const file of candidates(places)) {
    const version = isExecutable(file) ? await versionOf(file) : undefined;
    if (version !== undefined) return { file, version };
    if (file === places.setting) {
      throw new Failure(`CHROMIUM_BIN is ${file}, which is no Chromium that starts. Name one, or unset it.`);
    }
  }
  return undefined;
}

/** One line for a person on a system where Chromium cannot be fetched unasked. */
export function chromiumAdvice(system: System): string {
  const type: Record<System, string> = {
    debian: `type "sudo apt-get install ${PACKAGES.join(' ')}"`,
    ubuntu: 'type "npx playwright-core install --with-deps chromium"',
    fedora: 'type "sudo dnf install chromium mesa-dri-drivers"',
    macos: 'type "brew install --cask google-chrome"',
    windows: 'work inside WSL ("wsl --install") and see there',
    other: 'install chromium with your package manager, or type "npx playwright-core install chromium"',
  };
  return `The browser tests need Chromium, and none was found: ${type[system]}, or set CHROMIUM_BIN to the file of a Chromium or Chrome.`;
}

/**
 * A Chromium to test with: found, or on Debian fetched from the distribution (Ubuntu's package is only a pointer to a
 * snap, which needs a running system around it).
 * @throws Failure with what to type when there is none to be had
 */
export async function ensureChromium(places: Places = chromiumPlaces()): Promise<ChromiumBinary> {
  const system = thisSystem();
  const found = await findChromium(places);
  if (found) {
    if (isRoot() && !hasMesa(found.file) && (await hasApt())) await fetchMesa();
    return found;
  }
  if (system !== 'debian' || !(await hasApt())) throw new Failure(chromiumAdvice(system));
  await fetchChromium();
  const fetched = await findChromium(places);
  if (!fetched) throw new Failure(chromiumAdvice(system));
  return fetched;
}

async function fetchMesa(): Promise<void> {
  console.log("Fetching Mesa's software OpenGL, the distribution's packages …");
  try {
    await aptInstall(MESA_PACKAGES);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(`${error.message}\nGoing on with SwiftShader, which is slower.`);
  }
}

async function fetchChromium(): Promise<void> {
  console.log(`None found, fetching the distribution's packages${isRoot() ? '' : ` into ${UNPACKED}`} …`);
  try {
    await (isRoot() ? aptInstall(PACKAGES) : aptUnpack(PACKAGES, UNPACKED));
  } catch (error) {
    if (error instanceof Failure) throw new Failure(`${error.message}\n${chromiumAdvice(thisSystem())}`);
    throw error;
  }
}
