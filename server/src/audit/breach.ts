/** What must hold at any time. I1 to I12 are those of the design; stock and keys are what they leave out. */
export const RULES = {
  I1: "every payment in Telegram's ledger that is older than a minute has one record",
  I2: "every record has its payment in Telegram's ledger",
  I3: 'an order has at most one credited charge, and the two agree',
  I4: 'what a player has and has used is what the kept purchases gave',
  I5: "the Stars add up: kept, on their way back, and gone back as Telegram's ledger says",
  I6: 'what was paid and given is what the catalogue of its revision says, and lies with its payer',
  I7: 'every value can be read and lies in bounds; a debt has a refund behind it',
  I8: 'every state is one of the machine, and what is open or ended stands where it belongs',
  I9: 'every change of an inventory has its entry in the outbox',
  I10: 'nothing waits longer than it may',
  I11: 'one version of the scripts is in use',
  I12: "Telegram's ledger is being walked",
  stock: 'copies of a limited offer are held by open orders and kept purchases alone',
  keys: 'every key of the shop has a form that is known',
} as const;

export type Rule = keyof typeof RULES;

/** One thing that is wrong, and what a person does about it. */
export interface Breach {
  rule: Rule;
  /** The player, charge, order or key. */
  where: string;
  is: string;
  should: string;
  cure: string;
}

export function formatBreach({ rule, where, is, should, cure }: Breach): string {
  return `${rule} · ${where} · is: ${is} · should be: ${should} · ${cure}`;
}
