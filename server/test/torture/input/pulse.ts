import { createLatencies, type Spread } from '../../bench/load/latencies.ts';
import { pause } from '../wait.ts';

export interface Beats {
  /** How long /healthz took to answer. */
  health: Spread;
  /** The longest the event loop was late, by the server's own measure, in ms. */
  worstLagMs: number;
}

const EVERY_MS = 20;
/** The server's measure is of the time since it was last asked for. */
const LAG_EVERY = 25;
const LAG = /^nodejs_eventloop_lag_max_seconds ([\d.e-]+)$/m;

/** Feels the pulse of a server until it is told to stop. */
export function feelPulse(url: string): { stop(): Promise<Beats> } {
  const latencies = createLatencies();
  let worstLagMs = 0;
  let isOn = true;

  async function beat(number: number): Promise<void> {
    const startedMs = performance.now();
    await (await fetch(`${url}/healthz`)).arrayBuffer();
    latencies.add(performance.now() - startedMs);
    if (number % LAG_EVERY !== 0) return;
    const text = await (await fetch(`${url}/metrics`)).text();
    worstLagMs = Math.max(worstLagMs, Number(LAG.exec(text)?.[1]) * 1_000);
  }
  const heart = (async () => {
    for (let number = 0; isOn; number++) {
      await beat(number);
      await pause(EVERY_MS);
    }
  })();
  // Told when it is asked for, not in the middle of something else.
  heart.catch(() => {});
  return {
    async stop() {
      isOn = false;
      await heart;
      return { health: latencies.spread(), worstLagMs };
    },
  };
}
