/** Colours as `#rrggbb`. Contrast is WCAG 2.2's ratio, 1 to 21. */
export type Hex = string;

type Rgb = readonly [number, number, number];

export function contrast(a: Hex, b: Hex): number {
  const [light, dark] = [luminance(parse(a)), luminance(parse(b))].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/**
 * `ink` moved towards white or black, whichever is nearer to enough, until it stands out from `ground` by `ratio`.
 * Telegram's own night theme has 3.7:1 on its buttons and 3.6:1 for hints, which is too little to read outdoors.
 */
export function readable(ink: Hex, ground: Hex, ratio = 4.5): Hex {
  for (let part = 0; part <= 20; part++) {
    for (const end of ['#ffffff', '#000000']) {
      const moved = mix(ink, end, part / 20);
      if (contrast(moved, ground) >= ratio) return moved;
    }
  }
  return contrast('#ffffff', ground) >= contrast('#000000', ground) ? '#ffffff' : '#000000';
}

/** `part` of `b` (0 to 1) in `a`. */
export function mix(a: Hex, b: Hex, part: number): Hex {
  const [from, to] = [parse(a), parse(b)];
  const channel = (at: 0 | 1 | 2) => Math.round(from[at] + (to[at] - from[at]) * part);
  return `#${[channel(0), channel(1), channel(2)].map((c) => c.toString(16).padStart(2, '0')).join('')}`;
}

export const isDark = (colour: Hex): boolean => luminance(parse(colour)) < 0.18;

function parse(hex: Hex): Rgb {
  const n = Number.parseInt(hex.slice(1, 7), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

function luminance([r, g, b]: Rgb): number {
  const linear = (c: number) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
