import { h } from './dom.ts';

const MARKS = { '`': 'code', '*': 'b' } as const;

/** A description in which `names` stand between backticks and *labels* between asterisks. */
export function described(text: string): (HTMLElement | string)[] {
  return text
    .split(/(`[^`]*`|\*[^*]*\*)/)
    .filter((part) => part !== '')
    .map((part) => {
      const mark = part[0];
      return mark === '`' || mark === '*' ? h(MARKS[mark], {}, part.slice(1, -1)) : part;
    });
}
