import { hostProfile, type InvoiceEnd, type Platform } from '../../src/host-profile.ts';
import { button, h } from './dom.ts';
import { icon } from './icons.ts';
import { type Modal, openModal } from './modal.ts';
import { actionsView, formView } from './pay-form.ts';
import { type PaymentForm, type PaymentResult, sandbox } from './session.ts';
import type { Notify } from './toast.ts';
import { payError, type Words } from './words.ts';

export interface PaySheetOptions {
  screen: HTMLElement;
  userId: number;
  slug: string;
  /** The app whose sheet it is. */
  platform: Platform;
  words: Words;
  notify: Notify;
  /** Tells the game how the invoice closed; may be called more than once, as Telegram's apps do. */
  report: (status: string) => void;
  onClosed: () => void;
}

/** Telegram's pay sheet for one invoice. The payment itself is the sandbox's work; here it is confirmed or not. */
export class PaySheet {
  readonly #options: PaySheetOptions;
  readonly #body = h('div', { class: 'pay-body' }, h('div', { class: 'spinner' }));
  readonly #actions = h('div', { class: 'pay-actions' });
  readonly #modal: Modal;
  #state: 'open' | 'paying' | 'closed' = 'open';

  constructor(options: PaySheetOptions) {
    const { screen, words } = options;
    const cancel = (): void => void this.#cancel();
    this.#options = options;
    const header = h(
      'header',
      {},
      h('strong', {}, words.confirmPurchase),
      button(words.close, 'round', cancel, icon('close')),
    );
    this.#modal = openModal(screen, {
      label: words.confirmPurchase,
      kind: 'sheet',
      content: h('div', { class: 'pay' }, header, this.#body, this.#actions),
      onDismiss: cancel,
    });
    void this.#load();
  }

  async #load(): Promise<void> {
    const { userId, slug } = this.#options;
    try {
      const form = await sandbox.form(userId, slug);
      if (this.#state !== 'closed') this.#draw(form);
    } catch (error) {
      if (this.#state !== 'closed') this.#fail(error, isReceipt(error) ? 'alreadyPaid' : 'unfetched');
    }
  }

  #draw(form: PaymentForm): void {
    const { words } = this.#options;
    const paying = this.#state === 'paying';
    const actions = actionsView(form, paying, words, {
      pay: () => void this.#pay(form),
      topUp: (stars) => void this.#topUp(form, stars),
      cancel: () => void this.#cancel(),
    });
    this.#body.replaceChildren(...formView(form, words));
    this.#actions.replaceChildren(...actions);
    if (!paying) actions[0]?.focus({ preventScroll: true });
  }

  async #pay(form: PaymentForm): Promise<void> {
    const { userId, slug, platform, words, notify } = this.#options;
    this.#state = 'paying';
    this.#draw(form);
    try {
      const result = await sandbox.pay(userId, slug, platform);
      if (this.#state !== 'paying') return;
      this.#close();
      this.#play(result.events);
      const isPaid = result.chargeId !== undefined;
      notify(isPaid ? words.paid(form.priceStars, form.title) : payError(result.error, words));
    } catch (error) {
      if (this.#state === 'paying') this.#fail(error, 'unsent');
    }
  }

  async #topUp(form: PaymentForm, stars: number): Promise<void> {
    const { userId, words, notify } = this.#options;
    try {
      await sandbox.putPlayer({ id: userId, stars: form.balance + stars });
      notify(words.starsAdded(stars));
    } catch (error) {
      this.#complain(error);
    }
    await this.#load();
  }

  async #cancel(): Promise<void> {
    const { userId, slug, platform } = this.#options;
    if (this.#state === 'closed') return;
    const wasPaying = this.#state === 'paying';
    this.#close();
    // Who closes the sheet on a payment under way learns nothing more of it than that.
    if (wasPaying) return this.#end('left');
    try {
      this.#play((await sandbox.pay(userId, slug, platform, 'cancelled')).events);
    } catch {
      this.#end('cancelled');
    }
  }

  /** Tells the game what this app tells of such an end. */
  #end(end: InvoiceEnd): void {
    this.#play(hostProfile(this.#options.platform).ends[end]);
  }

  /** Events reach the game at their own time, also after the sheet has gone. */
  #play(events: Readonly<PaymentResult['events']>): void {
    for (const { status, afterMs } of events) setTimeout(() => this.#options.report(status), afterMs);
  }

  #fail(error: unknown, end: InvoiceEnd): void {
    this.#close();
    this.#complain(error);
    this.#end(end);
  }

  #complain(error: unknown): void {
    const { words, notify } = this.#options;
    notify(payError(error instanceof Error ? error.message : String(error), words));
  }

  #close(): void {
    this.#state = 'closed';
    this.#modal.close();
    this.#options.onClosed();
  }
}

/** Telegram answers with a receipt in the place of a form. */
function isReceipt(error: unknown): boolean {
  return error instanceof Error && error.message.includes('INVOICE_ALREADY_PAID');
}
