import { launchChromium } from '@stardrift/tools/chromium';
import { freePort } from '@stardrift/tools/port';
import { onTestFinished } from 'vitest';
import { openWorld } from '../../server/test/way/world.ts';
import { openLine } from './line.ts';
import { openPhone, type Phone, type PhoneOptions } from './phone.ts';

/** The one whom the bot takes for support. */
const SUPPORT = 900;

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A player of the sandbox, as the tests make them. */
export interface StagePlayer {
  id: number;
  initData: string;
  launchUrl: string;
}

/** Redis, the sandbox with its host page, the server with the built client, and Chromium: all real, private to one file. */
export async function openStage({ webgl = true, ...options }: { catalog?: string; webgl?: boolean } = {}) {
  const clientDir = process.env.CLIENT_DIST;
  if (!clientDir)
    throw new Error('CLIENT_DIST does not say where the client was built for tests. Run: npm test');
  const port = await freePort();
  const line = await openLine(port);
  const world = await openWorld({
    clientDir,
    ...options,
    sandbox: { botName: 'Slingdust', botUsername: 'slingdust_bot' },
    env: { PORT: String(port), PUBLIC_URL: line.url, ADMIN_IDS: String(SUPPORT) },
    // A late update stays late: nobody else brings the payment.
    pauses: { reconcileMs: 600_000 },
  });
  const browser = await launchChromium({ webgl });

  return {
    world,
    browser,
    line,

    /** A player known to the sandbox; nothing of theirs is open yet. */
    async player(details: Record<string, unknown> = {}): Promise<StagePlayer> {
      const made = await world.control('/sandbox/players', { first_name: 'Mira', stars: 500, ...details });
      return made as unknown as StagePlayer;
    },

    /** The player's phone, 390×844 unless told otherwise; nothing is open on it. */
    async phone(options: PhoneOptions = {}): Promise<Phone> {
      const phone = await openPhone(browser, line.url, options);
      // A game that nobody looks at any more would only slow the next test down.
      onTestFinished(async ({ task }) => {
        if (task.result?.state === 'fail') await phone.shoot(`failed ${task.name}`);
        await phone.close();
      });
      return phone;
    },

    /** What the server has for the player, asked as a second device of theirs. */
    second: (player: StagePlayer) => world.connect(player.initData, line.url),

    /** Says it to the bot in the chat, as support. */
    async support(text: string): Promise<void> {
      await world.control('/sandbox/players', { id: SUPPORT, first_name: 'Support' });
      await world.control('/host/message', { userId: SUPPORT, text });
    },

    async close() {
      await browser.close();
      await world.close();
      await line.close();
    },
  };
}
