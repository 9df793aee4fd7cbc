import { chordOf, noteOf } from './tones.ts';
import * as voices from './voices.ts';

/** What was to be heard of one effect. */
export interface Heard {
  /** Largest amplitude; beyond 1 it would crackle. */
  peak: number;
  /** Root of the mean square: how loud it was. */
  loudness: number;
  /** Seconds until it was gone. */
  length: number;
}

const SECONDS = 3;
const RATE = 44_100;
const SILENT = 0.0005;

const EFFECTS: Record<string, (place: voices.Place) => void> = {
  launch: voices.launch,
  caught: (place) => voices.caught(place, noteOf(0, 0, 1), false),
  caughtClean: (place) => voices.caught(place, noteOf(5, 9, 1), true),
  collected: (place) => voices.collected(place, noteOf(5, 7, 3)),
  bounced: voices.bounced,
  lost: voices.lost,
  gate: (place) => voices.gate(place, chordOf(1, 0)),
  hit: voices.hit,
  died: voices.died,
  revived: (place) =>
    voices.revived(
      place,
      [0, 2, 3, 5].map((step) => noteOf(0, step, 1)),
    ),
  used: (place) => voices.used(place, noteOf(0, 3, 1)),
  arrived: (place) => voices.arrived(place, noteOf(0, 0, 2)),
  beat: (place) => voices.beat(place, noteOf(0, 0, 2)),
};

/** Plays every effect to nobody and measures it; for tests. */
export async function listen(): Promise<Record<string, Heard>> {
  const heard = await Promise.all(
    Object.entries(EFFECTS).map(async ([name, effect]) => [name, await measure(effect)] as const),
  );
  return Object.fromEntries(heard);
}

async function measure(effect: (place: voices.Place) => void): Promise<Heard> {
  const context = new OfflineAudioContext(1, SECONDS * RATE, RATE);
  effect({ context, out: context.destination, at: 0 });
  const samples = (await context.startRendering()).getChannelData(0);
  let peak = 0;
  let squares = 0;
  let last = 0;
  for (const [at, sample] of samples.entries()) {
    peak = Math.max(peak, Math.abs(sample));
    squares += sample * sample;
    if (Math.abs(sample) > SILENT) last = at;
  }
  return { peak, loudness: Math.sqrt(squares / samples.length), length: last / RATE };
}
