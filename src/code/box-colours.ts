import { unsafeCSS } from 'lit';
import { addStyles } from '../element/style-sheets.js';
import { colourRules } from './code-colour-styles.js';

/** Boxes of lines inside `code`, whose text is coloured, too. */
const BOXES = ['code > .lines', 'code .chunk'];

const boxStyles = unsafeCSS(colourRules(BOXES));
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
  addStyles(root, [boxStyles]);
}

function areHandedDown(box: Element): boolean {
  const code = box.closest('code')!;
  const colour = colourOf(code);
  return colour !== getComputedStyle(code).color && colour === colourOf(box);
}

function colourOf(element: Element): string {
  return getComputedStyle(element, '::highlight(ai-code-keyword)').color;
}
