import { cometAt } from './comet.ts';
import { STEP_MS, VOID } from './constants.ts';
import { statOf } from './stats.ts';
import type { Effect, ItemRules, Operation, Stat, Trigger } from './vocabulary.ts';
import type { World } from './world.ts';

/** Fires the effects that wait for this trigger, of every item used in this run. Returns true if one consumed a hit guard. */
export function fire(world: World, trigger: Exclude<Trigger, 'use'>): boolean {
  let guarded = false;
  for (const item of world.items)
    if ((world.used[item.id] ?? 0) > 0) guarded = fireItem(world, item, trigger) || guarded;
  return guarded;
}

/** Fires one item's effects for the trigger, in order. Returns true if one consumed a hit guard. */
export function fireItem(world: World, item: ItemRules, trigger: Trigger): boolean {
  let guarded = false;
  item.effects.forEach((effect, index) => {
    if (effect.on !== trigger || !holds(world, effect)) return;
    if (!apply(world, item.id, effect, `${item.id}/${index}`)) return;
    if (effect.op === 'consume' && effect.stat === 'hitGuard') guarded = true;
    effect.then?.forEach((operation, place) => {
      const fired = apply(world, item.id, operation, `${item.id}/${index}/${place}`);
      if (fired && operation.op === 'consume' && operation.stat === 'hitGuard') guarded = true;
    });
  });
  return guarded;
}

/** True when using the item now would change something: no use is ever taken for nothing. */
export function wouldHelp(world: World, item: ItemRules): boolean {
  return item.effects.some((effect, index) => {
    const operations: Operation[] = [effect, ...(effect.then ?? [])];
    if (world.phase === 'dead')
      return effect.on === 'use' && holds(world, effect) && operations.some(({ op }) => op === 'revive');
    // An effect for a later moment makes the item worth holding, once.
    if (effect.on === 'runStart') return world.step === 0;
    if (effect.on !== 'use') return (world.used[item.id] ?? 0) === 0;
    if (!holds(world, effect)) return false;
    return operations.some((operation, place) =>
      changesSomething(
        world,
        operation,
        place === 0 ? `${item.id}/${index}` : `${item.id}/${index}/${place - 1}`,
        item.id,
      ),
    );
  });
}

function changesSomething(world: World, operation: Operation, key: string, itemId: string): boolean {
  switch (operation.op) {
    case 'modify':
      return operation.stack !== 'ignore' || !world.modifiers.some((modifier) => modifier.key === key);
    case 'charge':
      return chargeOf(world, itemId, operation.stat) < operation.max;
    case 'consume':
      return world.charges.some((charge) => charge.stat === operation.stat);
    case 'invulnerable':
    case 'score':
      return true;
    case 'revive':
    case 'cue':
      return false;
  }
}

const holds = (world: World, effect: Effect): boolean =>
  !effect.if || statOf(world, effect.if.stat) >= effect.if.gte;

/** Carries one operation out. False when it could not: nothing to consume, nobody to revive, or an effect that ignores its twin. */
function apply(world: World, itemId: string, operation: Operation, key: string): boolean {
  switch (operation.op) {
    case 'modify':
      return modify(world, itemId, operation, key);
    case 'charge':
      return charge(world, itemId, operation.stat, operation.add, operation.max);
    case 'consume':
      return consume(world, operation.stat, operation.add ?? 1);
    case 'revive':
      return revive(world, operation.voidBack, operation.ms);
    case 'invulnerable':
      world.safeSteps = Math.max(world.safeSteps, stepsOf(operation.ms));
      return true;
    case 'score':
      world.points += operation.add;
      return true;
    case 'cue':
      world.events.push({ kind: 'cue', id: operation.id });
      return true;
  }
}

function modify(world: World, itemId: string, operation: Operation & { op: 'modify' }, key: string): boolean {
  const steps = operation.ms === undefined ? Number.POSITIVE_INFINITY : stepsOf(operation.ms);
  const twin = world.modifiers.find((modifier) => modifier.key === key);
  if (!twin) {
    const { stat, mul = 1, add = 0 } = operation;
    world.modifiers.push({ key, itemId, stat, mul, add, stepsLeft: steps, stepsTotal: steps });
    return true;
  }
  if (operation.stack === 'ignore') return false;
  twin.stepsLeft = operation.stack === 'extend' ? twin.stepsLeft + steps : steps;
  twin.stepsTotal = Math.max(steps, twin.stepsLeft);
  return true;
}

function charge(world: World, itemId: string, stat: Stat, add: number, max: number): boolean {
  const held = world.charges.find((entry) => entry.itemId === itemId && entry.stat === stat);
  if (!held) world.charges.push({ itemId, stat, count: Math.min(add, max) });
  else if (held.count >= max) return false;
  else held.count = Math.min(held.count + add, max);
  return true;
}

/** All or nothing, oldest charges first. */
function consume(world: World, stat: Stat, count: number): boolean {
  const held = world.charges.filter((entry) => entry.stat === stat);
  if (held.reduce((sum, entry) => sum + entry.count, 0) < count) return false;
  let missing = count;
  for (const entry of held) {
    const taken = Math.min(entry.count, missing);
    entry.count -= taken;
    missing -= taken;
  }
  world.charges = world.charges.filter((entry) => entry.count > 0);
  return true;
}

function revive(world: World, voidBack: number, ms: number): boolean {
  if (world.phase !== 'dead') return false;
  const { planet } = world.comet;
  world.phase = 'running';
  world.comet = cometAt(planet);
  world.combo = 1;
  world.voidY = Math.min(world.voidY, planet.y - planet.orbit) - Math.max(voidBack, VOID.reviveGap);
  world.safeSteps = Math.max(world.safeSteps, stepsOf(ms));
  world.events.push({ kind: 'revive', x: world.comet.x, y: world.comet.y });
  return true;
}

function chargeOf(world: World, itemId: string, stat: Stat): number {
  return world.charges.find((entry) => entry.itemId === itemId && entry.stat === stat)?.count ?? 0;
}

const stepsOf = (ms: number): number => Math.round(ms / STEP_MS);
