import { inlineOf, inlineRun } from './inline-markdown.js';
import { tableToMarkdown } from './table-text.js';
import { isElement } from '../../element/node-kinds.js';

const BLOCK =
  /^(?:p|h[1-6]|hr|ul|ol|li|blockquote|table|pre|div|section|article|nav|details|summary|figure|figcaption|center|dl|dt|dd|caption)$/;

/** Rendered text back as markdown: for copying a part of it. What is rendered of that is what was copied. */
export function toMarkdown(root: Node): string {
  return blocksOf(root).join('\n\n').trim();
}

/** Each block by itself; inline content between blocks is a paragraph. */
function blocksOf(parent: Node): string[] {
  const found: string[] = [];
  let run: Node[] = [];
  let last: Element | undefined;
  const endRun = (): void => {
    const text = paragraph(inlineRun(run));
    run = [];
    if (text !== '') found.push(text);
  };
  for (const node of parent.childNodes) {
    if (!isBlock(node)) {
      run.push(node);
      if (node.textContent?.trim()) last = undefined;
      continue;
    }
    endRun();
    // A list right behind a list of the same kind would go on with it: it has another sign.
    const isOther = last?.localName === node.localName;
    found.push(...block(node, isOther).filter((text) => text !== ''));
    last = isOther ? undefined : node;
  }
  endRun();
  return found;
}

function isBlock(node: Node): node is Element {
  if (!isElement(node)) return false;
  if (node.matches('.construct')) return !node.matches('.span');
  // An element of the host's around blocks is one; in a line of text it is its words.
  return BLOCK.test(node.localName) || (node.localName.includes('-') && [...node.children].some(isBlock));
}

function block(node: Element, isOther: boolean): string[] {
  if (node.matches('[data-chrome], .pending, .construct.fence')) return [];
  const written = node.getAttribute('data-markdown');
  if (written !== null) return [written];
  if (node.matches('.footnotes')) return [...node.querySelectorAll('li[data-footnote]')].map(note);
  switch (node.localName) {
    case 'p':
    case 'summary':
    case 'dt':
      return [paragraph(inlineOf(node))];
    case 'hr':
      // Behind an item's sign, its own would make one line of both.
      return [node.parentElement?.localName === 'li' ? '___' : '---'];
    case 'ul':
    case 'ol':
      return [list(node, isOther)];
    case 'blockquote':
      return [quote(node)];
    case 'table':
      return [tableToMarkdown(node)];
    case 'pre':
      return [fenced(node)];
    case 'details':
      return details(node);
    default:
      return /^h[1-6]$/.test(node.localName) ? [heading(node)] : blocksOf(node);
  }
}

/** Read as one, it would not be seen, and make links and pictures of words in brackets. */
const DEFINITION = /^([ \t]*)\[(?!\^)(?=(?:[^[\]\\]|\\[^])+\]:)/gm;

/** What stands at the beginning of a line must not be read as a block's sign. */
function paragraph(text: string): string {
  return text
    .trim()
    .replace(/^([ \t]*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+[ \t]*$|-[ -]+$|:{2,})/gm, '$1\\$2')
    .replace(/^([ \t]*\d{1,9})([.)])(?=\s|$)/gm, '$1\\$2')
    .replace(DEFINITION, '$1\\[');
}

function heading(node: Element): string {
  const text = inlineOf(node).replace(/\s+/g, ' ').trim();
  return text === '' ? '' : `${'#'.repeat(Number(node.localName[1]))} ${text.replace(/(?<!#)#+$/, '\\$&')}`;
}

function quote(node: Element): string {
  const kind = node.getAttribute('data-alert');
  const text = (kind ? `[!${kind.toUpperCase()}]\n` : '') + toMarkdown(node);
  return text === '' ? '' : text.replace(/^.*$/gm, (line) => (line === '' ? '>' : `> ${line}`));
}

function list(node: Element, isOther: boolean): string {
  let number = Number(node.getAttribute('start') ?? 1);
  const items = [...node.children].filter(({ localName }) => localName === 'li');
  const gap = items.some((item) => item.querySelector(':scope > p')) ? '\n\n' : '\n';
  return items
    .map((item) => {
      const bullet = node.localName === 'ol' ? `${number++}${isOther ? ')' : '.'} ` : isOther ? '* ' : '- ';
      return bullet + indented(blocksOf(item).join(gap), bullet.length);
    })
    .join(gap);
}

function indented(text: string, width: number): string {
  return text.replace(/\n(?=.)/g, `\n${' '.repeat(width)}`);
}

function fenced(node: Element): string {
  const code = node.textContent ?? '';
  const language = /language-(\S+)/.exec(node.querySelector('code')?.className ?? '')?.[1] ?? '';
  // Behind backticks none may stand in the name of a language.
  const sign = language.includes('`') ? '~' : '`';
  const longest = Math.max(2, ...[...code.matchAll(/`+|~+/g)].map(([run]) => run.length));
  const fence = sign.repeat(longest + 1);
  return `${fence}${language}\n${code === '' ? '' : code.replace(/\n?$/, '\n')}${fence}`;
}

function details(node: Element): string[] {
  const summary = node.querySelector(':scope > summary');
  const rest = document.createElement('div');
  for (const child of node.childNodes) if (child !== summary) rest.append(child.cloneNode(true));
  const start = `<details${node.hasAttribute('open') ? ' open' : ''}>`;
  return [summary ? `${start}<summary>${asMarkup(summary)}</summary>` : start, ...blocksOf(rest), '</details>'];
}

/** No markdown is read in the line of a tag. */
function asMarkup(node: Element): string {
  return (node.textContent ?? '').trim().replace(/\s+/g, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Notes as they are written: the label, and the blocks indented. */
function note(item: Element): string {
  return `[^${item.getAttribute('data-footnote')}]: ${indented(toMarkdown(item), 4)}`;
}
