import type { FaultName, FaultOptions } from './faults.ts';
import type { InvoiceEvent, InvoiceStatus } from './payments.ts';

/**
 * How an invoice ends without a payment, as far as Telegram's apps tell a game different things about it: the player
 * closed the sheet before confirming (`cancelled`) or while the payment was under way (`left`), the bot refused or
 * missed the pre-checkout (`refused`), the form was turned down (`unsent`), the invoice could not be fetched
 * (`unfetched`) or has a receipt already (`alreadyPaid`).
 */
export type InvoiceEnd = 'cancelled' | 'left' | 'refused' | 'unsent' | 'unfetched' | 'alreadyPaid';

/** One of Telegram's apps as a game meets it. */
export interface HostProfile {
  title: string;
  /** The `invoice_closed` events of each end; none where the app says nothing. */
  ends: Readonly<Record<InvoiceEnd, readonly InvoiceEvent[]>>;
  /** Faults that this app always has. One that was turned on by hand goes before them. */
  faults: Partial<Record<FaultName, FaultOptions>>;
  /** Another invoice under a sheet that outlived a reload is passed over without a word. */
  isDeafUnderOldSheet: boolean;
  /** Whether `is_expanded` is true from the start, or once the game has asked. */
  expanded: 'always' | 'asked';
  /** When the insets of fullscreen come after `fullscreen_changed`; without it they are 0 for ever. */
  insetsAfterMs?: number;
  /** How many popups come through in two seconds; without it all do. */
  popups?: number;
  /** A link to t.me closes the game, unless it is an invoice. */
  closesOnLink: boolean;
  /** What is odd about it, for people, and where that is known from. */
  quirks: readonly { what: string; source: string }[];
}

/** What the second of two events lags behind. */
const NEXT_EVENT_MS = 100;

const says = (...statuses: InvoiceStatus[]): readonly InvoiceEvent[] =>
  statuses.map((status, index) => ({ status, afterMs: index * NEXT_EVENT_MS }));

const nothing = says();

/** What most apps do; each profile names what it does otherwise. */
const COMMON: Omit<HostProfile, 'title' | 'quirks'> = {
  ends: {
    cancelled: says('cancelled'),
    left: says('pending'),
    refused: says('failed'),
    unsent: says('failed'),
    unfetched: says('failed'),
    alreadyPaid: says('failed'),
  },
  faults: {},
  isDeafUnderOldSheet: false,
  expanded: 'always',
  insetsAfterMs: 0,
  closesOnLink: false,
};

const link = (text: string, path: string): string => `[${text}](https://github.com/${path})`;
const bug = (repository: string, number: number): string =>
  link(`${repository.split('/')[1]}#${number}`, `${repository}/issues/${number}`);

/** The apps' own sources. */
const SOURCE = {
  weba: link('its source', 'Ajaxy/telegram-tt'),
  web: link('its source', 'morethanwords/tweb'),
  tdesktop: link('its source', 'telegramdesktop/tdesktop'),
  macos: link('its source', 'overtake/TelegramSwift'),
  ios: link('its source', 'TelegramMessenger/Telegram-iOS'),
  android: link('its source', 'DrKLO/Telegram'),
} as const;

/** Telegram's apps by their `tgWebAppPlatform`. */
export const HOST_PROFILES = {
  weba: {
    ...COMMON,
    title: 'Web A',
    popups: 3,
    closesOnLink: true,
    quirks: [
      { what: 'three popups in two seconds, the rest dropped', source: SOURCE.weba },
      { what: 'a link to t.me closes the game', source: SOURCE.weba },
    ],
  },
  web: {
    ...COMMON,
    title: 'Web K',
    ends: { ...COMMON.ends, unfetched: nothing, alreadyPaid: nothing },
    quirks: [{ what: 'no event when the invoice can’t be fetched', source: SOURCE.web }],
  },
  tdesktop: {
    ...COMMON,
    title: 'Desktop',
    ends: {
      ...COMMON.ends,
      refused: says('cancelled'),
      unsent: says('cancelled'),
      alreadyPaid: nothing,
    },
    insetsAfterMs: undefined,
    quirks: [
      { what: 'a refused pre-checkout is a notice and `cancelled`', source: SOURCE.tdesktop },
      { what: 'a paid invoice shows its receipt, no event', source: SOURCE.tdesktop },
      { what: 'safe areas are 0, also in fullscreen', source: SOURCE.tdesktop },
    ],
  },
  macos: {
    ...COMMON,
    title: 'macOS',
    ends: {
      cancelled: nothing,
      left: nothing,
      refused: says('failed', 'cancelled'),
      unsent: says('failed', 'cancelled'),
      unfetched: nothing,
      alreadyPaid: nothing,
    },
    faults: { paid_then_cancelled: { afterMs: NEXT_EVENT_MS } },
    quirks: [
      { what: 'no event when the sheet is closed', source: bug('overtake/TelegramSwift', 1171) },
      { what: '`paid` and then `cancelled`', source: bug('telegramdesktop/tdesktop', 28_383) },
      {
        what: '`failed` and then `cancelled`; none when the invoice can’t be fetched',
        source: SOURCE.macos,
      },
    ],
  },
  ios: {
    ...COMMON,
    title: 'iOS',
    ends: {
      cancelled: says('cancelled'),
      left: says('cancelled'),
      refused: says('cancelled'),
      unsent: says('cancelled'),
      unfetched: says('cancelled'),
      alreadyPaid: says('cancelled'),
    },
    expanded: 'asked',
    insetsAfterMs: 700,
    quirks: [
      { what: 'only `paid` and `cancelled`', source: SOURCE.ios },
      {
        what: 'the insets come later than `fullscreen_changed`',
        source: bug('Telegram-Mini-Apps/tma.js', 704),
      },
    ],
  },
  android: {
    ...COMMON,
    title: 'Android',
    faults: { event_before_update: { afterMs: 500 } },
    isDeafUnderOldSheet: true,
    expanded: 'asked',
    quirks: [
      { what: '`paid` comes before the bot has its update', source: SOURCE.android },
      {
        what: 'another invoice is `cancelled` at once; under a sheet left from before a reload it gets no event',
        source: SOURCE.android,
      },
      {
        what: 'some phones load the page anew every few seconds: set *Reload every*',
        source: bug('Telegram-Mini-Apps/issues', 86),
      },
    ],
  },
} as const satisfies Record<string, HostProfile>;

export type Platform = keyof typeof HOST_PROFILES;

export const PLATFORMS = Object.keys(HOST_PROFILES) as Platform[];

export function hostProfile(platform: Platform): HostProfile {
  return HOST_PROFILES[platform];
}
