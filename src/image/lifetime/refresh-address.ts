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
/** A function or an endpoint asked for one address. */
interface SharedAsk {
  readonly answer: Promise<ImageAddress>;
  readonly end: AbortController;
  /** How many pictures wait for it. */
  waiting: number;
}

// By who is asked, by address: one picture that is shown several times asks once. An answer stays for those that wait at the gate.
const asked = new Map<unknown, Map<string, SharedAsk>>();

/** One fresh address, or undefined where nobody answers. Rejects with an `ImageError` of code `refresh`. */
export async function requestAddress(source: AddressSource, signal: AbortSignal): Promise<FreshAddress | undefined> {
  try {
    return await gate.run(() => requestNow(source, signal));
  } finally {
    if (gate.isIdle) asked.clear();
  }
}

async function requestNow(source: AddressSource, signal: AbortSignal): Promise<FreshAddress | undefined> {
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
}

/** POSTs `{url}` to the host's endpoint, which answers with `{url, expiresAt}`. */
export function postForAddress(endpoint: string, url: string, signal: AbortSignal): Promise<ImageAddress> {
  return askOnce(endpoint, url, (end) => post(endpoint, url, end), signal);
}

/** The answer of whoever is asked, for all that ask the same. What is under way ends early when nobody waits for it any more. */
export function askOnce(
  whom: unknown,
  url: string,
  ask: (signal: AbortSignal) => Promise<ImageAddress>,
  signal: AbortSignal,
): Promise<ImageAddress> {
  const shared = asked.get(whom)?.get(url) ?? begin(whom, url, ask);
  shared.waiting += 1;
  const leave = (): void => {
    shared.waiting -= 1;
    if (shared.waiting > 0) return;
    forget(whom, url, shared);
    shared.end.abort();
  };
  signal.addEventListener('abort', leave, { once: true });
  return shared.answer.finally(() => signal.removeEventListener('abort', leave));
}

function begin(whom: unknown, url: string, ask: (signal: AbortSignal) => Promise<ImageAddress>): SharedAsk {
  const end = new AbortController();
  const shared = { answer: ask(end.signal), end, waiting: 0 };
  shared.answer.catch(() => forget(whom, url, shared));
  asked.set(whom, (asked.get(whom) ?? new Map<string, SharedAsk>()).set(url, shared));
  return shared;
}

function forget(whom: unknown, url: string, shared: SharedAsk): void {
  const addresses = asked.get(whom);
  if (addresses?.get(url) === shared) addresses.delete(url);
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
