import { PENDING_ADDRESS, withoutOpenScheme } from './bare-address.js';
import { closeBy, closeDelimiters, failsToClose, flanks, isDoubtful, withoutOpenEscape } from './delimiters.js';
import type { Delimiter } from './delimiters.js';
import { rules } from './grammar.js';
import type { Syntax } from './syntax.js';

/** How many characters may wait for the end of a tag, a link's address or a picture before they are shown as text. */
const MAX_HELD = 2000;

/** A leaf longer than this is one that could not be settled piece by piece: it is shown as it is written. */
const MAX_COMPLETED = 20_000;
/** Brackets that are tried as links in one leaf. */
const MAX_LINKS = 200;

const TAG_NAME = /<[a-z][a-z0-9-]*/i.source;
const ATTRIBUTE = /\s+[a-z:_][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?/i.source;
const PARTIAL_ATTRIBUTE = /\s+(?:[a-z:_][\w.:-]*\s*(?:=\s*(?:"[^"]*|'[^']*|[^\s"'=<>`]*)?)?)?/i.source;
/** So much without a value follows a sign for less than, as in `n <m and so on`, and hardly ever the name of a tag. */
const HARDLY_A_TAG = /^<[a-z][^=>]{40}/i;
const PARTIAL_TAG = new RegExp(
  `^(?:<|</|</[a-z][a-z0-9-]*\\s*|${TAG_NAME}(?:${ATTRIBUTE})*(?:${PARTIAL_ATTRIBUTE}|\\s*/)?)$`,
  'i',
);
const PARTIAL_DECLARATION = /^<(?:!(?:-(?:-[\s\S]*)?|\[[\s\S]*|[a-z][^>]*)?|\?[\s\S]*)$/i;
const PARTIAL_AUTOLINK = /^<[a-z][a-z0-9+.-]*(?::[^\s<>]*)?$/i;
const PARTIAL_EMAIL = /^<[a-z0-9.!#$%&'*+/=?^_`{|}~-]+(?:@[a-z0-9.-]*)?$/i;
const WHOLE_TAG = new RegExp(
  `<!--(?:-?>|[\\s\\S]*?-->)|</[a-z][a-z0-9-]*\\s*>|${TAG_NAME}(?:${ATTRIBUTE})*\\s*/?>|<\\?[\\s\\S]*?\\?>|<![a-z]+\\s[^>]*>|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|<[^\\s<>]*>`,
  'iy',
);
const PARTIAL = [PARTIAL_TAG, PARTIAL_DECLARATION, PARTIAL_AUTOLINK, PARTIAL_EMAIL];
/** A reference to a character that has no end yet. */
export const PARTIAL_ENTITY = /&(?:#[xX]?[0-9a-fA-F]{0,7}|\w{0,31})$/;
const PARTIAL_TASK_OR_ALERT = /^\[(?:[ xX]?\]?[ \t]*|![A-Za-z]*\]?)$/;
/** In angle brackets. A backslash is read in one way only: in two, a run of them would be read in millions. */
const BRACKETED = /<(?:\\[^\n]|[^<>\n\\])*/.source;
const PARTIAL_ADDRESS = new RegExp(
  `^\\([ \\t\\n]*(?:${BRACKETED}(?:\\\\|>)?|[^ \\t\\n<][^ \\t\\n]*)?(?:[ \\t\\n]+(?:["'(][\\s\\S]*)?)?$`,
);
/** No white space behind it but that behind its end: it would be read as the title's and as none, one by one. */
const OPEN_TITLE =
  /(?:"(?:\\[\s\S]|[^"\\])*(?:\\|"[ \t\n]*)?|'(?:\\[\s\S]|[^'\\])*(?:\\|'[ \t\n]*)?|\((?:\\[\s\S]|[^()\\])*(?:\\|\)[ \t\n]*)?)/
    .source;
/** From its parenthesis on: an address that has no end yet, or the title behind it. */
const OPEN_ADDRESS = new RegExp(
  `^\\([ \\t\\n]*(?:${BRACKETED}\\\\?|(?:${BRACKETED}>|[^ \\t\\n]+)(?:[ \\t\\n]+${OPEN_TITLE}?)?|(?<=[ \\t\\n])${OPEN_TITLE})?$`,
);

/** Not in angle brackets. */
const PLAIN_ADDRESS = /^[ \t\n]*(?:[^ \t\n<][^ \t\n]*)?/;

const MAX_BOUND = 40;
/**
 * What stands in brackets is as often a source, a placeholder, an index or a list as the label of a link. So much of it
 * waits for what follows the bracket at its end: a moment. More than that is a label, for the most part.
 */
const MAX_UNDECIDED = 40;
/** Where a bracket turns out to be none of a link, a bare address in it takes the picture right behind it for a part of itself. */
const PICTURE_IN_ADDRESS = /(?<=(?:(?:https?|ftp):\/\/|www\.)[^\s<]{0,200})!\[/i;
/** `[0, 1)` begins no link, though it leaves its bracket open. */
const INTERVAL = /^\[[^[\](),;\n]+[,;][^[\](),;\n]+\)/;

interface Bracket {
  at: number;
  image: boolean;
  /** How many delimiters were open at the bracket: those above close inside the link. */
  depth: number;
}

/** Any text that goes on, or the cell of a table, which a bar ends, be it in code. */
export type OpenLeaf = 'text' | 'cell';

export interface Expected {
  leaf: OpenLeaf;
  /** Brackets that are open are taken for those of a link. */
  links: boolean;
}

/**
 * What the text of a leaf that is still being written should be shown as: open emphasis, code and links are closed, and
 * what could still become something else is left out. Only the look in mid-stream depends on it, never the result.
 */
export function completeInline(text: string, syntax: Syntax, expected: Expected): string {
  if (text.length > MAX_COMPLETED) return text;
  if (PARTIAL_TASK_OR_ALERT.test(text)) return '';
  return new InlineCompletion(text, syntax, expected).run();
}

class InlineCompletion {
  readonly #text: string;
  readonly #syntax: Syntax;
  readonly #expected: Expected;
  readonly #delimiters: Delimiter[] = [];
  readonly #brackets: Bracket[] = [];
  /** Runs that stand for themselves, as those before a sign in a word, and may have been meant to open. */
  readonly #unopened = new Set<string>();
  #at = 0;
  /** Behind a backslash and what that escapes. */
  #escaped = 0;
  #links = 0;
  #hasLink = false;
  /** What is shown; undefined while the scan has not met a place that ends it early. */
  #shown: string | undefined;

  constructor(text: string, syntax: Syntax, expected: Expected) {
    this.#expected = expected;
    this.#text = withoutOpenEscape(text.replace(PARTIAL_ENTITY, ''));
    this.#syntax = syntax;
  }

  run(): string {
    const text = this.#text;
    while (this.#at < text.length && this.#shown === undefined) {
      const char = text.charAt(this.#at);
      if (!this.#syntax.inlineStarts.includes(char) || !this.#readConstruct()) this.#step(char);
    }
    if (!this.#expected.links) this.#brackets.length = 0;
    return this.#close(this.#shown ?? withoutOpenScheme(text));
  }

  #step(char: string): void {
    switch (char) {
      case '\\':
        this.#at += 2;
        this.#escaped = this.#at;
        return;
      case '`':
        return this.#code();
      case '<':
        return this.#tag();
      case '[':
        return this.#openBracket();
      case ']':
        return this.#closeBracket();
      case '*':
      case '_':
      case '~':
        return this.#run(char);
      case '!':
        if (this.#at === this.#text.length - 1) this.#shown = this.#text.slice(0, this.#at);
        this.#at += 1;
        return;
      default:
        this.#at += 1;
    }
  }

  /** Passes over a construct that is none of marked's, or ends the text before one whose end is still to come. */
  #readConstruct(): boolean {
    const source = this.#text.slice(this.#at, this.#at + this.#syntax.look);
    const reading = this.#syntax.readInline(source, this.#text.charAt(this.#at - 1), false);
    if (!reading) return false;
    // A bracket with a note in it is hardly the label of a link, in which a note would be none.
    if (source.startsWith('[')) this.#brackets.length = 0;
    if (reading === 'open') this.#shown = this.#text.slice(0, this.#at);
    else this.#at += reading.raw.length;
    return true;
  }

  #code(): void {
    const fence = runAt(this.#text, this.#at);
    const start = this.#at + fence.length;
    const end = closingFence(this.#text, start, fence.length);
    // One that is open for so long hardly ends at all.
    if (end >= 0 || this.#text.length - start > MAX_HELD) {
      this.#at = Math.max(start, end);
      return;
    }
    const content = this.#text.slice(start).replace(/[`\s]+$/, '');
    const isHeld = content === '' || this.#expected.leaf === 'cell';
    this.#shown = isHeld ? this.#text.slice(0, this.#at) : this.#text.slice(0, start) + content + fence;
  }

  #tag(): void {
    WHOLE_TAG.lastIndex = this.#at;
    const whole = WHOLE_TAG.exec(this.#text);
    if (whole) {
      this.#at += whole[0].length;
      return;
    }
    const rest = this.#text.slice(this.#at, this.#at + MAX_HELD + 1);
    if (rest.length <= MAX_HELD && !HARDLY_A_TAG.test(rest) && isPartialTag(rest))
      this.#shown = this.#text.slice(0, this.#at);
    else this.#at += 1;
  }

  #openBracket(): void {
    const image = this.#text.charAt(this.#at - 1) === '!' && this.#escaped !== this.#at;
    const at = image ? this.#at - 1 : this.#at;
    if (!INTERVAL.test(this.#text.slice(at, at + 2 * MAX_BOUND)))
      this.#brackets.push({ at, image, depth: this.#delimiters.length });
    this.#at += 1;
  }

  #closeBracket(): void {
    const bracket = this.#brackets.pop();
    const next = this.#text.charAt(this.#at + 1);
    if (!bracket || (next !== '' && next !== '(' && next !== '[')) {
      this.#at += 1;
      return;
    }
    const whole = next !== '' && this.#wholeLink(bracket.at);
    if (whole) {
      this.#at = bracket.at + whole;
      this.#delimiters.length = Math.min(this.#delimiters.length, bracket.depth);
    } else if (this.#mayBecomeLink(this.#text.slice(this.#at + 1)))
      this.#shown = this.#pending(bracket, this.#text.slice(0, this.#at));
    else this.#at += 1;
  }

  #wholeLink(at: number): number {
    this.#links += 1;
    if (this.#links > MAX_LINKS) return 0;
    const rest = this.#text.slice(at);
    const link = rules.inline.link.exec(rest);
    if (link) return linkLength(link);
    return rules.inline.reflink.exec(rest)?.[0].length ?? 0;
  }

  #mayBecomeLink(rest: string): boolean {
    if (rest === '' || rest.length > MAX_HELD) return rest === '';
    return rest.startsWith('(') ? PARTIAL_ADDRESS.test(rest) : !rest.includes(']');
  }

  /** A link whose address is still being written is shown as a link that leads nowhere; a picture waits. */
  #pending(bracket: Bracket, text: string): string {
    const isUndecided = text.length - bracket.at <= MAX_UNDECIDED && !this.#text.startsWith('](', text.length);
    if (bracket.image || isUndecided) return text.slice(0, bracket.at);
    this.#hasLink = true;
    const picture = text.slice(bracket.at).search(PICTURE_IN_ADDRESS);
    const certain = picture < 0 ? text : text.slice(0, bracket.at + picture);
    const label = closeDelimiters(certain, this.#delimiters.splice(bracket.depth));
    return label.length <= bracket.at + 1 ? text.slice(0, bracket.at) : `${label}](${PENDING_ADDRESS})`;
  }

  #run(char: string): void {
    const run = runAt(this.#text, this.#at);
    const end = this.#at + run.length;
    if (end === this.#text.length) {
      this.#shown = this.#text.slice(0, this.#at);
      return;
    }
    const { opens, closes } = flanks(this.#text, this.#at, end, char);
    const left = closes ? this.#closeBy(char, run.length, opens) : run.length;
    if (opens && left > 0 && (char !== '~' || left <= 2)) {
      const doubtful = isDoubtful(this.#text, this.#at, end);
      const before = this.#text.charAt(this.#at - 1);
      const failed = !closes && failsToClose(run, before, this.#delimiters, this.#unopened);
      this.#delimiters.push({ char, length: left, run: run.length, at: this.#at, closes, doubtful, failed });
    } else if (closes && left === run.length) this.#unopened.add(run);
    this.#at = end;
  }

  /**
   * A sign in a label closes nothing outside of that. One that can do nothing but close does: then the bracket before it
   * hardly begins a link.
   */
  #closeBy(char: string, run: number, opens: boolean): number {
    const floor = opens ? (this.#brackets.at(-1)?.depth ?? 0) : 0;
    const { left, reached } = closeBy(this.#delimiters, { char, run, opens, floor });
    while (this.#brackets.length > 0 && this.#brackets.at(-1)!.depth > reached) this.#brackets.pop();
    return left;
  }

  #close(shown: string): string {
    let text = shown;
    // A picture may stand in a link, and a link in none.
    while (!this.#hasLink) {
      const bracket = this.#brackets.pop();
      if (!bracket || text.length - bracket.at > MAX_HELD) break;
      text = this.#pending(bracket, text);
    }
    return closeDelimiters(text, this.#delimiters);
  }
}

/** How long a link is, as marked measures it: its address holds balanced parentheses only. 0 where it has no end yet. */
function linkLength([whole, label = '', address = '']: RegExpExecArray): number {
  const end = address.trim().startsWith('<') ? -1 : closingParenthesis(address);
  if (end === OPEN) return 0;
  const length = end < 0 ? whole.length : (whole.startsWith('!') ? 5 : 4) + label.length + end;
  const backslashes = /\\*$/.exec(whole.slice(0, length - 1))![0].length;
  return backslashes % 2 === 0 ? length : 0;
}

const OPEN = -2;

/** Where a parenthesis closes that was opened outside; -1 for nowhere, `OPEN` where one opened inside is still open. */
function closingParenthesis(text: string): number {
  let level = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '(') level += 1;
    else if (char === ')') level -= 1;
    if (level < 0) return at;
  }
  return level > 0 ? OPEN : -1;
}

function runAt(text: string, at: number): string {
  const char = text.charAt(at);
  let end = at;
  while (text.charAt(end) === char) end += 1;
  return text.slice(at, end);
}

function closingFence(text: string, from: number, length: number): number {
  for (let at = text.indexOf('`', from); at >= 0; at = text.indexOf('`', at)) {
    const run = runAt(text, at);
    at += run.length;
    if (run.length === length) return at;
  }
  return -1;
}

/** Where the address of a link begins that can still become one, however long its title; none: the end of the text. */
export function openAddressAt(text: string): number {
  for (let at = text.indexOf(']('); at >= 0; at = text.indexOf('](', at + 1))
    if (!isClosed(text.slice(at + 2)) && OPEN_ADDRESS.test(text.slice(at + 1))) return at + 1;
  return text.length;
}

/** Where a tag begins that is open at the end, and may be too long to be held back; none: the end of the text. */
export function openTagAt(text: string): number {
  let at = text.indexOf('<');
  while (at >= 0) {
    WHOLE_TAG.lastIndex = at;
    const whole = WHOLE_TAG.exec(text);
    if (!whole && isPartialTag(text.slice(at))) return at;
    at = text.indexOf('<', at + (whole?.[0].length ?? 1));
  }
  return text.length;
}

function isPartialTag(text: string): boolean {
  return PARTIAL.some((pattern) => pattern.test(text));
}

/** The first parenthesis that has no partner ends an address, also where no space follows. */
function isClosed(address: string): boolean {
  return closingParenthesis(PLAIN_ADDRESS.exec(address)![0]) >= 0;
}
