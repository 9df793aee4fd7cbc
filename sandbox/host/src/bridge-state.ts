import type { HostProfile } from '../../src/host-profile.ts';
import type { ThemeParams } from './theme.ts';

/** A button at the foot of the game: Telegram's main button or its secondary one. */
export interface BottomButton {
  visible: boolean;
  active: boolean;
  progress: boolean;
  shine: boolean;
  text: string;
  color?: string;
  textColor?: string;
}

export type SecondaryPosition = 'left' | 'right' | 'top' | 'bottom';

/** What the host remembers of one open game. Colours are `#rrggbb` or the name of a theme colour. */
export interface BridgeState {
  ready: boolean;
  reloadSupported: boolean;
  needsClosingConfirmation: boolean;
  allowsVerticalSwipe: boolean;
  orientationLocked: boolean;
  /** The game asked for all the height there is. */
  expanded: boolean;
  fullscreen: boolean;
  /** From then on the insets are those of `fullscreen`, before that those of the other way round. */
  insetsFromMs: number;
  backVisible: boolean;
  settingsVisible: boolean;
  main: BottomButton;
  secondary: BottomButton & { position: SecondaryPosition };
  headerColor: string;
  backgroundColor: string;
  bottomBarColor: string;
  /** The invoice whose pay sheet is open. */
  invoiceSlug?: string;
  /** That sheet was opened by a page that has been loaded anew since. */
  sheetIsOld: boolean;
  popupTimesMs: readonly number[];
}

/** What the bridge may know of the phone around the game; lengths are CSS pixels. */
export interface HostFacts {
  host: HostProfile;
  version: string;
  botUsername: string;
  themeParams: ThemeParams;
  viewport: { width: number; height: number };
  statusBarHeight: number;
  nowMs: number;
}

export interface PopupButton {
  id: string;
  type: 'default' | 'ok' | 'close' | 'cancel' | 'destructive';
  text?: string;
}

export interface Post {
  kind: 'post';
  eventType: string;
  eventData?: unknown;
  /** Milliseconds until it is posted; at once without. */
  afterMs?: number;
}

export type Question = 'writeAccess' | 'download';

/** What the host shall do, in this order, because of an event. */
export type Action =
  | Post
  | { kind: 'close' }
  | { kind: 'pay'; slug: string }
  | { kind: 'popup'; title: string; message: string; buttons: PopupButton[] }
  | { kind: 'ask'; question: Question; detail: string; yes: Action[]; no: Action[] }
  | { kind: 'haptic'; label: string; durationMs: number }
  | { kind: 'openLink'; url: string }
  | { kind: 'command'; text: string }
  | { kind: 'relaunch'; startParam: string }
  | { kind: 'share'; url: string; text: string }
  | { kind: 'customMethod'; reqId: string; method: string; params: unknown }
  | {
      kind: 'deviceStorage';
      reqId: string;
      operation: 'get' | 'save' | 'clear';
      key: string;
      value?: string | null;
    }
  | { kind: 'hideKeyboard' }
  | { kind: 'notice'; text: string };

/** One message of the game to its host. */
export interface AppEvent {
  type: string;
  data: Readonly<Record<string, unknown>>;
}

/** What a handler makes of an event: the fields of the state that change, and what is to be done. */
export interface Outcome {
  change?: Partial<BridgeState>;
  actions?: Action[];
}

export type Handler = (data: AppEvent['data'], state: BridgeState, facts: HostFacts) => Outcome;

export function initialState(fullscreen = false): BridgeState {
  const button = { visible: false, active: true, progress: false, shine: false };
  return {
    ready: false,
    reloadSupported: false,
    needsClosingConfirmation: false,
    allowsVerticalSwipe: true,
    orientationLocked: false,
    expanded: false,
    fullscreen,
    insetsFromMs: 0,
    sheetIsOld: false,
    backVisible: false,
    settingsVisible: false,
    main: { ...button, text: 'Continue' },
    secondary: { ...button, text: 'Cancel', position: 'left' },
    headerColor: 'header_bg_color',
    backgroundColor: 'bg_color',
    bottomBarColor: 'bottom_bar_bg_color',
    popupTimesMs: [],
  };
}
