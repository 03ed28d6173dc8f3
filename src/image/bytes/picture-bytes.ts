import { BOUNDS } from '../bounds.js';
import { notAPicture, tooLarge } from './data-address.js';
import { Gate } from './gate.js';
import { ImageError } from '../image-error.js';
import { SNIFF_LENGTH, sniffImageType } from './image-type.js';
import { learnClock } from '../clock/server-clock.js';

const gate = new Gate(BOUNDS.concurrency);
const REPORT_PATIENCE = 1000;
/** So many refusals in a row, and an origin is not asked any more. Fewer may be one folder among others that allow it. */
const REFUSALS = 3;
// Origins that let pictures be shown but not read, and how often in a row. Without this, each of a hundred pictures would ask.
const refusals = new Map<string, number>();

/**
 * - `server`: straight from the server (revalidated), so that the answer's status and `Date` are of this moment
 * - `cache`: whatever the browser still has of the picture that it shows already
 */
export type Freshness = 'server' | 'cache';

/**
 * A picture's bytes as a Blob of the type that they themselves show (SVG as it was declared). Rejects with an `ImageError`: `network` also
 * where the server forbids other origins to read, which a page cannot tell from a lost connection.
 */
export function fetchPicture(url: string, freshness: Freshness, signal: AbortSignal): Promise<Blob> {
  return gate.run(async () => {
    signal.throwIfAborted();
    const response = await request(url, freshness, signal);
    if (!response.ok) {
      await response.body?.cancel();
      throw statusError(response.status);
    }
    return readPicture(response);
  });
}

/** False once the origin has shown pictures and refused their bytes, or the page's policy forbids it: asking on would only fill reports. */
export function mayReadFrom(url: string): boolean {
  return (refusals.get(new URL(url).origin) ?? 0) < REFUSALS && !isForbiddenByMeta();
}

/** A policy that came as a header cannot be read beforehand; one in the document can. */
function isForbiddenByMeta(): boolean {
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[http-equiv="content-security-policy" i]');
  return [...metas].some(({ content }) => {
    const directive =
      /(?:^|;)\s*connect-src\s([^;]*)/i.exec(content) ?? /(?:^|;)\s*default-src\s([^;]*)/i.exec(content);
    return directive?.[1]?.trim().toLowerCase() === "'none'";
  });
}

/** The page's policy reports each request that it refuses, so one refusal counts as all that an origin has. */
function heedPolicy({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void {
  if (effectiveDirective === 'connect-src' && URL.canParse(blockedURI))
    refusals.set(new URL(blockedURI).origin, REFUSALS);
}

/** For a picture that is on screen: so it was not the connection that failed. */
export function countRefusal(url: string): void {
  const { origin } = new URL(url);
  refusals.set(origin, (refusals.get(origin) ?? 0) + 1);
}

async function request(url: string, freshness: Freshness, signal: AbortSignal): Promise<Response> {
  const sent = Date.now();
  // The report comes in a task of its own, maybe after the answer; the listener ends by itself.
  document.addEventListener('securitypolicyviolation', heedPolicy, { signal: AbortSignal.timeout(REPORT_PATIENCE) });
  try {
    const response = await fetch(url, {
      credentials: 'same-origin',
      referrerPolicy: 'no-referrer',
      cache: freshness === 'server' ? 'no-cache' : 'force-cache',
      signal: AbortSignal.any([signal, AbortSignal.timeout(BOUNDS.patience)]),
    });
    refusals.delete(new URL(url).origin);
    if (freshness === 'server') learnClock(url, response.headers, sent, Date.now());
    return response;
  } catch (cause) {
    signal.throwIfAborted();
    // What an `<img>` left in the cache may lack the header that lets it be read, where the server sends it only when asked by a script.
    if (freshness === 'cache' && mayReadFrom(url)) return request(url, 'server', signal);
    throw new ImageError('network', 'No answer came that this page may read.', {
      cause,
      remedy: 'Check the connection, and that the server allows this origin (Access-Control-Allow-Origin).',
    });
  }
}

function statusError(status: number): ImageError {
  const code = status === 404 ? 'missing' : status === 410 ? 'expired' : 'http';
  return new ImageError(code, `The server answered with ${status}.`, { status });
}

async function readPicture(response: Response): Promise<Blob> {
  const declared = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const chunks = await readBounded(response);
  const type = sniffImageType(startOf(chunks)) ?? (declared === 'image/svg+xml' ? declared : null);
  if (!type) throw notAPicture();
  return new Blob(chunks, { type });
}

async function readBounded(response: Response): Promise<Uint8Array<ArrayBuffer>[]> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let result = await reader?.read(); result && !result.done; result = await reader?.read()) {
    size += result.value.length;
    if (size > BOUNDS.pictureBytes) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(result.value);
  }
  return chunks;
}

/** The first bytes, even where the first chunk is shorter than what is looked at. */
function startOf(chunks: Uint8Array[]): Uint8Array {
  const start: number[] = [];
  for (const chunk of chunks) {
    start.push(...chunk.subarray(0, SNIFF_LENGTH - start.length));
    if (start.length >= SNIFF_LENGTH) break;
  }
  return Uint8Array.from(start);
}
