import type { StreamPart } from '../protocols/stream-part.js';
import { UIMessageEncoder } from './ui-message-encoder.js';
import type { WireChunk, WritableDataPart } from './wire-chunk.js';
import { toStreamPart } from './wire-chunk.js';
import { faultOf, tell, textOf } from './writable-part.js';

export interface EventStreamOptions {
  /** The message's id for the client; without one the client makes its own. */
  messageId?: string;
  /** More headers for the response, such as CORS. They win over the stream's own. */
  headers?: ResponseInit['headers'];
  /** Milliseconds of silence after which a comment keeps proxies from closing the connection. 0: none. Default 15000. */
  keepAlive?: number;
  /** The words that the client gets for what was thrown. The default tells nothing of it: it may hold internals. */
  onError?: (error: unknown) => string;
  /** A signal that the client has gone, such as `request.signal`, beside the response's own. */
  signal?: AbortSignal;
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // A proxy that compresses a stream holds it back: no-transform forbids it.
  'cache-control': 'no-cache, no-transform',
  'x-vercel-ai-ui-message-stream': 'v1',
  // nginx buffers answers unless told otherwise.
  'x-accel-buffering': 'no',
};

/** Bytes that may wait for a slow client before `ready` asks the writer to wait. */
const HIGH_WATER_MARK = 16 * 1024;

/** Makes a stream to write an answer into. `stream.response` is what a handler returns. */
export function createEventStream(options: EventStreamOptions = {}): EventStream {
  return new EventStream(options);
}

/**
 * An answer that is being written, in the AI SDK's UI message stream (v1).
 *
 * Writes never throw and never wait: after the end, or when the client has gone, they do nothing. A fast source waits
 * for a slow client with `await stream.ready` between writes, as with a `WritableStreamDefaultWriter`.
 */
export class EventStream {
  /** A web-standard response whose body is this stream. */
  readonly response: Response;

  readonly #encoder: UIMessageEncoder;
  readonly #onError: (error: unknown) => string;
  readonly #gone = new AbortController();
  readonly #bytes = new TextEncoder();
  readonly #keepAlive: number;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #ready = settled();
  #isClosed = false;
  #imageCount = 0;
  #lastWrite = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unfollow: () => void = () => undefined;

  constructor(options: EventStreamOptions = {}) {
    this.#encoder = new UIMessageEncoder(options.messageId);
    this.#onError = options.onError ?? (() => 'An error occurred.');
    this.#keepAlive = options.keepAlive ?? 15_000;
    const headers = new Headers(HEADERS);
    new Headers(options.headers).forEach((value, name) => headers.set(name, value));
    this.response = new Response(this.#createBody(), { headers });
    this.#follow(options.signal);
    this.#armKeepAlive(this.#keepAlive);
  }

  /** Aborted when the client goes away before the end: hand it to the model's request, so that it stops too. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Resolves when the client can take more, at once where it can, and also when it has gone. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** True after `close()`, `error()` or the client's leaving: writing has no effect any more. */
  get closed(): boolean {
    return this.#isClosed;
  }

  /**
   * Writes text of the answer; text blocks open and close by themselves. While an artifact is open that `writeDataPart`
   * has started and that has had no `artifact-delta`, the text is the artifact's.
   */
  writeTextDelta(delta: string | null | undefined): void {
    const text = textOf(delta);
    if (text === undefined) tell(`writeTextDelta() takes text; ${typeof delta} was given.`);
    else if (!this.#isClosed) this.#write(this.#encoder.text(text));
  }

  /** Writes an artifact's part, a picture, or data of the host's own (`{type: 'data-…', data}`). */
  writeDataPart(part: WritableDataPart): void {
    if (this.#isWritable(part)) this.#write(this.#encoder.dataPart(toStreamPart(part, () => this.#nextImageId())));
  }

  /** Writes any part: what `readParts` reads from one provider can be written here as it is. */
  writePart(part: StreamPart): void {
    if (this.#isWritable(part)) this.#write(this.#encoder.part(part));
  }

  /** Tells the client, in the words of `onError`, that the answer has failed, and closes. */
  error(error: unknown): void {
    if (this.#isClosed) return;
    this.#write(this.#encoder.error(this.#wordsFor(error)));
    this.#end();
  }

  /** Ends what is open, then the stream. A second call does nothing. */
  close(): void {
    if (this.#isClosed) return;
    this.#write(this.#encoder.end());
    this.#end();
  }

  #createBody(): ReadableStream<Uint8Array> {
    const source: UnderlyingDefaultSource<Uint8Array> = {
      start: (controller) => void (this.#controller = controller),
      pull: () => this.#ready.resolve(),
      cancel: (reason) => this.#leave(reason),
    };
    return new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_MARK }));
  }

  #isWritable(part: unknown): boolean {
    const fault = faultOf(part);
    if (fault !== undefined) tell(fault);
    return fault === undefined && !this.#isClosed;
  }

  #write(chunks: WireChunk[]): void {
    const text = chunks.map(framed).join('');
    if (text !== '') this.#send(text);
  }

  #send(text: string): void {
    this.#lastWrite = performance.now();
    this.#controller.enqueue(this.#bytes.encode(text));
    if (!this.#hasRoom() && this.#ready.isSettled) this.#ready = pending();
  }

  #hasRoom(): boolean {
    return (this.#controller.desiredSize ?? 0) > 0;
  }

  #end(): void {
    this.#send('data: [DONE]\n\n');
    this.#release();
    this.#controller.close();
  }

  /** The client has gone: nothing is written any more, and whoever feeds the stream learns of it. */
  #leave(reason: unknown): void {
    if (this.#isClosed) return;
    this.#release();
    this.#gone.abort(reason);
  }

  #release(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#unfollow();
    this.#ready.resolve();
  }

  #follow(signal: AbortSignal | undefined): void {
    if (!signal) return;
    const leave = (): void => {
      if (this.#isClosed) return;
      this.#leave(signal.reason);
      this.#controller.error(signal.reason);
    };
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    this.#unfollow = () => signal.removeEventListener('abort', leave);
  }

  #armKeepAlive(delay: number): void {
    if (this.#keepAlive > 0 && !this.#isClosed) this.#timer = setTimeout(() => this.#handleSilence(), delay);
  }

  #handleSilence(): void {
    const left = this.#keepAlive - (performance.now() - this.#lastWrite);
    if (left > 1) return this.#armKeepAlive(left);
    // A client that does not read has bytes enough to wait for.
    if (this.#hasRoom()) this.#send(': keep-alive\n\n');
    this.#armKeepAlive(this.#keepAlive);
  }

  /** A host's words that fail to come must not cost the client its error. */
  #wordsFor(error: unknown): string {
    try {
      return String(this.#onError(error));
    } catch {
      return 'An error occurred.';
    }
  }

  #nextImageId(): string {
    this.#imageCount += 1;
    return `image-${this.#imageCount}`;
  }
}

interface Gate {
  promise: Promise<void>;
  resolve: () => void;
  isSettled: boolean;
}

function pending(): Gate {
  const gate: Gate = { promise: Promise.resolve(), resolve: () => undefined, isSettled: false };
  gate.promise = new Promise((resolve) => {
    gate.resolve = () => {
      gate.isSettled = true;
      resolve();
    };
  });
  return gate;
}

function settled(): Gate {
  const gate = pending();
  gate.resolve();
  return gate;
}

/** One that is no JSON (a circle, a BigInt) costs itself, and nothing that goes before it. */
function framed(chunk: WireChunk): string {
  try {
    return `data: ${JSON.stringify(chunk)}\n\n`;
  } catch (error) {
    tell(`A part of the type ${chunk.type} cannot be written as JSON.`, error);
    return '';
  }
}
