const PREFIX = 'ai-artifact-hung:';

/**
 * Remembers which documents were running when the page stopped answering, so that a reload does not run into the same
 * wall. The mark is set before a document runs and taken away once it has shown that it answers.
 */
export class HangMemory {
  readonly #key: string;
  // A document that did hang stays marked, whatever becomes of its frame.
  #hung = false;

  constructor(content: string) {
    this.#key = PREFIX + fingerprint(content);
  }

  get hungBefore(): boolean {
    return withStorage((storage) => storage.getItem(this.#key) !== null) ?? false;
  }

  mark(): void {
    withStorage((storage) => storage.setItem(this.#key, '1'));
  }

  hang(): void {
    this.#hung = true;
    this.mark();
  }

  recover(): void {
    this.#hung = false;
    this.clear();
  }

  clear(): void {
    if (!this.#hung) withStorage((storage) => storage.removeItem(this.#key));
  }
}

/** Storage may be refused to a page, or be full. */
function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}

/** Tells one text from another; FNV-1a over two lanes. It keeps no secret. */
function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code ^ (at & 0xff), 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}${text.length.toString(36)}`;
}
