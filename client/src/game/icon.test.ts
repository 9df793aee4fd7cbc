import { ICON_GLYPHS } from '@stardrift/shared/catalog';
import { describe, expect, it } from 'vitest';
import { dustSvg, iconSvg, starSvg } from './icon.ts';

describe('an icon', () => {
  it.each(ICON_GLYPHS)('%s is drawn, closed and hidden from screen readers', (glyph) => {
    const svg = iconSvg({ glyph, hue: 200 });
    expect(svg).toMatch(/^<svg [^>]*aria-hidden="true"[^>]*>.*<\/svg>$/s);
    expect(svg).not.toMatch(/undefined|NaN/);
    expect(svg.match(/<path|<circle|<ellipse/g)?.length).toBeGreaterThan(4);
  });

  it('shares no gradient with its twin', () => {
    const ids = [
      iconSvg({ glyph: 'ring', hue: 1 }),
      iconSvg({ glyph: 'ring', hue: 1 }),
      starSvg(),
      dustSvg(),
    ].flatMap((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(8);
  });

  it('refers only to gradients of its own', () => {
    const svg = iconSvg({ glyph: 'planet', hue: 220 });
    const own = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    for (const [, used] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(own).toContain(used);
  });
});
