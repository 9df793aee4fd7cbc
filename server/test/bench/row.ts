/** One figure of the bench. */
export interface Row {
  name: string;
  value: number;
  unit: Unit;
  /** What the value was made of: both sides of a ratio, a cost beside a rate. Names end in their unit. */
  from: Record<string, number>;
  /** Where the project has promised one. */
  budget?: { least?: number; most?: number };
}
export type Unit = 'ratio' | 's' | 'ms' | '/s' | 'µs' | 'B' | 'KiB' | 'KB' | 'MB' | 'calls' | 'frames';

/** Some rows that are measured together. */
export interface Group {
  /** What `--only` takes. */
  name: string;
  measure(options: Options): Promise<Row[]>;
}

export interface Options {
  /** Fewer rounds, a smaller crowd: to see that it works, not to be quoted. */
  quick: boolean;
}

/** `undefined` where nothing was promised. */
export function holds({ value, budget }: Row): boolean | undefined {
  if (!budget) return undefined;
  return value >= (budget.least ?? -Infinity) && value <= (budget.most ?? Infinity);
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Enough figures to compare, no more than noise allows. */
export const rounded = (value: number): number => Number(value.toPrecision(3));
