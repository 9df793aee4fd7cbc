import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** What a player may have to download before the game can be played, in bytes of brotli: the first frame needs less. */
export const MOST_BYTES = 320_000;

/** Loaded only by those who read them, or listen as a test. */
const ON_DEMAND = /^(?:ru|es|ar|pseudo|listen)-[\w-]+\.js$/;

export interface Weight {
  file: string;
  bytes: number;
}

/**
 * What a built client costs until it can be played: the page, its styles, and every script but the words of other languages.
 * @returns heaviest first, as the server sends them
 */
export function weigh(dir: string): Weight[] {
  const assets = readdirSync(join(dir, 'assets')).filter(
    (file) => /\.(?:js|css)$/.test(file) && !ON_DEMAND.test(file),
  );
  const weights = assets.map((file) => ({
    file,
    bytes: sentSize(join(dir, 'assets', file)),
  }));
  weights.push({
    file: 'index.html',
    bytes: brotliCompressSync(readFileSync(join(dir, 'index.html'))).length,
  });
  return weights.sort((a, b) => b.bytes - a.bytes);
}

/** What is too small to be worth compressing is sent as it is. */
const sentSize = (file: string): number => statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;

/** Whether the client is light enough, and a line that says what it weighs. */
export function verdictOn(weights: Weight[], most: number = MOST_BYTES): { ok: boolean; line: string } {
  const sum = weights.reduce((bytes, weight) => bytes + weight.bytes, 0);
  const parts = weights.map(({ file, bytes }) => `${file} ${kilobytes(bytes)}`).join(', ');
  const ok = sum <= most;
  return { ok, line: `${kilobytes(sum)} KB of ${kilobytes(most)} before the first frame: ${parts}` };
}

const kilobytes = (bytes: number): string => (bytes / 1_000).toFixed(1);
