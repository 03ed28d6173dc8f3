import type { Token, Tokens } from 'marked';

/** What a reading gives: a token, that its end is still to come, or that there is nothing of ours here. */
export type SyntaxReading = Token | 'open' | undefined;

/** A name that a model may write, and the host's element that it stands for. */
export interface Directive {
  /** The tag of a custom element. */
  readonly tag: string;
  /** Attributes that a model may set. Addresses are judged as any link or picture; handlers and styles are never set. */
  readonly attributes?: readonly string[];
}

export type Directives = Readonly<Record<string, Directive>>;

/** A directive in a text, on a line of its own, or the line that opens or closes one around blocks. */
export interface DirectiveToken extends Tokens.Generic {
  type: 'directive';
  form: 'inline' | 'leaf' | 'open' | 'close';
  tag: string;
  attributes: ReadonlyMap<string, string>;
  text: string;
}

const LABEL = /(?:\[((?:\\[\s\S]|[^[\]\\\n]){0,300})\])?/.source;
const BRACES = /(?:\{([^{}\n]{0,500})\})?/.source;
/** The end of a line: white space in it is read in one way only, with or without braces. */
const END = /[ \t]*(?:\{([^{}\n]{0,500})\}[ \t]*)?(?:\n|$)/.source;
const NAME = /[a-z][\w-]{0,40}/i.source;
const INLINE = new RegExp(`^:(${NAME})(?=[[{])${LABEL}${BRACES}`, 'i');
const LEAF = new RegExp(`^ {0,3}::(${NAME})${LABEL}${END}`, 'i');
const OPENING = new RegExp(`^ {0,3}:{3,}[ \\t]*(${NAME})${LABEL}${END}`, 'i');
const CLOSING = /^ {0,3}:{3,}[ \t]*(?:\n|$)/;
/** What an inline directive begins with while it is being written. */
const PARTIAL = new RegExp(
  `^:(?:${NAME})?(?:\\[(?:\\\\[\\s\\S]|[^[\\]\\\\\\n]){0,300}(?:\\](?:\\{[^{}\\n]{0,500})?)?|\\{[^{}\\n]{0,500})?$`,
  'i',
);
const ATTRIBUTE = /([a-z_][\w:.-]*)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/gi;

/** Reads the directives that a host has listed; every other name stays the text that it is. */
export class DirectiveReader {
  readonly reach = 900;
  readonly #directives = new Map<string, Directive>();

  constructor(directives: Directives) {
    for (const [name, directive] of Object.entries(directives)) {
      if (isCustomElement(directive?.tag)) this.#directives.set(name.toLowerCase(), directive);
      else console.warn(`A directive's tag must be that of a custom element: ${name}.`);
    }
  }

  readInline(source: string, before: string, final: boolean): SyntaxReading {
    if (!source.startsWith(':') || /[\p{L}\p{N}:]/u.test(before)) return undefined;
    const [raw = '', name = '', label, braces] = INLINE.exec(source) ?? [];
    if (!final && braces === undefined && PARTIAL.test(source) && this.#mayBeName(source)) return 'open';
    return label === undefined && braces === undefined ? undefined : this.#token('inline', raw, name, label, braces);
  }

  readBlock(source: string, lineIsOpen: boolean): SyntaxReading {
    const line = source.slice(0, source.indexOf('\n') + 1 || source.length + 1);
    if (!/^ {0,3}::/.test(line)) return undefined;
    // What else stands on the line decides.
    if (lineIsOpen && !line.endsWith('\n')) return 'open';
    if (CLOSING.test(line)) return directive('close', line, '');
    for (const [form, rule] of [
      ['leaf', LEAF],
      ['open', OPENING],
    ] as const) {
      const [raw, name = '', label, braces] = rule.exec(line) ?? [];
      const token = raw === undefined ? undefined : this.#token(form, raw, name, label, braces);
      if (token) return token;
    }
    return undefined;
  }

  /** Whether what is written so far begins the name of a directive that is listed. */
  #mayBeName(source: string): boolean {
    const [, name = '', end = ''] = /^:([\w-]*)([[{]?)/.exec(source)!;
    const written = name.toLowerCase();
    return end === ''
      ? [...this.#directives.keys()].some((each) => each.startsWith(written))
      : this.#directives.has(written);
  }

  #token(form: DirectiveToken['form'], raw: string, name: string, label = '', braces = ''): Token | undefined {
    const listed = this.#directives.get(name.toLowerCase());
    if (!listed) return undefined;
    const text = label.replace(/\\([[\]\\])/g, '$1');
    return directive(form, raw, listed.tag, attributesOf(braces, listed.attributes ?? []), text);
  }
}

function directive(
  form: DirectiveToken['form'],
  raw: string,
  tag: string,
  attributes: ReadonlyMap<string, string> = new Map(),
  text = '',
): Token {
  return { type: 'directive', form, raw, tag, attributes, text } as Token;
}

/** The names that no custom element may have. https://html.spec.whatwg.org/#valid-custom-element-name */
const RESERVED = new Set(
  'annotation-xml color-profile font-face font-face-src font-face-uri font-face-format font-face-name missing-glyph'.split(
    ' ',
  ),
);

function isCustomElement(tag: string): boolean {
  return /^[a-z][a-z0-9._]*-[a-z0-9._-]*$/.test(tag) && !RESERVED.has(tag);
}

/** Handlers, styles, and what would move, name or replace the element are set by nobody but the host. */
const NEVER =
  /^(?:on.*|style|class|id|slot|part|exportparts|is|name|srcdoc|autofocus|popover.*|contenteditable|tabindex|nonce)$/i;

function attributesOf(braces: string, allowed: readonly string[]): ReadonlyMap<string, string> {
  const listed = new Set(allowed.map((name) => name.toLowerCase()));
  const found = new Map<string, string>();
  for (const [, name = '', double, single, bare] of braces.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (listed.has(key) && !NEVER.test(key) && !found.has(key)) found.set(key, double ?? single ?? bare ?? '');
  }
  return found;
}
