// @ts-check

/** Characters and milliseconds that an answer may take. */
const MOST_TEXT = 4 * 1024 * 1024;
const MOST_TIME = 10 * 60_000;

/** An answer on its way from the model, read as fast as it comes, until its end, a bound or `stop()`. */
export class AnswerSource {
  #reader;
  /** What has come so far. */
  text = '';

  /** @param {ReadableStream<Uint8Array>} body */
  constructor(body) {
    this.#reader = body.getReader();
  }

  /** @param {(text: string) => void} take */
  async read(take) {
    const decoder = new TextDecoder();
    const timer = setTimeout(() => this.stop(), MOST_TIME);
    try {
      for (let chunk = await this.#reader.read(); !chunk.done; chunk = await this.#reader.read()) {
        const text = decoder.decode(chunk.value, { stream: true });
        this.text += text;
        take(text);
        if (this.text.length > MOST_TEXT) this.stop();
      }
    } catch {
      // The model's connection broke off: the answer ends without its end mark, which tells the reader.
    } finally {
      clearTimeout(timer);
    }
  }

  /** Reaches whoever writes: the other end of this stream is told that nobody wants it any more. */
  stop() {
    this.#reader.cancel().catch(() => {});
  }
}
