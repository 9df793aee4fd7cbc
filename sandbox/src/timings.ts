/**
 * Every wait Telegram imposes, in milliseconds. A scale divides them all, so that tests need not wait for
 * real.
 */
export interface Timings {
  /** How long the bot has to answer a pre-checkout query. */
  preCheckoutMs: number;
  /** The unit of the webhook back-off: the second retry waits two of them, the next four, then eight. */
  retryUnitMs: number;
  /** The back-off never waits longer than a random time between these two. */
  retryCapMinMs: number;
  retryCapMaxMs: number;
  /** The longest `Retry-After` of a webhook that is honoured. */
  retryAfterMaxMs: number;
  /** One second of a webhook's `Retry-After` header. */
  retryAfterSecondMs: number;
  /** How long an update about a message is kept. */
  messageLifeMs: number;
  /** How long an update about a query (pre-checkout, callback) is kept. */
  queryLifeMs: number;
  /** A webhook that has not answered by then has failed. */
  webhookReadMs: number;
  /** A webhook that answers 410 for this long is removed. */
  webhookGoneMs: number;
  /** At most one setWebhook in this time. */
  setWebhookEveryMs: number;
  /** A getUpdates that repeats its offset within this time waits this long for an update. */
  pollSlowdownMs: number;
  /** A getUpdates that repeats its offset within this time gets one update at most. */
  pollLimitMs: number;
}

const REAL: Timings = {
  preCheckoutMs: 10_000,
  retryUnitMs: 1_000,
  retryCapMinMs: 60_000,
  retryCapMaxMs: 120_000,
  retryAfterMaxMs: 3_600_000,
  retryAfterSecondMs: 1_000,
  messageLifeMs: 86_400_000,
  queryLifeMs: 150_000,
  webhookReadMs: 60_000,
  webhookGoneMs: 82_800_000,
  setWebhookEveryMs: 1_000,
  pollSlowdownMs: 3_000,
  pollLimitMs: 500,
};

/** Telegram's own waits divided by `scale`; `overrides` are taken as they are. */
export function timings(scale = 1, overrides: Partial<Timings> = {}): Timings {
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new Error(
      `Time scale: ${scale} is not a number above 0. Use 1 for Telegram's own waits, 100 for tests.`,
    );
  }
  const scaled = Object.fromEntries(Object.entries(REAL).map(([name, ms]) => [name, ms / scale]));
  return { ...REAL, ...scaled, ...overrides };
}
