import { STEPS_PER_SECOND } from '@stardrift/shared/sim/constants';
import { createRun } from '@stardrift/shared/sim/run';
import { createThumb, PERFECT } from '@stardrift/shared/sim/thumb';
import type { Browser, CDPSession } from 'playwright-core';
import type { World } from '../../server/test/way/world.ts';
// Brings `window.__slingdust` with it.
import type {} from '../src/game/game.ts';
import { GAUGE, type GaugedFrame } from './gauge.ts';

export interface HandsetOptions {
  /** How many times slower its processor is than this machine's. */
  slowdown?: number;
  /** The line to it; as fast as this machine when there is none. */
  line?: { megabits: number; latencyMs: number };
}

/** Of a middling phone. */
const USER_AGENT =
  'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0 Mobile Safari/537.36 Telegram-Android/12.0.1 (Google Pixel 5; Android 14; SDK 34; AVERAGE)';

/** Longer than any frame of a busy machine: a loop that has not stopped by then goes on. */
const QUIET_MS = 300;

/** Time to think before the first tap, and how long is played: more than anything here lasts. */
const LEAD_STEPS = 1.5 * STEPS_PER_SECOND;
const PLAYED_STEPS = 90 * STEPS_PER_SECOND;

/** A phone that is measured. */
export type Handset = Awaited<ReturnType<typeof openHandset>>;

/**
 * The game as Android opens it: a page of its own, 390×844 at ratio 1, in a web view whose Telegram takes every call and
 * answers none. So nothing that a boot waits for goes unnoticed.
 * @param address of the game, with its launch parameters
 */
export async function openHandset(browser: Browser, address: string, options: HandsetOptions = {}) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 1,
    hasTouch: true,
    userAgent: USER_AGENT,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.addInitScript({ path: GAUGE });
  await page.addInitScript(() => {
    Object.assign(window, { TelegramWebviewProxy: { postEvent() {} } });
  });
  const cdp = await context.newCDPSession(page);
  await throttle(cdp, options);
  const { told: firstFrame } = await listen(cdp, '__gaugeFirstFrame');
  const { told: keys } = await listen(cdp, '__gaugeKeys');
  await page.goto(address);

  const press = (name: string | RegExp): Promise<void> =>
    page.getByRole('button', { name, exact: true }).first().click();

  return {
    /** Errors of the page so far. */
    complaints,
    press,

    /** When the game was first in sight, in milliseconds since navigation. */
    firstFrameMs: async (): Promise<number> => Number(await firstFrame),

    /** When there was something to press, in the same way. */
    keysMs: async (): Promise<number> => Number(await keys),

    /** A run begins, played by a thumb that never errs. It does its thinking here: on the page it would be measured too. */
    async play(): Promise<void> {
      await press('Play');
      await page.waitForFunction(() => window.__slingdust?.run().phase === 'running');
      const { seed, step } = await page.evaluate(() => {
        const world = window.__slingdust?.world();
        return { seed: world?.seed ?? 0, step: world?.step ?? 0 };
      });
      const taps = tapsOf(seed, step + LEAD_STEPS);
      await page.evaluate((steps) => window.__slingdust?.follow(steps), taps);
    },

    /** Back to the title. */
    async end(): Promise<void> {
      await press('Pause');
      await press('End the run');
    },

    /** Opens the offer of a slot that is empty, in the middle of the run, and waits until it stands still. */
    async openOffer(): Promise<void> {
      await press(/^Get /);
      await page.getByRole('dialog').waitFor();
      await page.waitForFunction(
        (quiet) => performance.now() - (window.__gauge?.frames.at(-1)?.atMs ?? 0) > quiet,
        QUIET_MS,
        { polling: QUIET_MS / 3 },
      );
    },

    /** The frames of the next so many milliseconds. */
    frames: (ms: number): Promise<GaugedFrame[]> =>
      page.evaluate(async (time) => {
        const { frames } = window.__gauge ?? { frames: [] };
        const known = frames.length;
        await new Promise((resolve) => setTimeout(resolve, time));
        return frames.slice(known);
      }, ms),

    /**
     * How long the page's scripts took in each frame of the next so many milliseconds, by their thread's own time: the clock would
     * count what other programs did meanwhile, and a software renderer leaves a small machine little else.
     */
    async scriptMs(ms: number): Promise<number[]> {
      const { frameTree } = await cdp.send('Page.getFrameTree');
      const trace = await recordTrace(browser, () => page.waitForTimeout(ms));
      const callbacks = trace.filter(
        ({ name, args }) => name === 'FireAnimationFrame' && args.data?.frame === frameTree.frame.id,
      );
      return perFrame(callbacks).map((us) => us / 1_000);
    },

    /** What is in use of the page's heap once all garbage is gone. */
    async heapBytes(): Promise<number> {
      // What the gauge has written down is not the game's.
      await page.evaluate(() => window.__gauge?.frames.splice(0));
      await cdp.send('HeapProfiler.collectGarbage');
      return (await cdp.send('Runtime.getHeapUsage')).usedSize;
    },

    close: () => context.close(),
  };
}

/**
 * What the page tells by calling `name`, once. Playwright's own ways of waiting bring a script of some size into the page, which a slow
 * processor would compile in the midst of what is measured.
 */
async function listen(cdp: CDPSession, name: string): Promise<{ told: Promise<string> }> {
  const told = new Promise<string>((resolve) => {
    cdp.on('Runtime.bindingCalled', (call) => call.name === name && resolve(call.payload));
  });
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name });
  return { told };
}

/** One of Chromium's trace, as far as it is read here. */
interface TraceEvent {
  name: string;
  /** Microseconds: when it began, how long it took by the clock, and by its thread's own time where that is known. */
  ts: number;
  dur: number;
  tdur?: number;
  args: { data?: { frame?: string } };
}

/** The callbacks of one frame follow each other at once, in microseconds. */
const AT_ONCE_US = 1_000;

/** The thread's own time of all callbacks of a frame, one sum for each frame. */
function perFrame(callbacks: readonly TraceEvent[]): number[] {
  const sums: number[] = [];
  let endUs = Number.NEGATIVE_INFINITY;
  for (const { ts, dur, tdur } of [...callbacks].sort((a, b) => a.ts - b.ts)) {
    // One that was under way as the trace began or ended.
    if (tdur === undefined) continue;
    const sameFrame = ts - endUs < AT_ONCE_US;
    sums.push((sameFrame ? (sums.pop() ?? 0) : 0) + tdur);
    endUs = ts + dur;
  }
  if (sums.length < callbacks.length / 2)
    throw new Error('handset: this Chromium does not tell the time of its threads; try another version.');
  return sums;
}

async function recordTrace(browser: Browser, during: () => Promise<void>): Promise<TraceEvent[]> {
  const cdp = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline'] },
  });
  await during();
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  return events;
}

/** When a thumb that never errs taps in the run of this seed, if it begins at that step. */
function tapsOf(seed: number, from: number): number[] {
  const run = createRun(seed, []);
  const thumb = createThumb(PERFECT, 1);
  while (run.world.phase === 'running' && run.world.step < from + PLAYED_STEPS) {
    if (run.world.step >= from && thumb(run.world)) run.tap();
    run.step();
  }
  return run.save().taps;
}

/** The address with which the sandbox's Telegram for Android opens the game at `url` for this player. */
export async function androidAddress(
  world: Pick<World, 'control'>,
  userId: number,
  url: string,
): Promise<string> {
  const { src } = await world.control('/host/launch', { userId, url, platform: 'android', version: '9.1' });
  return String(src);
}

async function throttle(cdp: CDPSession, { slowdown = 1, line }: HandsetOptions): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  if (!line) return;
  const bytesPerSecond = (line.megabits * 1_000_000) / 8;
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: line.latencyMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
}
