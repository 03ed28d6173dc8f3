/** So long a reader may hold the thread before whoever waits has a turn, in milliseconds. */
const LONGEST_TASK = 12;

/**
 * Lets a page live while it reads faster than it can show: a stream that has much to give is one long row of microtasks,
 * between which nobody's click is heard and nothing is drawn.
 */
export class Breather {
  #since = performance.now();

  /** Undefined while there is time. */
  pause(): Promise<void> | undefined {
    if (performance.now() - this.#since < LONGEST_TASK) return undefined;
    return nextTask().then(() => {
      this.#since = performance.now();
    });
  }
}

/** A timer would be held up in a hidden tab, and by four milliseconds in any other. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const done = () => {
      port1.close();
      resolve();
    };
    port1.addEventListener('message', done, { once: true });
    port1.start();
    port2.postMessage(undefined);
  });
}
