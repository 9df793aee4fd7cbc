import { cometAt, launch, moveComet, settle } from './comet.ts';
import { COMBO, COMET, DUST, GATE, STEPS_PER_SECOND, VOID } from './constants.ts';
import { fire } from './effects.ts';
import { extend } from './generator.ts';
import { hand } from './hand.ts';
import { readStat, statOf } from './stats.ts';
import type { World } from './world.ts';

const FULL_TURN = Math.PI * 2;

/** Takes the world one step of 1/120 s further; `tapped` lets the comet go. A dead world stands still. */
export function step(world: World, tapped: boolean): void {
  world.events.length = 0;
  if (world.phase === 'dead') return;
  if (world.step === 0) begin(world);
  world.step += 1;
  readStat(world, 'timeScale');
  hand.dt = hand.stat / STEPS_PER_SECOND;
  if (tapped && world.comet.mode === 'orbit') {
    world.begun = true;
    world.events.push({ kind: 'launch', x: world.comet.x, y: world.comet.y });
    launch(world);
  }
  if (world.begun) world.time += hand.dt;
  advanceComet(world);
  advanceDust(world);
  if (world.begun) advanceVoid(world);
  advanceRocks(world);
  expire(world);
  extend(world);
  prune(world);
}

function begin(world: World): void {
  fire(world, 'runStart');
  const height = statOf(world, 'startHeight');
  while (world.comet.planet.y < height) {
    const next = world.planets.find((planet) => planet.y > world.comet.planet.y);
    if (next) world.comet = cometAt(next);
    extend(world);
  }
  world.voidY = world.comet.planet.y - VOID.startBelow;
  prune(world);
}

function advanceComet(world: World): void {
  const { comet } = world;
  const { bounces } = comet;
  const caughtBy = moveComet(world);
  if (comet.bounces > bounces) world.events.push({ kind: 'bounce', x: comet.x, y: comet.y });
  world.height = Math.max(world.height, comet.y);
  if (caughtBy) {
    const clean = settle(comet, caughtBy);
    if (clean) world.combo = Math.min(COMBO.max, world.combo + 1);
    const { x, y } = comet;
    world.events.push({ kind: 'catch', x, y, planet: caughtBy, clean, combo: world.combo });
    fire(world, 'catch');
  }
  if (comet.mode === 'orbit' && comet.swept > FULL_TURN) {
    comet.swept -= FULL_TURN;
    if (world.combo > 1) world.events.push({ kind: 'comboLost' });
    world.combo = 1;
  }
}

function advanceDust(world: World): void {
  const { comet, dust } = world;
  const { dt } = hand;
  readStat(world, 'dustRadius');
  const reach = hand.stat;
  let kept = 0;
  let collected = 0;
  for (let at = 0; at < dust.length; at++) {
    const mote = dust[at];
    if (!mote) continue;
    const dx = comet.x - mote.x;
    const dy = comet.y - mote.y;
    const distance = Math.sqrt(dx * dx + dy * dy);
    if (distance < reach) mote.drawn = true;
    if (distance < DUST.catchDistance) {
      collected += 1;
      world.events.push({ kind: 'collect', x: mote.x, y: mote.y, combo: world.combo });
      continue;
    }
    if (mote.drawn) {
      const way = Math.min(1, (DUST.pullSpeed * dt) / distance);
      mote.x += dx * way;
      mote.y += dy * way;
    }
    dust[kept++] = mote;
  }
  dust.length = kept;
  for (; collected > 0; collected--) {
    const value = Math.round(statOf(world, 'dustValue'));
    world.dustCount += value;
    world.points += DUST.points * value * world.combo;
    fire(world, 'collect');
  }
}

function advanceVoid(world: World): void {
  const { comet } = world;
  const { dt } = hand;
  if (world.time >= (world.gate + 1) * GATE.everySeconds) {
    world.gate += 1;
    world.voidY -= VOID.pushedBackByGate;
    world.calmUntil = world.time + GATE.calmSeconds;
    world.events.push({ kind: 'gate', gate: world.gate });
    fire(world, 'gate');
  }
  if (world.time >= world.calmUntil) {
    const behind = comet.y - world.voidY - VOID.leadMax;
    const hurry = behind > 0 ? behind * VOID.hurryGain : 0;
    readStat(world, 'voidSpeed');
    world.voidY += (hand.stat + hurry) * dt;
  }
  if (world.safeSteps === 0 && comet.y - COMET.radius < world.voidY) die(world, 'void');
}

function advanceRocks(world: World): void {
  const { comet, rocks } = world;
  const { dt } = hand;
  let kept = 0;
  for (let at = 0; at < rocks.length; at++) {
    const rock = rocks[at];
    if (!rock) continue;
    rock.offset += rock.speed * dt;
    if (Math.abs(rock.offset) > rock.swing) {
      rock.offset = rock.offset > 0 ? rock.swing : -rock.swing;
      rock.speed = -rock.speed;
    }
    rock.x = rock.middle.x + rock.along.x * rock.offset;
    rock.y = rock.middle.y + rock.along.y * rock.offset;
    const dx = comet.x - rock.x;
    const dy = comet.y - rock.y;
    const reach = rock.radius + COMET.radius;
    if (world.phase === 'running' && dx * dx + dy * dy < reach * reach && hit(world)) continue;
    rocks[kept++] = rock;
  }
  rocks.length = kept;
}

/** The comet and a rock meet. True when the rock broke and the comet did not. */
function hit(world: World): boolean {
  const { x, y } = world.comet;
  const safe = world.safeSteps > 0;
  const survived = safe || fire(world, 'hit') || world.safeSteps > 0;
  world.events.push({ kind: 'hit', x, y, survived });
  if (!survived) die(world, 'rock');
  return survived;
}

function die(world: World, cause: 'void' | 'rock'): void {
  if (world.phase === 'dead') return;
  world.phase = 'dead';
  world.cause = cause;
  world.events.push({ kind: 'death', x: world.comet.x, y: world.comet.y });
  fire(world, 'death');
}

function expire(world: World): void {
  if (world.safeSteps > 0) world.safeSteps -= 1;
  if (world.modifiers.length === 0) return;
  let ended = false;
  for (const modifier of world.modifiers) {
    modifier.stepsLeft -= 1;
    if (modifier.stepsLeft <= 0) ended = true;
  }
  if (ended) world.modifiers = world.modifiers.filter((modifier) => modifier.stepsLeft > 0);
}

/** Drops what the void has swallowed; a planet only when the comet has left it behind. */
function prune(world: World): void {
  const bottom = world.voidY - 160;
  const { planets, dust, rocks, comet } = world;
  while (planets[0] && planets[0].y + planets[0].orbit < bottom && planets[0].index < comet.planet.index)
    planets.shift();
  while (dust[0] && dust[0].y < bottom - 200) dust.shift();
  while (rocks[0] && rocks[0].y < bottom - 200) rocks.shift();
}
