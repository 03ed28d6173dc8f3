import { AiAttachEvent, type AttachDetail, type AttachmentAddress } from '../../events.js';
import type { FileMessagePart } from '../../message.js';

/** A file that stands in the message itself, as base64, is part of every request from then on. */
const MOST_BYTES = 20 * 1024 * 1024;

/** Why a file does not go out, by the name of the words for it. */
export type Refusal = 'tooLarge' | 'failed';

/** A file of the reader's on its way into the next message. */
export class Attachment {
  readonly file: File;
  /** What goes out; undefined until it is there. */
  part: FileMessagePart | undefined;
  /** An address of the picture for the reader alone; undefined where it is none. */
  preview: string | undefined;
  readonly #removal = new AbortController();
  /** It is in the message itself: nobody else keeps it. */
  #isInlined = false;

  constructor(file: File) {
    this.file = file;
    this.show();
  }

  show(): void {
    if (this.file.type.startsWith('image/')) this.preview ??= URL.createObjectURL(this.file);
  }

  /** It is not shown for a while. Gives whether it stays: what the page keeps, or has begun to, is let go of there. */
  rest(): boolean {
    this.release();
    return this.#isInlined;
  }

  /**
   * Asks the page where the file is to be kept, and puts it into the message where the page has no word.
   *
   * @returns why it does not go out; null where the page has taken it in hand.
   */
  async read(host: EventTarget): Promise<Refusal | null | undefined> {
    const { file } = this;
    const detail: AttachDetail = { file, signal: this.#removal.signal };
    if (!host.dispatchEvent(new AiAttachEvent(detail))) return null;
    const { response } = detail;
    if (!response && file.size > MOST_BYTES) return 'tooLarge';
    try {
      this.part = response ? keptElsewhere(await response, file) : await inlined(file);
      this.#isInlined = !response;
      return undefined;
    } catch (error) {
      if (!this.#removal.signal.aborted) console.error('<ai-stream-chat> A file could not be attached.', error);
      return 'failed';
    }
  }

  /** It is no longer shown: the page may stop keeping it, and its preview is let go of. */
  release(): void {
    this.#removal.abort();
    if (this.preview !== undefined) URL.revokeObjectURL(this.preview);
    this.preview = undefined;
  }
}

async function inlined(file: File): Promise<FileMessagePart> {
  const { attachedFile } = await import('../../conversation/thread/attached-file.js');
  return attachedFile(file);
}

/** What the page says of it goes before what the device says. */
function keptElsewhere(given: AttachmentAddress, { name, type }: File): FileMessagePart {
  if (typeof given?.url !== 'string')
    throw new TypeError('`respondWith()` of `ai-attach` takes {url}, or a promise of it.');
  return { type: 'file', filename: name, ...given, mediaType: given.mediaType || type || 'application/octet-stream' };
}
