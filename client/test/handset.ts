import type { Browser, CDPSession } from 'playwright-core';
// Brings `window.__slingdust` with it.
import type {} from '../src/game/game.ts';
import type { RunView } from '../src/game/port.ts';
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

/** A phone that is measured. */
export type Handset = Awaited<ReturnType<typeof openHandset>>;

/**
 * The game as Android opens it: a page of its own, 390×844 at ratio 1, in a web view whose Telegram takes every call and
 * answers none.
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
  await page.addInitScript({ path: GAUGE });
  await page.addInitScript(() => {
    Object.assign(window, { TelegramWebviewProxy: { postEvent() {} } });
  });
  const cdp = await context.newCDPSession(page);
  await throttle(cdp, options);
  await page.goto(address);
  return {
    page,
    cdp,
    /** From now on the processor is so many times slower. */
    slow: (rate: number) => cdp.send('Emulation.setCPUThrottlingRate', { rate }),
    run: (): Promise<RunView | undefined> => page.evaluate(() => window.__slingdust?.run()),
    thumb: (on: boolean): Promise<void> => page.evaluate((play) => window.__slingdust?.thumb(play), on),
    firstFrameMs: () =>
      page.waitForFunction(() => window.__gauge?.firstFrameMs).then((handle) => handle.jsonValue()),
    async frames(ms: number): Promise<GaugedFrame[]> {
      return page.evaluate(async (time) => {
        const { frames } = window.__gauge ?? { frames: [] };
        const known = frames.length;
        await new Promise((resolve) => setTimeout(resolve, time));
        return frames.slice(known);
      }, ms);
    },
    async heapBytes(): Promise<number> {
      await cdp.send('HeapProfiler.collectGarbage');
      return (await cdp.send('Runtime.getHeapUsage')).usedSize;
    },
    close: () => context.close(),
  };
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
