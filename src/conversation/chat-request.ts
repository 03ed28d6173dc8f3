import { detectProtocol } from '../protocols/detect-protocol.js';
import type { Conversation, Protocol } from '../protocols/protocol.js';
import { protocols } from '../protocols/registry.js';
import { StreamError } from '../stream/stream-error.js';
import type { RequestDetail } from '../events.js';
import { textOf } from '../message.js';

export type HeadersSource = HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
export type BodySource = Record<string, unknown> | ((conversation: Conversation) => Record<string, unknown>);

export interface RequestSettings {
  endpoint: string;
  method: 'post' | 'get';
  protocol: string | Protocol | undefined;
  headers: HeadersSource | undefined;
  /** Fields that are put over the dialect's own body, or a function that makes the whole of it. */
  body: BodySource | undefined;
  credentials: RequestCredentials | undefined;
}

/** What is about to be sent for a conversation, in the shape that the endpoint's dialect asks for. */
export async function createRequest(
  settings: RequestSettings,
  conversation: Conversation,
): Promise<RequestDetail['request']> {
  const { endpoint, method, credentials } = settings;
  if (endpoint === '') {
    throw new StreamError('http', 'There is no address to send to.', { remedy: 'Set the `endpoint` attribute.' });
  }
  const given = typeof settings.headers === 'function' ? await settings.headers() : settings.headers;
  const headers = new Headers(given);
  if (!headers.has('accept')) headers.set('accept', 'text/event-stream');
  const common = { headers, ...(credentials && { credentials }) };
  if (method === 'get') return { url: withQuery(endpoint, conversation), method: 'GET', body: undefined, ...common };
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return { url: endpoint, method: 'POST', body: createBody(settings, conversation), ...common };
}

function createBody(
  { protocol, endpoint, body }: RequestSettings,
  conversation: Conversation,
): Record<string, unknown> {
  if (typeof body === 'function') return body(conversation);
  const dialect =
    typeof protocol === 'object' ? protocol : (protocols.get(protocol ?? '') ?? detectProtocol({ url: endpoint }));
  return { ...(dialect?.createBody ?? commonBody)(conversation), ...body };
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
export async function sendRequest(
  { url, method, headers, body, credentials }: RequestDetail['request'],
  signal: AbortSignal,
  fetcher: typeof fetch,
): Promise<Response> {
  const init: RequestInit = { method, headers, signal, cache: 'no-store', ...(credentials && { credentials }) };
  if (body !== undefined && body !== null) init.body = isBodyInit(body) ? body : JSON.stringify(body);
  try {
    return await fetcher(url, init);
  } catch (error) {
    if (signal.aborted) throw StreamError.from(signal.reason, 'aborted', 'The request was stopped.');
    throw StreamError.from(error, 'network', 'The server could not be reached.', {
      remedy: 'Look at the address, at whether the server runs, and, on another origin, at its CORS headers.',
    });
  }
}

function isBodyInit(body: unknown): body is BodyInit {
  return (
    typeof body === 'string' || body instanceof FormData || body instanceof Blob || body instanceof URLSearchParams
  );
}
