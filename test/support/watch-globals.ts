/** What nobody has caught since the watch began, and what is not to fail the test that provokes it. */
export interface GlobalsWatch {
  /** Reasons of promises that were rejected with nobody to handle it. */
  rejections: unknown[];
  /** What listeners threw. */
  errors: unknown[];
  stop(): void;
}

export function watchGlobals(): GlobalsWatch {
  const rejections: unknown[] = [];
  const errors: unknown[] = [];
  const { onerror } = window;
  const controller = new AbortController();
  window.addEventListener('unhandledrejection', (event) => rejections.push(silent(event).reason), {
    capture: true,
    signal: controller.signal,
  });
  // The test framework listens by this handler.
  const take: OnErrorEventHandler = (_message, _file, _line, _column, error) => errors.push(error) > 0;
  Object.assign(window, { onerror: take });
  const stop = () => {
    controller.abort();
    Object.assign(window, { onerror });
  };
  return { rejections, errors, stop };
}

function silent<Kind extends Event>(event: Kind): Kind {
  event.preventDefault();
  event.stopImmediatePropagation();
  return event;
}
