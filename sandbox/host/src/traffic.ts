/** One message between game and host. `ignored` came from the game and the host has no ear for it. */
export interface TrafficEntry {
  direction: 'in' | 'out' | 'ignored';
  type: string;
  data: unknown;
  atMs: number;
}

export interface Traffic {
  entries: readonly TrafficEntry[];
  note: (direction: TrafficEntry['direction'], type: string, data: unknown) => void;
}

const KEPT = 200;

/** The last messages over the bridge, newest first. */
export function createTraffic(onChange: () => void): Traffic {
  const entries: TrafficEntry[] = [];
  return {
    entries,
    note(direction, type, data) {
      entries.unshift({ direction, type, data, atMs: Date.now() });
      entries.length = Math.min(entries.length, KEPT);
      onChange();
    },
  };
}
