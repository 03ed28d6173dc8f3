/** What inline elements are written as, before and after their text. */
const MARKS: Record<string, string> = { strong: '**', b: '**', em: '*', i: '*', del: '~~', s: '~~' };
/** What markdown has no marks for, and an answer may hold as a tag. */
const TAGS = new Set('abbr bdi cite dfn ins kbd mark q rp rt ruby samp small strike sub sup tt u var'.split(' '));

/** The inline content of an element as markdown. `inCell`: of a table, where a bar or a break would end the cell. */
export function inlineOf(node: Node, inCell = false): string {
  return [...node.childNodes].map((child) => inline(child, inCell)).join('');
}

export function inline(node: Node, inCell = false): string {
  if (node instanceof Text) return beforeLink(escaped(node.data, inCell), node.nextSibling);
  if (!(node instanceof Element) || node.hasAttribute('data-chrome')) return '';
  const written = node.getAttribute('data-markdown');
  if (written !== null) return inCell ? inOneCell(written) : written;
  const mark = markOf(node);
  if (mark) return marked(node, mark, inlineOf(node, inCell));
  const write = ELEMENTS[node.localName];
  if (write) return write(node, inCell);
  const inner = inlineOf(node, inCell);
  return TAGS.has(node.localName) ? `<${node.localName}>${inner}</${node.localName}>` : inner;
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
  img: (node) => picture(node.getAttribute('alt'), node.getAttribute('src'), node.getAttribute('title')),
  input: (node) => (node.hasAttribute('checked') ? '[x]' : '[ ]'),
  button: (node) => picture(node.getAttribute('data-alt'), node.getAttribute('data-url'), node.getAttribute('title')),
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

/** Only what would be read as something else is escaped: what is copied is also read as plain text. */
function escaped(text: string, inCell: boolean): string {
  const safe = text.replace(
    /\\(?=[!-/:-@[-`{-~]|$)|`|(?<![ \t])\*|\*(?!\s|$)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|~(?=\S)|\[(?=\^|[^[\]]*\]\()|<(?=[a-z/!?])|&(?=#?\w+;)/giu,
    '\\$&',
  );
  return inCell ? inOneCell(safe) : safe;
}

/** An exclamation mark before a link would make a picture of it. */
function beforeLink(text: string, next: Node | null): string {
  return next instanceof HTMLAnchorElement && text.endsWith('!') ? `${text.slice(0, -1)}\\!` : text;
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
  const href = node.getAttribute('href') ?? node.getAttribute('data-url');
  if (href === null) return text;
  const shown = node.textContent ?? '';
  if (shown === href || `mailto:${shown}` === href) return `<${shown}>`;
  return `[${balanced(text)}](${destination(href, node.getAttribute('title'))})`;
}

/** Brackets in a link's text end it where they are no pairs. */
function balanced(text: string): string {
  let depth = 0;
  for (const bracket of text.match(/[[\]]/g) ?? []) {
    depth += bracket === '[' ? 1 : -1;
    if (depth < 0) break;
  }
  return depth === 0 ? text : text.replace(/(?<!\\)[[\]]/g, '\\$&');
}

function picture(alt: string | null, address: string | null, title: string | null): string {
  return address === null ? '' : `![${(alt ?? '').replace(/[[\]\\]/g, '\\$&')}](${destination(address, title)})`;
}

function destination(address: string, title: string | null): string {
  const safe = /[\s()<>]/.test(address) ? `<${address.replace(/[<>]/g, '\\$&')}>` : address;
  return title ? `${safe} "${title.replace(/["\\]/g, '\\$&')}"` : safe;
}
