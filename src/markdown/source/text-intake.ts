import { MAX_DATA_PICTURE } from '../../trust/data-picture.js';
import { TextFilter } from '../../trust/text-filter.js';
import { DATA_PICTURE_START } from './data-pictures.js';

/** Milliseconds that an emoji at the end waits for what may join it. */
const EMOJI_PATIENCE = 150;
const LONGEST_EMOJI = 64;
/** https://unicode.org/reports/tr51/#EBNF_and_Regex, up to where it may go on. */
const OPEN_EMOJI =
  /(?:(?<=(?:^|\P{RI})(?:\p{RI}{2})*)\p{RI}|\u{1F3F4}[\u{E0020}-\u{E007E}]+|[\d#*]\uFE0F|\p{ExtPict}(?:\uFE0F|\p{EMod})?(?:\u200D\p{ExtPict}(?:\uFE0F|\p{EMod})?)*\u200D?)$/u;

/** Collects text as it comes, cut anywhere, and hands it on whole: line ends as marked has them, nothing invisible. */
export class TextIntake {
  readonly #filter = new TextFilter();
  #collected = '';
  #addedAt = -Infinity;
  /** Characters at its start that are the address of a picture, which goes on. */
  #held = 0;
  /** It was added to since it was last looked at: the clock is asked once a frame, not once a token. */
  #isNew = false;

  get isEmpty(): boolean {
    return this.#collected.length - Math.max(this.#held, openEnd(this.#collected)) === 0;
  }

  /** Characters that wait to be taken. */
  get length(): number {
    return this.#collected.length;
  }

  add(text: string): void {
    this.#collected += text;
    this.#isNew = true;
  }

  /**
   * As much as is certain, up to a limit: half a surrogate pair, or the half of a line break, waits for the other, and an
   * emoji for what may join it, but no longer than a moment. A picture that is all in its address is handed on as a whole,
   * be it over the limit: megabytes, of which nothing can be shown before. `ended`: nothing more comes.
   */
  take(limit: number, ended = false): string {
    const picture = this.#takePicture(limit, ended);
    if (picture !== undefined) return picture;
    const text = this.#collected.slice(0, limit);
    const now = performance.now();
    if (this.#isNew) this.#addedAt = now;
    this.#isNew = false;
    const half = openEnd(text);
    const mayBeJoined = !ended && now - this.#addedAt < EMOJI_PATIENCE;
    const certain = text.length - half - (mayBeJoined ? openEmoji(text.slice(0, text.length - half)) : 0);
    return this.#hand(certain);
  }

  takeAll(): string {
    return this.#hand(this.#collected.length);
  }

  /** Where a picture goes on at the limit: all up to its end, or, where that is still to come, up to its address. */
  #takePicture(limit: number, ended: boolean): string | undefined {
    const start = this.#collected.lastIndexOf(DATA_PICTURE_START, limit);
    if (start < 0) return undefined;
    END_OF_ADDRESS.lastIndex = start + Math.max(DATA_PICTURE_START.length, start === 0 ? this.#held : 0);
    const end = END_OF_ADDRESS.exec(this.#collected)?.index;
    // Behind anything but a parenthesis may be the other half of a line break.
    if (end !== undefined) return end >= limit ? this.#hand(this.#collected[end] === ')' ? end + 1 : end) : undefined;
    if (ended || this.#collected.length - start > MAX_DATA_PICTURE) return undefined;
    const before = this.#hand(start);
    this.#held = this.#collected.length;
    return before;
  }

  #hand(count: number): string {
    this.#held = 0;
    const text = this.#collected.slice(0, count);
    this.#collected = this.#collected.slice(count);
    return this.#clean(text);
  }

  #clean(text: string): string {
    return this.#filter.clean(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
  }
}

/** How much of the end is an emoji that what follows may join: a family, a tone, a flag, a key. */
function openEmoji(text: string): number {
  if (text.charCodeAt(text.length - 1) < 0x2000) return 0;
  return OPEN_EMOJI.exec(text.slice(-LONGEST_EMOJI))?.[0].length ?? 0;
}

/** Ends the address of a picture that is all in it, whatever of that was one. */
const END_OF_ADDRESS = /[\s()<>]/g;

/** How much of the end is half a character, half a line break, or maybe the beginning of a picture's address. */
function openEnd(text: string): number {
  if (/[\r\uD800-\uDBFF]$/.test(text)) return 1;
  const end = text.slice(-DATA_PICTURE_START.length);
  const at = end.lastIndexOf('(');
  return at >= 0 && DATA_PICTURE_START.startsWith(end.slice(at)) ? end.length - at : 0;
}
