import { inlineOf } from './inline-markdown.js';
import { isElement, isText } from '../../element/node-kinds.js';

/** A table as markdown. One without a head, such as a part of one, has an empty head. */
export function tableToMarkdown(table: Element): string {
  const [head, ...body] = table.querySelectorAll('tr');
  if (!head) return '';
  const delimiters = [...head.children].map(delimiter).join(' | ');
  return [rowToMarkdown(head), `| ${delimiters} |`, ...body.map(rowToMarkdown)].join('\n');
}

function rowToMarkdown(row: Element): string {
  return `| ${[...row.children].map((cell) => inlineOf(cell, true).trim()).join(' | ')} |`;
}

function delimiter(cell: Element): string {
  const align = cell.getAttribute('align');
  return { left: ':--', center: ':-:', right: '--:' }[align ?? ''] ?? '---';
}

/** For a spreadsheet (RFC 4180). A cell that it would take for a formula is marked as text. */
export function tableToCsv(table: Element): string {
  const rows = [...table.querySelectorAll('tr')];
  return rows.map((row) => [...row.children].map((cell) => csvCell(plainText(cell).trim())).join(',')).join('\r\n');
}

/** What a reader sees in a cell; a formula as it was written. */
function plainText(node: Node): string {
  if (isText(node)) return node.data;
  if (!isElement(node) || node.matches('.footnote-reference, [data-chrome]')) return '';
  const written = node.getAttribute('data-markdown');
  if (written !== null) return written;
  if (node.localName === 'br') return '\n';
  if (node.localName === 'img') return node.getAttribute('alt') ?? '';
  if (node.localName === 'button') return node.getAttribute('data-alt') ?? '';
  return [...node.childNodes].map(plainText).join('');
}

/**
 * https://owasp.org/www-community/attacks/CSV_Injection. Where a comma is a decimal mark, a spreadsheet takes a semicolon
 * for the separator, and pasted text is cut at tabs.
 */
function csvCell(shown: string): string {
  const text = shown.replaceAll('\t', ' ');
  const isFormula = /^[=+@\r\uFF1D\uFF0B\uFF20]/.test(text) || (/^[-\uFF0D]/.test(text) && !/^-[\d.,\s%]*$/.test(text));
  const safe = isFormula ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
