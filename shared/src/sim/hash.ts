import type { World } from './world.ts';

/**
 * A fingerprint of everything in the world, to the last bit of every number. Two machines that agree on it are at the same
 * point of the same run.
 */
export function hashOf(world: World): string {
  const bytes = new DataView(new ArrayBuffer(8));
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  const mix = (word: number): void => {
    low = Math.imul(low ^ word, 0x01000193);
    high = Math.imul(high ^ (word + (low >>> 7)), 0x01000193);
  };
  const visit = (value: unknown): void => {
    if (typeof value === 'number') {
      bytes.setFloat64(0, value);
      mix(bytes.getUint32(0));
      mix(bytes.getUint32(4));
    } else if (typeof value === 'string') {
      for (let at = 0; at < value.length; at++) mix(value.charCodeAt(at));
    } else if (Array.isArray(value)) {
      mix(value.length);
      value.forEach(visit);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value)) {
        visit(key);
        visit(entry);
      }
    } else mix(value === true ? 1 : value === false ? 2 : 3);
  };
  visit(world);
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
