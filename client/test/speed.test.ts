import { afterAll, beforeAll, expect, test } from 'vitest';
import { androidAddress, openHandset } from './handset.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

test('a frame takes few calls, none is drawn behind the shop, and no run is kept', async () => {
  const { id } = await stage.player();
  const handset = await openHandset(stage.browser, await androidAddress(stage.world, id, stage.line.url));
  await handset.firstFrameMs();

  await handset.play();
  const calls = (await handset.frames(1_500)).map(({ drawCalls }) => drawCalls);
  expect(Math.max(...calls)).toBeLessThanOrEqual(12);
  expect(Math.max(...calls)).toBeGreaterThan(0);
  await handset.end();

  const heaps: number[] = [];
  for (let run = 0; run < 3; run++) {
    await handset.play();
    await handset.frames(300);
    await handset.end();
    heaps.push(await handset.heapBytes());
  }
  const [first = 0, , last = 0] = heaps;
  expect((last - first) / 2, `heap after each run: ${heaps}`).toBeLessThan(100_000);

  await handset.play();
  await handset.openOffer();
  expect(await handset.frames(400)).toEqual([]);
  expect(handset.complaints).toEqual([]);
  await handset.close();
});
