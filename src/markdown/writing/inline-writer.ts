import type { Token, Tokens } from 'marked';
import { PENDING_ADDRESS } from '../source/bare-address.js';
import { decodeAttribute, decodeReferences, decodeSeen, readRawHtml } from '../source/raw-html.js';
import type { RawOpening } from '../source/raw-html.js';
import type { DirectiveToken } from '../source/directives.js';
import type { FootnoteReferenceToken } from '../source/footnote-syntax.js';
import type { ConstructToken } from '../source/syntax.js';
import { createConstruct } from './construct.js';
import { createDirective } from './directive.js';
import { elementWithText, withDirection, withText } from './elements.js';
import { createImage } from './pictures.js';
import type { ImageSource } from './pictures.js';
import type { RenderContext } from './render-context.js';
import { childrenOf } from '../source/tokens.js';
import { seenText } from '../../trust/text-filter.js';

/** Raw elements nested deeper than this are shown as the text that they are. */
export const MAX_RAW_DEPTH = 24;

/** What follows, in the text of a leaf, the end tag of an element around that leaf. */
export interface Departure {
  tag: string;
  content: Element;
}

/**
 * Writes the inline tokens of one leaf into its element, node by node: no markup is ever parsed. `outer`: the elements
 * around it that raw HTML has opened, from the inside out; where its text ends one of them, the leaf ends there.
 */
export function writeInline(
  parent: Element,
  tokens: readonly Token[],
  context: RenderContext,
  outer: readonly string[] = [],
): readonly Departure[] {
  const writer = new InlineWriter(parent, context, outer);
  writer.write(tokens);
  writer.finish();
  writer.directed.forEach(withDirection);
  return writer.departures;
}

/** Elements that a browser opens again behind the end of an element around them that they have outlived. */
const FORMATTING = new Set('a b code em i s small strike strong tt u'.split(' '));

/** Elements whose end is that of a leaf in them, too. */
const ENDS_LEAF = new Set(
  'blockquote caption center dd details div dl dt figcaption figure li ol pre summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** So many elements around a leaf may end in its text, `</td></tr></table>`, and what formats it go on behind them. */
const MAX_FORMATTED = 3;

/** Whether an end tag in this text may end the leaf in which it stands. */
export function mayEndLeaf(text: string): boolean {
  for (const [, tag] of text.matchAll(/<\/([a-z][a-z0-9]*)\s*>/gi)) if (ENDS_LEAF.has(tag!.toLowerCase())) return true;
  return false;
}

/** An element that is open. One that is opened again is another element. */
interface Frame {
  element: Element;
}

class InlineWriter {
  readonly departures: Departure[] = [];
  readonly directed = new Set<HTMLElement>();
  readonly #context: RenderContext;
  #outer: readonly string[];
  readonly #stack: Frame[];
  /** To be opened again when something comes that they hold. */
  #outlived: Frame[] = [];
  /** Texts that have come since the last element: they become one node. */
  #texts: string[] = [];

  constructor(parent: Element, context: RenderContext, outer: readonly string[]) {
    this.#stack = [{ element: parent }];
    this.#context = context;
    this.#outer = outer;
  }

  write(tokens: readonly Token[]): void {
    for (const token of tokens) this.#writeToken(token);
  }

  /** Writes out the text that nothing has followed. */
  finish(): void {
    if (this.#texts.length > 0) this.#put(this.#texts.join(''));
    this.#texts = [];
  }

  #put(content: Node | string): void {
    for (const frame of this.#outlived.splice(0)) {
      frame.element = this.#copy(frame.element);
      this.#parent.append(frame.element);
      this.#stack.push(frame);
    }
    this.#parent.append(content);
  }

  #copy(element: Element): Element {
    const copy = element.cloneNode(false) as HTMLElement;
    if (this.directed.has(element as HTMLElement)) this.directed.add(copy);
    return copy;
  }

  get #parent(): Element {
    return this.#stack.at(-1)!.element;
  }

  #writeToken(token: Token): void {
    switch (token.type) {
      case 'strong':
      case 'em':
      case 'del':
        return this.#wrap(document.createElement(token.type), childrenOf(token) ?? []);
      case 'codespan':
        return this.#append(createCode((token as Tokens.Codespan).text));
      case 'br':
        return this.#append(document.createElement('br'));
      case 'link':
        return this.#link(token as Tokens.Link);
      case 'image':
        return this.#append(createImage(imageOf(token as Tokens.Image), this.#context));
      case 'html':
        return this.#raw(token.raw);
      case 'construct':
        return this.#append(createConstruct(token as ConstructToken, this.#context));
      case 'footnote-reference':
        return this.#reference(token as FootnoteReferenceToken);
      case 'directive':
        return this.#append(createDirective(token as DirectiveToken, this.#context));
      case 'checkbox':
        this.#append(createCheckbox((token as Tokens.Checkbox).checked, this.#context));
        this.#appendText(' ');
        // By itself, as in an item without paragraphs: what stands behind it stays when its list turns loose.
        return this.finish();
      default:
        return this.#writeText(token);
    }
  }

  #writeText(token: Token): void {
    const children = childrenOf(token);
    if (children) this.write(children);
    else this.#appendText(decodeReferences(textOf(token), token.raw));
  }

  /** Within a link a reference could not be followed: it stays text. */
  #reference({ label, raw }: FootnoteReferenceToken): void {
    if (this.#isInLink) return this.#appendText(raw);
    this.#append(this.#context.footnotes.createReference(label, raw));
  }

  get #isInLink(): boolean {
    return [...this.#stack, ...this.#outlived].some(({ element }) => element.localName === 'a');
  }

  #link(token: Tokens.Link): void {
    if (this.#isInLink) return this.write(token.tokens);
    const href = cleanAddress(token.href);
    const element = createLink(token.autolink ? href : href && decodeAttribute(href), this.#context);
    if (token.title) element.title = decodeSeen(token.title);
    // References are not resolved inside an autolink: each `&` there is itself.
    if (token.autolink) this.#append(withText(element, token.text));
    else this.#wrap(element, token.tokens);
  }

  #wrap(element: Element, tokens: readonly Token[]): void {
    const frame = this.#enter(element);
    this.write(tokens);
    this.finish();
    this.#outlived = this.#outlived.filter((each) => each !== frame);
    // HTML in it may have closed what it stood in, and it with that.
    const at = this.#stack.indexOf(frame);
    if (at >= 0) this.#stack.length = at;
  }

  #enter(element: Element): Frame {
    this.#append(element);
    const frame = { element };
    this.#stack.push(frame);
    return frame;
  }

  #append(node: Node): void {
    this.finish();
    this.#put(node);
  }

  #appendText(text: string): void {
    if (text === '') return;
    this.#texts.push(text);
  }

  /** A raw tag opens or closes an element inside this leaf; what the leaf leaves open ends with it. */
  #raw(source: string): void {
    for (const piece of readRawHtml(source)) {
      if (piece.type === 'text') this.#appendText(piece.text);
      else if (piece.type === 'close') this.#close(piece.tag);
      else this.#open(piece);
    }
  }

  #open({ tag, attributes, empty, source }: RawOpening): void {
    if (this.#stack.length > MAX_RAW_DEPTH) return this.#appendText(source);
    // A link ends where the next one begins.
    if (tag === 'a' && this.#isInLink) this.#close(tag);
    const element = createRawElement(tag, attributes, this.#context);
    if (findsDirection(tag, attributes)) this.directed.add(element);
    if (empty) this.#append(element);
    else this.#enter(element);
  }

  #close(tag: string): void {
    // What has come since is in them, and opens them again.
    if (this.#outlived.length > 0) this.finish();
    const index = this.#stack.findLastIndex(({ element }, at) => at > 0 && element.localName === tag);
    const outlived = index < 1 ? this.#outlived.findLastIndex(({ element }) => element.localName === tag) : -1;
    if (outlived >= 0) return void this.#outlived.splice(outlived, 1);
    if (index < 1) return this.#leave(tag) ? undefined : this.#appendText(`</${tag}>`);
    this.finish();
    this.#end(index + 1);
    this.#stack.pop();
  }

  /** Ends what has been opened since. */
  #end(from: number): void {
    const inside = this.#stack.splice(from);
    this.#outlived.unshift(...inside.filter(({ element }) => FORMATTING.has(element.localName)));
  }

  /** Ends the leaf with an element around it; false where none of that name is open. */
  #leave(tag: string): boolean {
    const at = ENDS_LEAF.has(tag) ? this.#outer.indexOf(tag) : -1;
    if (at < 0) return false;
    this.finish();
    this.#outer = this.#outer.slice(at + 1);
    this.#end(1);
    // Each opens all of them again: a line of end tags would be twice as many elements as it has letters.
    if (this.departures.length >= MAX_FORMATTED) this.#outlived = [];
    const content = document.createElement('div');
    this.#stack[0] = { element: content };
    this.departures.push({ tag, content });
    return true;
  }
}

function textOf(token: Token): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
}

/** Code has its own direction, and no say in that of the text around it. */
function createCode(text: string): HTMLElement {
  const element = elementWithText('code', text);
  element.dir = 'ltr';
  return element;
}

/** As marked cleans an address; null for one that cannot be written as an address at all. */
function cleanAddress(href: string): string | null {
  try {
    return encodeURI(href).replaceAll('%25', '%');
  } catch {
    return null;
  }
}

/** A link that the policy refuses, or whose address is not finished, is an `<a>` that leads nowhere. */
function createLink(href: string | null, context: RenderContext): HTMLAnchorElement {
  const element = document.createElement('a');
  const address = href === null || href === PENDING_ADDRESS ? null : context.policy.link(href);
  if (address === null) return element;
  if (context.policy.leaves(address)) return createGuardedLink(element, address);
  element.href = address;
  element.rel = 'noopener noreferrer nofollow ugc';
  element.target = '_blank';
  return element;
}

/** A link that leads away has no address of its own: a menu or a middle click would pass by the step that shows it. */
function createGuardedLink(element: HTMLAnchorElement, address: string): HTMLAnchorElement {
  element.role = 'link';
  element.tabIndex = 0;
  element.dataset['url'] = address;
  return element;
}

function imageOf(token: Tokens.Image): ImageSource {
  const href = cleanAddress(token.href);
  return {
    address: href === null ? '' : decodeAttribute(href),
    alt: decodeSeen(plainText(token.tokens)),
    title: decodeSeen(token.title ?? ''),
  };
}

/** The text of a picture's description, as marked writes it into `alt`. */
function plainText(tokens: readonly Token[]): string {
  return tokens.map((token) => plainTextOf(token)).join('');
}

function plainTextOf(token: Token): string {
  const children = childrenOf(token);
  if (children) return plainText(children);
  return token.type === 'br' ? '\n' : textOf(token);
}

export function createCheckbox(checked: boolean, context: RenderContext): HTMLInputElement {
  const box = document.createElement('input');
  if (checked) box.setAttribute('checked', '');
  box.setAttribute('disabled', '');
  box.setAttribute('type', 'checkbox');
  box.setAttribute('aria-label', checked ? context.strings.taskDone : context.strings.taskOpen);
  return box;
}

/** As many items of a list have room for as many digits as the last of them has. */
const COUNTED_ON = 99;

/** A list whose first number has more than two digits needs more room, which a style sheet cannot tell from it. */
export function makeRoomForNumbers<Kind extends HTMLElement>(list: Kind): Kind {
  const start = list.localName === 'ol' ? Number(list.getAttribute('start')) : 0;
  const last = Math.abs(start) + COUNTED_ON;
  if (!(last > 2 * COUNTED_ON)) return list;
  const digits = String(last).length;
  list.dataset['digits'] = digits > 5 ? 'many' : String(digits);
  return list;
}

/** Raw elements that hold text of their own, and have its direction as markdown's blocks have. */
const HAS_DIRECTION = new Set('p h1 h2 h3 h4 h5 h6 li dt dd summary figcaption caption td th'.split(' '));

const RAW_ATTRIBUTES = ['align', 'dir', 'open', 'reversed', 'start', 'title'];

/** The element that a raw tag opens. Its address, where it has one, is judged as any other. */
export function createRawElement(
  tag: string,
  attributes: ReadonlyMap<string, string>,
  context: RenderContext,
): HTMLElement {
  if (tag === 'img') {
    const source = {
      address: attributes.get('src') ?? '',
      alt: seenText(attributes.get('alt') ?? ''),
      title: seenText(attributes.get('title') ?? ''),
    };
    return createImage(source, context);
  }
  const element = tag === 'a' ? createLink(attributes.get('href') ?? null, context) : document.createElement(tag);
  for (const name of RAW_ATTRIBUTES) {
    const value = attributes.get(name);
    if (value !== undefined && (name !== 'open' || tag === 'details') && !(name === 'dir' && isAuto(value)))
      element.setAttribute(name, seenText(value));
  }
  return makeRoomForNumbers(element);
}

/** Whether the element that a raw tag opens is to be one with its own direction, when its content is there. */
export function findsDirection(tag: string, attributes: ReadonlyMap<string, string>): boolean {
  if (tag === 'img') return false;
  const direction = attributes.get('dir');
  return direction === undefined ? HAS_DIRECTION.has(tag) : isAuto(direction);
}

function isAuto(direction: string): boolean {
  return direction.toLowerCase() === 'auto';
}
