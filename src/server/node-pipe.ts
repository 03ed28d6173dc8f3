import type { EventStream } from './event-stream.js';

/** What is used of `http.ServerResponse` (also `http2.Http2ServerResponse`, and what Express and Fastify's `raw` give). */
export interface NodeResponse {
  readonly headersSent: boolean;
  readonly destroyed?: boolean;
  readonly writableFinished: boolean;
  setHeader(name: string, value: string | string[]): unknown;
  writeHead(status: number): unknown;
  flushHeaders?(): void;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  destroy(error?: Error): unknown;
  // eslint-disable-next-line typescript/no-explicit-any -- Node's own listener type.
  on(event: string, listener: (...args: any[]) => void): unknown;
  // eslint-disable-next-line typescript/no-explicit-any -- Node's own listener type.
  off(event: string, listener: (...args: any[]) => void): unknown;
}

/** Of one connection only, or untrue of a body that `fetch` has already unpacked. */
const HOP_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding']);

/**
 * Writes a stream to a `node:http` response: status and headers first, then the body at the pace at which the client
 * takes it. A client that disconnects cancels the source, so `stream.signal` fires and an upstream `fetch` is aborted.
 *
 * Also takes a `Response` (another server's, passed on as it comes) or a bare stream of bytes. Resolves when the last
 * byte is handed over or the client has gone; rejects where the source fails, after it has cut the connection.
 */
export async function pipe(
  source: EventStream | Response | ReadableStream<Uint8Array>,
  target: NodeResponse,
): Promise<void> {
  const response = toResponse(source);
  if (!target.headersSent) writeHead(response, target);
  const reader = response.body?.getReader();
  if (!reader) return void target.end();
  const client = new Client(target, (reason) => reader.cancel(reason).catch(() => undefined));
  try {
    await copy(reader, client);
  } catch (error) {
    target.destroy(error instanceof Error ? error : undefined);
    throw error;
  } finally {
    client.release();
  }
  if (!client.isGone) target.end();
}

function toResponse(source: EventStream | Response | ReadableStream<Uint8Array>): Response {
  if ('getReader' in source) return new Response(source);
  return 'response' in source ? source.response : source;
}

function writeHead(response: Response, target: NodeResponse): void {
  for (const [name, value] of response.headers) {
    if (!HOP_HEADERS.has(name) && name !== 'set-cookie') target.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) target.setHeader('set-cookie', cookies);
  target.writeHead(response.status);
  // The client learns that it is being answered before the model has said its first word.
  target.flushHeaders?.();
}

async function copy(reader: ReadableStreamDefaultReader<Uint8Array>, client: Client): Promise<void> {
  for (;;) {
    const { done, value } = await reader.read();
    if (done || client.isGone) return;
    await client.write(value);
  }
}

/** The reading end of a Node response: when it can take more, and whether it is still there. */
class Client {
  isGone = false;

  readonly #target: NodeResponse;
  readonly #onGone: (reason: Error) => void;
  #resume: () => void = () => undefined;

  constructor(target: NodeResponse, onGone: (reason: Error) => void) {
    this.#target = target;
    this.#onGone = onGone;
    target.on('close', this.#handleClose);
    target.on('error', this.#handleClose);
    target.on('drain', this.#handleDrain);
    if (target.destroyed) this.#handleClose();
  }

  async write(chunk: Uint8Array): Promise<void> {
    const canTakeMore = this.#target.write(chunk);
    flush(this.#target);
    if (canTakeMore || this.isGone) return;
    await new Promise<void>((resolve) => (this.#resume = resolve));
  }

  release(): void {
    this.#target.off('close', this.#handleClose);
    this.#target.off('drain', this.#handleDrain);
    // The error listener stays: an error event of a response that nobody listens to would end the process.
  }

  #handleDrain = (): void => this.#resume();

  #handleClose = (): void => {
    if (this.isGone || this.#target.writableFinished) return;
    this.isGone = true;
    this.#resume();
    this.#onGone(new Error('The client has disconnected.'));
  };
}

/** Express's `compression` holds what it is given until it is told to let go. */
function flush(target: NodeResponse & { flush?: () => void }): void {
  target.flush?.();
}
