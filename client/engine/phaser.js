/**
 * The engine as far as this game goes: images drawn from textures made at boot, by WebGL or
 * on a 2D canvas. Phaser's published bundle can't be shaken, so its parts are named here, one by one; the types are those
 * of the whole package, and a part that is missing shows as `undefined` the first time it is used.
 */
// First, for its parts require one another in a circle that closes only from here.
import 'phaser/src/renderer/index.js';

import CONST from 'phaser/src/const.js';
import CoreEvents from 'phaser/src/core/events/index.js';
import Game from 'phaser/src/core/Game.js';
import Image from 'phaser/src/gameobjects/image/Image.js';
import BlendModes from 'phaser/src/renderer/BlendModes.js';
import Renderer from 'phaser/src/renderer/index.js';
import TintModes from 'phaser/src/renderer/TintModes.js';
import Scale from 'phaser/src/scale/index.js';
import Scene from 'phaser/src/scene/Scene.js';

// These enter themselves in the lists of the engine: what `scene.add` can make, and what every scene has.
import 'phaser/src/cameras/2d/CameraManager.js';
import 'phaser/src/events/EventEmitter.js';
import 'phaser/src/gameobjects/DisplayList.js';
import 'phaser/src/gameobjects/GameObjectCreator.js';
import 'phaser/src/gameobjects/UpdateList.js';
import 'phaser/src/gameobjects/image/ImageFactory.js';
import 'phaser/src/scene/ScenePlugin.js';

export default {
  ...CONST,
  BlendModes,
  Core: { Events: CoreEvents },
  Game,
  GameObjects: { Image },
  Renderer,
  Scale,
  Scene,
  TintModes,
};
