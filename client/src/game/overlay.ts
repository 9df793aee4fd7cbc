import { WIDTH } from '@stardrift/shared/sim/constants';
import { statOf } from '@stardrift/shared/sim/stats';
import Phaser from 'phaser';
import { TEXTURE } from './art/atlas.ts';
import { dangerAt } from './danger.ts';
import type { View } from './view.ts';

const GATE_SECONDS = 1.3;

/** In front of the world: the sides of the field, a gate going by, slowed time, the void coming close. */
export function createOverlay(scene: Phaser.Scene): { draw(view: View): void } {
  const edges = [0, 1].map(() =>
    scene.add.image(0, 0, TEXTURE.edge).setOrigin(0.5, 0).setBlendMode(Phaser.BlendModes.ADD),
  );
  const gate = scene.add.image(0, 0, TEXTURE.gate).setOrigin(0, 0.5).setBlendMode(Phaser.BlendModes.ADD);
  const slow = scene.add.image(0, 0, TEXTURE.slow).setOrigin(0);
  const danger = scene.add.image(0, 0, TEXTURE.danger).setOrigin(0);
  let gatesSeen = 0;
  let gateAge = GATE_SECONDS;
  let slowness = 0;

  function drawGate(view: View): void {
    const { width, height } = view.layout;
    if (view.world.gate > gatesSeen) gateAge = 0;
    gatesSeen = view.world.gate;
    gateAge = Math.min(GATE_SECONDS, gateAge + view.seconds);
    const through = gateAge / GATE_SECONDS;
    gate.setVisible(through < 1 && !view.calm);
    gate.setPosition(0, height * (through * 1.3 - 0.15)).setDisplaySize(width, height * 0.24);
    gate.setAlpha(0.7 * Math.sin(Math.PI * through));
  }

  return {
    draw(view) {
      const { width, height, left, scale } = view.layout;
      edges.forEach((edge, side) => {
        edge.setPosition(left + side * WIDTH * scale, 0).setDisplaySize(34 * scale, height);
        edge.setAlpha(left > 12 ? 0.3 : 0.16);
      });
      drawGate(view);
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
