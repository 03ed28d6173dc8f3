import type { ImageAddress } from '../events.js';
import { BOUNDS } from './bounds.js';
import { Gate } from './gate.js';
import { ImageError } from './image-error.js';
import { toInstant } from './instant.js';
import { adoptClock, learnClock } from './server-clock.js';

export interface FreshAddress {
  url: string;
  /** Null where the answer does not say; the address itself may. */
  expiresAt: Date | null;
}

/** Asks whoever can give a fresh address; undefined where nobody can. */
export type AddressSource = (signal: AbortSignal) => Promise<ImageAddress> | undefined;

const gate = new Gate(BOUNDS.concurrency);
// Requests to refresh endpoints that are under way, so that one picture shown twice asks once.
const underWay = new Map<string, Promise<ImageAddress>>();

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

/** POSTs `{url}` to the host's endpoint, which answers with `{url, expiresAt}`. */
export function postForAddress(endpoint: string, url: string, signal: AbortSignal): Promise<ImageAddress> {
  const key = `${endpoint}\n${url}`;
  let answer = underWay.get(key);
  if (!answer) {
    answer = post(endpoint, url, signal).finally(() => underWay.delete(key));
    underWay.set(key, answer);
  }
  return answer;
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
