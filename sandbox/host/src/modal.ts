import { h } from './dom.ts';

export interface Modal {
  close: () => void;
}

/**
 * Lays content over a screen: everything else on it is inert meanwhile, focus moves in and goes back after.
 * Escape and a click beside the content call `onDismiss`; it decides whether to close.
 */
export function openModal(
  screen: HTMLElement,
  { label, kind, content, onDismiss }: { label: string; kind: string; content: Node; onDismiss: () => void },
): Modal {
  const opener = document.activeElement;
  const dialog = h(
    'div',
    {
      class: `dialog ${kind}`,
      attrs: { role: 'dialog', 'aria-modal': 'true', 'aria-label': label, tabindex: -1 },
    },
    content,
  );
  const layer = h('div', { class: `modal ${kind}-layer` }, dialog);
  layer.addEventListener('pointerdown', ({ target }) => {
    if (target === layer) onDismiss();
  });
  layer.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onDismiss();
    }
  });
  const covered = [...screen.children].filter(
    (child): child is HTMLElement =>
      child instanceof HTMLElement && !child.inert && !child.classList.contains('toasts'),
  );
  for (const child of covered) child.inert = true;
  screen.append(layer);
  dialog.focus({ preventScroll: true });
  return {
    close() {
      if (!layer.isConnected) return;
      for (const child of covered) child.inert = false;
      layer.remove();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    },
  };
}
