import type { Tokens } from 'marked';
import { expandTabs, rules } from './grammar.js';

const FIRST_LINE = /^( {0,3}(?:[*+-]|\d{1,9}[.)]))((?:[ \t][^\n]*)?)$/;
/** What a line that begins with it is, whatever it goes on with: text. */
const BEGINS_WITH_LETTER = /^ {0,3}\p{L}/u;
/** A line at the margin that may be a note or a directive ends the list: that is told from all that follows. */
const OWN_LINE = /^(?:\[\^|::)/;
const UNDERLINE = /^ {0,3}(?:=+|-+) *$/;

/** What a line is to the list item above it: its content, the end of the item, or a case for marked itself. */
export type LineVerdict = { content: string } | 'end' | 'unreadable';

/** Tells line by line what belongs to a list item, by the rules by which marked does. */
export class ListItemLines {
  /** The content of the item's first line. */
  readonly first: string;
  readonly #indent: number;
  /** The line read last, less the indentation, and what there is to know of it. */
  #last: string;
  #lastIsBlank: boolean;
  #lastIsLazy = false;
  #isFirst = true;

  private constructor(first: string, line: string, indent: number) {
    this.first = first;
    this.#last = line;
    this.#lastIsBlank = line.trim() === '';
    this.#indent = indent;
  }

  /** Undefined where no item begins. The text of a task stands behind its box. */
  static startingWith(line: string, isTask = false): ListItemLines | undefined {
    const [, bullet, rest = ''] = FIRST_LINE.exec(line) ?? [];
    if (bullet === undefined) return undefined;
    const text = rest.replace(/^[ \t]+/, (space) => expandTabs(space, bullet.length));
    if (text.trim() === '') return new ListItemLines('', text, bullet.length + 1);
    const offset = text.search(/[^ ]/);
    const indent = offset > 4 ? 1 : offset;
    const first = text.slice(indent);
    const own = isTask ? first.replace(rules.other.listReplaceTask, '') : first;
    return new ListItemLines(own, text, indent + bullet.length);
  }

  /** The item's text if it can be told line by line, which is checked against what marked made of it. */
  static canRead({ raw, text, task }: Pick<Tokens.ListItem, 'raw' | 'text' | 'task'>): boolean {
    const [firstLine = '', ...others] = raw.split('\n');
    const lines = ListItemLines.startingWith(firstLine, task);
    if (!lines) return false;
    const contents = [lines.first];
    for (const line of others) {
      const verdict = lines.read(line);
      if (typeof verdict === 'string') return false;
      contents.push(verdict.content);
    }
    return contents.join('\n').trimEnd() === text;
  }

  get endsBlank(): boolean {
    return this.#lastIsBlank;
  }

  read(line: string): LineVerdict {
    const verdict = this.peek(line);
    if (typeof verdict === 'string') return verdict;
    const aligned = align(line);
    this.#lastIsBlank = line.trim() === '';
    this.#lastIsLazy = !this.#isOwn(aligned);
    this.#last = aligned.slice(this.#indent);
    this.#isFirst = false;
    return verdict;
  }

  /** What `read` would say, without going on. */
  peek(line: string): LineVerdict {
    if (this.#startsAnother(line)) return 'end';
    const aligned = align(line);
    // An item that begins with two blank lines ends with them, and the next one may follow.
    if (this.#isFirst && this.#lastIsBlank && line.trim() === '') return 'unreadable';
    if (this.#isOwn(aligned)) return { content: aligned.slice(this.#indent) };
    if (this.#lastIsBlank || !this.#endsInText()) return 'end';
    return OWN_LINE.test(line) ? 'unreadable' : { content: this.#lazy(line, aligned) };
  }

  /** How much of the content of an unfinished line is certain to be the item's, whatever the line goes on with. */
  certain(partial: string): string {
    if (!/[^ \t]/.test(partial)) return '';
    const aligned = align(partial);
    if (this.#reaches(aligned)) return aligned.slice(this.#indent);
    const verdict = BEGINS_WITH_LETTER.test(partial) ? this.peek(partial) : 'end';
    return typeof verdict === 'string' ? '' : verdict.content;
  }

  #isOwn(aligned: string): boolean {
    return aligned.trim() === '' || this.#reaches(aligned);
  }

  #reaches(aligned: string): boolean {
    return aligned.search(/[^ ]/) >= this.#indent;
  }

  /** Whether text that is not indented enough goes on with the last line: with nothing but text, as marked tells it. */
  #endsInText(): boolean {
    const { other } = rules;
    const text = this.#isFirst ? this.#withoutMarkers() : this.#last;
    if (text === undefined || text.replace(/\t/g, '    ').search(/[^ ]/) >= 4) return false;
    const starts = [other.fencesBeginRegex, other.headingBeginRegex, other.htmlBeginRegex, other.hrRegex];
    if (starts.some((create) => create(this.#indent).test(text))) return false;
    if (this.#lastIsLazy) return true;
    const inside = this.#last.replace(other.nestedContainerMarkers, '');
    return ![rules.block.fences, rules.block.heading, rules.block.hr].some((rule) => rule.test(inside));
  }

  /** The first line less the bullets of items in the item, and the marks of quotes; undefined where nothing else is in it. */
  #withoutMarkers(): string | undefined {
    let text = this.#last;
    if (text.includes('\t')) return text;
    const isRule = rules.other.hrRegex(this.#indent);
    for (let marker; !isRule.test(text) && (marker = rules.other.nestedBlockMarker.exec(text));)
      text = text.slice(marker[0].length);
    return text.trim() === '' ? undefined : text;
  }

  /** Such a line underlines nothing. */
  #lazy(line: string, aligned: string): string {
    const isUnderline = UNDERLINE.test(line) && rules.block.lheading.test(`${this.#last}\n${line}`);
    return isUnderline ? `    ${aligned.replace(/^ {0,3}/, '')}` : line;
  }

  #startsAnother(line: string): boolean {
    const { other } = rules;
    const tests = [
      other.fencesBeginRegex,
      other.headingBeginRegex,
      other.htmlBeginRegex,
      other.blockquoteBeginRegex,
      other.nextBulletRegex,
      other.hrRegex,
    ];
    return tests.some((create) => create(this.#indent).test(line));
  }
}

function align(line: string): string {
  return line.replace(/^[ \t]+/, (space) => expandTabs(space));
}
