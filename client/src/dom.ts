export type Child = Node | string | undefined | false;

type Props = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/**
 * One element. `on…` props are listeners, `html` is our own trusted markup (icons), `true` and `false` switch an
 * attribute (`aria-…` wants the word); everything else is an attribute.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (name === 'html') element.innerHTML = String(value);
    else element.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : String(value));
  }
  element.append(
    ...children.filter((child): child is Node | string => child !== undefined && child !== false),
  );
  return element;
}

/** Replaces what `root` shows; the focus stays on the element with the same `data-key`, the scroll where it was. */
export function show(root: HTMLElement, ...children: Child[]): void {
  const key = focusedKey(root);
  const top = root.scrollTop;
  root.replaceChildren(
    ...children.filter((child): child is Node | string => child !== undefined && child !== false),
  );
  root.scrollTop = top;
  if (key) byKey(root, key)?.focus({ preventScroll: true });
}

/** The `data-key` of what has the focus in `root`, if anything there has. */
export function focusedKey(root: HTMLElement): string | undefined {
  const { activeElement: active } = document;
  return active instanceof HTMLElement && root.contains(active) ? active.dataset.key : undefined;
}

export const byKey = (root: HTMLElement, key: string): HTMLElement | undefined =>
  root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? undefined;

/** Writes text only when it differs: an untouched node costs no layout and no screen-reader noise. */
export function setText(element: HTMLElement, text: string): void {
  const { firstChild: node } = element;
  // A node that stays is less work than a new one, and this happens in the middle of a run.
  if (!(node instanceof Text) || node.nextSibling) element.textContent = text;
  else if (node.data !== text) node.data = text;
}
