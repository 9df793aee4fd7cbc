import type { Browser } from 'playwright-core';
import type { GaugedFrame } from '../../../client/test/gauge.ts';
import { androidAddress, openHandset } from '../../../client/test/handset.ts';
import { TEST_CLIENT } from '../../../tools/build.ts';
import { launchChromium } from '../../../tools/chromium/launch.ts';
import { freePort } from '../../../tools/port.ts';
import { MOST_BYTES, weigh } from '../../../tools/weight.ts';
import { openWorld } from '../way/world.ts';
import { type Group, median, type Row } from './row.ts';

/** A phone of some years ago, on a line of the same time. */
const SLOWDOWN = 4;
const LINE = { megabits: 9, latencyMs: 60 };
const RUNS = 10;
/** By then the page has made its code, and has all that it keeps. */
const RUNS_OF_WARMTH = 3;
const RUN_MS = 4_000;

/** The game in a browser, as a middling phone has it: from navigation to its tenth run. */
export const client: Group = {
  name: 'client',
  async measure({ quick }) {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const world = await openWorld({
      clientDir: TEST_CLIENT,
      env: { PORT: String(port), PUBLIC_URL: url },
    });
    const browser = await launchChromium();
    try {
      const { id } = await world.control('/sandbox/players', { stars: 500 });
      const src = await androidAddress(world, Number(id), url);
      return [
        download(),
        ...(await opening(browser, src, quick ? 3 : 9)),
        ...(await running(browser, src, quick ? 4_000 : 15_000)),
        ...(await runs(browser, src)),
      ];
    } finally {
      await browser.close();
      await world.close();
    }
  },
};

function download(): Row {
  const weights = weigh(TEST_CLIENT);
  return {
    name: 'download before the first run',
    value: weights.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000,
    unit: 'KB',
    from: { files: weights.length },
    budget: { most: MOST_BYTES / 1_000 },
  };
}

async function opening(browser: Browser, src: string, rounds: number): Promise<Row[]> {
  const seen: number[] = [];
  const pressed: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const handset = await openHandset(browser, src, { slowdown: SLOWDOWN, line: LINE });
    seen.push(await handset.firstFrameMs());
    pressed.push(await handset.keysMs());
    await handset.close();
  }
  const row = (what: string, times: number[], most: number): Row => ({
    name: `navigation → ${what}, CPU ÷ ${SLOWDOWN}, ${LINE.megabits} Mbit/s, ${LINE.latencyMs} ms`,
    value: median(times),
    unit: 'ms',
    from: { 'ms at best': Math.min(...times), 'ms at worst': Math.max(...times), rounds },
    budget: { most },
  });
  return [row('first frame', seen, 1_500), row('keys to press', pressed, 2_500)];
}

/**
 * A run under way, then the same behind the shop. For its script the processor is not slowed but its time multiplied: a slowed one is made by
 * waiting for the clock, which runs on while the software renderer has the processor.
 */
async function running(browser: Browser, src: string, ms: number): Promise<Row[]> {
  const handset = await openHandset(browser, src);
  await handset.firstFrameMs();
  await handset.play();
  const fast = await handset.frames(ms);
  const scripts = (await handset.scriptMs(ms)).map((script) => script * SLOWDOWN);
  await handset.openOffer();
  const hidden = await handset.frames(ms / 2);
  await handset.close();
  return [
    {
      name: 'frames of a run at ratio 1: median of its seconds',
      value: median(perSecond(drawn(fast))),
      unit: '/s',
      from: { frames: drawn(fast).length },
      budget: { least: 55 },
    },
    {
      name: `script of a frame, CPU ÷ ${SLOWDOWN}: p95`,
      value: percentile(scripts, 0.95),
      unit: 'ms',
      from: { 'ms p50': percentile(scripts, 0.5), frames: scripts.length },
      budget: { most: 4 },
    },
    {
      name: 'draw calls of a frame: most',
      value: Math.max(...fast.map(({ drawCalls }) => drawCalls)),
      unit: 'calls',
      from: { 'calls p50': median(drawn(fast).map(({ drawCalls }) => drawCalls)) },
      budget: { most: 12 },
    },
    {
      name: 'frames behind the shop',
      value: hidden.length,
      unit: 'frames',
      from: { s: ms / 2_000 },
      budget: { most: 0 },
    },
  ];
}

/** One run after the other: what the page keeps of them. */
async function runs(browser: Browser, src: string): Promise<Row[]> {
  const handset = await openHandset(browser, src);
  await handset.firstFrameMs();
  const heaps: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await handset.play();
    await handset.frames(RUN_MS);
    await handset.end();
    heaps.push((await handset.heapBytes()) / 1_000_000);
  }
  await handset.close();
  const last = heaps.at(-1) ?? Number.NaN;
  const warm = heaps[RUNS_OF_WARMTH - 1] ?? Number.NaN;
  return [
    { name: `heap after ${RUNS} runs`, value: last, unit: 'MB', from: {}, budget: { most: 60 } },
    {
      name: 'heap that each further run keeps',
      value: ((last - warm) * 1_000) / (RUNS - RUNS_OF_WARMTH),
      unit: 'KB',
      from: { 'MB after three': warm },
      // Code that the engine goes on making; a run that stayed would be a hundred times as much.
      budget: { most: 50 },
    },
  ];
}

const drawn = (frames: GaugedFrame[]): GaugedFrame[] => frames.filter(({ drawCalls }) => drawCalls > 0);

/** How many frames each whole second had. */
function perSecond(frames: GaugedFrame[]): number[] {
  const counts = new Map<number, number>();
  const startMs = frames[0]?.atMs ?? 0;
  for (const { atMs } of frames) {
    const second = Math.floor((atMs - startMs) / 1_000);
    counts.set(second, (counts.get(second) ?? 0) + 1);
  }
  return [...counts.values()].slice(0, -1);
}

function percentile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
}
