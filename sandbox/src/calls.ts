/** A call of the Bot API as the sandbox received it. */
export interface RecordedCall {
  method: string;
  environment: 'prod' | 'test';
  params: Readonly<Record<string, unknown>>;
  atMs: number;
  ok: boolean;
  status: number;
}

const KEPT = 10_000;

/** The newest calls of the Bot API, at least the last 10,000. */
export class Calls {
  #calls: RecordedCall[] = [];

  add(call: RecordedCall): void {
    this.#calls.push(call);
    if (this.#calls.length >= 2 * KEPT) this.#calls = this.#calls.slice(-KEPT);
  }

  /** Oldest first; with a method only the calls of that method, whatever the case of its letters. */
  list(method?: string): RecordedCall[] {
    const wanted = method?.toLowerCase();
    return wanted ? this.#calls.filter((call) => call.method.toLowerCase() === wanted) : [...this.#calls];
  }

  clear(): void {
    this.#calls = [];
  }
}
