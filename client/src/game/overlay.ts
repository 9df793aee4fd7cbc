import { statOf } from '@stardrift/shared/sim/stats';
import type Phaser from 'phaser';
import { TEXTURE, WASH } from './art/atlas.ts';
import { dangerAt } from './danger.ts';
import type { View } from './view.ts';

/** In front of the world: slowed time, the void coming close. */
export function createOverlay(scene: Phaser.Scene): { draw(view: View): void } {
  const slow = scene.add.image(0, 0, TEXTURE.washes, WASH.slow).setOrigin(0);
  const danger = scene.add.image(0, 0, TEXTURE.washes, WASH.danger).setOrigin(0);
  let slowness = 0;

  return {
    draw(view) {
      const { width, height } = view.layout;
      const target = view.idle ? 0 : 1 - statOf(view.world, 'timeScale');
      slowness += (Math.max(0, target) - slowness) * Math.min(1, view.seconds * 6);
      const breath = view.calm ? 0 : 0.12 * Math.sin(view.clock * 3.2);
      slow
        .setDisplaySize(width, height)
        .setVisible(slowness > 0.01)
        .setAlpha(Math.min(1, slowness * (2.2 + breath)));
      const close = dangerAt(view.y - view.world.voidY);
      danger.setDisplaySize(width, height).setVisible(close > 0.02 && !view.idle);
      danger.setAlpha(Math.min(0.7, close));
    },
  };
}
