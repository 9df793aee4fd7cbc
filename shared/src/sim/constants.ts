/** The numbers of the game. Lengths are world units (1 unit is the "1 m" of the texts), times are seconds of the world. */

/** Changes whenever the same inputs would lead to another run; older saved runs are then refused. */
export const SIM_VERSION = 1;

export const STEPS_PER_SECOND = 120;
export const STEP_MS = 1000 / STEPS_PER_SECOND;

/** The playfield is this wide; height has no end. x runs from 0 to WIDTH, y grows upwards from the first planet. */
export const WIDTH = 390;

export const PLANET = {
  radiusMin: 22,
  radiusMax: 54,
  /** The comet circles this far above the ground. */
  orbitAbove: 26,
  /** Centre to centre. */
  spacingMin: 150,
  spacingMax: 260,
  /** Between the outermost point of an orbit and the side of the field. */
  sideMargin: 14,
  /** Free space between two orbits. */
  gapMin: 26,
  /** Planets are made this far above the comet. */
  ahead: 1000,
  /** From this planet on the game is as hard as it gets. */
  hardestIndex: 70,
} as const;

/** Where every run begins; its highest point is height 0 of the score. */
export const FIRST_PLANET = { radius: 38, orbit: 38 + PLANET.orbitAbove } as const;

export const COMET = { radius: 8 } as const;

/** Base values of the stats. A pair runs from the first planet to the hardest one. */
export const BASE = {
  captureRadius: 34,
  dustRadius: 30,
  dustValue: 1,
  flightSpeed: [420, 620],
  orbitSpeed: [2.2, 4.2],
  /** At rest, and per second of play. */
  voidSpeed: [40, 1.1],
  timeScale: 1,
  startHeight: 0,
  hitGuard: 0,
} as const;

/** The shortest time, in milliseconds, that a tap towards the next planet may come too early or too late. */
export const TAP_WINDOW_MS = { early: 90, late: 45 } as const;

export const FLIGHT = {
  /** A flight is straight for this long; then the comet is lost and falls. */
  straight: 0.95,
  gravity: 760,
  fallSpeedMax: 640,
  /** Part of the sideways speed that is left when a side of the field throws the comet back. */
  bounce: 0.8,
} as const;

export const ORBIT = {
  /**
   * A caught comet settles on its orbit like a critically damped spring, and takes up the planet's pace. It must not swing
   * beyond the orbit, where a rock may pass.
   */
  stiffness: 144,
  damping: 24,
  paceGain: 7,
  groundClearance: 11,
} as const;

export const COMBO = {
  /** A catch is clean when the flight's line passes the orbit within this distance. */
  cleanBand: 16,
  max: 10,
} as const;

export const DUST = { points: 10, pullSpeed: 560, catchDistance: 15 } as const;

export const VOID = {
  startBelow: 300,
  /** The void hurries when it is left further behind than this. */
  leadMax: 400,
  hurryGain: 0.9,
  pushedBackByGate: 120,
  /** A revived comet has at least this much room, whatever the item says. */
  reviveGap: 80,
} as const;

export const GATE = { everySeconds: 20, calmSeconds: 2 } as const;

export const ROCK = {
  radiusMin: 9,
  radiusMax: 14,
  speedMin: 34,
  speedMax: 78,
  swingMin: 46,
  swingMax: 120,
  /** Between a rock and the comet on its orbit. */
  clearance: 7,
} as const;
