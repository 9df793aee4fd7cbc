import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { callFromWebhook } from './bot-api/call.ts';
import { serveBotApi } from './bot-api/server.ts';
import { Calls } from './calls.ts';
import { type Control, createControl } from './control.ts';
import { HostEvents } from './events.ts';
import { Faults } from './faults.ts';
import { createHostApi } from './host-api.ts';
import { PUBLIC_KEY_HEX } from './launch.ts';
import { rules } from './rules.ts';
import type { Telegram } from './telegram.ts';
import { type Timings, timings } from './timings.ts';
import { Delivery } from './updates/delivery.ts';
import { type Bot, createBot, createWorld } from './world.ts';

/** A token as BotFather writes it, known to nobody but the sandbox. */
export const DEFAULT_TOKEN = '7000000001:sandbox-only-this-bot-exists-nowhere-else';

export interface SandboxOptions {
  /** 127.0.0.1 by default. */
  host?: string;
  /** 0, the default, takes a free port. */
  port?: number;
  /** The tokens of the bots that exist; the first one is the bot of the host page. */
  tokens?: readonly string[];
  botName?: string;
  botUsername?: string;
  /** Where players reach the host page; `http://localhost:<port>` by default. */
  publicUrl?: string;
  /** Divides every wait: 1 is Telegram's own pace. */
  timeScale?: number;
  /** Single waits in milliseconds, over the scale. */
  timings?: Partial<Timings>;
  /** What Telegram leaves open; see `rules.ts`. */
  rules?: Readonly<Record<string, unknown>>;
}

export interface Sandbox {
  /** Where the host page is. */
  url: string;
  /** What a bot library takes as the root of the Bot API. */
  apiRoot: string;
  bot: { id: number; username: string; token: string };
  /** In hex; checks the `signature` of initData. */
  publicKeyHex: string;
  control: Control;
  reset(): void;
  close(): Promise<void>;
}

/** Starts a Telegram and resolves when it listens. Rejects when the port is taken or an option is wrong. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const telegram = createTelegram(options);
  let publicUrl = options.publicUrl ?? '';
  const control = createControl(telegram, () => publicUrl);
  const app = createApp(control, createHostApi(telegram), telegram.events, () => publicUrl);
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/bot')) void answerBot(telegram, request, response);
    else app(request, response);
  });
  // Bots keep their connections open between calls; closing one under a call would look like a fault.
  server.keepAliveTimeout = 75_000;
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, host, options.port ?? 0);
  publicUrl ||= `http://localhost:${port}`;
  const { token, user } = telegram.world.mainBot;
  return {
    url: publicUrl,
    apiRoot: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    bot: { id: user.id, username: user.username, token },
    publicKeyHex: PUBLIC_KEY_HEX,
    control,
    reset: () => void control.reset(),
    close: () => close(server, telegram, control),
  };
}

/** Everything but the HTTP around it. */
export function createTelegram(options: SandboxOptions): Telegram {
  const waits = timings(options.timeScale, options.timings);
  const [first = DEFAULT_TOKEN, ...others] = options.tokens ?? [];
  const make = (token: string, index = -1): Bot => {
    const number = index < 0 ? '' : String(index + 2);
    const name = `${options.botName ?? 'Sandbox Bot'}${number && ` ${number}`}`;
    const username = `${number && `second_${number}_`}${options.botUsername ?? 'sandbox_bot'}`;
    return createBot(token, name, username, new Delivery(waits));
  };
  const world = createWorld([make(first), ...others.map(make)]);
  const telegram: Telegram = {
    world,
    timings: waits,
    rules: rules(options.rules),
    faults: new Faults(),
    events: new HostEvents(),
    calls: new Calls(),
  };
  for (const bot of world.bots.values()) {
    bot.delivery.onAnswer = (answer) => void callFromWebhook(telegram, bot, answer).catch(console.error);
  }
  return telegram;
}

async function answerBot(
  telegram: Telegram,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await serveBotApi(telegram, request, response);
  } catch (error) {
    console.error(error);
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end('{"ok":false,"error_code":500,"description":"Internal Server Error"}');
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function close(server: Server, telegram: Telegram, control: Control): Promise<void> {
  control.reset();
  for (const bot of telegram.world.bots.values()) bot.delivery.close();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}
