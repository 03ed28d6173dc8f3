/** Longer than a timer can run: such a pause is none that anybody waits for. */
const LONGEST = 2 ** 31 - 1;

/** Waits, but no longer than until the signal, after which no timer is left. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (!(milliseconds > 0) || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(milliseconds, LONGEST));
    signal.addEventListener('abort', done);
  });
}
