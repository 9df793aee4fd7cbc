import { BRIDGE_EVENTS } from '../host/src/bridge-coverage.ts';
import { type Coverage, METHOD_COVERAGE } from '../src/coverage.ts';
import { FAULTS } from '../src/faults.ts';
import { HOST_PROFILES, type HostProfile, type InvoiceEnd } from '../src/host-profile.ts';
import { RULES, type Rules } from '../src/rules.ts';

const RULE_MEANINGS: Record<keyof Rules, string> = {
  severalPrices: 'error for an XTR invoice with several prices',
  invoiceTextTooLong: 'error for a title over 32 or a description over 255 characters',
  maxPriceStars: 'the highest one-off price in Stars; 0 sets no limit',
  refundUnknownCharge: 'error for refunding a charge id that nobody has, or another bot has',
  refundForeignCharge: "error for refunding another user's charge",
  refundBalanceTooLow: 'error for a refund when the bot has too few Stars',
  refundDays: 'days after which a payment can no longer be refunded; 0 sets no limit',
  refundTooLate: 'error for a refund after that time',
  preCheckoutRefused:
    'what the Mini App hears when the bot refused or missed the pre-checkout: what its host says, or `failed` or `cancelled` in all of them',
  renewalSendsPreCheckout: 'whether a renewal asks the bot first',
};

const END_MEANINGS: Record<'paid' | InvoiceEnd, string> = {
  paid: 'paid',
  cancelled: 'sheet closed',
  left: 'closed while paying',
  refused: 'refused by the bot',
  unsent: 'form turned down',
  unfetched: 'no such invoice',
  alreadyPaid: 'paid before',
};

const heard = (statuses: readonly string[]): string => statuses.map(code).join(', ') || 'nothing';

/** The parts of the README that are made from the code, by the name in their marker. */
function parts(): Record<string, string> {
  return {
    faults: table(
      ['fault', 'what happens', 'options'],
      Object.entries(FAULTS).map(([name, { what, options }]) => [
        code(name),
        what,
        Object.keys(options).map(code).join(', '),
      ]),
    ),
    hosts: table(
      ['app', 'platform', 'what is odd about it'],
      Object.entries(HOST_PROFILES).map(([platform, { title, quirks }]) => [
        title,
        code(platform),
        quirks.map(({ what, source }) => `${what} (${source})`).join('; '),
      ]),
    ),
    invoices: table(
      ['app', ...Object.values(END_MEANINGS)],
      Object.values(HOST_PROFILES).map(({ title, ends, faults }: HostProfile) => [
        title,
        heard(faults.paid_then_cancelled ? ['paid', 'cancelled'] : ['paid']),
        ...Object.keys(END_MEANINGS)
          .filter((end) => end !== 'paid')
          .map((end) => heard(ends[end as InvoiceEnd].map(({ status }) => status))),
      ]),
    ),
    rules: table(
      ['name', 'default', 'meaning'],
      Object.entries(RULE_MEANINGS).map(([name, meaning]) => [
        code(name),
        code(JSON.stringify(RULES[name as keyof Rules])),
        meaning,
      ]),
    ),
    methods: coverage('method', METHOD_COVERAGE),
    bridge: coverage('event', BRIDGE_EVENTS),
  };
}

/** A table of what is there and of what is absent for a reason; the other absent names follow in one paragraph. */
function coverage(kind: string, entries: Readonly<Record<string, Coverage>>): string {
  const all = Object.entries(entries);
  const isBare = ({ status, note }: Coverage) => status === 'absent' && !note;
  const rows = all.filter(([, entry]) => !isBare(entry));
  const bare = all.filter(([, entry]) => isBare(entry)).map(([name]) => code(name));
  const list = table(
    [kind, 'status', 'what to know'],
    rows.map(([name, { status, note = '' }]) => [code(name), status, note]),
  );
  return bare.length > 0 ? `${list}\n\nAbsent: ${bare.join(', ')}.` : list;
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** The README with every part between `<!-- name -->` and `<!-- end -->` as the code wants it. Throws on a lost marker. */
export function withParts(readme: string): string {
  return Object.entries(parts()).reduce((text, [name, part]) => {
    const marked = new RegExp(`(<!-- ${name} -->\\n)[^]*?(\\n<!-- end -->)`);
    if (!marked.test(text))
      throw new Error(`sandbox/README.md: the marker <!-- ${name} --> … <!-- end --> is missing.`);
    return text.replace(marked, (_all, start: string, end: string) => start + part + end);
  }, readme);
}
