import type { Audit } from './audit.ts';
import { formatBreach, RULES, type Rule } from './breach.ts';

/** A record that is missing or too many puts the counts and orders of its player in the wrong as well. */
const isRoot = (rule: Rule): boolean => rule === 'I1' || rule === 'I2';
const MEND_FIRST =
  'Mend I1 and I2 first, then audit again: what else is told of the same players may come from them.';

/** What it took. */
export interface Effort {
  seconds: number;
  peakMiB: number;
}

const number = (value: number): string => value.toLocaleString('en-US');
const counted = (value: number, what: string): string => `${number(value)} ${what}${value === 1 ? '' : 's'}`;

/** The lines of a report: what was looked at, what is wrong, one line each, and the verdict. */
export function formatAudit({ findings, store, ledger, compared }: Audit, effort: Effort): string[] {
  const untold = Object.entries(findings.untold()).map(
    ([rule, count]) => `${rule} · and ${number(count)} more of the same: mend those above, then audit again`,
  );
  const breaches = findings.breaches();
  const broken = [...new Set(breaches.map(({ rule }) => rule))];
  return [
    `${counted(store.players, 'player')}, ${counted(store.charges, 'charge')}, ${counted(store.orders, 'order')} still kept, ${counted(store.keys, 'key')}; ${counted(ledger.rows, 'row')} of Telegram's ledger`,
    `Stars: ${number(ledger.starsIn)} came in, ${number(ledger.starsBack)} went back; ${number(store.keptStars)} are kept for goods, ${number(store.owedStars)} on their way back`,
    ...(compared > 0 ? [`${compared} of 1,024 shares of the players were compared row by row`] : []),
    ...findings.notes().map((note) => `note: ${note}`),
    ...breaches.map(formatBreach),
    ...untold,
    ...broken.map((rule) => `${rule} is broken: ${RULES[rule]}`),
    ...(broken.length > 1 && broken.some(isRoot) ? [MEND_FIRST] : []),
    `${findings.isClean() ? 'Clean: every rule holds' : `Not clean: ${counted(breaches.length, 'line')} above`}. ${effort.seconds.toFixed(1)} s, ${effort.peakMiB} MiB at the most.`,
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
