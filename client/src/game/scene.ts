import type { World, WorldEvent } from '@stardrift/shared/sim/world';
import Phaser from 'phaser';
import type { Ribbon } from './art/atlas.ts';
import { PLANETS, TRAIL, WORN_SHIFT } from './art/palette.ts';
import { addTextures, completeTextures, createPictures, createWardrobe } from './art/textures.ts';
import { createBackdrop } from './backdrop.ts';
import { type Bodies, createBodies } from './bodies.ts';
import { createCamera } from './camera.ts';
import { type CometView, createCometView } from './comet.ts';
import type { Easel } from './easel.ts';
import { createField } from './field.ts';
import { heatOf } from './heat.ts';
import type { Layout } from './layout.ts';
import { createLesson, type Lesson } from './lesson.ts';
import { createOverlay } from './overlay.ts';
import type { GameLook } from './port.ts';
import { type Ground, Quads } from './quads.ts';
import type { Session } from './session.ts';
import { createSparks, type Sparks } from './sparks.ts';
import { createTrail, type Trail } from './trail.ts';
import type { View } from './view.ts';
import { createVoid } from './void.ts';

export interface SceneOptions {
  session: Session;
  easel: Easel;
  layout: () => Layout;
  /** Reduced motion is asked for. */
  calm: () => boolean;
  /** What is worn when the scene is built. */
  looks: () => readonly GameLook[];
  ready: () => void;
}

/** Draws the session's world, and nothing but draws: no rule of the game stands here. */
export class WorldScene extends Phaser.Scene {
  readonly #options: SceneOptions;
  readonly #camera;
  #view: View | undefined;
  #world: World | undefined;
  #parts:
    | {
        ground: Ground;
        layers: Quads[];
        bodies: Bodies;
        comet: CometView;
        trail: Trail;
        sparks: Sparks;
        lesson: Lesson;
        wardrobe: ReturnType<typeof createWardrobe>;
        painters: { draw(view: View): void }[];
      }
    | undefined;

  constructor(options: SceneOptions) {
    super('world');
    this.#options = options;
    this.#camera = createCamera(options.calm);
  }

  create(): void {
    const { quality, sheets } = this.#options.easel;
    addTextures(this.textures, sheets);
    const wardrobe = createWardrobe(this.textures, sheets);
    const pictures = createPictures(this.textures);
    // In the order in which they are drawn. Whatever shines comes after whatever is solid, through all the parts: each
    // change between the two ways of drawing is a call of its own, and costs more than many pictures.
    const backdrop = createBackdrop(this, pictures, quality);
    const ground = { x: 0, y: 0, scale: 1 };
    const solids = new Quads(this, ground, false);
    const lights = new Quads(this, ground, true);
    const painters = [backdrop, createField(this), createVoid(this, pictures), createOverlay(this)];
    const bodies = createBodies(solids, pictures);
    const comet = createCometView(solids, lights, pictures);
    const trail = createTrail(lights, pictures, quality.trail);
    const sparks = createSparks(lights, pictures, quality);
    const lesson = createLesson(lights, pictures);
    const layers = [solids, lights];
    this.#parts = { ground, layers, bodies, comet, trail, sparks, lesson, wardrobe, painters };
    this.wear(this.#options.looks());
    this.#options.ready();
  }

  teach(on: boolean): void {
    if (this.#parts) this.#parts.lesson.on = on;
  }

  /** Draws what the first frame could do without. */
  complete(): void {
    completeTextures(this.textures, this.#options.easel.sheets);
  }

  /** Puts the looks on; what none of them covers looks as it always does. */
  wear(looks: readonly GameLook[]): void {
    if (!this.#parts) return;
    let palettes: readonly (readonly string[])[] = PLANETS;
    let ribbon: Ribbon = TRAIL;
    for (const { look } of looks) {
      if (look.part === 'planets') palettes = look.palettes;
      else ribbon = { ...look, shift: WORN_SHIFT };
    }
    const { wardrobe, trail } = this.#parts;
    wardrobe.planets(palettes);
    wardrobe.trail(ribbon);
    trail.width = ribbon.width;
  }

  override update(_time: number, elapsedMs: number): void {
    const { session } = this.#options;
    const calm = this.#options.calm();
    session.advance(elapsedMs, (world) => this.#onStep(world));
    const { world, frozen } = session;
    if (world !== this.#world) this.#enter(world);
    const seconds = frozen ? 0 : Math.min(0.1, elapsedMs / 1000);
    const layout = this.#options.layout();
    const x = session.before.x + (world.comet.x - session.before.x) * session.blend;
    const y = session.before.y + (world.comet.y - session.before.y) * session.blend;
    const { idle } = session;
    const { cameraY, focus } = this.#camera.follow({ world, layout, y, idle, seconds });
    const clock = (this.#view?.clock ?? 0) + seconds;
    this.#view = { world, layout, x, y, cameraY, focus, clock, seconds, calm, idle };
    this.#draw(this.#view);
  }

  #draw(view: View): void {
    if (!this.#parts) return;
    const { ground, layers, bodies, comet, trail, sparks, lesson, painters } = this.#parts;
    const { left, scale } = view.layout;
    const shake = this.#camera.shake(view.seconds);
    ground.x = left + shake.x * scale;
    ground.y = view.focus + (view.cameraY + shake.y) * scale;
    ground.scale = scale;
    for (const layer of layers) layer.begin();
    bodies.draw(view);
    // The trail has a texture of its own, so it comes before all that has not.
    trail.draw();
    lesson.draw(view);
    this.#options.session.tellAim(lesson.aim(view));
    comet.draw(view);
    sparks.draw(view.seconds);
    for (const painter of painters) painter.draw(view);
  }

  /** Another world is on: nothing of the last one stays. */
  #enter(world: World): void {
    this.#world = world;
    this.#parts?.trail.clear();
    this.#camera.jump();
  }

  #onStep(world: World): void {
    if (world !== this.#world) this.#enter(world);
    if (world.phase === 'running') this.#parts?.trail.push(world.comet.x, world.comet.y, heatOf(world.combo));
    for (const event of world.events) this.#show(event);
  }

  /** What a happening of the world looks like. */
  #show(event: WorldEvent): void {
    if (!this.#parts) return;
    const { bodies, comet, trail, sparks } = this.#parts;
    const { session } = this.#options;
    const calm = this.#options.calm();
    const few = (count: number): number => (calm ? Math.ceil(count / 4) : count);
    switch (event.kind) {
      case 'launch':
        comet.squeeze(0.3);
        sparks.burst('spark', event.x, event.y, few(5), 70);
        return;
      case 'catch':
        comet.squeeze(-0.26);
        bodies.bounce(event.planet);
        sparks.ripple(
          event.clean ? 'rippleGood' : 'ripple',
          event.planet.x,
          event.planet.y,
          0.8,
          event.clean ? 2.1 : 1.6,
          0.55,
        );
        sparks.burst(event.clean ? 'mint' : 'spark', event.x, event.y, few(event.clean ? 12 : 6), 150);
        if (!calm) session.hold(event.clean ? 60 : 20);
        return;
      case 'bounce':
        comet.squeeze(-0.3);
        sparks.ripple('ripple', event.x, event.y, 0.1, 0.6, 0.35);
        return;
      case 'collect':
        sparks.burst('mint', event.x, event.y, few(4), 90);
        return;
      case 'gate':
        sparks.ripple('rippleGood', 195, this.#view?.y ?? 0, 0.5, 7, 1.2);
        return;
      case 'hit':
        sparks.burst('shard', event.x, event.y, few(9), 190);
        sparks.burst('ember', event.x, event.y, few(10), 160);
        this.#camera.jolt(event.survived ? 5 : 8);
        if (!calm) session.hold(70);
        return;
      case 'death':
        sparks.burst('spark', event.x, event.y, few(22), 260);
        sparks.burst('violet', event.x, event.y, few(16), 180);
        sparks.ripple('ripple', event.x, event.y, 0.2, 2.4, 0.7);
        this.#camera.jolt(8);
        return;
      case 'revive':
        trail.clear();
        sparks.ripple('rippleGood', event.x, event.y, 3, 0.2, 0.7);
        sparks.burst('mint', event.x, event.y, few(16), 200);
        return;
      case 'cue':
        // What an item set off.
        if (this.#view) sparks.ripple('rippleGood', this.#view.x, this.#view.y, 0.2, 1.3, 0.5);
        return;
      case 'comboLost':
        return;
    }
  }

  /** For what happened between two steps, by a use. */
  showUse(events: readonly WorldEvent[]): void {
    for (const event of events) this.#show(event);
  }
}
