/** A refusal of the sandbox's own HTTP interfaces. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Kind = 'string' | 'number' | 'boolean' | 'object';

interface Kinds {
  string: string;
  number: number;
  boolean: boolean;
  object: Readonly<Record<string, unknown>>;
}

/**
 * A JSON body of the control or host interface, read field by field; every complaint names place and field.
 */
export class Body {
  readonly #place: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(place: string, value: unknown) {
    this.#place = place;
    if (value !== undefined && !isObject(value)) this.refuse('the body must be a JSON object');
    this.#fields = isObject(value) ? value : {};
  }

  optional<K extends Kind>(name: string, kind: K): Kinds[K] | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    if (!isKind(value, kind))
      this.refuse(`"${name}" must be ${kind === 'object' ? 'an object' : `a ${kind}`}`);
    return value;
  }

  required<K extends Kind>(name: string, kind: K): Kinds[K] {
    return (
      this.optional(name, kind) ??
      this.refuse(`"${name}" is missing, it must be ${kind === 'object' ? 'an object' : `a ${kind}`}`)
    );
  }

  /** A whole number from 0. */
  count(name: string): number | undefined {
    const value = this.optional(name, 'number');
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
      this.refuse(`"${name}" must be a whole number from 0, not ${value}`);
    }
    return value;
  }

  /** One of a few words. */
  choice<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.optional(name, 'string');
    if (value === undefined) return undefined;
    return (
      words.find((word) => word === value) ??
      this.refuse(`"${name}" must be one of ${words.join(', ')}, not "${value}"`)
    );
  }

  /** Refuses fields that mean nothing here: a misspelt name must not pass silently. */
  only(...names: string[]): this {
    const stranger = Object.keys(this.#fields).find((name) => !names.includes(name));
    if (stranger !== undefined)
      this.refuse(`"${stranger}" is unknown; known are ${names.join(', ') || 'no fields at all'}`);
    return this;
  }

  entries(): [string, unknown][] {
    return Object.entries(this.#fields);
  }

  refuse(problem: string, status = 400): never {
    throw new Refusal(status, `${this.#place}: ${problem}.`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKind<K extends Kind>(value: unknown, kind: K): value is Kinds[K] {
  return kind === 'object' ? isObject(value) : typeof value === kind;
}
