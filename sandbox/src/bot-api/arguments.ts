import { ApiError, badRequest } from './envelope.ts';

/**
 * The arguments of a call as Telegram's server sees them: texts, whichever way they came. A nested value is its
 * JSON text; an absent argument is the empty text.
 */
export class Arguments {
  readonly #values: ReadonlyMap<string, string>;
  /** The names of the files that came along. */
  readonly files: ReadonlySet<string>;

  constructor(values: ReadonlyMap<string, string>, files: ReadonlySet<string> = new Set()) {
    this.#values = values;
    this.files = files;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string {
    return this.#values.get(name) ?? '';
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === '') throw badRequest(`Parameter "${name}" is required`);
    return value;
  }

  flag(name: string): boolean {
    return ['true', 'yes', '1'].includes(this.text(name).toLowerCase());
  }

  /** Text that is no number counts as 0; the result is brought between `min` and `max`. */
  integer(
    name: string,
    fallback: number,
    min = Number.MIN_SAFE_INTEGER,
    max = Number.MAX_SAFE_INTEGER,
  ): number {
    const value = this.has(name) && this.text(name) !== '' ? leadingInteger(this.text(name)) : fallback;
    return Math.min(Math.max(value, min), max);
  }

  userId(name = 'user_id'): number {
    const id = leadingInteger(this.text(name));
    if (id <= 0) throw badRequest(`Invalid ${name} specified`);
    return id;
  }

  /** Undefined when the argument is absent. `problem` is the text for what is not JSON. */
  json(name: string, problem: string): unknown {
    const value = this.text(name);
    if (value === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw badRequest(problem);
    }
  }
}

function leadingInteger(text: string): number {
  return Number(/^-?\d{1,16}/.exec(text)?.[0] ?? 0);
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text field of a JSON object, with Telegram's words when it is missing or something else. */
export function textField(object: Fields, name: string): string {
  const value = object[name];
  if (value === undefined) throw new Error(`Can't find field "${name}"`);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new Error(`Field "${name}" must be of type String`);
  return value;
}

/** A whole number in a field of a JSON object; Telegram also takes it as text. */
export function integerField(object: Fields, name: string): number {
  const value = object[name];
  if (value === undefined) throw new Error(`Can't find field "${name}"`);
  if (typeof value !== 'number' && typeof value !== 'string')
    throw new Error(`Field "${name}" must be a Number`);
  if (!/^-?\d+$/.test(String(value))) throw new Error(`Field "${name}" must be a valid Number`);
  return Number(value);
}

/**
 * Runs a parser of JSON; its complaint becomes a 400 behind `prefix`, unless it is a complete refusal
 * already.
 */
export function parsed<T>(prefix: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw badRequest(`${prefix}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
