/** What a browser grants where it does not tell when it is idle: so many milliseconds, so many after it was asked. */
const GRANT = 5;
const DELAY = 50;

const isTold = typeof requestIdleCallback === 'function';

/**
 * Calls back when the page has nothing else to do, with what is left of that time; at the latest after `timeout`
 * milliseconds, where one is given.
 */
export const requestIdle: (
  callback: (deadline: Pick<IdleDeadline, 'timeRemaining'>) => void,
  timeout?: number,
) => number = isTold
  ? (callback, timeout) => requestIdleCallback(callback, timeout === undefined ? {} : { timeout })
  : (callback) => window.setTimeout(() => callback(granted()), DELAY);

export const cancelIdle: (handle: number) => void = isTold ? cancelIdleCallback : clearTimeout;

function granted(): Pick<IdleDeadline, 'timeRemaining'> {
  const end = performance.now() + GRANT;
  return { timeRemaining: () => Math.max(0, end - performance.now()) };
}
