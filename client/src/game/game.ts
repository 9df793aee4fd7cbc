import { hashOf } from '@stardrift/shared/sim/hash';
import { replay } from '@stardrift/shared/sim/run';
import type { SavedRun } from '@stardrift/shared/sim/saved';
import { createThumb, PERFECT } from '@stardrift/shared/sim/thumb';
import type { World } from '@stardrift/shared/sim/world';
import Phaser from 'phaser';
import { SKIES } from './art/palette.ts';
import type { Easel, Surface } from './easel.ts';
import { listenForTaps } from './input.ts';
import type { Layout } from './layout.ts';
import { outlookOf } from './outlook.ts';
import type { Game, GameLook, RunView } from './port.ts';
import { WorldScene } from './scene.ts';
import { createSession, type Session } from './session.ts';

/** What tests may do beyond the port: read the world, and let a scripted thumb play. */
export interface TestHandle {
  run(): RunView;
  world(): World;
  /** From now on a player who never errs taps, at steps of the simulation, as a hand would. */
  thumb(on: boolean): void;
  /** From now on taps at these steps, which cost the page nothing to think of. */
  follow(taps: readonly number[]): void;
  /** Where each of these runs ends, to the last bit. */
  replay(runs: readonly SavedRun[]): (string | undefined)[];
}

declare global {
  interface Window {
    __slingdust?: TestHandle;
  }
}

/** Known as the client is built, so that players get none of it. */
const IS_TEST = import.meta.env.MODE === 'test';

/**
 * Puts the game into `parent`, filling it. It can be driven at once; the picture follows when the engine is up.
 * @param easel what it is drawn on; it serves one game
 */
export function createGame(parent: HTMLElement, easel: Easel, isStill: () => boolean): Game {
  const session = createSession();
  const inset = { top: 0, bottom: 0 };
  const measure = (): Layout => easel.layOut(parent, inset);
  let layout = measure();
  let worn: readonly GameLook[] = [];
  let up = false;
  let gone = false;
  let teaching = false;
  const scene = new WorldScene({
    session,
    easel,
    layout: () => layout,
    calm: isStill,
    looks: () => worn,
    ready: onReady,
  });
  const phaser = new Phaser.Game({ ...configuration(parent, scene, layout), ...drawnOn(easel.surface) });
  const observer = new ResizeObserver(relayout);
  let stopTaps = (): void => {};
  const drawn = new Promise<void>((resolve) => {
    phaser.events.once(Phaser.Core.Events.POST_RENDER, () => resolve());
  });
  let completing: ReturnType<typeof setTimeout> | undefined;
  void drawn.then(() => {
    completing = setTimeout(() => scene.complete(), COMPLETE_AFTER_MS);
  });

  function onReady(): void {
    if (gone) return;
    up = true;
    describe(phaser.canvas);
    stopTaps = listenForTaps(phaser.canvas, () => session.tap());
    phaser.events.on(Phaser.Core.Events.POST_RENDER, () => {
      if (session.frozen) phaser.loop.sleep();
    });
    const { renderer } = phaser;
    if (renderer instanceof Phaser.Renderer.WebGL.WebGLRenderer) {
      renderer.on(Phaser.Renderer.Events.LOSE_WEBGL, () => session.tellPicture(false));
      renderer.on(Phaser.Renderer.Events.RESTORE_WEBGL, () => {
        drawOnce();
        session.tellPicture(true);
      });
    }
    scene.teach(teaching);
    observer.observe(parent);
  }

  /** The one place where the picture takes its size. */
  function relayout(): void {
    if (!up) return;
    layout = measure();
    phaser.scale.resize(layout.width, layout.height);
    // In this order: only setZoom gives the canvas its CSS size when the ratio is 1.
    phaser.scale.setZoom(1 / layout.ratio);
    drawOnce();
  }

  /** Also while frozen: the loop falls asleep again after the frame. */
  function drawOnce(): void {
    if (up) phaser.loop.wake();
  }

  if (IS_TEST) window.__slingdust = testHandle(session);

  return {
    get run() {
      return session.view;
    },
    drawn,
    get outlook() {
      return outlookOf(session.world);
    },
    setItems: session.setItems,
    wear(looks) {
      worn = looks;
      if (up) scene.wear(worn);
      drawOnce();
    },
    start(seed, bare) {
      session.start(seed, bare);
      drawOnce();
    },
    teach(on) {
      teaching = on;
      scene.teach(on);
    },
    freeze: () => session.setFrozen(true),
    thaw() {
      session.setFrozen(false);
      drawOnce();
    },
    use(itemId) {
      const used = session.use(itemId, (events) => scene.showUse(events));
      if (used) drawOnce();
      return used;
    },
    save: session.save,
    restore(saved) {
      const restored = session.restore(saved);
      if (restored) drawOnce();
      return restored;
    },
    on: session.on,
    inset(top, bottom) {
      inset.top = top;
      inset.bottom = bottom;
      relayout();
    },
    destroy() {
      gone = true;
      observer.disconnect();
      clearTimeout(completing);
      stopTaps();
      if (IS_TEST) delete window.__slingdust;
      phaser.destroy(true);
      // A sleeping loop would never get round to it.
      drawOnce();
    },
  };
}

function configuration(
  parent: HTMLElement,
  scene: WorldScene,
  { width, height, ratio }: Layout,
): Phaser.Types.Core.GameConfig {
  return {
    parent,
    scene,
    banner: false,
    disableContextMenu: true,
    backgroundColor: SKIES[0].gradient[0],
    scale: { mode: Phaser.Scale.NONE, width, height, zoom: 1 / ratio },
    audio: { noAudio: true },
    input: { keyboard: false, mouse: false, touch: false, gamepad: false },
    fps: { smoothStep: false },
  };
}

/** The page around the picture comes first, as a rule; the next sky is a gate away. */
const COMPLETE_AFTER_MS = 700;

/** Room for more pictures than a frame has. Phaser's own choice takes megabytes of memory and is filled at boot. */
const BATCH = 1_024;
/** Of how many textures one call draws: more are fewer calls, and at each pixel the question which of them it is. */
const TEXTURES = 1;

function drawnOn({ canvas, webgl }: Surface): Phaser.Types.Core.GameConfig {
  if (!webgl) return { type: Phaser.CANVAS, canvas };
  const render = { batchSize: BATCH, autoMobileTextures: false, maxTextures: TEXTURES };
  // Its type says that only a 2D context may be given, its manual says either.
  return { type: Phaser.WEBGL, canvas, context: webgl as unknown as CanvasRenderingContext2D, render };
}

/** The picture has a name for those who don't see it; the page says the rest in words. */
function describe(canvas: HTMLCanvasElement): void {
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'Slingdust');
  canvas.style.touchAction = 'none';
  canvas.style.display = 'block';
}

function testHandle(session: Session): TestHandle {
  return {
    run: () => session.view,
    world: () => session.world,
    thumb(on) {
      session.player = on ? createThumb(PERFECT, 1) : undefined;
    },
    follow(taps) {
      const steps = new Set(taps);
      session.player = ({ step }) => steps.has(step);
    },
    replay: (runs) =>
      runs.map((run) => {
        const end = replay(run);
        return end && hashOf(end.world);
      }),
  };
}
