const MATHML = 'http://www.w3.org/1998/Math/MathML';

const ELEMENTS = new Set(
  (
    'math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom merror menclose ' +
    'msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'display encoding mathvariant mathcolor mathbackground mathsize width height depth voffset lspace rspace stretchy ' +
    'fence separator symmetric minsize maxsize movablelimits largeop accent accentunder displaystyle scriptlevel form ' +
    'columnalign columnspacing columnlines rowalign rowspacing rowlines notation linethickness'
  ).split(' '),
);

/**
 * Cells that KaTeX's style sheet would fill, with room and with counted numbers. Without it they are empty, stand in some
 * rows only, and every cell behind them would be one column too far.
 */
const OF_STYLE_SHEET = 'mtd.mtr-glue:empty, mtd.mml-eqn-num:empty';

const MOST_NODES = 5000;
const DEEPEST = 80;

/** A copy that holds nothing but MathML that only shows something; null where that is too deep or too much. */
export function copyMathML(math: Element | null): Node | null {
  const count = { nodes: 0 };
  return math && copy(math, 0, count);
}

function copy(node: Element, depth: number, count: { nodes: number }): Element | null {
  const { localName } = node;
  count.nodes += 1;
  if (!ELEMENTS.has(localName) || depth > DEEPEST || count.nodes > MOST_NODES) return null;
  const element = document.createElementNS(MATHML, localName);
  for (const { name, value } of node.attributes)
    if (ATTRIBUTES.has(name) && !drawsOutside(node, name, value)) element.setAttribute(name, value);
  for (const child of node.childNodes) {
    if (child instanceof Element && child.matches(OF_STYLE_SHEET)) continue;
    const copied =
      child instanceof Element
        ? copy(child, depth + 1, count)
        : document.createTextNode(readOn(child.textContent ?? ''));
    if (copied === null) return null;
    element.append(copied);
  }
  if (localName === 'mtable') completeTable(element);
  return element;
}

/** Whether what is in it would be drawn out of its own place: over its neighbours, or where the formula's box cuts it off. */
function drawsOutside(node: Element, name: string, value: string): boolean {
  if (name === 'voffset') return !/^-?0?\.\d+e[mx]$/.test(value) || !!node.parentElement?.closest('[voffset]');
  if (value.startsWith('-')) return true;
  const isNone = /^(?:width|height|depth)$/.test(name) && Number.parseFloat(value) === 0;
  return isNone && node.localName === 'mpadded' && node.firstElementChild?.localName !== 'mphantom';
}

/** A formula may name any character: none that turns the reading direction around, and none of those that hide words. */
function readOn(text: string): string {
  return text.replace(/[\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E0FFF}]/gu, '');
}

/** Browsers read the alignment of columns from no attribute of the table: each cell is told its own, for the style sheet. */
function completeTable(table: Element): void {
  // A formula beside its number.
  if (table.getAttribute('width') === '100%') table.setAttribute('displaystyle', 'true');
  const columns = (table.getAttribute('columnalign') ?? '').split(/\s+/).filter(Boolean);
  if (columns.length === 0) return;
  for (const row of table.children) {
    [...row.children].forEach((cell, index) => cell.setAttribute('columnalign', columns[index] ?? columns.at(-1)!));
  }
}
