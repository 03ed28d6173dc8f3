import createDOMPurify from 'dompurify';
import type { Config, DOMPurify } from 'dompurify';
import { seenText } from '../../trust/text-filter.js';

/** Elements that raw HTML in an answer may open. Anything else is shown as the text that it is. */
const TAGS = new Set(
  (
    'a abbr b bdi blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure ' +
    'h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strike strong sub summary sup ' +
    'table tbody td tfoot th thead tr tt u ul var wbr'
  ).split(' '),
);
const VOID_TAGS = new Set(['br', 'col', 'hr', 'img', 'wbr']);
/** Elements whose content a browser would not read as markup: all of it is shown as text. */
const RAW_TEXT = /^ *<(script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)(?=[\s/>]|$)/i;
const ATTRIBUTES = ['align', 'alt', 'dir', 'href', 'open', 'reversed', 'src', 'start', 'title'];

const CONFIG: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: ['i'],
  ALLOWED_ATTR: ATTRIBUTES,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // Addresses are judged by the UrlPolicy, not here: here they are only read.
  ALLOWED_URI_REGEXP: /^(?!\s*(?:j\s*a\s*v\s*a|v\s*b\s*)s\s*c\s*r\s*i\s*p\s*t\s*:)/i,
  RETURN_DOM_FRAGMENT: true,
};

const MAX_CACHED = 500;

let sanitizer: DOMPurify | undefined;
let settings: typeof CONFIG | undefined;
/** What the sanitizer is reading. */
let reading = '';
const attributeCache = new Map<string, Map<string, string>>();
const referenceCache = new Map<string, string>();

/** An instance of our own, made when first needed: hooks and settings of the page's DOMPurify do not reach it. */
function purify(html: string): DocumentFragment {
  sanitizer ??= createDOMPurify(window);
  settings ??= { ...CONFIG, ...trustedTypesSetting() };
  reading = html;
  return sanitizer.sanitize(html, settings);
}

interface TrustedTypes {
  createPolicy(name: string, rules: Record<string, (text: string) => string>): Config['TRUSTED_TYPES_POLICY'];
}

/** In a page that asks for trusted types, the sanitizer reads through a policy of our own, `ai-markdown`. */
function trustedTypesSetting(): Pick<Config, 'TRUSTED_TYPES_POLICY'> {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return {};
  try {
    const rules = { createHTML: onlyWhatIsRead, createScriptURL: refuseScript };
    return { TRUSTED_TYPES_POLICY: trustedTypes.createPolicy('ai-markdown', rules) };
  } catch {
    // The page does not allow it. Without it attributes are not read, and references stay as they are written.
    return { TRUSTED_TYPES_POLICY: null as never };
  }
}

/** Should the policy ever get into other hands, it makes nothing of a page but what is being sanitized. */
function onlyWhatIsRead(html: string): string {
  if (html !== '' && html !== reading) throw new TypeError('The policy ai-markdown reads what is sanitized only.');
  return html;
}

function refuseScript(): never {
  throw new TypeError('The policy ai-markdown makes no scripts.');
}

export interface RawOpening {
  type: 'open';
  tag: string;
  attributes: ReadonlyMap<string, string>;
  /** It has no content and no closing tag. */
  empty: boolean;
  source: string;
}

export type RawPiece = { type: 'text'; text: string } | RawOpening | { type: 'close'; tag: string };

/** A tag; before it, what holds no tags whatever stands in it: a comment, an instruction, a section of data. */
const TAG =
  /<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<(\/?)([a-z][a-z0-9]*)((?:[\s/](?:[^<>"']|"[^"]*"|'[^']*')*)?)>/gi;

/** What begins those. */
const OPENER = /^<(?:!--|\?|!\[CDATA\[)/i;

/** The same, or a tag that is open at the end: what looks like tags in it may turn out to stand between quotation marks. */
const TAG_OR_OPEN = new RegExp(
  `${TAG.source}|(<(?:/?(?:[a-z][a-z0-9]*(?:[\\s/](?:[^<>"']|"[^"]*"|'[^']*')*(?:"[^"]*|'[^']*)?)?)?)?$)`,
  'gi',
);

interface RawScan {
  /** How much can be read by itself, up to the end of a tag or to that of a word; 0 where there is none. */
  settled: number;
  /** What is to stand for it before the rest: the beginning of what is open there, and holds no tags. */
  head: string;
  /** Where a tag begins that is open at the end, which is the end where none is. */
  open: number;
}

/** How to go on with raw HTML that goes on itself. `head`: what stands for that before it. */
export function scanRawHtml(rest: string, head = ''): RawScan {
  const html = head + rest;
  const found = scan(html);
  const settled = endOfText(html, Math.max(found.settled, head.length), found.open) - head.length;
  return { settled, head: settled > 0 ? found.head : head, open: found.open - head.length };
}

function scan(html: string): RawScan {
  const found = { settled: 0, head: 'x', open: html.length };
  if (RAW_TEXT.test(html)) return { ...found, head: '<title>' };
  for (const { 0: source, 2: name, 4: tag, index } of html.matchAll(TAG_OR_OPEN)) {
    const end = index + source.length;
    if (name !== undefined || end < html.length) found.settled = end;
    else if (tag !== undefined) found.open = index;
    else {
      found.head = OPENER.exec(source)![0];
      found.settled = index + found.head.length;
    }
  }
  return found;
}

/** The end of the last word that something follows. The break behind it stays, which may be the first of two. */
function endOfText(html: string, from: number, to: number): number {
  const text = html.slice(from, to);
  return from + text.slice(0, Math.max(0, text.lastIndexOf('\n'), text.lastIndexOf(' '))).trimEnd().length;
}

/**
 * Cuts raw HTML into the tags that may be rendered and the text that all else is. `head`: what stands for what has been
 * read of it.
 */
export function* readRawHtml(rest: string, head = ''): Generator<RawPiece> {
  const html = head + rest;
  if (RAW_TEXT.test(html)) {
    yield { type: 'text', text: rest };
    return;
  }
  let at = head.length;
  for (const match of html.matchAll(TAG)) {
    const [source, slash, name = '', attributes = ''] = match;
    const tag = name.toLowerCase();
    if (!TAGS.has(tag)) continue;
    if (match.index > at) yield { type: 'text', text: decodeReferences(html.slice(at, match.index)) };
    at = match.index + source.length;
    // To a browser, the end of a line break is one, too.
    const isEnd = slash !== '' && tag !== 'br';
    if (isEnd) yield { type: 'close', tag };
    else {
      const named = readAttributes(slash === '' ? attributes : '');
      yield { type: 'open', tag, attributes: named, empty: VOID_TAGS.has(tag), source };
    }
  }
  if (at < html.length) yield { type: 'text', text: decodeReferences(html.slice(at)) };
}

/**
 * One attribute behind the other, as a browser cuts them: up to a `>` that is in no value, and the sign that begins
 * a value without an end. https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state
 */
const ATTRIBUTES_IN_ORDER =
  /[ \t\n\f\r/]*([^ \t\n\f\r/>][^ \t\n\f\r/=>]*)(?=[ \t\n\f\r/=>]|$)(?:[ \t\n\f\r]*=[ \t\n\f\r]*(?:"[^"]*"|'[^']*'|(["'])|[^ \t\n\f\r"'>][^ \t\n\f\r>]*|(?=>|$))|(?![ \t\n\f\r]*=))/gy;

/** Others are not even read: to a page that allows no inline style, one that is only parsed is a breach to be reported. */
function readAttributes(source: string): ReadonlyMap<string, string> {
  const all = [...source.replace(/\/\s*$/, '').matchAll(ATTRIBUTES_IN_ORDER)];
  const read = all.filter(([, name = '']) => ATTRIBUTES.includes(name.toLowerCase()));
  if (read.length === 0 || all.some(([, , open]) => open)) return new Map();
  const written = read.map(([attribute]) => attribute).join(' ');
  return cached(attributeCache, written, () => {
    const element = purify(`<i ${written}></i>`).querySelector('i');
    return new Map(
      ATTRIBUTES.filter((name) => element?.hasAttribute(name)).map((name) => [name, element!.getAttribute(name)!]),
    );
  });
}

const REFERENCE = /&(?:#\d{1,7}|#[xX][a-fA-F0-9]{1,6}|\w+);/g;

/**
 * Character references, read as the browser reads them: `&notit;` is `¬it;`. What a reader cannot see has come past the
 * filter of all text in them. `written`: the text before marked, which reads those with numbers by itself.
 */
export function decodeReferences(text: string, written = text): string {
  if (!written.includes('&')) return text;
  const decoded = text.replace(REFERENCE, (reference) =>
    cached(referenceCache, reference, () => purify(`<i>${reference}</i>`).textContent || reference),
  );
  return seenText(decoded);
}

/** A description or title in markdown, as a reader sees it. */
export function decodeSeen(text: string): string {
  return seenText(decodeAttribute(text));
}

/** References inside an attribute, where one is only what ends with its semicolon; an address needs all of them. */
export function decodeAttribute(text: string): string {
  if (!text.includes('&')) return text;
  const quoted = text.replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return (
    cached(attributeCache, `title="${quoted}"`, () => readAttributes(`title="${quoted}"`) as Map<string, string>).get(
      'title',
    ) ?? text
  );
}

function cached<Value>(cache: Map<string, Value>, key: string, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= MAX_CACHED) cache.clear();
  const value = make();
  cache.set(key, value);
  return value;
}
