/** A line that begins or ends fenced code, wherever it stands. */
const FENCE = /^[ \t>]*(?:(?:[-+*]|\d+[.)])[ \t]+)?(```+|~~~+)(.*)/;

/** Behind what has no full stop and ends a block, there is to be a pause. */
const END_OF_BLOCK = /(?<=[^\s\p{P}|])\s*\n(?=[ \t>]*(?:\n|[-+*#|]|\d+[.)]))/gu;

/** Lines that are signs alone, and the signs of a quote, a title or an item at the beginning of one. */
const BLOCK_SIGNS =
  /^[-+*_=:|> \t]+$|^ *\[[^\]^\n]{1,99}\]: .*|^[ \t>]*(?:\[![a-z]+\]|#+(?=[ \t])|[-+*][ \t]+(?:\[[ x]\](?=[ \t]))?)?/gim;

/** Where code begins that has no end yet; the length of the text where there is none. */
export function lengthBeforeOpenCode(text: string): number {
  return withoutCode(text)[1];
}

/** Text as one would read it out: without the marks of markdown, and code only as a mention of it. */
export function spokenText(markdown: string): string {
  return (
    withoutCode(markdown)[0]
      .replace(END_OF_BLOCK, '.\n')
      .replace(BLOCK_SIGNS, '')
      .replace(/^\|.*/gm, spokenRow)
      // What is in a code span is no mark.
      .replace(/(`+)([^`\n]{1,999})`+|`+|[^`]+/g, (part, _, code?: string) => code ?? spokenInline(part))
      .replace(/\s+/g, ' ')
      .trim()
  );
}

/** The text with each fenced code as a mention of it, and its length before one that has no end. */
function withoutCode(text: string): [text: string, length: number] {
  let [kept, fence, at, end] = ['', '', 0, text.length];
  for (const line of text.match(/.*\n|.+$/g) ?? []) {
    const [, sign = '', info = ''] = FENCE.exec(line) ?? [];
    if (fence === '') kept += sign ? ' …\n' : line;
    if (fence === '' && sign) [fence, end] = [sign, at];
    else if (fence && sign.startsWith(fence) && !info.trim()) [fence, end] = ['', text.length];
    at += line.length;
  }
  return [kept, end];
}

function spokenRow(row: string): string {
  return `${row
    .split('|')
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(', ')}.`;
}

function spokenInline(text: string): string {
  return text
    .replace(/\[\^[^\]\s]{1,99}\]:?/g, '')
    .replace(/<(https?:[^<>\s]*)>|<\/?[a-z][^<>]*>/gi, ' $1 ')
    .replace(/!?\[([^[\]]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^[\]\n]*\])/g, '$1')
    .replace(/(?<![\\*_])(\*+|_+|~~)/g, withoutMark)
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '');
}

/** A sign between spaces, or one in the middle of a word or a number, is no mark: 2*3 is not 23. */
function withoutMark(mark: string, _: string, at: number, text: string): string {
  const around = `${text[at - 1] ?? '('}${text[at + mark.length] ?? '('}`;
  return (mark === '**' ? /^\s\s|\p{N}\p{N}/u : /^\s\s|[\p{L}\p{N}]{2}/u).test(around) ? mark : '';
}
