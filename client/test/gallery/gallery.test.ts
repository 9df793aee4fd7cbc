import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../stage.ts';
import { openAlbum } from './album.ts';
import { buyingJourneys } from './buying.ts';
import type { Journey } from './journey.ts';
import { playingJourneys } from './playing.ts';
import { makeStrip } from './strip.ts';
import { troubleJourneys } from './trouble.ts';
import { CATALOG_FILE, openVisit } from './visit.ts';

/** A new screen is one more `visit.see(…)` where a journey passes it, or a journey more in one of these tables. */
const JOURNEYS: readonly Journey[] = [...playingJourneys, ...buyingJourneys, ...troubleJourneys];

const album = openAlbum(JOURNEYS.map(({ name }) => name));
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ catalog: fileURLToPath(CATALOG_FILE) });
});
// After each, so that what was taken is kept, whatever becomes of the rest.
afterEach(() => album.save());
afterAll(async () => {
  console.log(`The gallery: ${album.page}`);
  await stage?.close();
});

for (const journey of JOURNEYS) {
  test.each(journey.looks.map((look) => [look.name, look] as const))(
    `${journey.name} in %s`,
    async (_, look) => {
      const visit = await openVisit(stage, journey.name, look, album);
      const before = album.faults().length;
      await journey.go(visit);
      expect(album.faults().slice(before)).toEqual([]);
    },
  );
}

test('the strip of the README fits into what a README may weigh', async () => {
  const strip = await makeStrip(stage);
  expect(statSync(strip).size).toBeLessThan(250_000);
});
