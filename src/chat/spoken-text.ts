/** The first line of fenced code, wherever it stands. Only the fence is captured. */
const FENCE = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})/;

/** Behind what has no full stop and ends a block, there is to be a pause. */
const END_OF_BLOCK = /(?<=[^\s\p{P}|])[ \t]*\n(?=[ \t>]*(?:\n|[-+*][ \t]|\d{1,9}[.)][ \t]|#|\|))/gu;

/** What stands for a block at the beginning of a line, or is all of the line. */
const BLOCK_SIGNS: readonly RegExp[] = [
  // The line below the head of a table, a line across, the line below a title.
  /^[ \t>]*(?:\|[ \t]*)?:?-+:?[ \t]*\|[-:| \t]*$/gm,
  /^[ \t>]*([-*_])(?:[ \t]*\1){2,}[ \t]*$/gm,
  /^[ \t>]*=+[ \t]*$/gm,
  // Where a link or a note leads, which is written in another place.
  /^[ \t]*\[(?!\^)[^\]\n]{1,999}\]:[ \t]+\S+.*$/gm,
  /^[ \t>]*#{1,6}(?=[ \t])/gm,
  /^[ \t]*>[ \t>]*(?:\[![A-Za-z]+\])?/gm,
  /^[ \t]*[-+*][ \t]+(?:\[[ xX]\](?=[ \t]))?/gm,
];

/** Where code begins that has no end yet; the length of the text where there is none. */
export function lengthBeforeOpenCode(text: string): number {
  const open = partsOf(text).at(-1);
  return open?.isCode && !open.isComplete ? text.length - open.text.length : text.length;
}

/** Text as one would read it out: without the marks of markdown, and code only as a mention of it. */
export function spokenText(markdown: string): string {
  const parts = partsOf(markdown).map(({ text, isCode }) => (isCode ? ' … ' : spokenBlocks(text)));
  return parts.join('').replace(/\s+/g, ' ').trim();
}

interface Part {
  text: string;
  isCode: boolean;
  isComplete: boolean;
}

/** Text and fenced code, one after the other. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let fence = '';
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const sign = FENCE.exec(line)?.[1] ?? '';
    if (fence === '' && sign !== '') {
      fence = sign;
      parts.push({ text: line, isCode: true, isComplete: false });
      continue;
    }
    const last = parts.at(-1);
    if (last && last.isCode === (fence !== '')) last.text += line;
    else parts.push({ text: line, isCode: false, isComplete: true });
    if (fence === '' || !sign.startsWith(fence) || !line.trimEnd().endsWith(sign)) continue;
    parts.at(-1)!.isComplete = true;
    fence = '';
  }
  return parts;
}

function spokenBlocks(markdown: string): string {
  const text = BLOCK_SIGNS.reduce((left, sign) => left.replace(sign, ''), markdown.replace(END_OF_BLOCK, '.\n'));
  const rows = text.replace(/^[ \t]*\|.*$/gm, spokenRow);
  // What is in a code span is no mark.
  return rows.replace(/(`+)([^`\n]{1,999})`+|[^`]+|`+/g, (part, ticks?: string, code = '') => {
    if (ticks !== undefined) return code;
    return part.startsWith('`') ? '' : spokenInline(part);
  });
}

function spokenRow(row: string): string {
  const cells = row.split('|').map((cell) => cell.trim());
  return `${cells.filter(Boolean).join(', ')}.`;
}

function spokenInline(text: string): string {
  return text
    .replace(/<((?:https?|mailto):[^<>\s]*)>/g, '$1')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/\[\^[^\]\s]{1,99}\]:?/g, '')
    .replace(/!?\[([^[\]]*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^[\]\n]*\])/g, '$1')
    .replace(/(?<![\\*_])(\*+|_+|~~)(?!\1)/g, withoutMark)
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '');
}

/** A sign between spaces, or one in the middle of a word or a number, is no mark: 2*3 is not 23. */
function withoutMark(mark: string, _: string, at: number, text: string): string {
  const before = text[at - 1] ?? '';
  const after = text[at + mark.length] ?? '';
  const isBetween = (kind: RegExp): boolean => kind.test(before) && kind.test(after);
  const isInside = isBetween(mark.length > 1 && mark !== '__' ? /\p{N}/u : /[\p{L}\p{N}]/u);
  return isBetween(/\s/) || isInside ? mark : '';
}
