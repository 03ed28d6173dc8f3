// @ts-check

/** What ends an event: an empty line, in each of the ways to end a line. */
const END = /\r\n\r\n|\n\n|\r\r/g;

/**
 * Gives each event an id: the answer's own tag, and how many characters of the answer lie before the event's end. So an
 * id says where to go on, and one of another answer says nothing.
 * @param {ReadableStream<string>} text the answer from `offset` on
 * @param {{tag: string, offset: number}} place
 * @returns {ReadableStream<Uint8Array>}
 */
export function withEventIds(text, { tag, offset }) {
  /** What has come of an event that has not ended. @type {string[]} */
  let pieces = [];
  /** Its last characters: an end may be cut in two. */
  let tail = '';
  /** @type {Transformer<string, string>} */
  const ids = {
    transform(chunk, controller) {
      END.lastIndex = 0;
      pieces.push(chunk);
      const seam = tail + chunk;
      tail = seam.slice(-3);
      // A large event in small pieces is put together once.
      if (!END.test(seam)) return;
      const text = pieces.join('');
      let begin = 0;
      END.lastIndex = 0;
      while (END.test(text)) {
        const event = text.slice(begin, END.lastIndex);
        begin = END.lastIndex;
        offset += event.length;
        controller.enqueue(/^data/m.test(event) ? `id: ${tag}.${offset}\n${event}` : event);
      }
      pieces = [text.slice(begin)];
      tail = text.slice(begin).slice(-3);
    },
    // An answer that is cut off within an event ends there for every reader.
    flush: (controller) => controller.enqueue(pieces.join('')),
  };
  return text.pipeThrough(new TransformStream(ids)).pipeThrough(new TextEncoderStream());
}

/**
 * Where the reader who has had this event is to go on; the beginning for one who has had none of this answer.
 * @param {string} lastEventId
 * @param {string} tag
 */
export function offsetOf(lastEventId, tag) {
  const [, number] = lastEventId.startsWith(`${tag}.`) ? (/\.(\d{1,9})$/.exec(lastEventId) ?? []) : [];
  return number === undefined ? 0 : Number(number);
}

/** Whether a whole event follows. @param {string} text @param {number} offset */
export function hasEventAfter(text, offset) {
  END.lastIndex = offset;
  return END.test(text);
}
