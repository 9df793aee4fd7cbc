import type { HistoryEntry } from '@stardrift/shared/protocol';
import { type Child, h } from '../dom.ts';
import type { Words } from '../words/words.ts';
import { button, price, wordButton } from './parts.ts';
import type { Server } from './ports.ts';

/** The list of purchases, read page by page while it is in view. */
export interface Purchases {
  open(): void;
  /** Reads the newest again, with what is in view left there meanwhile. */
  refresh(): void;
  page(): Child[];
}

export function createPurchases(
  server: Pick<Server, 'ask'>,
  words: Words,
  changed: () => void,
  toSupport: () => void,
): Purchases {
  let entries: HistoryEntry[] = [];
  let cursor: string | undefined;
  let status: 'reading' | 'read' | 'failed' = 'reading';
  let copied: string | undefined;

  async function read(): Promise<void> {
    status = 'reading';
    changed();
    const from = cursor;
    try {
      const answer = await server.ask('history', from === undefined ? {} : { cursor: from });
      if (answer.ok) {
        entries = from === undefined ? answer.entries : [...entries, ...answer.entries];
        cursor = answer.cursor;
      }
      status = answer.ok ? 'read' : 'failed';
    } catch {
      status = 'failed';
    }
    changed();
  }

  async function copy(orderId: string, number: Node): Promise<void> {
    try {
      await navigator.clipboard.writeText(orderId);
      copied = orderId;
      changed();
    } catch (error) {
      // An iframe may be denied the clipboard. Marked, the number is one key or one touch away from it.
      getSelection()?.selectAllChildren(number);
      console.warn('shop: the clipboard is closed to this page', error);
    }
  }

  function entryRow(entry: HistoryEntry): HTMLElement {
    const number = h('code', {}, entry.orderId);
    return h(
      'li',
      { class: `entry ${entry.kind} ${entry.state}` },
      h(
        'div',
        { class: 'what' },
        h(
          'span',
          { class: 'title' },
          entry.quantity > 1 ? `${entry.title} ×${words.number(entry.quantity)}` : entry.title,
        ),
        entry.kind !== 'gift' && price(words, entry.priceStars),
      ),
      h(
        'div',
        { class: 'when' },
        h(
          'span',
          { class: 'state' },
          entry.kind === 'purchase' ? words(`state_${entry.state}`) : words(`kind_${entry.kind}`),
        ),
        h('time', { datetime: new Date(entry.atMs).toISOString() }, words.date(entry.atMs)),
      ),
      h(
        'div',
        { class: 'number' },
        number,
        button(
          'copy',
          `${words('copyOrder')} ${entry.orderId}`,
          () => void copy(entry.orderId, number),
          copied === entry.orderId ? words('copied') : h('span', { class: 'sheets' }),
        ),
      ),
    );
  }

  return {
    open() {
      entries = [];
      cursor = undefined;
      copied = undefined;
      void read();
    },
    refresh() {
      cursor = undefined;
      void read();
    },
    page: () => [
      h(
        'div',
        { class: 'history' },
        entries.length > 0 && h('ul', { class: 'entries' }, ...entries.map(entryRow)),
        status === 'read' && entries.length === 0 && h('p', { class: 'empty' }, words('historyEmpty')),
        status === 'reading' &&
          (entries.length === 0 || cursor !== undefined) &&
          h('div', { class: 'ghost', 'aria-busy': true }),
        status === 'failed' && h('p', { class: 'note' }, words('historyFailed')),
        status === 'failed' && wordButton('quiet wide', words('retry'), () => void read()),
        status === 'read' &&
          cursor !== undefined &&
          wordButton('quiet wide', words('historyMore'), () => void read()),
      ),
      h('div', { class: 'foot' }, wordButton('quiet wide', words('support'), toSupport)),
    ],
  };
}
