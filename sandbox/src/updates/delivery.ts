import type { Timings } from '../timings.ts';
import { Poll } from './poll.ts';
import type { PostAnswer } from './post.ts';
import { type PendingUpdate, Updates } from './updates.ts';
import { Webhook, type WebhookSettings } from './webhook.ts';

/** How the updates of one bot leave this Telegram: by its webhook if it has set one, else by getUpdates. */
export class Delivery {
  readonly updates = new Updates();
  readonly poll: Poll;
  /** Called with each 2xx answer of the webhook, whose body may hold a method to carry out. */
  onAnswer: (answer: PostAnswer) => void = () => {};
  /** Before that, setWebhook is refused. */
  nextSetWebhookAtMs = 0;
  readonly #timings: Timings;
  #webhook: Webhook | undefined;

  constructor(timings: Timings) {
    this.#timings = timings;
    this.poll = new Poll(this.updates, timings);
    this.updates.outlet = this.poll;
  }

  get webhook(): Webhook | undefined {
    return this.#webhook;
  }

  setWebhook(settings: WebhookSettings): void {
    this.poll.abort('Conflict: terminated by setWebhook request');
    this.#webhook?.close();
    this.#webhook = new Webhook(settings, this.updates, this.#timings, {
      answer: (answer) => this.onAnswer(answer),
      gone: () => this.deleteWebhook(),
    });
    this.updates.outlet = this.#webhook;
  }

  deleteWebhook(): void {
    this.#webhook?.close();
    this.#webhook = undefined;
    this.updates.outlet = this.poll;
  }

  /**
   * Resolves when the first attempt to deliver the update was answered, or it was confirmed by getUpdates; at the
   * latest after `limitMs`, and at once when nobody asks for updates.
   */
  firstAttempt(pending: PendingUpdate, limitMs: number): Promise<void> {
    if (!this.#webhook && !this.poll.isAlive) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      pending.onAttempt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  close(): void {
    this.deleteWebhook();
    this.poll.close();
    this.updates.clear();
  }
}
