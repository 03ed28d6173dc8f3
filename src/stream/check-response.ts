import { readChunks, usedBody } from './read-chunks.js';
import { readRetryAfter } from './retry-after.js';
import { sniffBeginning } from './sniff-chunks.js';
import { StreamError } from './stream-error.js';

/** How a body is cut into events. `lines`: one JSON value each. `sniff`: the headers do not tell, the first bytes must. */
export type Framing = 'sse' | 'lines' | 'sniff';

const LINES = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
  'application/json-seq',
  'application/stream+json',
]);

/** How much of a body that is no stream is kept for the person who has to find out why, in bytes. */
const EXCERPT = 2048;

/** A JSON error body may be longer than the excerpt and is only readable whole, in bytes. */
const JSON_ERROR_SIZE = 64 * 1024;

/**
 * Says how the body of a response is framed, or why it is no stream.
 *
 * @throws {StreamError} `http` for an error status, `content-type` for an HTML page, a JSON document, a binary format,
 * a body that somebody else reads, or what is no response at all.
 */
export async function checkResponse(response: Response, signal?: AbortSignal): Promise<Framing> {
  if (typeof response?.headers?.get !== 'function') throw noResponse();
  if (response.bodyUsed || response.body?.locked) throw usedBody();
  if (!response.ok) throw await httpError(response, signal);
  if (isEmpty(response)) throw emptyBody(response);
  const type = mediaType(response);
  if (type === 'text/event-stream') return 'sse';
  if (LINES.has(type)) return 'lines';
  if (type === '' || type === 'text/plain' || type === 'application/octet-stream') return 'sniff';
  throw await wrongType(response, type, signal);
}

/** Some browsers give 204 an empty body, others none. */
function isEmpty({ body, status }: Response): boolean {
  return !body || status === 204;
}

function noResponse(): StreamError {
  return new StreamError('content-type', 'What was given to be read is no response.', {
    remedy: 'Give a `Response`: one from `fetch`, or `new Response(stream)`.',
  });
}

/** `text/event-stream` of `text/event-stream; charset=utf-8`. */
function mediaType(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
}

async function httpError(response: Response, signal?: AbortSignal): Promise<StreamError> {
  const body = await readExcerpt(response, signal);
  const said = errorText(body);
  const { status } = response;
  return new StreamError('http', `The server answered ${status}${said ? `: ${said}` : '.'}`, {
    status,
    said,
    remedy: remedyFor(status),
    retryAfter: readRetryAfter(response.headers),
    body: body.slice(0, EXCERPT),
  });
}

function emptyBody(response: Response): StreamError {
  return new StreamError('content-type', `The server answered ${response.status} without a body.`, {
    status: response.status,
    remedy: 'Answer with a stream, such as text/event-stream.',
  });
}

async function wrongType(response: Response, type: string, signal?: AbortSignal): Promise<StreamError> {
  const body = await readExcerpt(response, signal);
  const start = body.slice(0, EXCERPT);
  const said = type.includes('json') && FAILURE.test(body) ? errorText(body) : '';
  if (said)
    return new StreamError('http', `The server answered with an error: ${said}`, {
      status: response.status,
      said,
      remedy: 'Look there for what it did not like; an error should have a status of its own (4xx, 5xx).',
      body: start,
    });
  return contentTypeError(type, start, response.status);
}

/** `{"message": "…"}` alone may be the answer itself, of a server that does not stream. */
const FAILURE =
  /"(errors?|error_?(description|text|message)|detail|code|status_?code)"\s*:|"(success|ok)"\s*:\s*false/i;

/** The error for a body that turned out to be something else than a stream. */
export function contentTypeError(type: string, body: string, status?: number): StreamError {
  const mislabelled = streamIn(body);
  if (mislabelled) {
    const [what, properly] = mislabelled;
    const remedy = `Send \`Content-Type: ${properly}\`.`;
    return new StreamError('content-type', `The server answered with ${what} that it calls “${type}”.`, {
      status,
      body,
      remedy,
    });
  }
  const what = /html/.test(type) ? 'an HTML page' : `“${type}”`;
  return new StreamError('content-type', `The server answered with ${what} instead of a stream.`, {
    status,
    body,
    remedy: remedyForType(type, body),
  });
}

/** What a body is that only has the wrong name, and its right one. One JSON value with a line feed behind it is no stream. */
function streamIn(body: string): [what: string, properly: string] | undefined {
  const beginning = sniffBeginning(body);
  if (beginning === 'sse') return ['an event stream', 'text/event-stream'];
  const isLines = beginning === 'lines' && /\n\s*[[{"]/.test(body);
  return isLines ? ['lines of JSON', 'application/x-ndjson'] : undefined;
}

const ARRAY_REMEDY =
  'The body is one JSON array. Google’s `:streamGenerateContent` answers so without `?alt=sse`: add it to the address.';

function remedyForType(type: string, body: string): string {
  if (/html/.test(type))
    return 'Is the address right? A login page, a proxy or a single-page fallback often answers so.';
  if (/json/.test(type) && /^\s*\[/.test(body)) return ARRAY_REMEDY;
  if (/json/.test(type)) return 'Ask the backend for a stream (`"stream": true`); it answered all at once.';
  if (/eventstream|proto|binary/.test(type))
    return 'Binary streams cannot be read here: translate to text/event-stream on the server, and name a compression in `Content-Encoding`.';
  return 'Send `Content-Type: text/event-stream`.';
}

function remedyFor(status: number): string {
  if (status === 401 || status === 403)
    return 'Check the credentials that the request carries (the `headers` property).';
  if (status === 404) return 'Check the address in `endpoint`.';
  if (status === 405) return 'Check `method`: the address does not take this one.';
  if (status === 413) return 'The conversation is too long for the server.';
  if (status === 429 || status === 503) return 'Try again later; `retryAfter` says when, where the server told.';
  return status >= 500 ? 'Look at the server’s log.' : 'Look at the body: it says what the server did not like.';
}

/** The start of a body as text, however long the body is. */
async function readExcerpt({ body }: Response, signal?: AbortSignal): Promise<string> {
  if (!body) return '';
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of readChunks(body, signal)) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length >= JSON_ERROR_SIZE || isFirstEvent(text)) break;
    }
  } catch (error) {
    // The excerpt only helps to explain another failure, unless nobody waits for that any more.
    if (signal?.aborted) throw error;
  }
  return text;
}

/** A stream under another name may have no end: its first event says what it is. */
function isFirstEvent(text: string): boolean {
  return (text.endsWith('\n\n') || text.endsWith('\r\n\r\n')) && sniffBeginning(text) === 'sse';
}

/** What a JSON error body or an event says, in the spellings that providers use; empty where there is none. */
function errorText(body: string): string {
  try {
    const [, data = body] = /^data: ?([[{].*)$/m.exec(body) ?? [];
    return describeError(JSON.parse(data) as unknown);
  } catch {
    return '';
  }
}

/** Where errors carry their sentence, the likeliest first. */
const SAID_IN = [
  'error_description',
  'error',
  'message',
  'detail',
  'errorText',
  'errors',
  'msg',
  'Message',
  'error_msg',
  'base_resp',
  'status_msg',
  'title',
] as const;

/** No service hides its sentence deeper than this; a hostile one may nest without end. */
const MAX_DEPTH = 5;

/** Finds the sentence in `{error: {message}}`, `{error: "…"}`, `{detail: [{msg}]}`, `[{error}]` and their like. */
export function describeError(json: unknown, depth = 0): string {
  if (typeof json === 'string') return json;
  if (typeof json !== 'object' || json === null || depth > MAX_DEPTH) return '';
  if (Array.isArray(json)) return describeError(json[0], depth + 1);
  for (const field of SAID_IN) {
    const said = describeError((json as Record<string, unknown>)[field], depth + 1);
    if (said !== '') return said;
  }
  return '';
}
