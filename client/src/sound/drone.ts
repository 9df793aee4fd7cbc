/** The void, heard: a low hum that opens and grows as it comes near. */
export interface Drone {
  /** 0 far away, 1 at the comet. */
  near(danger: number): void;
}

const ROOT_HZ = 41.2;
/** How quickly it follows, in seconds. */
const LAG = 0.25;

export function createDrone(context: AudioContext, out: AudioNode): Drone {
  const level = context.createGain();
  const mouth = context.createBiquadFilter();
  level.gain.value = 0;
  mouth.type = 'lowpass';
  mouth.Q.value = 4;
  mouth.frequency.value = 80;
  mouth.connect(level).connect(out);
  for (const cents of [-9, 0, 11]) {
    const voice = context.createOscillator();
    voice.type = 'sawtooth';
    voice.frequency.value = ROOT_HZ;
    voice.detune.value = cents;
    voice.connect(mouth);
    voice.start();
  }
  return {
    near(danger) {
      level.gain.setTargetAtTime(0.22 * danger * danger, context.currentTime, LAG);
      mouth.frequency.setTargetAtTime(80 + 420 * danger, context.currentTime, LAG);
    },
  };
}
