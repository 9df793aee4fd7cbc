const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9l6 6 6-6',
  dots: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  send: 'M4.5 12h14M13 6l6 6-6 6',
  menu: 'M5 7h14M5 12h14M5 17h14',
  panel: 'M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1M15 5v4M9 10v4M17 15v4',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1',
  moon: 'M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z',
  play: 'M8 5.5v13l10.5-6.5z',
  pulse: 'M3 12h4l2.5-6 5 12 2.5-6h4',
} as const;

export type IconName = keyof typeof PATHS;

function svg(className: string, path: string): SVGSVGElement {
  const element = document.createElementNS(SVG, 'svg');
  element.setAttribute('viewBox', '0 0 24 24');
  element.setAttribute('aria-hidden', 'true');
  element.setAttribute('class', className);
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', path);
  element.append(shape);
  return element;
}

export const icon = (name: IconName): SVGSVGElement => svg(`icon icon-${name}`, PATHS[name]);

/** The Stars glyph. It stands for real Stars only. */
export const star = (): SVGSVGElement =>
  svg(
    'star',
    'M12 2.4c.5 0 .9.3 1.1.7l2.3 5 5.4.7c1 .1 1.4 1.3.7 2l-4 3.8 1 5.4c.2 1-.9 1.7-1.7 1.2L12 18.6l-4.8 2.6c-.9.5-1.9-.2-1.7-1.2l1-5.4-4-3.8c-.7-.7-.3-1.9.7-2l5.4-.7 2.3-5c.2-.4.6-.7 1.1-.7z',
  );

/** Hues that look well as a face and tell neighbours apart. */
const HUES = [208, 262, 326, 18, 152, 186, 236] as const;

/** A round face made of a name's first letter, in a colour the id decides. */
export function avatar(name: string, id: number): HTMLElement {
  const face = document.createElement('span');
  face.className = 'avatar';
  face.setAttribute('aria-hidden', 'true');
  face.style.setProperty('--hue', String(HUES[id % HUES.length] ?? HUES[0]));
  face.textContent = [...name.trim()][0]?.toUpperCase() ?? '?';
  return face;
}
