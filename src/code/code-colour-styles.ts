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

/** Boxes of lines inside `code`, whose text is coloured, too. */
const BOXES = ['code > .lines', 'code .chunk'];

function rulesFor(holders: readonly string[]): string {
  const rules = Object.entries(COLOURS).map(([name, [light, dark]]) => {
    const selectors = holders.map((holder) => `${holder}::highlight(ai-code-${name})`);
    return `${selectors.join(', ')} { color: var(--ai-code-${name}, light-dark(${light}, ${dark})); }`;
  });
  return rules.join('\n');
}

/** What the painter's colours look like, for any shadow root that shows code and has `tokens` beside it. */
export const codeColourStyles = css`
  ${unsafeCSS(rulesFor(['pre > code']))}
`;

let boxSheet: CSSStyleSheet | undefined;
const known = new WeakSet<Node>();

/**
 * Where a browser does not hand the colours of `code` down to a box inside it, tells them again for all such boxes of
 * its root. Chromium does hand them down, and would make ten more styles for each box with that rule, long before one
 * has colours; Firefox and WebKit do not (2026).
 */
export function showColoursIn(box: Element): void {
  const root = box.getRootNode() as Document | ShadowRoot;
  if (known.has(root)) return;
  known.add(root);
  if (areHandedDown(box)) return;
  boxSheet ??= createSheet(rulesFor(BOXES));
  root.adoptedStyleSheets.push(boxSheet);
}

function areHandedDown(box: Element): boolean {
  const code = box.closest('code')!;
  const colour = colourOf(code);
  return colour !== getComputedStyle(code).color && colour === colourOf(box);
}

function colourOf(element: Element): string {
  return getComputedStyle(element, '::highlight(ai-code-keyword)').color;
}

function createSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
