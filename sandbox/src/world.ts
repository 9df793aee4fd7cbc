import type { BotCommand, MenuButton, Message, StarTransaction, User, UserFromGetMe } from '@grammyjs/types';
import { counter, counterStart } from './ids.ts';
import type { Delivery } from './updates/delivery.ts';

/** A person with an account on this Telegram. */
export interface Player {
  id: number;
  first_name: string;
  username?: string;
  language_code: string;
  stars: number;
  /** The player has stopped the bot: its messages are refused. */
  blocked: boolean;
  /** Cloud storage of the Mini App. */
  storage: Map<string, string>;
}

export interface Invoice {
  slug: string;
  bot: Bot;
  title: string;
  description: string;
  payload: string;
  priceStars: number;
  photoUrl?: string;
  /** Seconds; present for a subscription. */
  subscriptionPeriod?: number;
  /** Present when the invoice was sent as a message, which can be paid once. */
  message?: Message;
  /** Whether an invoice message is being paid or was paid. */
  spent: boolean;
}

export interface Charge {
  id: string;
  bot: Bot;
  userId: number;
  payload: string;
  priceStars: number;
  providerChargeId: string;
  paidAtMs: number;
  refunded: boolean;
  subscription?: Subscription;
}

/** A paid subscription; renewals share it. */
export interface Subscription {
  period: number;
  title: string;
  expiresAt: number;
  /** Who stopped the renewal, if anybody did. */
  canceledBy?: 'bot' | 'user';
}

/** A pre-checkout query that waits for its answer: the text of a refusal, or null for yes. */
export interface OpenPreCheckout {
  answer(refusal: string | null): void;
}

/** A callback query that waits for its answer. */
export interface OpenCallback {
  userId: number;
  expiresAtMs: number;
}

export interface Bot {
  token: string;
  user: UserFromGetMe;
  stars: number;
  /** Oldest first. */
  ledger: StarTransaction[];
  chats: Map<number, Map<number, Message>>;
  openPreCheckouts: Map<string, OpenPreCheckout>;
  openCallbacks: Map<string, OpenCallback>;
  delivery: Delivery;
  setup: BotSetup;
}

/** What the bot said about itself; it stays when the sandbox is reset. */
export interface BotSetup {
  /** Key: see `bot-api/commands.ts`. */
  commands: Map<string, BotCommand[]>;
  /** Key: the chat, or 0 for the default. */
  menuButtons: Map<number, MenuButton>;
  /** Key: the language, or '' for every other. */
  descriptions: Map<string, string>;
  shortDescriptions: Map<string, string>;
}

/** Everything this Telegram knows. Apart from the bots themselves, a reset empties it. */
export interface World {
  /** By token. */
  bots: ReadonlyMap<string, Bot>;
  /** The bot of the host page. */
  mainBot: Bot;
  players: Map<number, Player>;
  /** By slug. */
  invoices: Map<string, Invoice>;
  /** By charge id. */
  charges: Map<string, Charge>;
  /** The timers of updates that a fault holds back. */
  held: Set<NodeJS.Timeout>;
  nextPlayerId: () => number;
  nextMessageId: () => number;
}

export function emptySetup(): BotSetup {
  return {
    commands: new Map(),
    menuButtons: new Map(),
    descriptions: new Map(),
    shortDescriptions: new Map(),
  };
}

export function createWorld(bots: readonly [Bot, ...Bot[]]): World {
  return {
    bots: new Map(bots.map((bot) => [bot.token, bot])),
    mainBot: bots[0],
    players: new Map(),
    invoices: new Map(),
    charges: new Map(),
    held: new Set(),
    nextPlayerId: counter(counterStart(10, 5_000_000_000)),
    nextMessageId: counter(counterStart(1)),
  };
}

/** A bot for the token `<id>:<secret>`. Throws when the token is not of that form. */
export function createBot(token: string, name: string, username: string, delivery: Delivery): Bot {
  const id = Number(/^([1-9]\d{0,15}):[A-Za-z0-9_-]{3,64}$/.exec(token)?.[1]);
  if (!Number.isSafeInteger(id)) {
    throw new Error('Bot token: it must read <bot id>:<secret>, as BotFather writes it. Set BOT_TOKEN.');
  }
  return {
    token,
    user: botUser(id, name, username),
    stars: 0,
    ledger: [],
    chats: new Map(),
    openPreCheckouts: new Map(),
    openCallbacks: new Map(),
    delivery,
    setup: emptySetup(),
  };
}

function botUser(id: number, name: string, username: string): UserFromGetMe {
  return {
    id,
    is_bot: true,
    first_name: name,
    username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    supports_guest_queries: false,
    can_connect_to_business: false,
    has_main_web_app: true,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}

/** The player as the Bot API shows a user. */
export function userOf(player: Player): User {
  return {
    id: player.id,
    is_bot: false,
    first_name: player.first_name,
    ...(player.username && { username: player.username }),
    language_code: player.language_code,
  };
}
