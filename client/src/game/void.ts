import { BASE } from '@stardrift/shared/sim/constants';
import { statOf } from '@stardrift/shared/sim/stats';
import Phaser from 'phaser';
import { COLUMN, CREST, TEXTURE } from './art/atlas.ts';
import type { Pictures } from './art/textures.ts';
import { CANVAS, Quads } from './quads.ts';
import { screenY, type View, wrap } from './view.ts';

/** The void: a dark sea with a burning edge, and its breath above. Blue and slow while an item holds it back. */
export function createVoid(scene: Phaser.Scene, pictures: Pictures): { draw(view: View): void } {
  const glow = scene.add
    .image(0, 0, TEXTURE.columns, COLUMN.voidGlow)
    .setOrigin(0, 1)
    .setBlendMode(Phaser.BlendModes.ADD);
  const cold = scene.add
    .image(0, 0, TEXTURE.columns, COLUMN.voidCalmGlow)
    .setOrigin(0, 1)
    .setBlendMode(Phaser.BlendModes.ADD);
  const body = scene.add.image(0, 0, TEXTURE.columns, COLUMN.voidBody).setOrigin(0, 0);
  const crests = new Quads(scene, CANVAS, false);
  let held = 0;

  /** @param flow how far it has run to the left; @param top canvas pixel of its upper side */
  function drawCrest({ layout: { width, scale } }: View, flow: number, top: number, alpha: number): void {
    // Whole pixels: where a 2D canvas draws two edges into one pixel, both are half there. Not none, in a window folded away.
    const wave = Math.max(16, Math.round(CREST.width * scale));
    for (let left = -Math.round(wrap(flow, CREST.width) * scale); left < width; left += wave)
      crests
        .take(pictures.crest)
        .at(left + wave / 2, top + (CREST.height * scale) / 2)
        .scaled(wave / CREST.width, scale)
        .faded(alpha);
  }

  return {
    draw(view) {
      const { width, height, scale } = view.layout;
      const surface = screenY(view, view.world.voidY);
      const reach = 210 * scale;
      const near = surface - reach < height;
      crests.begin();
      for (const part of [glow, cold, body]) part.setVisible(near);
      if (!near) return;
      held += ((isHeld(view) ? 1 : 0) - held) * Math.min(1, view.seconds * 5);
      const pulse = view.calm ? 1 : 1 + 0.1 * Math.sin(view.clock * 2.1);
      glow
        .setPosition(0, surface + 24 * scale)
        .setDisplaySize(width, reach * pulse)
        .setAlpha(0.95 * (1 - held));
      cold
        .setPosition(0, surface + 24 * scale)
        .setDisplaySize(width, reach * pulse)
        .setAlpha(held);
      const flow = view.calm ? 0 : view.clock * (26 - 18 * held);
      for (const [speed, lift, alpha] of [
        [-0.7, 22, 0.5],
        [1, 14, 1],
      ] as const) {
        const swell = view.calm ? 0 : Math.sin(view.clock * 1.7 + lift) * 4 * scale;
        drawCrest(view, flow * speed, surface - lift * scale + swell, alpha);
      }
      body
        .setPosition(0, surface + 12 * scale)
        .setDisplaySize(width, Math.max(1, height - surface + 40 * scale));
    },
  };
}

const isHeld = ({ world }: View): boolean =>
  world.modifiers.some((modifier) => modifier.stat === 'voidSpeed') &&
  statOf(world, 'voidSpeed') < BASE.voidSpeed[0] + BASE.voidSpeed[1] * world.time;
