import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import type { StreamPart } from '../stream-part.js';
import { BlockWriter } from '../parts/block-writer.js';

/** A body of text without any framing: each read is more of the answer. It has no end mark but its end. */
class PlainTextReader implements ProtocolReader {
  readonly finished = true;
  readonly #blocks = new BlockWriter();

  read(event: WireEvent): StreamPart[] {
    return this.#blocks.write('text', event.data);
  }

  end(): StreamPart[] {
    return [...this.#blocks.close(), { type: 'finish', finishReason: 'unknown' }];
  }
}

export const plainText: Protocol = {
  name: 'text',
  framing: 'text',
  createReader: () => new PlainTextReader(),
};
