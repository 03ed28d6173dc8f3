import { Breather } from './breather.js';
import { StreamError } from './stream-error.js';

/** A read that is longer is given in pieces, each of which is a moment's work. In bytes. */
const PIECE = 64 * 1024;

/** A body, or one that somebody has decoded already: `body.pipeThrough(new TextDecoderStream())`. */
export type StreamSource = ReadableStream<Uint8Array> | ReadableStream<string>;

/**
 * Reads a body to its end, one network read at a time, and cancels it where the reader of this stops early.
 * It uses a reader rather than `for await` on the stream, which WebKitGTK 2.50 does not have.
 *
 * @throws {StreamError} `network` where the connection breaks, `aborted` (or the signal's own StreamError) after an abort,
 * `content-type` where somebody else reads the body.
 */
export async function* readChunks(
  body: StreamSource,
  signal?: AbortSignal,
  onRead?: () => void,
): AsyncGenerator<Uint8Array, void, void> {
  if (typeof body?.getReader !== 'function')
    throw new StreamError('content-type', 'This is no stream to read.', { remedy: 'Give `response.body`.' });
  if (body.locked) throw usedBody();
  const reader = (body as ReadableStream<Uint8Array | string>).getReader();
  const cancel = () => void reader.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener('abort', cancel, { once: true });
  const breather = new Breather();
  const toBytes = createEncoder();
  let complete = false;
  try {
    while (!complete) {
      const { done, value } = await readOnce(reader, signal);
      complete = done;
      onRead?.();
      const bytes = typeof value === 'string' ? toBytes(value) : value;
      for (let from = 0; from < (bytes?.length ?? 0); from += PIECE) {
        yield bytes!.subarray(from, from + PIECE);
        await breather.pause();
      }
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
    if (!complete) cancel();
  }
}

/** Text as bytes; half a character waits for its other half. */
function createEncoder(): (text: string) => Uint8Array {
  const encoder = new TextEncoder();
  let half = '';
  return (chunk) => {
    const text = half + chunk;
    half = /[\uD800-\uDBFF]$/.test(text) ? text.slice(-1) : '';
    return encoder.encode(half === '' ? text : text.slice(0, -1));
  };
}

/** A body is read once, by one reader. */
export function usedBody(): StreamError {
  return new StreamError('content-type', 'The body of the response is already being read, or has been.', {
    remedy: 'Give `response.clone()` to whoever else reads it.',
  });
}

async function readOnce(
  reader: ReadableStreamDefaultReader<Uint8Array | string>,
  signal?: AbortSignal,
): Promise<ReadableStreamReadResult<Uint8Array | string>> {
  if (signal?.aborted) throw stopped(signal);
  let result: ReadableStreamReadResult<Uint8Array | string>;
  try {
    result = await reader.read();
  } catch (error) {
    throw signal?.aborted ? stopped(signal) : brokenOff(error);
  }
  if (signal?.aborted) throw stopped(signal);
  return result;
}

/** The reason is read off the signal: WebKit reports its own AbortError instead of the one that was given. */
export function stopped(signal: AbortSignal): StreamError {
  const reason: unknown = signal.reason;
  return StreamError.from(reason, 'aborted', 'The stream was stopped.');
}

/** Browsers word a dropped connection differently; only that it dropped can be told, never why. */
function brokenOff(error: unknown): StreamError {
  return StreamError.from(error, 'network', 'The connection broke off in mid-stream.', {
    remedy: 'The server, a proxy or the network closed it: look at time limits on the way. What had arrived is kept.',
  });
}
