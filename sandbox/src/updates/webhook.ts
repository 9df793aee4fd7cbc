import type { Timings } from '../timings.ts';
import { type PostAnswer, Poster } from './post.ts';
import { attempted, type Outlet, type PendingUpdate, type Updates } from './updates.ts';

export interface WebhookSettings {
  url: string;
  secretToken: string;
  maxConnections: number;
  hasCertificate: boolean;
  ipAddress: string;
}

interface Queue {
  items: PendingUpdate[];
  failures: number;
  /** In back-off units. */
  delay: number;
  timer?: NodeJS.Timeout;
}

/** Sends the updates of a bot to its webhook: one at a time per key, several keys at once. */
export class Webhook implements Outlet {
  readonly settings: Readonly<WebhookSettings>;
  readonly #updates: Updates;
  readonly #timings: Timings;
  readonly #poster: Poster;
  readonly #onAnswer: (answer: PostAnswer) => void;
  readonly #onGone: () => void;
  readonly #queues = new Map<number, Queue>();
  /** The keys whose first update may be sent now, in the order they became so. */
  readonly #ready = new Set<number>();
  #sending = 0;
  #closed = false;
  #goneSinceMs = 0;
  lastError: { date: number; message: string } | undefined;

  constructor(
    settings: WebhookSettings,
    updates: Updates,
    timings: Timings,
    on: { answer(answer: PostAnswer): void; gone(): void },
  ) {
    this.settings = settings;
    this.#updates = updates;
    this.#timings = timings;
    this.#poster = new Poster(settings.url, settings.maxConnections);
    this.#onAnswer = on.answer;
    this.#onGone = on.gone;
    for (const pending of updates.all()) this.push(pending);
  }

  push(pending: PendingUpdate): void {
    const queue = this.#queues.get(pending.key);
    if (queue) {
      queue.items.push(pending);
      return;
    }
    this.#queues.set(pending.key, { items: [pending], failures: 0, delay: 1 });
    this.#ready.add(pending.key);
    this.#sendReady();
  }

  clear(): void {
    for (const queue of this.#queues.values()) clearTimeout(queue.timer);
    this.#queues.clear();
    this.#ready.clear();
  }

  close(): void {
    this.#closed = true;
    this.clear();
    this.#poster.close();
  }

  #sendReady(): void {
    for (const key of this.#ready) {
      if (this.#sending >= this.settings.maxConnections) return;
      this.#ready.delete(key);
      const queue = this.#queues.get(key);
      if (queue) void this.#sendFirst(key, queue);
    }
  }

  async #sendFirst(key: number, queue: Queue): Promise<void> {
    const [pending] = queue.items;
    if (!pending) return;
    this.#sending += 1;
    const failure = await this.#attempt(pending);
    this.#sending -= 1;
    // The webhook may have been closed, or the updates forgotten, while this one was on its way.
    if (this.#closed) return;
    if (this.#queues.get(key) === queue) {
      if (failure === undefined) this.#delivered(key, queue, pending);
      else this.#failed(key, queue, pending, failure);
    }
    this.#sendReady();
  }

  /** Undefined when the update was delivered, else how many seconds the webhook asked us to wait. */
  async #attempt(pending: PendingUpdate): Promise<number | undefined> {
    const { secretToken } = this.settings;
    const headers: Record<string, string> = secretToken
      ? { 'X-Telegram-Bot-Api-Secret-Token': secretToken }
      : {};
    try {
      const answer = await this.#poster.post(
        JSON.stringify(pending.update),
        headers,
        this.#timings.webhookReadMs,
      );
      if (answer.status >= 200 && answer.status <= 299) {
        this.#goneSinceMs = 0;
        if (!this.#closed) this.#onAnswer(answer);
        return undefined;
      }
      this.#note(`Wrong response from the webhook: ${answer.status} ${answer.reason}`);
      this.#watchGone(answer.status);
      return Math.max(0, answer.retryAfter);
    } catch (error) {
      this.#note(error instanceof Error ? error.message : String(error));
      return 0;
    }
  }

  #note(message: string): void {
    this.lastError = { date: Math.floor(Date.now() / 1000), message };
  }

  #watchGone(status: number): void {
    if (status !== 410) this.#goneSinceMs = 0;
    else if (this.#goneSinceMs === 0) this.#goneSinceMs = Date.now();
    else if (Date.now() - this.#goneSinceMs > this.#timings.webhookGoneMs) this.#onGone();
  }

  #delivered(key: number, queue: Queue, pending: PendingUpdate): void {
    pending.copies -= 1;
    if (pending.copies > 0) attempted(pending);
    else this.#drop(queue, pending);
    this.#next(key, queue);
  }

  /** The first retry follows at once, then the wait doubles: 2, 4, 8 and so on up to a cap. */
  #failed(key: number, queue: Queue, pending: PendingUpdate, retryAfter: number): void {
    attempted(pending);
    const { retryUnitMs, retryCapMinMs, retryCapMaxMs, retryAfterMaxMs, retryAfterSecondMs } = this.#timings;
    let waitMs = Math.min(retryAfter * retryAfterSecondMs, retryAfterMaxMs);
    if (retryAfter === 0 && queue.failures > 0) {
      const capMs = retryCapMinMs + Math.random() * (retryCapMaxMs - retryCapMinMs);
      queue.delay = Math.min(queue.delay * 2, capMs / retryUnitMs);
      waitMs = queue.delay * retryUnitMs;
    }
    queue.failures += 1;
    if (Date.now() + waitMs > pending.expiresAtMs) {
      this.#drop(queue, pending);
      this.#next(key, queue);
      return;
    }
    queue.timer = setTimeout(() => {
      this.#ready.add(key);
      this.#sendReady();
    }, waitMs);
  }

  #drop(queue: Queue, pending: PendingUpdate): void {
    queue.items.shift();
    queue.failures = 0;
    queue.delay = 1;
    this.#updates.remove(pending);
  }

  #next(key: number, queue: Queue): void {
    if (queue.items.length > 0) this.#ready.add(key);
    else this.#queues.delete(key);
  }
}
