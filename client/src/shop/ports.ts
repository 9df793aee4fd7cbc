import type {
  Answer,
  Cause,
  InventoryView,
  RefusalCode,
  RequestBody,
  RequestName,
} from '@stardrift/shared/protocol';

/** What Telegram's pay sheet reported. A hint for the words on the screen, never a proof of anything. */
export type InvoiceHint = 'paid' | 'cancelled' | 'failed' | 'pending' | 'silent';

export interface SafeArea {
  top: number;
  bottom: number;
}

/** Telegram around the page. */
export interface Host {
  /** Raw init data, to prove to the server who plays. */
  initData: string;
  /** IETF tag of the player's language, such as `ru` or `en-US`. */
  language: string;
  platform: string;
  /** Names this player's drawer in the browser's storage; nothing is decided by it. */
  playerId: string;
  startParam: string | undefined;
  /** Resolves with what the sheet said; with `silent` when it said nothing within `timeoutMs` or `signal` fired. */
  openInvoice(url: string, options: { timeoutMs: number; signal: AbortSignal }): Promise<InvoiceHint>;
  /** Shows Telegram's back button while there is a handler. */
  onBack(handler: (() => void) | undefined): void;
  /** Asks before the app is closed, while on. */
  confirmClosing(on: boolean): void;
  haptic(kind: 'tap' | 'success' | 'warning' | 'error'): void;
  /** Called at once and on every change; CSS pixels taken by the phone and by Telegram's own buttons. */
  onSafeArea(listener: (area: SafeArea) => void): void;
  /** Called when the app comes to the front or leaves it. */
  onVisible(listener: (visible: boolean) => void): void;
  openBot(path: string): void;
  /** Offers to send somebody a link that opens the game with this start parameter, and the words to it. */
  share(startParam: string, text: string): void;
  /** Closes the app; the player opens it anew from the chat. */
  close(): void;
}

export type Link = 'connecting' | 'online' | 'offline' | { refused: string };

const LATER: readonly RefusalCode[] = ['unavailable', 'too_fast', 'restoring'];

/** "Not now" is no answer about what was asked: it may be asked again. Everything else is final. */
export const isLater = (code: RefusalCode): boolean => LATER.includes(code);

/** Our server around the page. */
export interface Server {
  readonly link: Link;
  /** Rejects only when no answer came in time or the link is down; a refusal is an answer. */
  ask<E extends RequestName>(name: E, body: RequestBody<E>): Promise<Answer<E>>;
  onLink(listener: (link: Link) => void): () => void;
  onInventory(listener: (change: InventoryView & { cause: Cause }) => void): () => void;
  onCatalog(listener: (change: { revision: string }) => void): () => void;
}
