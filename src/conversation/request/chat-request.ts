import { detectProtocol } from '../../protocols/detect-protocol.js';
import type { Conversation, Protocol } from '../../protocols/protocol.js';
import { protocols } from '../../protocols/registry.js';
import { checkResponse } from '../../stream/check-response.js';
import { StreamError } from '../../stream/stream-error.js';
import { diagnoseUnreachable } from '../../stream/unreachable.js';
import type { RequestDetail } from '../../events.js';
import { textOf } from '../../message.js';

// The types of the DOM have shorter names for it, which Node's lack.
type GivenHeaders = NonNullable<RequestInit['headers']>;
export type HeadersSource = GivenHeaders | (() => GivenHeaders | Promise<GivenHeaders>);
type Body = Record<string, unknown>;
export type BodySource = Body | ((conversation: Conversation) => Body | Promise<Body>);
type Request = RequestDetail['request'];

export interface RequestSettings {
  endpoint: string;
  method: 'post' | 'get';
  protocol: string | Protocol | undefined;
  headers: HeadersSource | undefined;
  /** Fields that are put over the dialect's own body, or a function that makes the whole of it. */
  body: BodySource | undefined;
  credentials: RequestInit['credentials'];
}

export function isGet(method: string): boolean {
  return /^get$/i.test(method);
}

/** What is about to be sent for a conversation, in the shape that the endpoint's dialect asks for. */
export async function createRequest(settings: RequestSettings, conversation: Conversation): Promise<Request> {
  const common = await commonOf(settings);
  const { endpoint, method } = settings;
  if (isGet(method)) return { url: withQuery(endpoint, conversation), method: 'GET', body: undefined, ...common };
  const body = await fromHost('body', () => createBody(settings, conversation));
  return { url: endpoint, method: 'POST', body, ...common };
}

/** The question whether an answer to this conversation is still being written; as DELETE, the wish that it be no more. */
export async function createResumption(
  settings: RequestSettings,
  id: string,
  method: 'GET' | 'DELETE' = 'GET',
): Promise<Request> {
  const common = await commonOf(settings);
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(settings.endpoint) ?? [];
  const url = `${path.replace(/\/$/, '')}/${pathSegment(id)}/stream${rest}`;
  return { url, method, body: undefined, ...common };
}

/**
 * Any id as one segment of a path. `.` and `..` mean a folder in whatever spelling, but for one that a server must decode
 * twice; half a surrogate pair has no spelling at all.
 */
function pathSegment(id: string): string {
  if (id === '.' || id === '..') return id.replaceAll('.', '%252E');
  return encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

async function commonOf(settings: RequestSettings): Promise<Pick<Request, 'headers' | 'credentials'>> {
  if (!settings.endpoint) {
    throw new StreamError('http', 'There is no address to send to.', { remedy: 'Set the `endpoint` attribute.' });
  }
  const { headers: given, credentials } = settings;
  const headers = await fromHost(
    'headers',
    async () => new Headers((typeof given === 'function' ? await given() : given) ?? undefined),
  );
  if (!headers.has('accept')) headers.set('accept', 'text/event-stream');
  return { headers, ...(credentials && { credentials }) };
}

/** What a host's function throws is the host's to know: no server was asked, and no connection broke. */
async function fromHost<Value>(property: string, read: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    throw StreamError.from(cause, 'http', 'The request could not be made.', {
      remedy: `\`${property}\` failed: ${String(cause)}`,
    });
  }
}

/** The dialect that a request is written in; undefined where it is the host's own, in nobody's, or has no body. */
export function requestDialect({ protocol, endpoint, method, body }: RequestSettings): Protocol | undefined {
  if (typeof body === 'function' || isGet(method)) return undefined;
  return typeof protocol === 'object' ? protocol : (protocols.get(protocol ?? '') ?? detectProtocol({ url: endpoint }));
}

async function createBody(settings: RequestSettings, asked: Conversation): Promise<Body> {
  const { body, endpoint } = settings;
  const conversation = { ...asked, endpoint };
  if (typeof body === 'function') return body(conversation);
  const dialect = requestDialect(settings);
  await dialect?.load?.();
  return { ...(await (dialect?.createBody ?? commonBody)(conversation)), ...body };
}

/**
 * For a backend whose dialect is not known: the AI SDK's body, whose messages also carry `content` as most other
 * backends read it.
 */
function commonBody({ id, messages, model, trigger, messageId }: Conversation): Record<string, unknown> {
  const readable = messages.map((message) => ({ ...message, content: textOf(message) }));
  return {
    id,
    messages: readable,
    trigger,
    ...(messageId !== undefined && { messageId }),
    ...(model !== undefined && { model }),
    stream: true,
  };
}

/** A GET carries what the reader wrote last as `message`, beside the conversation's `id`. */
function withQuery(endpoint: string, { id, messages, model }: Conversation): string {
  const last = messages.findLast(({ role }) => role === 'user');
  const query = new URLSearchParams({ id, message: last ? textOf(last) : '' });
  if (model !== undefined) query.set('model', model);
  const [address = '', fragment] = endpoint.split('#', 2);
  const joined = `${address}${address.includes('?') ? '&' : '?'}${query.toString()}`;
  return fragment === undefined ? joined : `${joined}#${fragment}`;
}

/** Sends a request. What the network says is one sentence in every browser's own words; only that it failed is told. */
export async function sendRequest(request: Request, signal: AbortSignal, fetcher: typeof fetch): Promise<Response> {
  const { url, method, credentials } = request;
  const init: RequestInit = {
    method,
    ...content(request),
    signal,
    cache: 'no-store',
    ...(credentials && { credentials }),
  };
  let response: Response;
  try {
    response = await fetcher(url, init);
  } catch (error) {
    if (signal.aborted) throw StreamError.from(signal.reason, 'aborted', 'The request was stopped.');
    throw StreamError.from(error, 'network', 'The server could not be reached.', { remedy: diagnoseUnreachable(url) });
  }
  if (response.redirected && method.toUpperCase() === 'POST') await refuseLostPost(response, signal);
  return response;
}

/**
 * A redirect by 301, 302 or 303 makes a GET of a POST: what the reader wrote is lost on the way. A page sees no more than
 * that there was a redirect, which by 307 or 308 does no harm; so an answer that is a stream is believed.
 */
async function refuseLostPost(response: Response, signal: AbortSignal): Promise<void> {
  try {
    await checkResponse(response, signal);
  } catch (cause) {
    if (!(cause instanceof StreamError) || cause.code === 'aborted') throw cause;
    const { message, status, said, body, retryAfter } = cause;
    throw new StreamError(
      'http',
      `The request was redirected to ${response.url}, which is no place for it. ${message}`,
      {
        remedy:
          'A redirect by 301, 302 or 303 makes a GET without a body of the POST. Set `endpoint` to the address that it leads to, or redirect by 307 or 308.',
        status,
        said,
        body,
        retryAfter,
        cause,
      },
    );
  }
}

/** JSON, unless the host has put something else in its place: a form brings its own type, with the boundary in it. */
function content({ headers, body }: Request): Pick<RequestInit, 'headers' | 'body'> {
  if (body === undefined || body === null) return { headers };
  if (typeof body !== 'string' && isBodyInit(body)) return { headers, body };
  const typed = new Headers(headers);
  if (!typed.has('content-type')) typed.set('content-type', 'application/json');
  return { headers: typed, body: typeof body === 'string' ? body : toJson(body) };
}

function isBodyInit(body: unknown): body is BodyInit {
  const kinds = [FormData, Blob, URLSearchParams, ArrayBuffer, ReadableStream];
  return ArrayBuffer.isView(body) || kinds.some((kind) => body instanceof kind);
}

function toJson(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new StreamError('http', 'The request could not be made.', {
      remedy: `Its body cannot be written as JSON: ${String(cause)}`,
      cause,
    });
  }
}
