/** The updates that the faults of delivery aim at. */
export type PaymentUpdate = 'pre_checkout_query' | 'successful_payment' | 'refunded_payment';

const PAYMENT_UPDATES: readonly PaymentUpdate[] = [
  'pre_checkout_query',
  'successful_payment',
  'refunded_payment',
];

type OptionType = 'number' | 'string' | 'boolean' | 'update';

interface FaultKind {
  what: string;
  options: Readonly<Record<string, OptionType>>;
}

/** Every fault with what it does and which options it takes. All of them take `count` as well. */
export const FAULTS = {
  update_twice: {
    what: 'the update is delivered again after it was taken (`times` in all, 2 by default)',
    options: { update: 'update', userId: 'number', times: 'number' },
  },
  update_late: {
    what: 'the update is held back for `afterMs` (1000 by default)',
    options: { update: 'update', userId: 'number', afterMs: 'number' },
  },
  update_lost: { what: 'the update is never delivered', options: { update: 'update', userId: 'number' } },
  event_before_update: {
    what: 'the Mini App hears `paid` at once, the bot `afterMs` later (1000 by default)',
    options: { userId: 'number', afterMs: 'number' },
  },
  cancelled_though_paid: {
    what: 'the Mini App hears `cancelled`, the money moved',
    options: { userId: 'number' },
  },
  paid_then_cancelled: {
    what: 'the Mini App hears `paid` and `afterMs` later `cancelled` (100 by default); the money moved',
    options: { userId: 'number', afterMs: 'number' },
  },
  no_event: { what: 'the Mini App hears nothing; the money moved', options: { userId: 'number' } },
  pending_though_paid: {
    what: 'the Mini App hears `pending`, the money moved',
    options: { userId: 'number' },
  },
  pre_checkout_timeout: {
    what: 'the bot never gets the pre-checkout query, which times out',
    options: { userId: 'number' },
  },
  refund_balance_low: {
    what: 'the bot has too few Stars for a refund, whatever its balance says',
    options: { userId: 'number' },
  },
  too_many_requests: {
    what: 'the Bot API answers 429 with `retryAfter` seconds (1 by default); `method` narrows it',
    options: { method: 'string', retryAfter: 'number' },
  },
  server_error: {
    what: 'the Bot API answers 500; `method` narrows it; with `executed` the call is carried out first and its answer lost',
    options: { method: 'string', executed: 'boolean' },
  },
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof FAULTS;

export interface FaultOptions {
  update?: PaymentUpdate;
  userId?: number;
  afterMs?: number;
  times?: number;
  method?: string;
  retryAfter?: number;
  executed?: boolean;
}

/** A fault that is on; `count` is how often it will still strike, absent when there is no end. */
export type ActiveFault = FaultOptions & { count?: number };

/** What is about to happen, for a fault to recognise whether it is meant. */
export interface Occasion {
  update?: PaymentUpdate;
  userId?: number;
  method?: string;
}

/** The faults that are on. */
export class Faults {
  readonly #active = new Map<FaultName, ActiveFault>();

  /** Turns on the fault, or off when `fault` is undefined. */
  set(name: FaultName, fault: ActiveFault | undefined): void {
    if (fault === undefined || fault.count === 0) this.#active.delete(name);
    else this.#active.set(name, { ...fault });
  }

  /** The options of the fault if it is on and meant for this occasion; each call uses up one of its count. */
  take(name: FaultName, occasion: Occasion = {}): FaultOptions | undefined {
    const fault = this.#active.get(name);
    if (!fault || !isMeant(fault, occasion)) return undefined;
    if (fault.count !== undefined) {
      fault.count -= 1;
      if (fault.count === 0) this.#active.delete(name);
    }
    return fault;
  }

  list(): Partial<Record<FaultName, ActiveFault>> {
    return Object.fromEntries([...this.#active].map(([name, fault]) => [name, { ...fault }]));
  }

  clear(): void {
    this.#active.clear();
  }
}

function isMeant(fault: FaultOptions, occasion: Occasion): boolean {
  if (fault.userId !== undefined && fault.userId !== occasion.userId) return false;
  if (fault.method !== undefined && fault.method.toLowerCase() !== occasion.method?.toLowerCase())
    return false;
  return occasion.update === undefined || occasion.update === (fault.update ?? 'successful_payment');
}

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

/**
 * Reads one entry of the control body: `false` is off, `true` on without end, a number that many times, an object
 * the options with `count`. Answers a text when it is none of these.
 */
export function readFault(name: FaultName, value: unknown): ActiveFault | undefined | string {
  if (value === false || value === null) return undefined;
  if (value === true) return {};
  if (typeof value === 'number') {
    return isCount(value)
      ? { count: value }
      : `"${name}": a count must be a whole number from 0, not ${value}`;
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    return `"${name}" must be true, false, a count or an object with options`;
  }
  const types: Readonly<Record<string, OptionType | 'count'>> = { ...FAULTS[name].options, count: 'count' };
  for (const [option, given] of Object.entries(value)) {
    const type = types[option];
    if (!type) return `"${name}" has no option "${option}"; it takes ${Object.keys(types).join(', ')}`;
    if (!fits(type, given))
      return `"${name}": option "${option}" can't be ${JSON.stringify(given)} (${wanted(type)})`;
  }
  return { ...value };
}

function fits(type: OptionType | 'count', value: unknown): boolean {
  if (type === 'count') return typeof value === 'number' && isCount(value);
  if (type === 'number') return typeof value === 'number' && isCount(value);
  if (type === 'update') return PAYMENT_UPDATES.some((update) => update === value);
  return typeof value === type;
}

function wanted(type: OptionType | 'count'): string {
  if (type === 'update') return `one of ${PAYMENT_UPDATES.join(', ')}`;
  return type === 'number' || type === 'count' ? 'a whole number from 0' : `a ${type}`;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
