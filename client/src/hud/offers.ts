import type { Outlook, RunView } from '../game/port.ts';
import { type ConsumableView, fitsSlot, isSpent } from '../shop/slots.ts';

/** A run is for playing: more offers than this would be a nuisance. */
export const OFFERS_PER_RUN = 3;

type Effect = ConsumableView['effects'][number];

/** An item of the catalogue, as it stands with this player. */
export interface Candidate {
  item: ConsumableView;
  owned: number;
  /** Can be bought now. */
  isSold: boolean;
  /** Lies in a slot of the run, where its price is in view already. */
  isInView: boolean;
}

export interface Moment {
  outlook: Outlook;
  run: Pick<RunView, 'used' | 'active'>;
  /** Ids of the items that were offered in this run before. */
  offered: readonly string[];
}

/** The void is this close, in world units, right after a gate pushed it back. */
const CLOSE = 330;
const PLENTY_OF_DUST = 6;
const HIGH_COMBO = 4;
const EARLY_GATE = 2;

/** What to offer at a gate: the one thing that would help most right now, and that the player has none of. Often nothing. */
export function offerAt(
  candidates: readonly Candidate[],
  { outlook, run, offered }: Moment,
): ConsumableView | undefined {
  if (offered.length >= OFFERS_PER_RUN) return undefined;
  const fitting = candidates.filter(
    ({ item, owned, isSold, isInView }) =>
      owned === 0 &&
      isSold &&
      !isInView &&
      fitsSlot(item) &&
      !offered.includes(item.id) &&
      !run.active.some(({ itemId }) => itemId === item.id) &&
      !isSpent(item, run.used),
  );
  let best: { item: ConsumableView; worth: number } | undefined;
  for (const { item } of fitting) {
    const worth = Math.max(...item.effects.map((effect) => worthOf(effect, outlook)));
    if (worth > (best?.worth ?? 0)) best = { item, worth };
  }
  return best?.item;
}

/** How much an effect would help as things stand; 0 is not at all. By what it does, not by whose it is. */
function worthOf(effect: Effect, { voidGap, rocks, dust, combo, gate }: Outlook): number {
  if (effect.op === 'score' && effect.on === 'gate') return gate <= EARLY_GATE ? 1 : 0;
  if (effect.on !== 'use') return 0;
  if (effect.op === 'charge' && effect.stat === 'hitGuard') return rocks > 0 ? 4 : 0;
  if (effect.op === 'invulnerable') return rocks > 0 ? 4 : 0;
  if (effect.op !== 'modify') return 0;
  const { stat, mul = 1, add = 0 } = effect;
  const isMore = mul > 1 || add > 0;
  const isLess = mul < 1 || add < 0;
  switch (stat) {
    case 'voidSpeed':
      return isLess && voidGap < CLOSE ? 5 : 0;
    case 'timeScale':
      return isLess && rocks > 1 ? 3 : 0;
    case 'dustRadius':
      return isMore && dust >= PLENTY_OF_DUST ? 2 : 0;
    case 'dustValue':
      return isMore && dust >= PLENTY_OF_DUST && combo >= HIGH_COMBO ? 3 : 0;
    case 'captureRadius':
      return isMore && combo === 1 ? 2 : 0;
    default:
      return 0;
  }
}
