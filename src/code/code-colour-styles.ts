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

/** The rules by which text in each of these has its colours: what is in an element inside one may need its own. */
export function colourRules(holders: readonly string[]): string {
  const rules = Object.entries(COLOURS).map(([name, [light, dark]]) => {
    const selectors = holders.map((holder) => `${holder}::highlight(ai-code-${name})`);
    return `${selectors.join(', ')} { color: var(--ai-code-${name}, light-dark(${light}, ${dark})); }`;
  });
  return rules.join('\n');
}

/** What the painter's colours look like, for any shadow root that shows code and has `tokens` beside it. */
export const codeColourStyles = css`
  ${unsafeCSS(colourRules(['pre > code']))}
`;
