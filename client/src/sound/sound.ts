import type { WorldEvent } from '@stardrift/shared/sim/world';
import type { Settings } from '../settings.ts';
import { createDrone, type Drone } from './drone.ts';
import { createPad, type Pad } from './pad.ts';
import { createRouse } from './rouse.ts';
import { chordOf, noteOf } from './tones.ts';
import * as voices from './voices.ts';

/** What the player hears. Everything is made here, nothing is loaded; before the first touch all of it is silence. */
export interface Sound {
  /** Browsers allow it from a touch on; repeating it is harmless. */
  wake(): void;
  hear(event: WorldEvent, gate: number): void;
  /** How close the void is, 0 to 1. */
  near(danger: number): void;
  /** A run begins, or none is on: the music starts anew in the first key. */
  home(): void;
  used(): void;
  arrived(): void;
  beat(): void;
  /** Something lies over the picture. */
  duck(on: boolean): void;
  /** Nothing sounds while the app is behind another. */
  visible(now: boolean): void;
  /** Of the audio clock; `undefined` before the first touch, or where there is no audio. */
  state(): AudioContextState | undefined;
}

const DUCKED = 0.25;
const MUSIC = 0.8;
const EFFECTS = 0.9;
/** Two of a kind closer together than this would only be louder. */
const APART_SECONDS = 0.035;
/** A sound that is asked for now begins when the audio thread can still place it. */
const AHEAD_SECONDS = 0.005;

interface Instruments {
  context: AudioContext;
  /** Wakes the clock; true when it is beyond that. */
  rouse: () => boolean;
  /** Everything but what the player has switched off, through one limiter. */
  master: GainNode;
  music: GainNode;
  effects: GainNode;
  pad: Pad;
  drone: Drone;
}

export function createSound(settings: Settings): Sound {
  let instruments: Instruments | undefined;
  let isDucked = false;
  let gate = 0;
  /** Dust collected since the last catch. */
  let row = 0;
  const last = new Map<string, number>();
  settings.onChange(mix);

  function mix(): void {
    if (!instruments) return;
    const { context, master, music, effects, pad } = instruments;
    const set = (node: GainNode, to: number) => node.gain.setTargetAtTime(to, context.currentTime, 0.08);
    set(master, isDucked ? DUCKED : 1);
    set(music, settings.isOn('music') ? MUSIC : 0);
    set(effects, settings.isOn('effects') ? EFFECTS : 0);
    if (settings.isOn('music')) pad.play();
    else pad.rest();
  }

  /** Plays one effect, unless the same was played a moment ago. */
  function play(name: string, voice: (place: voices.Place) => void): void {
    if (instruments?.context.state !== 'running' || !settings.isOn('effects')) return;
    const { context, effects } = instruments;
    const now = context.currentTime;
    if (now - (last.get(name) ?? Number.NEGATIVE_INFINITY) < APART_SECONDS) return;
    last.set(name, now);
    voice({ context, out: effects, at: now + AHEAD_SECONDS });
  }

  /** What plays on a clock that is stuck is never heard again: all of it is made anew. */
  function replace(): void {
    const stuck = instruments;
    stuck?.pad.rest();
    stuck?.context.close().catch(() => {});
    instruments = assemble(() => gate);
    mix();
  }

  return {
    wake() {
      if (!instruments) {
        instruments = assemble(() => gate);
        mix();
      }
      if (instruments?.rouse()) replace();
    },
    hear(event, at) {
      gate = at;
      switch (event.kind) {
        case 'launch':
          return play('launch', voices.launch);
        case 'catch':
          row = 0;
          return play('catch', (place) =>
            voices.caught(place, noteOf(gate, event.combo - 1, 1), event.clean),
          );
        case 'collect':
          // A row of dust is a run of notes, each a step higher.
          row += 1;
          return play('collect', (place) => voices.collected(place, noteOf(gate, (row - 1) % 8, 3)));
        case 'bounce':
          return play('bounce', voices.bounced);
        case 'comboLost':
          return play('lost', voices.lost);
        case 'gate':
          return play('gate', (place) => voices.gate(place, chordOf(gate, 0)));
        case 'hit':
          return play('hit', voices.hit);
        case 'death':
          return play('death', voices.died);
        case 'revive':
          return play('revive', (place) =>
            voices.revived(
              place,
              [0, 2, 3, 5].map((step) => noteOf(gate, step, 1)),
            ),
          );
        case 'cue':
          return;
      }
    },
    near: (danger) => instruments?.drone.near(danger),
    home() {
      gate = 0;
      instruments?.drone.near(0);
    },
    used: () => play('used', (place) => voices.used(place, noteOf(gate, 3, 1))),
    arrived: () => play('arrived', (place) => voices.arrived(place, noteOf(gate, 0, 2))),
    beat: () => play('beat', (place) => voices.beat(place, noteOf(gate, 0, 2))),
    duck(on) {
      isDucked = on;
      mix();
    },
    state: () => instruments?.context.state,
    visible(now) {
      if (!instruments) return;
      const { context } = instruments;
      // A clock that is interrupted refuses both; the next touch sees to it.
      (now ? context.resume() : context.suspend()).catch(() => {});
    },
  };
}

/** `undefined` where there is no audio: the game is played in silence. */
function assemble(gate: () => number): Instruments | undefined {
  if (!('AudioContext' in window)) return undefined;
  const context = new AudioContext({ latencyHint: 'interactive' });
  const limiter = context.createDynamicsCompressor();
  limiter.threshold.value = -10;
  limiter.ratio.value = 12;
  limiter.attack.value = 0.003;
  limiter.connect(context.destination);
  const master = context.createGain();
  const music = context.createGain();
  const effects = context.createGain();
  music.gain.value = 0;
  music.connect(master).connect(limiter);
  effects.connect(master);
  return {
    context,
    rouse: createRouse(context, () => performance.now()),
    master,
    music,
    effects,
    pad: createPad(context, music, gate),
    drone: createDrone(context, effects),
  };
}
