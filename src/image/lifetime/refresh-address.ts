import type { ImageAddress } from '../../events.js';
import { BOUNDS } from '../bounds.js';
import { Gate } from '../bytes/gate.js';
import { ImageError } from '../image-error.js';
import { toInstant } from '../clock/instant.js';
import { adoptClock, learnClock } from '../clock/server-clock.js';

export interface FreshAddress {
  url: string;
  /** Null where the answer does not say; the address itself may. */
  expiresAt: Date | null;
}

/** Where fresh addresses come from and go to. */
export interface AddressDesk {
  /** Asks whoever can give one; undefined where nobody can. */
  ask(url: string, signal: AbortSignal): Promise<ImageAddress> | undefined;
  /** Takes one for the element's own. */
  adopt(address: FreshAddress): void;
}

/** An `ask` of one address. */
type AddressSource = (signal: AbortSignal) => Promise<ImageAddress> | undefined;

const gate = new Gate(BOUNDS.concurrency);
interface SharedPost {
  readonly answer: Promise<ImageAddress>;
  readonly end: AbortController;
  /** How many pictures wait for it. */
  waiting: number;
}

// Requests to refresh endpoints that are under way, so that one picture shown twice asks once.
const underWay = new Map<string, SharedPost>();

/** One fresh address, or undefined where nobody answers. Rejects with an `ImageError` of code `refresh`. */
export function requestAddress(source: AddressSource, signal: AbortSignal): Promise<FreshAddress | undefined> {
  return gate.run(async () => {
    signal.throwIfAborted();
    const patience = AbortSignal.any([signal, AbortSignal.timeout(BOUNDS.patience)]);
    const answer = source(patience);
    if (!answer) return undefined;
    try {
      return readAnswer(await untilAborted(answer, patience));
    } catch (cause) {
      signal.throwIfAborted();
      throw ImageError.from(cause, 'refresh', 'No fresh address could be had.');
    }
  });
}

/** POSTs `{url}` to the host's endpoint, which answers with `{url, expiresAt}`. The request ends early when nobody waits for it any more. */
export function postForAddress(endpoint: string, url: string, signal: AbortSignal): Promise<ImageAddress> {
  const key = `${endpoint}\n${url}`;
  const shared = underWay.get(key) ?? beginPost(key, endpoint, url);
  shared.waiting += 1;
  const leave = (): void => {
    shared.waiting -= 1;
    if (shared.waiting > 0) return;
    underWay.delete(key);
    shared.end.abort();
  };
  signal.addEventListener('abort', leave, { once: true });
  return shared.answer.finally(() => signal.removeEventListener('abort', leave));
}

function beginPost(key: string, endpoint: string, url: string): SharedPost {
  const end = new AbortController();
  const answer = post(endpoint, url, end.signal).finally(() => {
    if (underWay.get(key) === shared) underWay.delete(key);
  });
  const shared = { answer, end, waiting: 0 };
  underWay.set(key, shared);
  return shared;
}

async function post(endpoint: string, url: string, signal: AbortSignal): Promise<ImageAddress> {
  const sent = Date.now();
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ url }),
    cache: 'no-store',
    signal,
  });
  learnClock(response.url, response.headers, sent, Date.now());
  if (!response.ok) throw refreshError(`The refresh endpoint answered with ${response.status}.`, response.status);
  const text = await response.text();
  if (text.length > BOUNDS.refreshAnswer) throw refreshError('The refresh endpoint answered with too much.');
  const answer = JSON.parse(text) as ImageAddress;
  if (typeof answer?.url === 'string') adoptClock(response.url, answer.url);
  return answer;
}

function readAnswer(answer: ImageAddress): FreshAddress {
  if (typeof answer?.url !== 'string' || answer.url === '') {
    throw refreshError('The answer to the refresh has no address.');
  }
  return { url: answer.url, expiresAt: toInstant(answer.expiresAt) };
}

function refreshError(message: string, status?: number): ImageError {
  const remedy = 'Answer the refresh with {url, expiresAt?}: an address that works and, where known, when it ends.';
  return new ImageError('refresh', message, status === undefined ? { remedy } : { remedy, status });
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
