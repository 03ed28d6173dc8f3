import { stopped } from '../../stream/read-chunks.js';

/**
 * Waits for a response, but no longer than until the signal: a host's own promise knows nothing of a stop or a timeout.
 * A response that comes too late is let go, so that its connection closes.
 */
export function untilAborted<Response extends { body?: ReadableStream | null } | undefined>(
  coming: Promise<Response>,
  signal: AbortSignal,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      reject(stopped(signal));
      coming.then((late) => late?.body?.cancel()).catch(() => {});
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    coming.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
