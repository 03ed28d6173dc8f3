import { StreamError } from '../stream/stream-error.js';
import { notLoaded } from './not-loaded.js';
import type { DialectSigns } from './dialects/signs.js';
import type { Protocol } from './protocol.js';

/** The further dialects by name, once they are here. */
const whole = new Map<string, Protocol>();

/** A dialect that is told at once, and loaded together with the others of its sort when it is met first. */
export function later(signs: DialectSigns): Protocol {
  return {
    ...signs,
    load: loadFurtherDialects,
    get createBody() {
      return whole.get(signs.name)?.createBody;
    },
    createReader() {
      const dialect = whole.get(signs.name);
      if (dialect) return dialect.createReader();
      throw new StreamError('protocol', `The dialect “${signs.name}” is not loaded yet.`, {
        remedy: 'Await its `load()` first, or take `protocols` from `ai-stream-elements/core`, which has all at hand.',
      });
    },
  };
}

/** One that is known by its name alone before all of them are here. */
export function rare(name: string): Protocol {
  return Object.defineProperties(later({ name }), {
    matchesEvent: { get: () => whole.get(name)?.matchesEvent, enumerable: true },
    hasLastWord: { get: () => whole.get(name)?.hasLastWord, enumerable: true },
  });
}

export function keepDialects(dialects: readonly Protocol[]): void {
  for (const dialect of dialects) whole.set(dialect.name, dialect);
}

/** The same where nobody knows an event; undefined where they are here. */
export function loadRareDialects(): Promise<void> | undefined {
  return whole.size > 0 ? undefined : loadFurtherDialects();
}

async function loadFurtherDialects(): Promise<void> {
  if (whole.size > 0) return;
  try {
    keepDialects((await import('./further-dialects.js')).furtherDialects);
  } catch (cause) {
    throw notLoaded('this dialect', cause);
  }
}
