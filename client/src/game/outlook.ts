import type { World } from '@stardrift/shared/sim/world';

/** How a run stands, for those who wonder what would help now. Lengths are world units. */
export interface Outlook {
  /** From the comet down to the void. */
  voidGap: number;
  /** Rocks and motes of dust on the next stretch of the way. */
  rocks: number;
  dust: number;
  combo: number;
  /** Gates crossed so far. */
  gate: number;
}

/** As far up as a few flights lead. */
const STRETCH = 700;

export function outlookOf({ comet, voidY, rocks, dust, combo, gate }: World): Outlook {
  const isAhead = ({ y }: { y: number }) => y > comet.y && y < comet.y + STRETCH;
  return {
    voidGap: comet.y - voidY,
    rocks: rocks.filter(isAhead).length,
    dust: dust.filter(isAhead).length,
    combo,
    gate,
  };
}
