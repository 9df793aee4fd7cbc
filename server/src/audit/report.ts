import type { Audit } from './audit.ts';
import { formatBreach, RULES, type Rule } from './breach.ts';

/** What it took. */
export interface Effort {
  seconds: number;
  peakMiB: number;
}

const number = (value: number): string => value.toLocaleString('en-US');

/** The lines of a report: what was looked at, what is wrong, one line each, and the verdict. */
export function formatAudit({ findings, store, ledger, compared }: Audit, effort: Effort): string[] {
  const untold = Object.entries(findings.untold()).map(
    ([rule, count]) => `${rule} · and ${number(count)} more of the same: mend those above, then audit again`,
  );
  const breaches = findings.breaches();
  const broken = [...new Set(breaches.map(({ rule }) => rule))];
  return [
    `${number(store.players)} players, ${number(store.charges)} charges, ${number(store.orders)} orders that are still kept, ${number(store.keys)} keys; ${number(ledger.rows)} rows of Telegram's ledger`,
    `Stars: ${number(ledger.starsIn)} came in, ${number(ledger.starsBack)} went back; ${number(store.keptStars)} are kept for goods, ${number(store.owedStars)} on their way back`,
    ...(compared > 0 ? [`${compared} of 1,024 shares of the players were compared row by row`] : []),
    ...findings.notes().map((note) => `note: ${note}`),
    ...breaches.map(formatBreach),
    ...untold,
    ...broken.map((rule) => `${rule} is broken: ${RULES[rule]}`),
    `${findings.isClean() ? 'Clean: I1 to I12 hold' : `Not clean: ${number(breaches.length)} lines above`}. ${effort.seconds.toFixed(1)} s, ${effort.peakMiB} MiB at the most.`,
  ];
}

/** The same for programs. */
export function auditAsJson({ findings, store, ledger, compared }: Audit, effort: Effort): object {
  const counts: Partial<Record<Rule, number>> = {};
  for (const { rule } of findings.breaches()) counts[rule] = (counts[rule] ?? 0) + 1;
  for (const [rule, more] of Object.entries(findings.untold()) as [Rule, number][])
    counts[rule] = (counts[rule] ?? 0) + more;
  return {
    clean: findings.isClean(),
    breaches: findings.breaches(),
    counts,
    notes: findings.notes(),
    store,
    ledger,
    compared,
    ...effort,
  };
}
