import { WIDTH } from '@stardrift/shared/sim/constants';
import Phaser from 'phaser';
import { COLUMN, TEXTURE } from './art/atlas.ts';
import type { View } from './view.ts';

const GATE_SECONDS = 1.3;

/** The sides of the field, and a gate going by. */
export function createField(scene: Phaser.Scene): { draw(view: View): void } {
  const edges = [0, 1].map(() =>
    scene.add.image(0, 0, TEXTURE.columns, COLUMN.edge).setOrigin(0.5, 0).setBlendMode(Phaser.BlendModes.ADD),
  );
  const gate = scene.add
    .image(0, 0, TEXTURE.columns, COLUMN.gate)
    .setOrigin(0, 0.5)
    .setBlendMode(Phaser.BlendModes.ADD);
  let gatesSeen = 0;
  let gateAge = GATE_SECONDS;

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
      const { height, left, scale } = view.layout;
      edges.forEach((edge, side) => {
        edge.setPosition(left + side * WIDTH * scale, 0).setDisplaySize(34 * scale, height);
        edge.setAlpha(left > 12 ? 0.3 : 0.16);
      });
      drawGate(view);
    },
  };
}
