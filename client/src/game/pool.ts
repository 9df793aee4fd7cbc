import Phaser from 'phaser';

/** Images of one texture, handed out anew for each frame; those not taken are hidden. */
export interface ImagePool {
  readonly layer: Phaser.GameObjects.Container;
  /** Call before the first `take` of a frame. */
  begin(): void;
  take(frame: string): Phaser.GameObjects.Image;
  /** Call after the last `take` of a frame. */
  end(): void;
}

/** `density` is that of the texture: images come out in world units. */
export function createImagePool(
  scene: Phaser.Scene,
  texture: string,
  density: number,
  blendMode: number,
): ImagePool {
  const layer = scene.add.container(0, 0);
  const images: Phaser.GameObjects.Image[] = [];
  let taken = 0;
  return {
    layer,
    begin: () => {
      taken = 0;
    },
    take(frame) {
      let image = images[taken];
      if (!image) {
        image = new Phaser.GameObjects.Image(scene, 0, 0, texture, frame).setBlendMode(blendMode);
        images.push(image);
        layer.add(image);
      }
      taken += 1;
      // Most pictures are what they were in the frame before; a new one is measured anew.
      if (image.frame.name !== frame) image.setFrame(frame);
      return image
        .setVisible(true)
        .setAlpha(1)
        .setRotation(0)
        .setScale(1 / density);
    },
    end() {
      for (let at = taken; at < images.length; at++) images[at]?.setVisible(false);
    },
  };
}
