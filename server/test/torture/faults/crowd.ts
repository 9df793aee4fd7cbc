import type { Random } from '../random.ts';
import { pause } from '../wait.ts';
import type { Shopper } from './shopper.ts';

/** Many players who buy and use, until they are told to stop. */
export interface Crowd {
  /** Resolves when each has ended what they were doing. */
  stop(): Promise<void>;
}

export interface CrowdOptions {
  /** From one purchase of a player to the next, on average. The shop takes 20 orders of one player in 20 s. */
  everyMs: number;
  /** Whether they use what they have bought. A use is not in Telegram's ledger: only a store that loses nothing keeps it. */
  uses: boolean;
  /** How often, of all purchases, two devices pay the same link at once; one of the payments goes back. */
  impatience?: number;
}

/** Single items and several, one or more of them. */
const WISHES = [
  ['second_wind', 3],
  ['shield_3', 2],
  ['magnet_3', 1],
  ['voyager_bundle', 1],
] as const;
const ITEMS = ['second_wind', 'shield', 'magnet', 'slow_time'] as const;

export function startCrowd(shoppers: readonly Shopper[], random: Random, options: CrowdOptions): Crowd {
  let open = true;
  const lives = shoppers.map(async (shopper) => {
    const own = random.fork();
    await pause(own.next() * options.everyMs);
    while (open) {
      const wait = pause((0.5 + own.next()) * options.everyMs);
      await act(shopper, own, options);
      await wait;
    }
  });
  return {
    async stop() {
      open = false;
      await Promise.all(lives);
    },
  };
}

async function act(
  shopper: Shopper,
  random: Random,
  { uses, impatience = 0.04 }: CrowdOptions,
): Promise<void> {
  if (uses && random.chance(0.25)) return void (await shopper.use(random.pick(ITEMS)));
  const [sku, most] = random.pick(WISHES);
  const link = await shopper.order(sku, random.whole(1, most));
  if (link === undefined) return;
  if (random.chance(impatience)) await Promise.all([shopper.pay(link), shopper.pay(link)]);
  else await shopper.pay(link);
}
