import type { Tokens } from 'marked';
import { expandTabs, rules } from './grammar.js';

const FIRST_LINE = /^( {0,3}(?:[*+-]|\d{1,9}[.)]))([ \t][^\n]*)/;

/** What a line is to the list item above it: its content, the end of the item, or a case for marked itself. */
export type LineVerdict = { content: string } | 'end' | 'unreadable';

/** Tells line by line what belongs to a list item, by the rules by which marked does. */
export class ListItemLines {
  /** The content of the item's first line. */
  readonly first: string;
  readonly #indent: number;
  #lastIsBlank = false;

  private constructor(first: string, indent: number) {
    this.first = first;
    this.#indent = indent;
  }

  /** Undefined where the item does not begin with text on its first line. That of a task stands behind its box. */
  static startingWith(line: string, isTask = false): ListItemLines | undefined {
    const [, bullet = '', rest = ''] = FIRST_LINE.exec(line) ?? [];
    const text = rest.replace(/^[ \t]+/, (space) => expandTabs(space, bullet.length));
    const offset = text.search(/[^ ]/);
    if (offset < 0 || text.trim() === '') return undefined;
    const indent = offset > 4 ? 1 : offset;
    const first = text.slice(indent);
    return new ListItemLines(isTask ? first.replace(rules.other.listReplaceTask, '') : first, indent + bullet.length);
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
    if (typeof verdict !== 'string') this.#lastIsBlank = line.trim() === '';
    return verdict;
  }

  /** What `read` would say, without going on. */
  peek(line: string): LineVerdict {
    if (this.#startsAnother(line)) return 'end';
    const aligned = line.replace(/^[ \t]+/, (space) => expandTabs(space));
    if (line.trim() === '' || this.#reaches(aligned)) return { content: aligned.slice(this.#indent) };
    // Text that is not indented enough goes on with a paragraph of the item, if it ends in one.
    return this.#lastIsBlank ? 'end' : 'unreadable';
  }

  /** How much of the content of an unfinished line is certain to be the item's: it is indented far enough. */
  certain(partial: string): string {
    if (!/[^ \t]/.test(partial)) return '';
    const aligned = partial.replace(/^[ \t]+/, (space) => expandTabs(space));
    return this.#reaches(aligned) ? aligned.slice(this.#indent) : '';
  }

  #reaches(aligned: string): boolean {
    return aligned.search(/[^ ]/) >= this.#indent;
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
