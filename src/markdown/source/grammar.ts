import { Lexer, Tokenizer } from 'marked';

const tokenizer = new Tokenizer();
// The lexer's constructor puts the rules into its tokenizer.
void new Lexer({ gfm: true, tokenizer });

/** The rules by which marked reads GitHub's markdown; `other` holds those of list items and quotes. */
export const rules = tokenizer.rules;

/** A line that ends a paragraph: spaces and tabs alone. Any other white space is text. */
export function isBlank(line: string): boolean {
  return /^[ \t]*\n?$/.test(line);
}

/** A loop, because a pattern would look at each of many spaces again and again. */
export function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\n'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Leading tabs as spaces, as far as the next tab stop, counted from `column`. */
export function expandTabs(line: string, column = 0): string {
  let at = column;
  let expanded = '';
  for (const char of line) {
    const added = char === '\t' ? 4 - (at % 4) : 1;
    expanded += char === '\t' ? ' '.repeat(added) : char;
    at += added;
  }
  return expanded;
}
