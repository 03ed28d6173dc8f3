const COPY = 'structuredClone(obj)';

/**
 * The runner copies what a failed test had and what it expected, to tell of it. An element or a function cannot be copied:
 * the failure was never told, and the run waited four minutes for it. They are told as text.
 */
export function tellableFailures() {
  return {
    name: 'tellable-failures',
    transform({ path, body }) {
      if (path !== '/__web-dev-server__web-socket.js') return undefined;
      if (!body.includes(COPY))
        throw new Error('The test runner tells of failures in another way: look at this again.');
      return body.replace(COPY, `(${copy})(obj)`);
    },
  };
}

/** Runs in the page of a test. */
function copy(message) {
  const told = (_, value) => (value instanceof Node || typeof value === 'function' ? String(value) : value);
  try {
    return structuredClone(message);
  } catch {
    return JSON.parse(JSON.stringify(message, told));
  }
}
