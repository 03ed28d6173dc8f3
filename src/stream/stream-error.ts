/**
 * What went wrong between the request and the last event, as one word:
 * - `network`: no connection, or it broke in mid-stream
 * - `timeout`: nothing came for too long
 * - `http`: the server answered with an error status
 * - `content-type`: the body is not a stream (an HTML page, a JSON document, …)
 * - `protocol`: the stream itself reports an error, or is not what `protocol` says
 * - `truncated`: the stream ended without its dialect's end mark
 * - `limit`: a bound was passed, such as the size of one event
 * - `aborted`: stopped by the reader, the host or the server
 */
export type StreamErrorCode =
  | 'network'
  | 'timeout'
  | 'http'
  | 'content-type'
  | 'protocol'
  | 'truncated'
  | 'limit'
  | 'aborted';

export interface StreamErrorInit {
  /** What to do about it, for the person who integrates the element. */
  remedy?: string;
  /** What the service says of it, in its own words. */
  said?: string;
  cause?: unknown;
  /** The HTTP status, where there was one. */
  status?: number;
  /** Milliseconds after which the server allows another try (`Retry-After`). */
  retryAfter?: number;
  /** The first 2 KB of a body that was not a stream. Text only: never to be rendered as markup. */
  body?: string;
}

/** Every failure on the way from the request to the message. `message` says what happened, `remedy` what to do. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  readonly code: StreamErrorCode;
  readonly remedy: string | undefined;
  /** What the service itself says of it: the one sentence here that is for the reader. */
  readonly said: string | undefined;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  readonly body: string | undefined;
  /** When it happened, as `Date.now()` has it. */
  readonly time = Date.now();

  constructor(code: StreamErrorCode, message: string, init: StreamErrorInit = {}) {
    super(sentence(message), init.cause === undefined ? undefined : { cause: init.cause });
    this.code = code;
    this.remedy = init.remedy;
    this.said = init.said && sentence(init.said);
    this.status = init.status;
    this.retryAfter = init.retryAfter;
    this.body = init.body;
  }

  /** Wraps anything that was thrown, so that whoever catches it finds a code. */
  static from(thrown: unknown, code: StreamErrorCode, message: string, init: StreamErrorInit = {}): StreamError {
    if (thrown instanceof StreamError) return thrown;
    // A signal of the host's own, which only its `fetch` or whoever opened the stream knows.
    if (isAbort(thrown)) return new StreamError('aborted', 'The stream was stopped.', { cause: thrown });
    return new StreamError(code, message, { ...init, cause: thrown });
  }
}

/** By its name alone: it may be of another window, or of a library that is none of the browser's. */
function isAbort(thrown: unknown): boolean {
  return (thrown as Error | undefined)?.name === 'AbortError';
}

/** What a server says of itself may be a page long; in characters. */
const MAX_MESSAGE = 500;

function sentence(message: string): string {
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE).replace(/[\uD800-\uDBFF]$/, '')}…` : message;
}

const LOSSES = new Set<StreamErrorCode>(['network', 'timeout', 'truncated']);

/** Whether it is the connection that was lost, and nobody's word on the answer. */
export function isLoss({ code }: StreamError): boolean {
  return LOSSES.has(code);
}
