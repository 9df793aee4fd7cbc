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
  if (outcome === undefined) return undefined;
  const { daily } = outcome.ranks;
  // The place of all time is that of the best run; under a lesser one it would be read as its own.
  const all = outcome.score < outcome.best ? undefined : outcome.ranks.all;
  const number = (place = 0): string => words.number(place);
  if (all !== undefined && daily !== undefined)
    return words('placeBoth', { all: number(all), daily: number(daily) });
  if (daily !== undefined) return words('placeDaily', { place: number(daily) });
  return all === undefined ? undefined : words('placeAll', { place: number(all) });
}
