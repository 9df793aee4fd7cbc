type Child = Node | string | undefined;

interface Props {
  class?: string;
  /** Attributes as they stand in HTML; `true` is an attribute without value, `undefined` and `false` none. */
  attrs?: Record<string, string | number | boolean | undefined>;
  on?: { [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };
}

/** Makes an element. Strings become text nodes, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { class: className, attrs = {}, on = {} }: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== undefined) element.className = className;
  for (const [name, value] of Object.entries(attrs)) {
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [name, listener] of Object.entries(on)) {
    element.addEventListener(name, listener as EventListener);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A button with an accessible name; its content is for the eye. */
export function button(
  name: string,
  className: string,
  onClick: () => void,
  ...content: Child[]
): HTMLButtonElement {
  const element = h(
    'button',
    { class: className, attrs: { type: 'button', 'aria-label': name } },
    ...content,
  );
  element.addEventListener('click', onClick);
  return element;
}
