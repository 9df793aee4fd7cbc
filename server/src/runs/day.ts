const DAY_MS = 24 * 3_600_000;

/** The day whose sky everybody shares, `2026-11-26`, in UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** When it ends, ms since 1970. */
export const endOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) + DAY_MS;
