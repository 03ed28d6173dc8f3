import type { ChatSession } from '../../conversation/chat-session.js';
import { textOf } from '../../message.js';
import { withoutBytes } from '../../protocols/without-bytes.js';
import { lengthBeforeOpenCode, spokenText } from './spoken-text.js';

/** At most one announcement in this time, in milliseconds: a screen reader must be able to finish a sentence. */
const INTERVAL = 2500;

/**
 * Tells assistive technology an answer as it comes, by whole sentences: a live region on the text itself would repeat
 * or cut up every token.
 */
export class SentenceAnnouncer {
  /** What is being read out, and how much of it was. */
  #id = '';
  #said = 0;
  #read: () => string = () => '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #announce: (text: string) => void;

  constructor(announce: (text: string) => void) {
    this.#announce = announce;
  }

  /** The answer that streams, if one does. */
  follow(session: ChatSession): void {
    const last = session.messages.at(-1);
    if (session.status !== 'streaming' || last?.role !== 'assistant') return;
    this.update(last.id, () => textOf(session.messages.at(-1) ?? last));
  }

  /**
   * There is more text of the message `id`. It is read only when it is time to speak. A message that goes on after a tool
   * has run is not begun anew.
   */
  update(id: string, read: () => string): void {
    if (id !== this.#id) this.#said = 0;
    this.#id = id;
    this.#read = read;
    this.#timer ??= setTimeout(() => this.#tell(false), INTERVAL);
  }

  /** Says what is left, and `last` after it. */
  finish(last: string): void {
    this.#tell(true, last);
    this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#read = () => '';
  }

  #tell(whole: boolean, last = ''): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rest = withoutBytes(this.#read()).slice(this.#said);
    const length = whole ? rest.length : this.#lengthOfSentences(rest);
    this.#said += length;
    const spoken = [spokenText(rest.slice(0, length)), last].filter(Boolean).join(' ');
    if (spoken !== '') this.#announce(spoken);
  }

  /** Up to the last sentence that has an end, or to code that has none: what is behind it may still go on. */
  #lengthOfSentences(text: string): number {
    const length = lengthBeforeOpenCode(text);
    if (length < text.length) return length;
    const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });
    // The sign of a picture ends no sentence.
    const segments = [...segmenter.segment(text.replaceAll('![', '[['))];
    return segments.at(-1)?.index ?? 0;
  }
}
