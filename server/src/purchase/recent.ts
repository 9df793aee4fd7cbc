import type { Clock, LedgerRow } from './ports.ts';

const KEPT_MS = 10 * 60_000;
const MOST = 50_000;

/**
 * What was acknowledged to Telegram lately. A store may lose its last moments when it fails over, and Telegram will not
 * tell again; settling these once more repairs it, and changes nothing where nothing was lost.
 */
export interface Recent {
  remember(row: LedgerRow): void;
  /** Payments whose Stars are still here first, as when the ledger is walked. */
  rows(): LedgerRow[];
}

export function createRecent(clock: Clock): Recent {
  let kept: { row: LedgerRow; atMs: number }[] = [];

  function forgetOld(): void {
    const sinceMs = clock.nowMs() - KEPT_MS;
    const first = kept.findIndex(({ atMs }) => atMs >= sinceMs);
    kept = kept.slice(Math.max(first < 0 ? kept.length : first, kept.length - MOST));
  }

  return {
    remember(row) {
      kept.push({ row, atMs: clock.nowMs() });
      // Seldom, so that remembering costs nothing; at most it keeps a little more for a little longer.
      if (kept.length % 1_000 === 0) forgetOld();
    },
    rows() {
      forgetOld();
      const rows = kept.map(({ row }) => row);
      const gone = new Set(
        rows.filter(({ kind }) => kind === 'refund').map(({ payment }) => payment.chargeId),
      );
      const isGone = ({ payment }: LedgerRow): boolean => gone.has(payment.chargeId);
      return [...rows.filter((row) => !isGone(row)), ...rows.filter(isGone)];
    },
  };
}
