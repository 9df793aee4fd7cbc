import { chordOf, hertz } from './tones.ts';

/** Slow chords that come and go, made up as they go on. */
export interface Pad {
  play(): void;
  rest(): void;
}

const BAR_SECONDS = 7;
/** A chord swells while the last one fades. */
const SWELL_SECONDS = 3;
const RING_SECONDS = 11;
const PEAK = 0.05;

/** @param gate asked at every chord, which is in the key of that gate */
export function createPad(context: AudioContext, out: AudioNode, gate: () => number): Pad {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let bar = 0;
  const warm = context.createBiquadFilter();
  warm.type = 'lowpass';
  warm.frequency.value = 900;
  warm.connect(out);

  function next(): void {
    timer = setTimeout(next, BAR_SECONDS * 1_000);
    // While the app sleeps its clock stands: what is begun then would all sound at once when it wakes.
    if (context.state !== 'running') return;
    for (const [voice, note] of chordOf(gate(), bar).entries()) sing(note, voice % 2 === 0 ? -4 : 4);
    bar += 1;
  }

  /** One voice of a chord, a little out of tune with the others. */
  function sing(note: number, cents: number): void {
    const at = context.currentTime;
    const voice = context.createOscillator();
    const level = context.createGain();
    voice.type = 'sawtooth';
    voice.frequency.value = hertz(note);
    voice.detune.value = cents;
    level.gain.setValueAtTime(0, at);
    level.gain.linearRampToValueAtTime(PEAK, at + SWELL_SECONDS);
    level.gain.setTargetAtTime(0, at + SWELL_SECONDS + 1, 2);
    voice.connect(level).connect(warm);
    voice.start(at);
    voice.stop(at + RING_SECONDS);
  }

  return {
    play() {
      if (timer === undefined) next();
    },
    rest() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
