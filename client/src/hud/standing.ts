import type { Outcome } from '../runs/ranked.ts';
import type { Words } from '../words/words.ts';

/** Where the run stands; or why that is not known. Nothing for a run that nobody ranks. */
export function standingText(
  outcome: Outcome | undefined,
  words: Words,
  online: boolean,
): string | undefined {
  if (outcome?.state === 'waiting') return words(online ? 'runWaiting' : 'runWaitingOffline');
  if (outcome?.state === 'refused') return words('runRefused');
  const { all, daily } = outcome?.ranks ?? {};
  const number = (place = 0): string => words.number(place);
  if (all !== undefined && daily !== undefined)
    return words('placeBoth', { all: number(all), daily: number(daily) });
  if (daily !== undefined) return words('placeDaily', { place: number(daily) });
  return all === undefined ? undefined : words('placeAll', { place: number(all) });
}
