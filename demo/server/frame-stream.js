// @ts-check

/**
 * Server-sent events written by hand, as for any dialect that has no helper. The AI SDK's dialect has one:
 * `createEventStream` of `ai-stream-elements/server`.
 */
export class FrameStream {
  #gone = new AbortController();
  #bytes = new TextEncoder();
  #isClosed = false;
  #resume = () => {};
  /** @type {ReadableStreamDefaultController<Uint8Array>} */
  // @ts-expect-error -- set by `start`, which runs inside the constructor.
  #controller;

  constructor() {
    const source = {
      start: (/** @type {ReadableStreamDefaultController<Uint8Array>} */ controller) =>
        void (this.#controller = controller),
      pull: () => this.#resume(),
      cancel: () => this.#leave(),
    };
    const body = new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: 16_384 }));
    this.response = new Response(body, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  }

  /** Fires when the client goes away. */
  get signal() {
    return this.#gone.signal;
  }

  /** Resolves when the client can take more. */
  get ready() {
    if (this.#isClosed || (this.#controller.desiredSize ?? 0) > 0) return Promise.resolve();
    return new Promise((/** @type {(value?: unknown) => void} */ resolve) => (this.#resume = resolve));
  }

  /**
   * @param {unknown} data
   * @param {string} [name] the event's name
   */
  send(data, name) {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    this.raw(`${name ? `event: ${name}\n` : ''}data: ${text}\n\n`);
  }

  /** @param {string} text */
  raw(text) {
    if (!this.#isClosed) this.#controller.enqueue(this.#bytes.encode(text));
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#controller.close();
  }

  #leave() {
    this.#isClosed = true;
    this.#resume();
    this.#gone.abort();
  }
}
