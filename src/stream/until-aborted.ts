import { stopped } from './read-chunks.js';

/**
 * Waits for something, but no longer than until the signal: a host's own promise, and a file of the package that is loaded,
 * know nothing of a stop or a timeout. A response that comes too late is let go, so that its connection closes.
 */
export function untilAborted<Value>(coming: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return coming;
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      reject(stopped(signal));
      coming.then((late) => (late as Partial<Response> | undefined)?.body?.cancel()).catch(() => {});
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    coming.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
