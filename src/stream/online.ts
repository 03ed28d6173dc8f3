/**
 * Whether the machine says that it has no network at all. The other answer promises nothing: a network may lead nowhere.
 * Where nobody says anything, as in Node, it is never offline.
 */
export function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}

/** Waits until there is a network again, but no longer than until the signal. */
export function untilOnline(signal: AbortSignal): Promise<void> {
  if (!isOffline() || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
