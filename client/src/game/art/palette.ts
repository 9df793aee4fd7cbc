/** The colours of the canvas. Each gate has a sky; the body colours below hold against all of them. */
export interface Sky {
  /** From the top of the screen to the bottom. */
  gradient: readonly [string, string, string, string];
  /** Two clouds of light in the distance. */
  nebula: readonly [string, string];
}

export const SKIES: readonly [Sky, ...Sky[]] = [
  { gradient: ['#070a20', '#111445', '#2a1d63', '#4b2470'], nebula: ['#5b6bff', '#c45bff'] },
  { gradient: ['#03141f', '#073142', '#0f4d5c', '#2a6a62'], nebula: ['#2fd6c3', '#4f8cff'] },
  { gradient: ['#170a22', '#3a1240', '#6d1f52', '#a13a53'], nebula: ['#ff7a9c', '#ffb057'] },
  { gradient: ['#0a0f1e', '#132746', '#1f4a78', '#4577a0'], nebula: ['#7cc4ff', '#a9f0ff'] },
  { gradient: ['#12060f', '#351026', '#5e1a2c', '#8f3b2a'], nebula: ['#ff9d4d', '#ff5f6d'] },
];

/** Light and dark side of each planet unless a look is worn. */
export const PLANETS: readonly (readonly [string, string])[] = [
  ['#ffd28a', '#c2552d'],
  ['#8fe3ff', '#2c5bd0'],
  ['#ffb3c7', '#9c2f7d'],
  ['#b9f6c2', '#1f8a78'],
  ['#d9c8ff', '#5a3fc0'],
  ['#ffe9b0', '#c98a2b'],
  ['#a8c8ff', '#33428f'],
  ['#ffb199', '#a0304a'],
];

/** `shift`: how far each step of heat takes its colours along. A look that is worn keeps more of its own. */
export const TRAIL = { palette: ['#f4fdff', '#7fd8ff', '#4a6cff'], width: 11, shift: 0.18 } as const;
export const WORN_SHIFT = 0.08;

/** What a combo turns the comet and its trail into, step by step. */
export const HEAT = ['#6fe0ff', '#7df5bf', '#ffe38a', '#ffac5c', '#ff7fc0'] as const;

export const COLOUR = {
  dust: '#8ff5de',
  rock: '#8a7f8f',
  rockGlow: '#ff7a5c',
  shield: '#74dcff',
  magnet: '#ff7d9d',
  slow: '#9d7bff',
  wide: '#86f2a0',
  void: '#12031c',
  voidRim: '#ff4fa3',
  voidCalm: '#6fc9ff',
  gate: '#fff0c2',
} as const;

/** `#rrggbb` with an opacity of 0 to 1. */
export function fade(colour: string, opacity: number): string {
  const value = Number.parseInt(colour.slice(1), 16);
  return `rgba(${value >> 16}, ${(value >> 8) & 255}, ${value & 255}, ${opacity})`;
}

/** A colour between two, `at` 0 to 1. */
export function blend(from: string, to: string, at: number): string {
  const a = Number.parseInt(from.slice(1), 16);
  const b = Number.parseInt(to.slice(1), 16);
  const channel = (shift: number): number => {
    const low = (a >> shift) & 255;
    return Math.round(low + (((b >> shift) & 255) - low) * at);
  };
  return `#${((channel(16) << 16) | (channel(8) << 8) | channel(0)).toString(16).padStart(6, '0')}`;
}
