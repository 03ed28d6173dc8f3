import { isElement, isText } from '../../element/node-kinds.js';

/** What inline elements are written as, before and after their text. */
const MARKS: Record<string, string> = { strong: '**', b: '**', em: '*', i: '*', del: '~~', s: '~~' };
/** What markdown has no marks for, and an answer may hold as a tag. */
const TAGS = new Set('abbr bdi cite dfn ins kbd mark q rp rt ruby samp small strike sub sup tt u var'.split(' '));

/** The inline content of an element as markdown. `inCell`: of a table, where a bar or a break would end the cell. */
export function inlineOf(node: Node, inCell = false): string {
  return inlineRun(node.childNodes, inCell);
}

/** Nodes beside each other. A sign of markup may be cut in two by elements that nothing is written for. */
export function inlineRun(nodes: Iterable<Node>, inCell = false): string {
  let written = '';
  let text = '';
  for (const piece of piecesOf(nodes)) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const next = inline(piece, inCell);
    if (next === '') continue;
    written += beforeLink(escaped(text, inCell), next) + next;
    text = '';
  }
  return written + escaped(text, inCell);
}

/** Text, and what is more than the text in it. */
function* piecesOf(nodes: Iterable<Node>): Generator<string | Element> {
  for (const node of nodes) {
    if (isText(node)) yield node.data;
    else if (!isElement(node)) continue;
    else if (isMarkup(node)) yield node;
    else yield* piecesOf(node.childNodes);
  }
}

function isMarkup(element: Element): boolean {
  const { localName } = element;
  if (element.matches('[data-chrome], [data-markdown]') || TAGS.has(localName)) return true;
  if (localName === 'a') return addressOf(element) !== null;
  if (!Object.hasOwn(MARKS, localName)) return Object.hasOwn(ELEMENTS, localName);
  return element.textContent?.trim() !== '' || element.querySelector('img, button, input, [data-markdown]') !== null;
}

function inline(node: Element, inCell: boolean): string {
  if (node.hasAttribute('data-chrome')) return '';
  const written = node.getAttribute('data-markdown');
  if (written !== null) return inCell ? inOneCell(written) : written;
  const mark = markOf(node);
  if (mark) return marked(node, mark, inlineOf(node, inCell));
  const write = ELEMENTS[node.localName];
  return write ? write(node, inCell) : `<${node.localName}>${inlineOf(node, inCell)}</${node.localName}>`;
}

/** One mark right inside the same one would be another. */
function markOf({ localName, parentElement }: Element): string | undefined {
  const mark = MARKS[localName];
  return mark === '*' && parentElement?.localName === localName ? '_' : mark;
}

const ELEMENTS: Record<string, (node: Element, inCell: boolean) => string> = {
  code: codeSpan,
  br: (_, inCell) => (inCell ? '<br>' : '  \n'),
  a: link,
  img: (node, inCell) => picture(node, 'alt', 'src', inCell),
  input: (node) => (node.hasAttribute('checked') ? '[x]' : '[ ]'),
  button: (node, inCell) => picture(node, 'data-alt', 'data-url', inCell),
};

/** Marks stand beside the words, not beside the space around them; where they would not be read as marks, tags are. */
function marked(node: Element, mark: string, inner: string): string {
  const words = inner.trim();
  if (words === '') return inner;
  const start = inner.slice(0, inner.length - inner.trimStart().length);
  const end = inner.slice(inner.trimEnd().length);
  const before = start === '' ? (textOf(node.previousSibling).at(-1) ?? '') : '';
  const after = end === '' ? (textOf(node.nextSibling).at(0) ?? '') : '';
  const glued = isWord(before) && !isWord(words.at(0)!);
  if (!glued && !(isWord(after) && !isWord(words.at(-1)!))) return `${start}${mark}${words}${mark}${end}`;
  return `${start}<${node.localName}>${words}</${node.localName}>${end}`;
}

function textOf(node: Node | null): string {
  return node?.textContent ?? '';
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

/**
 * Only what would be read as something else is escaped: what is copied is also read as plain text. What makes a
 * link or picture of brackets has the backslash, since marked reads those in a link a second time without theirs.
 */
function escaped(text: string, inCell: boolean): string {
  const safe = text.replace(
    /\\(?=[!-/:-@[-`{-~]|$)|`|(?<![ \t])\*|\*(?!\s|$)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|~(?=\S)|\[(?=\^)|(?<=\])\(|<(?=[a-z/!?])|&(?=#?\w+;)/giu,
    '\\$&',
  );
  // A blank line, which a reference stood for, would end the paragraph.
  return inCell ? inOneCell(safe) : safe.replace(/\n\s*\n/g, '\n');
}

/** An exclamation mark before a link would make a picture of it. */
function beforeLink(text: string, next: string): string {
  return next.startsWith('[') && text.endsWith('!') ? `${text.slice(0, -1)}\\!` : text;
}

function inOneCell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/(?<!\s)\s*\n\s*/g, ' ');
}

function codeSpan(node: Element, inCell: boolean): string {
  const code = node.textContent ?? '';
  const text = inCell ? inOneCell(code) : code;
  if (text === '') return '';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const isSpaced = text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '';
  const padded = isSpaced || /^`|`$/.test(text) ? ` ${text} ` : text;
  return fence + padded + fence;
}

function link(node: Element, inCell: boolean): string {
  const text = inlineOf(node, inCell);
  const href = addressOf(node)!;
  const shown = node.textContent ?? '';
  if ((shown === href || `mailto:${shown}` === href) && !/[\s<>]/.test(shown)) return `<${shown}>`;
  return `[${balanced(text)}](${destination(node, href, inCell)})`;
}

function addressOf(link: Element): string | null {
  return link.getAttribute('href') ?? link.getAttribute('data-url');
}

/** Brackets in a link's text end it where they are no pairs. */
function balanced(text: string): string {
  let depth = 0;
  for (const [bracket] of text.matchAll(ESCAPED_OR_BRACKET)) {
    if (bracket === '[') depth += 1;
    else if (bracket === ']') depth -= 1;
    if (depth < 0) break;
  }
  return depth === 0 ? text : withoutBrackets(text);
}

const ESCAPED_OR_BRACKET = /\\[^]|[[\]]/g;

function withoutBrackets(text: string): string {
  return text.replace(ESCAPED_OR_BRACKET, (found) => (found.length > 1 ? found : `\\${found}`));
}

function picture(node: Element, alt: string, src: string, inCell: boolean): string {
  const address = node.getAttribute(src);
  if (address === null) return '';
  const described = inOneBlock(withoutBrackets(escaped(node.getAttribute(alt) ?? '', inCell)));
  return `![${described}](${destination(node, address, inCell)})`;
}

function destination(node: Element, address: string, inCell: boolean): string {
  const safe = /[\s()<>]/.test(address) ? `<${address.replace(/[<>]/g, '\\$&')}>` : address;
  const title = node.getAttribute('title')?.replace(/["\\]|&(?=#?\w+;)/g, '\\$&');
  const written = title ? `${safe} "${inOneBlock(title)}"` : safe;
  return inCell ? inOneCell(written) : written;
}

/** Behind a line break in a description or title, all but words could be read as the beginning of a block. */
function inOneBlock(text: string): string {
  return text.replace(/\n(?!\p{L}|$)/gu, '&#10;');
}
