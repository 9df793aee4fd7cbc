import type { Charge } from '../purchase/charge.ts';
import type { PlayerBooks } from './books.ts';
import type { Breach } from './breach.ts';
import { isCredit, isKept } from './charge.ts';

/** The most of one item a player may have, as the scripts hold it. */
const MOST = 1_000_000_000;
const AMOUNT = /^(0|-?[1-9]\d{0,9})(?:\/([1-9]\d{0,14}))?$/;
const REVISION = /^[1-9]\d{0,14}$/;

/** `have` or `have/used`; `undefined` for what no script can have written. */
export function readAmount(value: string): { have: number; used: number } | undefined {
  const match = AMOUNT.exec(value);
  if (!match) return undefined;
  const [, have, used = '0'] = match;
  return Math.abs(Number(have)) > MOST ? undefined : { have: Number(have), used: Number(used) };
}

/** I7: every value of an inventory can be read, and a debt is of goods whose Stars went back. */
export function checkValues({ playerId, inventory, keys }: PlayerBooks, charges: Charge[]): Breach[] {
  return Object.entries(inventory).flatMap(([field, value]): Breach[] => {
    const where = `player ${playerId}, ${field === '#rev' ? 'revision' : `item ${field}`}`;
    const cure = `mend the field "${field}" of ${keys.inventory} by hand`;
    if (field === '#rev') {
      if (REVISION.test(value)) return [];
      return [{ rule: 'I7', where, is: JSON.stringify(value), should: 'a whole number from 1', cure }];
    }
    const amount = readAmount(value);
    if (!amount) {
      const should = `have or have/used, within ±${MOST}`;
      return [{ rule: 'I7', where, is: JSON.stringify(value), should, cure }];
    }
    const refunded = refundedOf(field, charges);
    if (-amount.have <= refunded) return [];
    const is = `a debt of ${-amount.have}`;
    return [{ rule: 'I7', where, is, should: `at most the ${refunded} that were refunded`, cure }];
  });
}

function refundedOf(item: string, charges: Charge[]): number {
  const gone = charges.filter((charge) => isCredit(charge) && !isKept(charge));
  return gone.reduce((sum, { grant }) => sum + (grant[item] ?? 0), 0);
}
