import type { BoardEntry, BoardName, BoardView } from '@stardrift/shared/protocol';
import { type Child, h, show } from '../dom.ts';
import { button, itemIcon, wordButton } from '../shop/parts.ts';
import type { Host, Server } from '../shop/ports.ts';
import type { WordKey, Words } from '../words/words.ts';

/** Who flew how far, over the title or the end of a run. */
export interface Boards {
  readonly isOpen: boolean;
  open(board?: BoardName): void;
  close(): void;
  /** Says it on top, and to those who listen, until the player turns away. */
  tell(text: string): void;
}

export interface BoardsParts {
  server: Server;
  host: Pick<Host, 'share'>;
  words: Words;
  announce: (text: string) => void;
  /** The player's best, to invite with. */
  best: () => number;
  onDaily: () => void;
  onPlay: () => void;
  onShop: () => void;
  onClose: () => void;
}

const NAMES: Record<BoardName, WordKey> = {
  daily: 'boardDaily',
  all: 'boardAll',
  friends: 'boardFriends',
};
const EMPTY: Record<BoardName, WordKey> = {
  daily: 'boardEmptyDaily',
  all: 'boardEmptyAll',
  friends: 'boardEmptyFriends',
};
const isName = (name: string): name is BoardName => Object.hasOwn(NAMES, name);

export function createBoards(root: HTMLElement, parts: BoardsParts): Boards {
  const { server, words } = parts;
  const view = h('section', { class: 'panel boards', hidden: true, 'aria-label': words('boards') });
  root.append(view);
  let board: BoardName = 'daily';
  let read: BoardView | 'loading' | 'failed' = 'loading';
  let told: string | undefined;

  async function load(): Promise<void> {
    const asked = board;
    read = 'loading';
    draw();
    const answer = await server.ask('board', { board: asked }).catch(() => undefined);
    if (asked !== board) return;
    read = answer?.ok ? answer : 'failed';
    draw();
  }

  function turnTo(next: BoardName): void {
    board = next;
    void load();
  }

  function draw(): void {
    if (view.hidden) return;
    show(
      view,
      h(
        'header',
        {},
        button('round glass', words('back'), close, h('span', { class: 'arrow' })),
        h('h2', { tabindex: '-1', 'data-key': 'heading' }, words('boards')),
      ),
      h('div', { class: 'tabs', role: 'group', 'aria-label': words('boards') }, ...tabs()),
      h('div', { class: 'table' }, ...table()),
      h(
        'div',
        { class: 'choices' },
        ...(board === 'friends'
          ? friendKeys()
          : [wordButton('primary wide', words('playDaily'), parts.onDaily)]),
        wordButton('glass wide', words('shop'), parts.onShop),
      ),
    );
  }

  /** Whoever came by an invitation and has no run yet wants to play, not to invite. */
  const friendKeys = (): Child[] =>
    parts.best() > 0
      ? [wordButton('primary wide', words('invite'), invite)]
      : [
          wordButton('primary wide', words('play'), parts.onPlay),
          wordButton('glass wide', words('invite'), invite),
        ];

  const tabs = (): Child[] =>
    Object.keys(NAMES)
      .filter(isName)
      .map((name) =>
        h(
          'button',
          {
            ...{ type: 'button', class: 'tab', 'data-key': name, 'aria-pressed': name === board },
            onclick: () => {
              told = undefined;
              turnTo(name);
            },
          },
          words(NAMES[name]),
        ),
      );

  function table(): Child[] {
    if (read === 'loading') return [h('p', { class: 'about' }, told ?? words('boardLoading'))];
    if (read === 'failed')
      return [
        h('p', { class: 'about' }, told ?? words(server.link === 'online' ? 'boardFailed' : 'offline')),
        wordButton('glass wide', words('retry'), () => void load()),
      ];
    const { entries, endsAtMs } = read;
    const about = {
      daily: () => words('dailyText', { date: words.date(endsAtMs ?? 0) }),
      all: () => words('allText'),
      friends: () => words('friendsText'),
    };
    const empty = board === 'friends' ? entries.every(({ you }) => you) : entries.length === 0;
    return [
      h('p', { class: 'about' }, told ?? about[board]()),
      entries.length > 0 && h('ol', { class: 'rows' }, ...entries.map(row)),
      empty && h('p', { class: 'empty' }, words(EMPTY[board])),
    ];
  }

  const row = ({ rank, name, score, items, you }: BoardEntry): HTMLElement =>
    h(
      'li',
      { class: you ? 'row you' : 'row', value: rank },
      h('bdi', { class: 'rank' }, words.number(rank)),
      h('bdi', { class: 'name' }, name || words('someone')),
      you && h('span', { class: 'tag' }, words('you')),
      items &&
        h(
          'span',
          { class: 'with-items' },
          itemIcon({ glyph: 'pack', hue: 45 }),
          h('span', { class: 'visually-hidden' }, words('withItems')),
        ),
      h('bdi', { class: 'score' }, words.number(score)),
    );

  function invite(): void {
    if (typeof read !== 'string')
      parts.host.share(read.code, words('inviteText', { score: words.number(parts.best()) }));
  }

  function close(): void {
    if (view.hidden) return;
    view.hidden = true;
    view.replaceChildren();
    told = undefined;
    parts.onClose();
  }

  return {
    get isOpen() {
      return !view.hidden;
    },
    open(which = board) {
      view.hidden = false;
      turnTo(which);
      view.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    },
    close,
    tell(text) {
      told = text;
      parts.announce(text);
      draw();
    },
  };
}
