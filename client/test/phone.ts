import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SavedRun } from '@stardrift/shared/sim/saved';
import type axe from 'axe-core';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { eventually } from '../../server/test/way/world.ts';
// Brings `window.__slingdust` with it.
import type {} from '../src/game/game.ts';
import type { RunView } from '../src/game/port.ts';
import type {} from '../src/main.ts';

const SCREENSHOTS = fileURLToPath(new URL('../../.cache/screenshots', import.meta.url));

/** The checker of accessibility, as text for the page. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Long enough for two busy cores that also draw the game in software. */
const PATIENCE_MS = 30_000;

export interface PhoneOptions {
  width?: number;
  height?: number;
  /** Physical pixels to the CSS pixel. */
  ratio?: number;
  theme?: 'light' | 'dark';
  reducedMotion?: boolean;
}

/** What a person does with Telegram and the game in it, and what they see. */
export type Phone = Awaited<ReturnType<typeof openPhone>>;

export async function openPhone(browser: Browser, gameUrl: string, options: PhoneOptions) {
  const { width = 390, height = 844, ratio = 1, theme = 'light', reducedMotion = false } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: ratio,
    colorScheme: theme,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    hasTouch: width < 600,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = collectComplaints(page);
  const game = page.frameLocator('iframe');

  const phone = {
    page,
    /** The game inside Telegram. */
    game,

    /** Opens the chat and presses the bot's menu button. `host` is the app of Telegram, as the sandbox's address takes it. */
    async openGame(hostUrl: string, playerId: number, host: Record<string, string> = {}): Promise<void> {
      await page.goto(`${hostUrl}/?${new URLSearchParams({ ...host, player: String(playerId) })}`);
      await page.locator('.menu-button').click();
      await game.locator('#layer, .outside').waitFor();
    },

    /** Resolves at the next time the page of the game is loaded. */
    loadedAnew: () => page.waitForEvent('framenavigated', (frame) => frame.url().startsWith(gameUrl)),

    /** Loads the game again from Telegram's own menu; a pay sheet above it stays. */
    async reloadGame(): Promise<void> {
      const reloaded = phone.loadedAnew();
      // A pay sheet lies over the menu, but not over its keys.
      await phone.hostButton('Game menu').dispatchEvent('click');
      await phone.hostButton('Reload game').dispatchEvent('click');
      await reloaded;
    },

    button: (name: string | RegExp): Locator => game.getByRole('button', { name, exact: true }),
    hostButton: (name: string | RegExp): Locator => page.getByRole('button', { name, exact: true }),

    /** Text of the game that can be seen; what is only there to be heard is passed over. */
    text: (text: string | RegExp): Locator =>
      game.getByText(text).and(game.locator(':not(.visually-hidden)')).filter({ visible: true }).first(),

    /** Presses a key once it has come to rest: one that still slides in is missed by a finger that aimed before. */
    async tap(key: Locator): Promise<void> {
      await key.waitFor();
      // A page that is just being replaced has nothing left that slides.
      await Promise.all(page.frames().map((frame) => settled(frame).catch(() => undefined)));
      await key.click();
    },

    /** Confirms the price on Telegram's pay sheet. */
    confirm: (stars: number): Promise<void> => phone.tap(phone.hostButton(`Confirm and pay ${stars} Stars`)),

    /** Asks the page of the game. */
    inGame: async <T>(ask: () => T): Promise<Awaited<T>> =>
      (await gameFrame(page, gameUrl)).evaluate(ask) as Promise<Awaited<T>>,

    /** What the page does wrong for those who hear or switch their way through it. */
    async barriers(): Promise<string[]> {
      const frame = await gameFrame(page, gameUrl);
      await settled(frame);
      // Evaluated, not added as a script: the page's own policy would refuse it.
      await frame.evaluate(AXE);
      const { violations } = await frame.evaluate(() =>
        (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
      );
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary}`),
      );
    },

    /** What does not fit: words cut off by their own box, and a page that could be pushed sideways. */
    tooLong: (): Promise<string[]> =>
      phone.inGame(() => {
        const cut = [
          ...document.querySelectorAll<HTMLElement>('button, h1, h2, h3, p, .title, .label'),
        ].filter(
          (element) =>
            element.checkVisibility() &&
            !element.matches('.visually-hidden, .slot, .place, .choice') &&
            element.scrollWidth > element.clientWidth + 1 &&
            element.clientWidth > 0,
        );
        const wide = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
        return [
          ...wide,
          ...cut.map((element) => `${element.className || element.tagName}: ${element.textContent}`),
        ];
      }),

    /** The run as it is now. */
    run: async (): Promise<RunView> =>
      (await gameFrame(page, gameUrl)).evaluate(() => {
        if (!window.__slingdust) throw new Error('the client was not built in the mode "test"');
        return window.__slingdust.run();
      }),

    /** Where the page ends these runs. */
    replay: async (runs: SavedRun[]): Promise<(string | undefined)[]> =>
      (await gameFrame(page, gameUrl)).evaluate((all) => window.__slingdust?.replay(all) ?? [], runs),

    /** From now on the scripted thumb plays, or leaves the comet to itself. */
    async thumb(on: boolean): Promise<void> {
      await (await gameFrame(page, gameUrl)).evaluate((play) => window.__slingdust?.thumb(play), on);
    },

    /** The run at the moment at which `holds` of it; a run has no other way to tell the outside. */
    async until(what: string, holds: (run: RunView) => boolean): Promise<RunView> {
      let run = await phone.run();
      await eventually(
        async () => {
          const now = await phone.run().catch(whileLoading);
          run = now ?? run;
          return now !== undefined && holds(now);
        },
        `${what}; the run is ${JSON.stringify(run)}`,
        2 * PATIENCE_MS,
      );
      return run;
    },

    /** Lets go at the wrong moments until the run is over. */
    async crash(): Promise<RunView> {
      return phone.until('the run is over', ({ phase }) => {
        if (phase !== 'dead') void page.keyboard.press('Space');
        return phase === 'dead';
      });
    },

    /** What the player sees, or only what `selector` shows of it, as PNG, once all that slides has arrived. */
    async picture(selector?: string): Promise<Buffer> {
      await Promise.all(page.frames().map(settled));
      await Promise.all(page.frames().map(drawn));
      return (selector === undefined ? page : page.locator(selector)).screenshot();
    },

    /** Keeps that picture. Returns the file. */
    async shoot(name: string, selector?: string): Promise<string> {
      mkdirSync(SCREENSHOTS, { recursive: true });
      const path = join(SCREENSHOTS, `${name}.png`);
      writeFileSync(path, await phone.picture(selector));
      return path;
    },

    /** Errors of the pages so far that `expected` does not explain. */
    complaints: (expected?: RegExp): string[] => complaints.filter((line) => !expected?.test(line)),

    close: () => context.close(),
  };
  return phone;
}

/** Everything a browser would show in red. */
function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  return complaints;
}

/** Until everything that slides or fades in has arrived. What turns for ever is let turn. */
const settled = (frame: Frame): Promise<unknown> =>
  frame.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished),
    ),
  );

/** Until what the page is now has been drawn: a busy machine would give the picture of a moment before. */
const drawn = (frame: Frame): Promise<unknown> =>
  frame.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** A page that is just being loaded anew has nothing to tell; whatever else went wrong is told. */
function whileLoading(error: Error): undefined {
  if (!/the game is not open|Execution context was destroyed|Frame was detached/.test(error.message))
    throw error;
}

/** The frame of the game, which a reload replaces; the page itself where the game stands alone, outside Telegram. */
async function gameFrame(page: Page, gameUrl: string): Promise<Frame> {
  if (page.url().startsWith(gameUrl)) return page.mainFrame();
  const element = await page.locator('iframe').elementHandle();
  const frame = await element?.contentFrame();
  if (!frame?.url().startsWith(gameUrl)) throw new Error(`the game is not open: ${frame?.url()}`);
  return frame;
}
