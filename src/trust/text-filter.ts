/** What may have to be kept out: anything else needs no look at what stands around it. */
const SUSPICIOUS =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFF9-\uFFFB\u{1F3F4}\p{M}\p{DI}]/u;

/** Marks on one letter beyond which nobody can read it, and a browser takes seconds to draw it. */
const MAX_MARKS = 40;
const MARK = /^\p{M}$/u;

/** Joiners and marks of direction in a row beyond which they are not for the text around them. */
const MAX_UNSEEN = 2;

const BLACK_FLAG = 0x1f3f4;
/** A flag names its region in as many letters at most, and an end. https://unicode.org/reports/tr51/#def_std_emoji_tag_sequence_set */
const FLAG_TAGS = 7;
const FLAG_END = 0xe007f;

/** What no selector gives another shape: letters of most texts, spaces, signs, and what cannot be seen itself. */
const NO_BASE = /^$|^[^\P{ASCII}#*0-9]|^[\s\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\p{C}]/u;
const IDEOGRAPH = /^[\p{Ideographic}\p{Script=Han}]/u;
const HIEROGLYPH = /^\p{Script=Egyptian_Hieroglyphs}/u;

/**
 * Keeps characters out that a reader cannot see and a model can hide words in: controls, overrides of the reading
 * direction, tag characters, selectors of shapes that there are not. What languages and emoji need stays: joiners, the
 * marks of right-to-left text, one selector after what it can be for, the tags of a flag.
 */
export class TextFilter {
  /** The character before. */
  #before = '';
  #tagsLeft = 0;
  #unseen = 0;
  #marks = 0;

  clean(text: string): string {
    if (!SUSPICIOUS.test(text)) {
      if (text !== '') this.#pass(text);
      return text;
    }
    let clean = '';
    for (const char of text) clean += this.#cleanChar(char, char.codePointAt(0)!);
    return clean;
  }

  #pass(text: string): void {
    const last = text.slice(-2);
    this.#before = last.codePointAt(0)! > 0xffff ? last : last.at(-1)!;
    this.#tagsLeft = this.#unseen = this.#marks = 0;
  }

  #cleanChar(char: string, code: number): string {
    if (isTag(code)) return this.#cleanTag(char, code);
    const before = this.#before;
    this.#before = char;
    this.#tagsLeft = code === BLACK_FLAG ? FLAG_TAGS : 0;
    this.#unseen = isJoining(code) ? this.#unseen + 1 : 0;
    this.#marks = code > 0x2ff && MARK.test(char) ? this.#marks + 1 : 0;
    if (this.#marks > MAX_MARKS || this.#unseen > MAX_UNSEEN) return '';
    if (isSelector(code)) return selects(code, before) ? char : '';
    if (isControl(code)) return '\uFFFD';
    return !isJoining(code) && INVISIBLE.test(char) ? '' : char;
  }

  #cleanTag(char: string, code: number): string {
    const isKept = this.#tagsLeft > 0 && (isRegionTag(code) || code === FLAG_END);
    this.#tagsLeft = isKept && code !== FLAG_END ? this.#tagsLeft - 1 : 0;
    return isKept ? char : '';
  }
}

/** A short text of its own, such as a title, without what a reader cannot see. */
export function seenText(text: string): string {
  return new TextFilter().clean(text);
}

function isTag(code: number): boolean {
  return code >= 0xe0000 && code <= 0xe007f;
}

/** A digit or a small letter. */
function isRegionTag(code: number): boolean {
  return (code >= 0xe0030 && code <= 0xe0039) || (code >= 0xe0061 && code <= 0xe007a);
}

function isSelector(code: number): boolean {
  return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}

/** Whether there may be such a shape of what stands before. https://unicode.org/Public/UCD/latest/ucd/StandardizedVariants.txt */
function selects(code: number, before: string): boolean {
  if (code >= 0xe0100) return IDEOGRAPH.test(before);
  if (code >= 0xfe03 && code <= 0xfe0d) return HIEROGLYPH.test(before);
  return !NO_BASE.test(before);
}

/** What has no width and tells how its neighbours join, part or are ordered. */
function isJoining(code: number): boolean {
  return (code >= 0x200b && code <= 0x200f) || code === 0xad || code === 0x34f;
}

function isControl(code: number): boolean {
  return (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || (code >= 0x7f && code <= 0x9f);
}

/** But those of Mongolian, which give its letters their shapes. */
const INVISIBLE = /^(?![\u180B-\u180D\u180F])[\p{DI}\uFFF0-\uFFFB]/u;
