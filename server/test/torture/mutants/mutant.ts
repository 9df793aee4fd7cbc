/** One small mistake in the source, and what it would do to a shop. */
export interface Mutant {
  /** Below `server/`. */
  file: string;
  /** Stands exactly once in the file. */
  find: string;
  put: string;
  breaks: string;
  /** Why no test can see it; such a one is expected to survive. */
  equivalent?: string;
}

/** Mutants of one file, as [find, put, breaks, equivalent]. */
export function mutantsOf(file: string, ...rows: [string, string, string, string?][]): Mutant[] {
  return rows.map(([find, put, breaks, equivalent]) => ({
    file,
    find,
    put,
    breaks,
    ...(equivalent !== undefined && { equivalent }),
  }));
}
