import { distanceToCatch } from './capture.ts';
import { BASE, COMET, FIRST_PLANET, FLIGHT, PLANET, ROCK, TAP_WINDOW_MS, WIDTH } from './constants.ts';
import { between, random } from './rng.ts';
import { rotate, type Vector } from './rotation.ts';
import { hardness, mix } from './stats.ts';
import type { Planet, Rock, World } from './world.ts';

/** Candidates tried for one planet before the plain one is taken. */
const TRIES = 24;
/** Taps tried on one turn of an orbit when its window is measured. */
const SAMPLES = 180;
/** How many planets may get in the way of a flight. */
const NEIGHBOURS = 4;

export function firstPlanet(look: number): Planet {
  return { index: 0, x: WIDTH / 2, y: 0, ...FIRST_PLANET, look };
}

/** Fills the sky up to PLANET.ahead above the comet: planets, the dust between them and, from gate 1 on, rocks. */
export function extend(world: World): void {
  for (;;) {
    const last = world.planets.at(-1) ?? world.comet.planet;
    if (last.y > world.comet.y + PLANET.ahead) return;
    const next = nextPlanet(world, last);
    world.nextIndex = next.index + 1;
    world.planets.push(next);
    layDust(world, last, next);
    if (world.gate > 0) layRock(world, last, next);
  }
}

function nextPlanet(world: World, last: Planet): Planet {
  const neighbours = world.planets.slice(-NEIGHBOURS);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const candidate = draw(world, last);
    if (fits(candidate, neighbours, world.rocks) && isReachable(last, candidate, neighbours))
      return candidate;
  }
  return plainPlanet(world, last);
}

function draw(world: World, last: Planet): Planet {
  const rng = world.layoutRng;
  const index = world.nextIndex;
  const hard = hardness(index);
  // Early planets are large and near; later ones may be anything.
  const radius = between(rng, mix([32, PLANET.radiusMin], hard), PLANET.radiusMax - 8 * hard);
  const orbit = radius + PLANET.orbitAbove;
  const nearest = Math.max(PLANET.spacingMin, last.orbit + orbit + PLANET.gapMin);
  const farthest = Math.max(nearest + 10, mix([205, PLANET.spacingMax], hard));
  const spacing = between(rng, nearest, farthest);
  const side = PLANET.sideMargin + orbit;
  const x = between(rng, side, WIDTH - side);
  const dx = Math.min(Math.abs(x - last.x), spacing * 0.86);
  const y = last.y + Math.sqrt(spacing * spacing - dx * dx);
  return { index, x: last.x + (x < last.x ? -dx : dx), y, radius, orbit, look: random(rng) };
}

/** Straight above, at a middling distance, of middling size: wide open from anywhere. */
function plainPlanet(world: World, last: Planet): Planet {
  const radius = 34;
  const orbit = radius + PLANET.orbitAbove;
  const side = PLANET.sideMargin + orbit;
  const x = Math.min(WIDTH - side, Math.max(side, last.x));
  const y = last.y + Math.max(200, last.orbit + orbit + 60);
  return { index: world.nextIndex, x, y, radius, orbit, look: random(world.layoutRng) };
}

function fits(candidate: Planet, planets: readonly Planet[], rocks: readonly Rock[]): boolean {
  return (
    planets.every((planet) => isApart(candidate, planet, planet.orbit + candidate.orbit + PLANET.gapMin)) &&
    rocks.every((rock) => keepsClear(rock, candidate))
  );
}

function isApart(a: Vector, b: Vector, distance: number): boolean {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return dx * dx + dy * dy >= distance * distance;
}

function isReachable(last: Planet, next: Planet, neighbours: readonly Planet[]): boolean {
  return (
    tapWindowMs(last, next, neighbours) >=
    mix([TAP_WINDOW_MS.early, TAP_WINDOW_MS.late], hardness(next.index))
  );
}

/**
 * The longest time in one turn around `from`, in milliseconds, during which every tap leads to `to` and to no other
 * planet; the shorter of the two ways to circle. Rocks come and go and are left out, items too.
 */
export function tapWindowMs(from: Planet, to: Planet, neighbours: readonly Planet[]): number {
  const others = neighbours.filter((planet) => planet !== from && planet !== to);
  const turn = (Math.PI * 2) / SAMPLES;
  const longest = Math.min(longestRun(from, to, others, turn), longestRun(from, to, others, -turn));
  return (longest * turn * 1000) / mix(BASE.orbitSpeed, hardness(from.index));
}

/** In samples; a run over the start of the turn counts as one, since the turn is gone through twice. */
function longestRun(from: Planet, to: Planet, others: readonly Planet[], turn: number): number {
  const reach = mix(BASE.flightSpeed, hardness(from.index)) * FLIGHT.straight;
  const arm = { x: 1, y: 0 };
  const heading = { x: 0, y: 0 };
  const start = { x: 0, y: 0 };
  let longest = 0;
  let run = 0;
  for (let sample = 0; sample < SAMPLES * 2; sample++) {
    rotate(arm, turn);
    start.x = from.x + arm.x * from.orbit;
    start.y = from.y + arm.y * from.orbit;
    heading.x = turn > 0 ? -arm.y : arm.y;
    heading.y = turn > 0 ? arm.x : -arm.x;
    const distance = distanceToCatch(start, heading, to, BASE.captureRadius);
    run = distance < reach && isFirst(start, heading, others, distance) ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return Math.min(longest, SAMPLES);
}

/** True when none of the others would catch the flight sooner. */
function isFirst(from: Vector, heading: Vector, others: readonly Planet[], distance: number): boolean {
  for (let at = 0; at < others.length; at++) {
    const other = others[at];
    if (other && distanceToCatch(from, heading, other, BASE.captureRadius) <= distance) return false;
  }
  return true;
}

function layDust(world: World, last: Planet, next: Planet): void {
  const rng = world.layoutRng;
  const shape = random(rng);
  if (shape < 0.5) layLine(world, last, next, 3 + Math.floor(random(rng) * 3));
  else if (shape < 0.85) layArc(world, next, 4 + Math.floor(random(rng) * 4));
  else {
    layLine(world, last, next, 3);
    layArc(world, next, 3);
  }
}

/** Along a flight that touches both orbits on the same side. */
function layLine(world: World, last: Planet, next: Planet, count: number): void {
  const dx = next.x - last.x;
  const dy = next.y - last.y;
  const length = Math.sqrt(dx * dx + dy * dy);
  const side = random(world.layoutRng) < 0.5 ? -1 : 1;
  for (let mote = 1; mote <= count; mote++) {
    const at = 0.2 + (0.6 * mote) / (count + 1);
    const aside = side * mix([last.orbit, next.orbit], at);
    pushDust(world, last.x + dx * at - (dy / length) * aside, last.y + dy * at + (dx / length) * aside);
  }
}

/** On the orbit itself: collected while waiting for the moment. */
function layArc(world: World, planet: Planet, count: number): void {
  const arm = { x: 1, y: 0 };
  const skipped = Math.floor(random(world.layoutRng) * 40);
  for (let turn = 0; turn < skipped; turn++) rotate(arm, 0.157);
  for (let mote = 0; mote < count; mote++) {
    pushDust(world, planet.x + arm.x * planet.orbit, planet.y + arm.y * planet.orbit);
    rotate(arm, 0.15);
    rotate(arm, 0.15);
  }
}

function pushDust(world: World, x: number, y: number): void {
  const inside = Math.min(WIDTH - 12, Math.max(12, x));
  if (!world.planets.every((planet) => isApart({ x: inside, y }, planet, planet.radius + 10))) return;
  world.dust.push({ id: world.nextDustId++, x: inside, y, drawn: false });
}

/** Puts a rock across the way to `next` where there is room for it, more often gate by gate. */
function layRock(world: World, last: Planet, next: Planet): void {
  const rng = world.rockRng;
  const wanted = random(rng) < Math.min(0.75, 0.25 + 0.12 * world.gate);
  const radius = between(rng, ROCK.radiusMin, ROCK.radiusMax);
  const swing = between(rng, ROCK.swingMin, ROCK.swingMax);
  const speed = between(rng, ROCK.speedMin, ROCK.speedMax) * (random(rng) < 0.5 ? -1 : 1);
  const offset = between(rng, -swing, swing);
  const dx = next.x - last.x;
  const dy = next.y - last.y;
  const length = Math.sqrt(dx * dx + dy * dy);
  // The middle of the free stretch between the two orbits.
  const at = (last.orbit + (length - last.orbit - next.orbit) / 2) / length;
  const middle = { x: last.x + dx * at, y: last.y + dy * at };
  const along = { x: -dy / length, y: dx / length };
  const id = next.index;
  const rock: Rock = {
    id,
    x: middle.x + along.x * offset,
    y: middle.y + along.y * offset,
    radius,
    middle,
    along,
    swing,
    offset,
    speed,
  };
  if (wanted && world.planets.every((planet) => keepsClear(rock, planet))) world.rocks.push(rock);
}

/** No point of the rock's line comes near the planet's orbit. */
function keepsClear(rock: Rock, planet: Planet): boolean {
  const dx = planet.x - rock.middle.x;
  const dy = planet.y - rock.middle.y;
  const along = Math.min(rock.swing, Math.max(-rock.swing, dx * rock.along.x + dy * rock.along.y));
  const ax = dx - rock.along.x * along;
  const ay = dy - rock.along.y * along;
  const distance = planet.orbit + rock.radius + COMET.radius + ROCK.clearance;
  return ax * ax + ay * ay >= distance * distance;
}
