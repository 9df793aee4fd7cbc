import { type Breach, formatBreach, RULES, type Rule } from './breach.ts';

/** More lines of one kind tell a person nothing new, and memory is to stay bounded. */
const MOST_OF_A_RULE = 1_000;

export interface Findings {
  add(breaches: Breach[]): void;
  /** Something worth knowing that is no fault. */
  note(text: string): void;
  isClean(): boolean;
  breaches(): Breach[];
  notes(): string[];
  /** How many breaches of a rule there are beyond those told. */
  untold(): Partial<Record<Rule, number>>;
}

/** What an audit found. The same line is kept once, however many rows lead to it. */
export function createFindings(): Findings {
  const kept = new Map<Rule, Map<string, Breach>>();
  const untold: Partial<Record<Rule, number>> = {};
  const notes = new Set<string>();

  function addOne(breach: Breach): void {
    const ofRule = kept.get(breach.rule) ?? new Map<string, Breach>();
    kept.set(breach.rule, ofRule);
    const line = formatBreach(breach);
    if (ofRule.has(line)) return;
    if (ofRule.size < MOST_OF_A_RULE) ofRule.set(line, breach);
    else untold[breach.rule] = (untold[breach.rule] ?? 0) + 1;
  }

  return {
    add: (breaches) => breaches.forEach(addOne),
    note: (text) => void notes.add(text),
    isClean: () => kept.size === 0,
    breaches: () => (Object.keys(RULES) as Rule[]).flatMap((rule) => [...(kept.get(rule)?.values() ?? [])]),
    notes: () => [...notes],
    untold: () => untold,
  };
}
