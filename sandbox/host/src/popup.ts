import type { PopupButton } from './bridge-state.ts';
import { h } from './dom.ts';
import { openModal } from './modal.ts';
import type { Words } from './words.ts';

export interface Popup {
  title: string;
  message: string;
  buttons: PopupButton[];
}

function label(button: PopupButton, words: Words): string {
  if (button.type === 'ok') return words.ok;
  if (button.type === 'cancel') return words.cancel;
  if (button.type === 'close') return words.close;
  return button.text ?? words.ok;
}

/** Asks, and answers with the id of the pressed button, or undefined when the popup was dismissed. */
export function openPopup(screen: HTMLElement, popup: Popup, words: Words): Promise<string | undefined> {
  return new Promise((resolve) => {
    const done = (id?: string): void => {
      modal.close();
      resolve(id);
    };
    const buttons = popup.buttons.map((button) => {
      const element = h('button', { class: `popup-button is-${button.type}`, attrs: { type: 'button' } });
      element.textContent = label(button, words);
      element.addEventListener('click', () => done(button.id));
      return element;
    });
    const content = h(
      'div',
      { class: 'popup-body' },
      popup.title === '' ? undefined : h('h2', {}, popup.title),
      h('p', {}, popup.message),
      h('div', { class: 'popup-buttons' }, ...buttons),
    );
    const modal = openModal(screen, {
      label: popup.title || popup.message,
      kind: 'popup',
      content,
      onDismiss: () => done(),
    });
  });
}

/** A question with two answers. */
export async function confirm(
  screen: HTMLElement,
  question: { title?: string; message: string; yes: string; no?: string; destructive?: boolean },
  words: Words,
): Promise<boolean> {
  const buttons: PopupButton[] = [
    { id: 'no', type: 'default', text: question.no ?? words.cancel },
    { id: 'yes', type: question.destructive ? 'destructive' : 'default', text: question.yes },
  ];
  const popup = { title: question.title ?? '', message: question.message, buttons };
  return (await openPopup(screen, popup, words)) === 'yes';
}
