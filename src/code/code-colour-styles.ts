import { css, unsafeCSS } from 'lit';
import type { Colour } from './code-colours.js';

/** In a light page, and in a dark one. */
const COLOURS: Record<Colour, readonly [light: string, dark: string]> = {
  keyword: ['#8a2ea8', '#d6a4f2'],
  string: ['#1f6f3a', '#8fd8a4'],
  number: ['#9a4a00', '#f0b070'],
  comment: ['#636b78', '#949cab'],
  function: ['#1d53b8', '#8fb8ff'],
  type: ['#0b6875', '#79d2de'],
  name: ['#7a3b4a', '#e5a9b6'],
  tag: ['#9c2f2f', '#f29b9b'],
  added: ['#1f6f3a', '#8fd8a4'],
  removed: ['#a8222a', '#ff9a9a'],
};

/** What holds coloured text. A rule for every element would have a browser make ten more styles for each of a page. */
const HOLDERS = ['pre > code', 'code > .lines', 'code .chunk'];

function styleOf([name, [light, dark]]: [string, readonly [string, string]]): string {
  const selectors = HOLDERS.map((holder) => `${holder}::highlight(ai-code-${name})`);
  return `${selectors.join(', ')} { color: var(--ai-code-${name}, light-dark(${light}, ${dark})); }`;
}

/** What the painter's colours look like, for any shadow root that shows code and has `tokens` beside it. */
export const codeColourStyles = css`
  ${unsafeCSS(Object.entries(COLOURS).map(styleOf).join('\n'))}
`;
