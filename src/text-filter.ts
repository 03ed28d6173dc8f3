const SUSPICIOUS =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u115F\u1160\u180E\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\p{M}\u{1F3F4}\u{E0000}-\u{E01EF}]/u;

/** Marks on one letter beyond which nobody can read it, and a browser takes seconds to draw it. */
const MAX_MARKS = 40;
const MARK = /^\p{M}$/u;

const BLACK_FLAG = 0x1f3f4;

/**
 * Keeps characters out that a reader cannot see and a model can hide words in: controls, overrides of the reading
 * direction, tag characters, runs of variation selectors. What languages and emoji need stays: joiners, the marks of
 * right-to-left text, one selector after its base, the tags of a flag.
 */
export class TextFilter {
  #inFlag = false;
  #afterSelector = false;
  #marks = 0;

  clean(text: string): string {
    if (!SUSPICIOUS.test(text)) {
      if (text !== '') this.#forget();
      return text;
    }
    let clean = '';
    for (const char of text) clean += this.#cleanChar(char, char.codePointAt(0)!);
    return clean;
  }

  #forget(): void {
    this.#inFlag = this.#afterSelector = false;
    this.#marks = 0;
  }

  #cleanChar(char: string, code: number): string {
    const wasFlag = this.#inFlag;
    const wasSelector = this.#afterSelector;
    this.#inFlag = code === BLACK_FLAG || (wasFlag && isTag(code));
    this.#afterSelector = isSelector(code);
    this.#marks = code > 0x2ff && MARK.test(char) ? this.#marks + 1 : 0;
    if (this.#marks > MAX_MARKS) return '';
    if (isTag(code)) return wasFlag ? char : '';
    if (isSelector(code)) return wasSelector ? '' : char;
    if (isControl(code)) return '\uFFFD';
    return isInvisible(code) ? '' : char;
  }
}

/** A short text of its own, such as a title, without what a reader cannot see. */
export function seenText(text: string): string {
  return new TextFilter().clean(text);
}

function isTag(code: number): boolean {
  return code >= 0xe0000 && code <= 0xe007f;
}

function isSelector(code: number): boolean {
  return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}

function isControl(code: number): boolean {
  return (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || (code >= 0x7f && code <= 0x9f);
}

const INVISIBLE = new Set([0x061c, 0x115f, 0x1160, 0x180e, 0x3164, 0xfeff, 0xffa0]);

function isInvisible(code: number): boolean {
  return (
    INVISIBLE.has(code) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfff9 && code <= 0xfffb)
  );
}
