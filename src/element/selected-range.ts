import { isShadowRoot } from './node-kinds.js';

/** As Safari 17 and 18 have it. */
interface EarlySelection {
  getComposedRanges(...roots: ShadowRoot[]): StaticRange[];
}

/** What is selected, as the tree of `root` sees it: to the document, what is selected in a shadow tree is its host. */
export function selectedRange(root: Node): StaticRange | Range | undefined {
  const selection = (root.ownerDocument ?? (root as Document)).getSelection();
  if (!selection || !isShadowRoot(root)) return firstOf(selection);
  if ('getComposedRanges' in selection) return composedRange(selection, root);
  // Chromium asks the tree itself, Firefox tells it to the document.
  return firstOf((root as ShadowRoot & { getSelection?(): Selection | null }).getSelection?.() ?? selection);
}

/** A selection in a shadow tree is told to those only who name the tree. */
function composedRange(selection: Selection, root: ShadowRoot): StaticRange | undefined {
  try {
    return selection.getComposedRanges({ shadowRoots: [root] })[0];
  } catch {
    return (selection as unknown as EarlySelection).getComposedRanges(root)[0];
  }
}

function firstOf(selection: Selection | null): Range | undefined {
  return selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
}
