import { hertz } from './tones.ts';

/** Where and when something is to be heard. */
export interface Place {
  context: BaseAudioContext;
  out: AudioNode;
  /** On the context's clock, in seconds. */
  at: number;
}

interface Tone {
  shape: OscillatorType;
  from: number;
  /** Where the pitch glides to; it stays without. Both in Hz. */
  to?: number;
  /** Seconds: until it begins, until it is loudest, until it is gone. */
  after?: number;
  attack?: number;
  length: number;
  /** Loudest amplitude, 0 to 1. */
  peak: number;
}

/** What fades never reaches zero by itself. */
const SILENCE = 0.0001;

export function tone({ context, out, at }: Place, { shape, from, to = from, ...envelope }: Tone): void {
  const { after = 0, attack = 0.006, length, peak } = envelope;
  const start = at + after;
  const voice = context.createOscillator();
  voice.type = shape;
  voice.frequency.setValueAtTime(from, start);
  voice.frequency.exponentialRampToValueAtTime(to, start + length);
  voice.connect(fade(context, start, attack, length, peak)).connect(out);
  voice.start(start);
  voice.stop(start + length);
}

interface Breath {
  /** Middle of the band, in Hz, from and to. */
  from: number;
  to: number;
  /** How narrow the band is. */
  q: number;
  after?: number;
  attack?: number;
  length: number;
  peak: number;
}

/** Air, rubble, wind: a band of noise. */
export function breath({ context, out, at }: Place, { from, to, q, ...envelope }: Breath): void {
  const { after = 0, attack = 0.01, length, peak } = envelope;
  const start = at + after;
  const source = context.createBufferSource();
  source.buffer = noise(context);
  source.loop = true;
  const band = context.createBiquadFilter();
  band.type = 'bandpass';
  band.Q.value = q;
  band.frequency.setValueAtTime(from, start);
  band.frequency.exponentialRampToValueAtTime(to, start + length);
  source
    .connect(band)
    .connect(fade(context, start, attack, length, peak))
    .connect(out);
  source.start(start);
  source.stop(start + length);
}

function fade(
  context: BaseAudioContext,
  start: number,
  attack: number,
  length: number,
  peak: number,
): GainNode {
  const node = context.createGain();
  node.gain.setValueAtTime(0, start);
  node.gain.linearRampToValueAtTime(peak, start + attack);
  node.gain.exponentialRampToValueAtTime(SILENCE, start + length);
  return node;
}

const noises = new WeakMap<BaseAudioContext, AudioBuffer>();

/** A second of it, made once for each context. */
function noise(context: BaseAudioContext): AudioBuffer {
  const known = noises.get(context);
  if (known) return known;
  const buffer = context.createBuffer(1, context.sampleRate, context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let at = 0; at < samples.length; at++) samples[at] = Math.random() * 2 - 1;
  noises.set(context, buffer);
  return buffer;
}

/** A struck bell: the note, its octave, and something glassy above. */
function bell(place: Place, note: number, peak: number, length: number, after = 0): void {
  const from = hertz(note);
  tone(place, { shape: 'sine', from, after, length, peak });
  tone(place, { shape: 'sine', from: from * 2, after, length: length * 0.6, peak: peak * 0.35 });
  tone(place, { shape: 'sine', from: from * 5.4, after, length: length * 0.22, peak: peak * 0.12 });
}

/** The comet lets go. */
export function launch(place: Place): void {
  breath(place, { from: 500, to: 2_400, q: 1.2, length: 0.2, peak: 0.4 });
}

/** A planet takes it: a note that climbs with the combo; a clean catch has its fifth with it. */
export function caught(place: Place, note: number, isClean: boolean): void {
  tone(place, { shape: 'triangle', from: hertz(note), length: 0.34, peak: 0.3 });
  bell(place, note, isClean ? 0.2 : 0.1, 0.7);
  if (isClean) bell(place, note + 7, 0.11, 0.8, 0.05);
}

export function collected(place: Place, note: number): void {
  bell(place, note, 0.11, 0.26);
}

export function bounced(place: Place): void {
  tone(place, { shape: 'sine', from: 190, to: 70, length: 0.18, peak: 0.3 });
  breath(place, { from: 900, to: 300, q: 0.8, length: 0.08, peak: 0.12 });
}

/** The chain is lost. */
export function lost(place: Place): void {
  breath(place, { from: 900, to: 180, q: 2, length: 0.4, attack: 0.05, peak: 0.5 });
}

export function gate(place: Place, chord: readonly number[]): void {
  for (const [at, note] of chord.entries())
    tone(place, {
      shape: 'triangle',
      from: hertz(note + 12),
      after: at * 0.07,
      attack: 0.1,
      length: 1.5,
      peak: 0.1,
    });
  breath(place, { from: 400, to: 5_000, q: 0.7, attack: 0.5, length: 1.2, peak: 0.07 });
}

export function hit(place: Place): void {
  breath(place, { from: 1_800, to: 200, q: 0.6, length: 0.32, peak: 0.4 });
  tone(place, { shape: 'square', from: 130, to: 48, length: 0.22, peak: 0.16 });
}

export function died(place: Place): void {
  tone(place, { shape: 'sine', from: 330, to: 42, attack: 0.02, length: 1.3, peak: 0.36 });
  breath(place, { from: 700, to: 60, q: 0.7, attack: 0.04, length: 1.5, peak: 0.3 });
}

export function revived(place: Place, notes: readonly number[]): void {
  for (const [at, note] of notes.entries()) bell(place, note, 0.2, 0.8, at * 0.08);
}

/** An item goes into the run. */
export function used(place: Place, note: number): void {
  tone(place, { shape: 'triangle', from: hertz(note), length: 0.16, peak: 0.24 });
  tone(place, { shape: 'triangle', from: hertz(note + 12), after: 0.08, length: 0.3, peak: 0.22 });
}

/** Something of the player's own has arrived: a rising fifth with a shimmer. */
export function arrived(place: Place, note: number): void {
  bell(place, note, 0.24, 0.7);
  bell(place, note + 7, 0.26, 1.1, 0.13);
  for (let spark = 0; spark < 5; spark++)
    bell(place, note + 24 + (spark % 2) * 7, 0.05, 0.35, 0.24 + spark * 0.06);
}

/** One beat of the countdown. */
export function beat(place: Place, note: number): void {
  tone(place, { shape: 'sine', from: hertz(note), length: 0.12, peak: 0.2 });
}
