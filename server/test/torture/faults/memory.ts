import { capture } from '../../../../tools/program.ts';

/** How much memory a process has held, over time. */
export interface Memory {
  /** Ends the watch. */
  stop(): Promise<Weight>;
}

export interface Weight {
  /** Megabytes a minute, once it had warmed up. */
  slope: number;
  mostMegabytes: number;
}

interface Sample {
  minute: number;
  megabytes: number;
}

const EVERY_MS = 2_000;
/** Caches fill and code is compiled first. */
const WARM_UP = 0.3;

export function watchMemory(pid: number): Memory {
  const samples: Sample[] = [];
  const startedMs = performance.now();
  const take = async (): Promise<void> => {
    const { output } = await capture('ps', ['-o', 'rss=', '-p', String(pid)]);
    const megabytes = Number(output.trim()) / 1_024;
    if (megabytes > 0) samples.push({ minute: (performance.now() - startedMs) / 60_000, megabytes });
  };
  const timer = setInterval(() => void take(), EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await take();
      return {
        slope: slopeOf(samples.slice(Math.floor(samples.length * WARM_UP))),
        mostMegabytes: Math.max(...samples.map(({ megabytes }) => megabytes)),
      };
    },
  };
}

/** The median of the slopes between every two samples (Theil and Sen): a collection of garbage does not tilt it. */
export function slopeOf(samples: readonly Sample[]): number {
  const slopes = samples
    .flatMap((a, at) => samples.slice(at + 1).map((b) => (b.megabytes - a.megabytes) / (b.minute - a.minute)))
    .sort((a, b) => a - b);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}
