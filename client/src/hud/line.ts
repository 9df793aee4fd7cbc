/** A line drawing on 24 units, in the colour of the text around it. */
export const lineSvg = (shape: string): string =>
  `<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.800" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`;
