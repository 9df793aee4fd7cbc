import type { SpriteName } from './art/sprites.ts';
import type { Pictures } from './art/textures.ts';
import type { Quads } from './quads.ts';
import type { Quality } from './quality.ts';

interface Spark {
  sprite: SpriteName;
  x: number;
  y: number;
  vx: number;
  vy: number;
  /** Seconds. */
  age: number;
  life: number;
  from: number;
  to: number;
  opacity: number;
  spin: number;
}

export interface Sparks {
  /** Little lights that fly apart. */
  burst(sprite: SpriteName, x: number, y: number, count: number, speed: number): void;
  /** One ring that grows and fades. */
  ripple(sprite: SpriteName, x: number, y: number, from: number, to: number, seconds: number): void;
  draw(seconds: number): void;
}

/** Ornaments that live for a moment. Chance is free here: nothing of it is ever part of a run. */
export function createSparks(lights: Quads, pictures: Pictures, { sparksMax, burst }: Quality): Sparks {
  const sparks: Spark[] = [];
  const add = (spark: Spark): void => {
    if (sparks.length >= sparksMax) sparks.shift();
    sparks.push(spark);
  };
  return {
    burst(sprite, x, y, count, speed) {
      for (let index = 0; index < Math.ceil(count * burst); index++) {
        const angle = Math.random() * Math.PI * 2;
        const pace = speed * (0.25 + 0.75 * Math.random());
        add({
          sprite,
          x,
          y,
          vx: Math.cos(angle) * pace,
          vy: Math.sin(angle) * pace,
          age: 0,
          life: 0.35 + Math.random() * 0.4,
          from: 0.5 + Math.random() * 0.5,
          to: 0.1,
          opacity: 1,
          spin: Math.random() * 6,
        });
      }
    },
    ripple(sprite, x, y, from, to, life) {
      add({ sprite, x, y, vx: 0, vy: 0, age: 0, life, from, to, opacity: 0.85, spin: 0 });
    },
    draw(seconds) {
      const drag = Math.max(0, 1 - 3.2 * seconds);
      for (let at = sparks.length - 1; at >= 0; at--) {
        const spark = sparks[at];
        if (!spark) continue;
        spark.age += seconds;
        if (spark.age >= spark.life) {
          sparks.splice(at, 1);
          continue;
        }
        spark.x += spark.vx * seconds;
        spark.y += spark.vy * seconds;
        spark.vx *= drag;
        spark.vy *= drag;
        const through = spark.age / spark.life;
        const eased = 1 - (1 - through) * (1 - through);
        lights
          .take(pictures.sprite(spark.sprite))
          .at(spark.x, -spark.y)
          .turned(spark.spin * spark.age)
          .scaled(spark.from + (spark.to - spark.from) * eased)
          .faded(spark.opacity * (1 - through));
      }
    },
  };
}
