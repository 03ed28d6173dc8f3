/** What inline elements are written as, before and after their text. */
const MARKS: Record<string, string> = { strong: '**', b: '**', em: '*', i: '*', del: '~~', s: '~~' };

/** Rendered text back as markdown: for copying a part of it, or a table. */
export function toMarkdown(root: Node): string {
  return blocks(root, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function blocks(root: Node, indent: string): string {
  return [...root.childNodes].map((node) => block(node, indent)).join('');
}

function block(node: Node, indent: string): string {
  if (!(node instanceof Element)) return inline(node);
  if (node.matches('.construct')) return node.matches('.fence') ? '' : `${inline(node)}\n\n`;
  if (node.matches('.footnotes')) return notes(node);
  switch (node.localName) {
    case 'p':
    case 'summary':
      return `${inlineOf(node).trim()}\n\n`;
    case 'hr':
      return '---\n\n';
    case 'ul':
    case 'ol':
      return `\n${items(node, indent)}\n`;
    case 'blockquote':
      return `${prefixed(quoted(node), '> ')}\n\n`;
    case 'table':
      return `${tableToMarkdown(node)}\n\n`;
    case 'pre':
      return `${fenced(node)}\n\n`;
    default:
      if (/^h[1-6]$/.test(node.localName))
        return `${'#'.repeat(Number(node.localName[1]))} ${inlineOf(node).trim()}\n\n`;
      if (node.hasAttribute('data-chrome')) return '';
      return /^(?:div|details|figure|li|article|section|nav)$/.test(node.localName)
        ? blocks(node, indent)
        : inline(node);
  }
}

function quoted(node: Element): string {
  const kind = node.getAttribute('data-alert');
  return (kind ? `[!${kind.toUpperCase()}]\n` : '') + toMarkdown(node);
}

function prefixed(text: string, prefix: string): string {
  return text
    .split('\n')
    .map((line) => (prefix + line).trimEnd())
    .join('\n');
}

function items(list: Element, indent: string): string {
  let number = Number(list.getAttribute('start') ?? 1);
  const lines = [...list.children].map((item) => {
    const bullet = list.localName === 'ol' ? `${number++}. ` : '- ';
    const inner = ' '.repeat(bullet.length);
    const text = blocks(item, indent + inner)
      .replace(/\n{2,}(?=\s*(?:[-*]|\d+\.) )/g, '\n')
      .trim();
    return (
      bullet +
      text
        .split('\n')
        .map((line, index) => (index === 0 || line === '' ? line : inner + line))
        .join('\n')
    );
  });
  return `${lines.join('\n')}\n`;
}

function fenced(node: Element): string {
  const code = node.textContent ?? '';
  const language = /language-(\S+)/.exec(node.querySelector('code')?.className ?? '')?.[1] ?? '';
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.replace(/\n?$/, '\n')}${fence}`;
}

/** Notes as they are written: the label, and the blocks indented. */
function notes(section: Element): string {
  return [...section.querySelectorAll('li[data-footnote]')]
    .map((note) => `[^${note.getAttribute('data-footnote')}]: ${toMarkdown(note).replace(/\n(?=.)/g, '\n    ')}\n\n`)
    .join('');
}

export function tableToMarkdown(table: Element): string {
  const [head, ...body] = table.querySelectorAll('tr');
  if (!head) return '';
  const delimiters = Array.from(head.children, delimiter).join(' | ');
  return [rowToMarkdown(head), `| ${delimiters} |`, ...body.map(rowToMarkdown)].join('\n');
}

function rowToMarkdown(row: Element): string {
  const cells = Array.from(row.children, (cell) => inlineOf(cell).trim().replaceAll('|', '\\|'));
  return `| ${cells.join(' | ')} |`;
}

function delimiter(cell: Element): string {
  const align = cell.getAttribute('align');
  return { left: ':--', center: ':-:', right: '--:' }[align ?? ''] ?? '---';
}

/** For a spreadsheet. A cell that it would take for a formula is marked as text. */
export function tableToCsv(table: Element): string {
  const rows = [...table.querySelectorAll('tr')];
  return rows
    .map((row) => [...row.children].map((cell) => csvCell((cell.textContent ?? '').trim())).join(','))
    .join('\r\n');
}

function csvCell(text: string): string {
  const isFormula = /^[=+@\t\r]/.test(text) || (text.startsWith('-') && !/^-[\d.,\s%]*$/.test(text));
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function inlineOf(node: Node): string {
  return [...node.childNodes].map(inline).join('');
}

function inline(node: Node): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element) || node.hasAttribute('data-chrome')) return '';
  const written = node.getAttribute('data-markdown');
  if (written !== null) return written;
  const mark = MARKS[node.localName];
  if (mark) return mark + inlineOf(node) + mark;
  switch (node.localName) {
    case 'code':
      return codeSpan(node.textContent ?? '');
    case 'br':
      return '  \n';
    case 'a':
      return link(node);
    case 'img':
      return `![${node.getAttribute('alt') ?? ''}](${node.getAttribute('src') ?? ''})`;
    case 'input':
      return node.hasAttribute('checked') ? '[x]' : '[ ]';
    case 'button':
      return asked(node);
    default:
      return inlineOf(node);
  }
}

function asked(button: Element): string {
  const url = button.getAttribute('data-url');
  return url === null ? '' : `![${button.getAttribute('data-alt') ?? ''}](${url})`;
}

function codeSpan(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return fence === '``' ? `${fence} ${text} ${fence}` : fence + text + fence;
}

function link(node: Element): string {
  const text = inlineOf(node);
  const href = node.getAttribute('href') ?? node.getAttribute('data-url');
  if (href === null) return text;
  return text === href ? `<${href}>` : `[${text}](${href})`;
}
