import type { Token } from 'marked';
import { startsFootnote } from './footnote-syntax.js';
import { deepestLast } from './tokens.js';
import { mayBeDefinition } from './settled.js';

/** What the line before belongs to, so far as it decides how much of an unfinished line may be shown. */
export type LineContext = 'table' | 'text';

const CONTAINER_MARKERS = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)))*[ \t]*/;

const QUOTE_MARKERS = /^[ \t>]+/;

/** The markers of quotes and list items at the beginning of a line. */
export function containerMarkers(line: string): string {
  return CONTAINER_MARKERS.exec(line)?.[0] ?? '';
}

/** Beginnings of lines that can still become something else: each names what it could be. */
const UNDECIDED = [
  /^#{1,6}[ \t]*$/, // a heading
  /^([-*_=])(?:[ \t]*\1)*[ \t]*$/, // a list item, a thematic break, the underline of a heading
  /^\+$/, // a list item
  /^\d{1,9}[.)]?$/, // a numbered list item
  /^[`~]{1,2}$/, // a fence
  /^(?:`{3,}[^`]*|~{3,}[^\n]*)$/, // a fence whose language is still being written
  /^\[(?:[^\]\\]|\\[\s\S]|\\$)*\]?$/, // a definition
  /^\[(?!\^)(?:[^\]\\]|\\.)*\]:/, // a definition whose address is still being written
  /^(?!<[a-z][^=>]{40})<(?:[a-z/!?](?:[^<>"']|"[^"]*"|'[^']*')*(?:"[^"]*|'[^']*)?)?(?:>[ \t]*)?$/i, // a tag, which makes a block of HTML where nothing follows it
  /^\|/, // the head of a table
  /^[-|:][-|: \t]*$/, // the line below it
];

const MAX_HELD = 2000;

/** A longer first line of a paragraph with a bar in it is prose, but for tables that hardly anybody writes. */
const MAX_BARE_HEAD = 80;
/** The first cell of a row that begins with no bar, up to the space before the first bar outside of code. */
const FIRST_CELL = /^(?:[^`|\\]|\\.|`[^`]*(?:`|$))+ (?=\|(?:[ \t]|$))/;
/** Headings are no heads of tables, and items hardly ever begin with one. */
const HEADING_OR_ITEM = /^[ \t>]*(?:#{1,6}|[-+*]|\d{1,9}[.)])[ \t]/;

/** As much of a paragraph's first line as may be shown while it can be the head of a table that begins with no bar. */
function firstCell(line: string, linesBefore: string): string {
  if (line.length > MAX_BARE_HEAD || !line.includes('|') || HEADING_OR_ITEM.test(line)) return line;
  const before = linesBefore.slice(linesBefore.lastIndexOf('\n', linesBefore.length - 2) + 1);
  return /[^ \t>\n]/.test(before) ? line : (FIRST_CELL.exec(line)?.[0] ?? line);
}

/** The part of an unfinished line that may be shown: nothing while it could still become another block. */
function visiblePart(line: string, context: LineContext): string {
  const content = withoutSpaceAtEnd(line.slice(containerMarkers(line).length));
  if (content === '') return '';
  if (context === 'table' && content.startsWith('|')) return content === '|' ? '' : line;
  if (line.length > MAX_HELD) return line;
  return UNDECIDED.some((pattern) => pattern.test(content)) ? '' : line;
}

/** With a dash in it: a head of empty cells has none. */
const DELIMITER_ROW = /^(?=.*-)[-|:][-|: \t]*\n$/;

/** Takes what was not shown of a last line that may turn out to be the head of a table off the lines that are. */
function withoutTableHead(lines: string, partial: string): string {
  if (!/^[ \t>]*[|:\- \t]*$/.test(partial)) return lines;
  const start = lines.lastIndexOf('\n', lines.length - 2) + 1;
  const head = lines.slice(start);
  const content = head.slice(containerMarkers(head).length);
  if (head.length > MAX_HELD || DELIMITER_ROW.test(content)) return lines;
  const before = lines.slice(0, start);
  if (content.startsWith('|')) return before;
  const line = head.slice(0, -1);
  const shown = firstCell(line, before);
  return shown === line ? lines : before + withoutSpaceAtEnd(shown);
}

/** Whatever white space: marked trims it off a list, and reads it as text once something follows it. */
export function withoutSpaceAtEnd(source: string): string {
  let end = source.length;
  while (end > 0 && /[^\S\n]/.test(source.charAt(end - 1))) end -= 1;
  return source.slice(0, end);
}

/** Where the line begins of a definition that goes on over its end: in its title, or before its address. */
function openDefinition(source: string): number {
  const from = Math.max(source.lastIndexOf('\n\n'), source.length - MAX_HELD);
  let at = source.lastIndexOf('\n');
  let rest = source.slice(at + 1).replace(QUOTE_MARKERS, '');
  let found = -1;
  if (!source.includes(']:', from)) return found;
  for (let start = at; at > from && at >= 0; at = start) {
    start = source.lastIndexOf('\n', at - 1);
    const line = source.slice(start + 1, at);
    const content = line.replace(QUOTE_MARKERS, '');
    // Nor does it go on over a line of a quote in which nothing stands.
    if (content === '') break;
    const label = line.slice(containerMarkers(line).length);
    if (label.startsWith('[') && !startsFootnote(label) && mayBeDefinition(`${label}\n${rest}`)) found = start + 1;
    rest = `${content}\n${rest}`;
  }
  return found;
}

/** The source as far as it may be shown: always a beginning of it that no later character turns into something else. */
export function shownSource(source: string, context: LineContext): string {
  const definition = openDefinition(source);
  if (definition >= 0) return source.slice(0, definition);
  const start = source.lastIndexOf('\n') + 1;
  const lines = source.slice(0, start);
  const partial = source.slice(start);
  const visible = visiblePart(partial, context);
  // Emphasis would not end behind white space, and a line's own end has none.
  if (context === 'table') return lines + withoutSpaceAtEnd(visible);
  if (visible !== '') return lines + withoutSpaceAtEnd(firstCell(visible, lines));
  return withoutTableHead(lines, partial);
}

/** What the line after these blocks would belong to. */
export function contextOf(tokens: readonly Token[], source: string): LineContext {
  return deepestLast(tokens)?.type === 'table' && !/\n[ \t>]*\n$/.test(source) ? 'table' : 'text';
}
