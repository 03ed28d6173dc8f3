import { adoptStyles, supportsAdoptingStyleSheets, type CSSResult } from 'lit';
import { windowOf } from './window-of.js';

type Root = Document | ShadowRoot;

/** What each root is styled by, in order. */
const added = new WeakMap<Root, readonly CSSResult[]>();

/** Gives a root further styles; those that it has stay as they are. */
export function addStyles(root: Root, styles: readonly CSSResult[]): void {
  const before = added.get(root) ?? [];
  const further = styles.filter((style) => !before.includes(style));
  if (further.length === 0) return;
  added.set(root, [...before, ...further]);
  if (supportsAdoptingStyleSheets) root.adoptedStyleSheets.push(...sheetsFor(root, further));
  else adoptStyles(root as ShadowRoot, [...further]);
}

/**
 * Gives a root its styles again after it was moved into another document, that of a frame or of a window of its own: a
 * browser takes them away there, and takes no sheet that another document made.
 */
export function restoreStyles(root: Root): void {
  if (supportsAdoptingStyleSheets) root.adoptedStyleSheets = sheetsFor(root, added.get(root) ?? []);
  shareHighlights(root);
}

/** A window shows the ranges of its own registry alone: where text stands in another one, ours are put in there, too. */
export function shareHighlights(node: Node): void {
  const there = windowOf(node).CSS.highlights;
  for (const [name, highlight] of CSS.highlights ?? [])
    if (name.startsWith('ai-') && !there?.has(name)) there?.set(name, highlight);
}

function sheetsFor(root: Root, styles: readonly CSSResult[]): CSSStyleSheet[] {
  const page = root.ownerDocument ?? (root as Document);
  return styles.flatMap((style) => (page === document ? style.styleSheet : sheetIn(page, style.cssText)) ?? []);
}

/** None where a document is not shown, such as that of a template. */
function sheetIn({ defaultView }: Document, text: string): CSSStyleSheet | undefined {
  const sheet = defaultView ? new defaultView.CSSStyleSheet() : undefined;
  sheet?.replaceSync(text);
  return sheet;
}
