import Phaser from 'phaser';
import { TEXTURE } from './art/atlas.ts';

type Frame = Phaser.Textures.Frame;
type BatchHandler = Phaser.Renderer.WebGL.RenderNodes.BatchHandlerQuad;

/** A system of coordinates on the canvas: where it begins, in pixels, and how many of them its unit has. Its y runs down. */
export interface Ground {
  x: number;
  y: number;
  scale: number;
}

/** The canvas's own pixels. */
export const CANVAS: Ground = { x: 0, y: 0, scale: 1 };

/** What every quad is drawn with. The engine notes in it how a layer treats alpha, which is alike for all of ours. */
const OPTIONS = { multiTexturing: true };
const WHITE = 0xffffff;

/** One picture, held by its middle, in units of its ground. */
class Quad {
  frame: Frame;
  x = 0;
  y = 0;
  rotation = 0;
  scaleX = 1;
  scaleY = 1;
  alpha = 1;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  at(x: number, y: number): this {
    this.x = x;
    this.y = y;
    return this;
  }

  /** In radians, clockwise. */
  turned(rotation: number): this {
    this.rotation = rotation;
    return this;
  }

  /** At 1 a picture is as large as it was drawn, whatever the density of its sheet. */
  scaled(scaleX: number, scaleY = scaleX): this {
    this.scaleX = scaleX;
    this.scaleY = scaleY;
    return this;
  }

  faded(alpha: number): this {
    this.alpha = Math.min(1, Math.max(0, alpha));
    return this;
  }
}

/**
 * Many pictures as one thing of the engine's, taken anew for each frame and drawn in that order. As things of their own, in
 * containers, the same pictures take the processor twice as long to draw.
 *
 * Cameras are left out of account: there is one, and it never moves.
 */
export class Quads extends Phaser.GameObjects.Image {
  readonly #ground: Ground;
  readonly #quads: Quad[] = [];
  #taken = 0;

  /** @param shines whether light is added to what lies below */
  constructor(scene: Phaser.Scene, ground: Ground, shines: boolean) {
    super(scene, 0, 0, TEXTURE.atlas);
    this.#ground = ground;
    this.setBlendMode(shines ? Phaser.BlendModes.ADD : Phaser.BlendModes.NORMAL);
    scene.add.existing(this);
  }

  /** Call before the first `take` of a frame. */
  begin(): void {
    this.#taken = 0;
  }

  /** One more picture: in the beginning, upright, as it was drawn. */
  take(frame: Frame): Quad {
    const known = this.#quads[this.#taken];
    const quad = known ?? new Quad(frame);
    if (!known) this.#quads.push(quad);
    this.#taken += 1;
    quad.frame = frame;
    return quad.at(0, 0).turned(0).scaled(1).faded(1);
  }

  override renderWebGLStep(
    _renderer: Phaser.Renderer.WebGL.WebGLRenderer,
    _self: Phaser.GameObjects.GameObject,
    context: Phaser.Renderer.WebGL.DrawingContext,
  ): void {
    const { BatchHandler: handler } = this.defaultRenderNodes as { BatchHandler: BatchHandler };
    const { x: left, y: top, scale } = this.#ground;
    for (let at = 0; at < this.#taken; at++) {
      const quad = this.#quads[at] as Quad;
      const { frame, alpha, rotation } = quad;
      const { u0, v0 } = frame;
      const texture = frame.source.glTexture as Phaser.Renderer.WebGL.Wrappers.WebGLTextureWrapper;
      const half = scale / frame.source.resolution / 2;
      const width = frame.width * quad.scaleX * half;
      const height = frame.height * quad.scaleY * half;
      const x = left + quad.x * scale;
      const y = top + quad.y * scale;
      // From the middle to the right side, and to the lower one.
      const rightX = Math.cos(rotation) * width;
      const rightY = Math.sin(rotation) * width;
      const downX = -Math.sin(rotation) * height;
      const downY = Math.cos(rotation) * height;
      const tint = (((alpha * 255) << 24) | WHITE) >>> 0;
      // biome-ignore format: in pairs, as the corners are
      handler.batch(
        context, texture,
        x - rightX - downX, y - rightY - downY,
        x - rightX + downX, y - rightY + downY,
        x + rightX - downX, y + rightY - downY,
        x + rightX + downX, y + rightY + downY,
        u0, v0, frame.u1 - u0, frame.v1 - v0,
        Phaser.TintModes.MULTIPLY, tint, tint, tint, tint,
        OPTIONS,
      );
    }
  }

  /** The same without WebGL; the engine calls it by this name. */
  renderCanvas({ currentContext: context, blendModes }: Phaser.Renderer.Canvas.CanvasRenderer): void {
    const { x: left, y: top, scale } = this.#ground;
    context.save();
    context.globalCompositeOperation = blendModes[this.blendMode as number];
    for (let at = 0; at < this.#taken; at++) {
      const { frame, x, y, rotation, scaleX, scaleY, alpha } = this.#quads[at] as Quad;
      if (alpha === 0) continue;
      const { width, height, source } = frame;
      const pixel = scale / source.resolution;
      const cos = Math.cos(rotation) * pixel;
      const sin = Math.sin(rotation) * pixel;
      context.globalAlpha = alpha;
      // biome-ignore format: a matrix, and two rectangles
      context.setTransform(
        cos * scaleX, sin * scaleX, -sin * scaleY, cos * scaleY,
        left + x * scale, top + y * scale,
      );
      // biome-ignore format: as above
      context.drawImage(
        source.image as HTMLCanvasElement,
        frame.cutX, frame.cutY, width, height,
        -width / 2, -height / 2, width, height,
      );
    }
    context.restore();
  }
}
