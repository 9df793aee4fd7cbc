import { CLOCK_SECONDS } from './clock.ts';
import { h } from './dom.ts';
import { star } from './icons.ts';
import type { PanelView } from './panel-view.ts';
import { sandbox, type Transaction } from './session.ts';

interface Partner {
  type?: string;
  transaction_type?: string;
  invoice_payload?: string;
  user?: { first_name?: string };
}

function time(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString([], CLOCK_SECONDS);
}

function row(transaction: Transaction, isRefunded: boolean, refund: (id: string) => void): HTMLElement {
  const isIncome = transaction.source !== undefined;
  const partner: Partner = transaction.source ?? transaction.receiver ?? {};
  const kind = isIncome ? 'paid' : 'refunded';
  const who = partner.user?.first_name ?? partner.type ?? 'Telegram';
  const back = h('button', { class: 'plain', attrs: { type: 'button' } }, 'Refund');
  back.addEventListener('click', () => refund(transaction.id));
  const action = isRefunded ? h('span', { class: 'hint' }, 'refunded') : back;
  return h(
    'li',
    { class: isIncome ? 'entry is-income' : 'entry is-expense' },
    h('span', { class: 'amount' }, `${isIncome ? '+' : '−'}`, star(), String(transaction.amount)),
    h(
      'div',
      {},
      h('b', {}, `${who} ${isIncome ? kind : 'was refunded'}`),
      h('span', { attrs: { title: transaction.id } }, `${time(transaction.date)} · ${transaction.id}`),
      partner.invoice_payload === undefined ? undefined : h('code', {}, partner.invoice_payload),
    ),
    isIncome ? action : undefined,
  );
}

/** Every Stars transaction of the bot, newest first, with a refund made on Telegram's side. */
export function ledgerView(): PanelView {
  const list = h('ol', { class: 'entries' });
  const note = h('p', { class: 'hint' });
  async function refund(id: string): Promise<void> {
    await sandbox.refund(id);
    await refresh();
  }
  async function refresh(): Promise<void> {
    const { transactions } = await sandbox.ledger();
    const refunded = new Set(transactions.filter(({ receiver }) => receiver).map(({ id }) => id));
    const fail = (error: unknown): void => {
      note.textContent = error instanceof Error ? error.message : String(error);
    };
    const rows = transactions
      .toReversed()
      .map((entry) => row(entry, refunded.has(entry.id), (id) => void refund(id).catch(fail)));
    list.replaceChildren(...rows);
    note.textContent = rows.length === 0 ? 'No Stars have moved yet.' : '';
  }
  return { element: h('div', {}, note, list), refresh };
}
