/**
 * What neither Telegram's documentation nor its source settles. Each point has the likeliest answer as its
 * default and can be set otherwise, so that a bot can be tried against the other possibilities.
 */
export interface Rules {
  /** Error for a Stars invoice with more than one price. */
  severalPrices: string;
  /** Error for a title over 32 or a description over 255 characters. */
  invoiceTextTooLong: string;
  /** The highest price of a one-off invoice in Stars; 0 sets no limit. */
  maxPriceStars: number;
  /** Error for refunding a charge id that nobody has. */
  refundUnknownCharge: string;
  /** Error for refunding a charge of another user. */
  refundForeignCharge: string;
  /** Error for refunding when the bot has too few Stars. */
  refundBalanceTooLow: string;
  /** Days after which a payment can no longer be refunded; 0 sets no limit. */
  refundDays: number;
  /** Error for a refund after that time. */
  refundTooLate: string;
  /**
   * What the Mini App is told when the bot refused or missed the pre-checkout: what its host says (see
   * `host-profile.ts`), or the same in all of them.
   */
  preCheckoutRefused: 'host' | 'failed' | 'cancelled';
  /** Whether the renewal of a subscription asks the bot first. */
  renewalSendsPreCheckout: boolean;
}

export const RULES: Readonly<Rules> = {
  severalPrices: 'STARS_INVOICE_INVALID',
  invoiceTextTooLong: 'STARS_INVOICE_INVALID',
  maxPriceStars: 0,
  refundUnknownCharge: 'CHARGE_NOT_FOUND',
  refundForeignCharge: 'CHARGE_NOT_FOUND',
  refundBalanceTooLow: 'BALANCE_TOO_LOW',
  refundDays: 0,
  refundTooLate: 'CHARGE_ID_INVALID',
  preCheckoutRefused: 'host',
  renewalSendsPreCheckout: false,
};

/** The default rules with `changes` applied. Throws on an unknown name or a value of the wrong type. */
export function rules(changes: Readonly<Record<string, unknown>> = {}): Rules {
  for (const [name, value] of Object.entries(changes)) {
    const standard: unknown = Object.hasOwn(RULES, name) ? RULES[name as keyof Rules] : undefined;
    if (standard === undefined) {
      throw new Error(`Rules: "${name}" is unknown. Known: ${Object.keys(RULES).join(', ')}.`);
    }
    const fits =
      name === 'preCheckoutRefused'
        ? value === 'host' || value === 'failed' || value === 'cancelled'
        : typeof value === typeof standard;
    if (!fits)
      throw new Error(
        `Rules: "${name}" can't be ${JSON.stringify(value)}. Its default is ${JSON.stringify(standard)}.`,
      );
  }
  return { ...RULES, ...changes };
}
