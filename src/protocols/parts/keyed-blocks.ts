import type { ProviderMetadata, StreamPart } from '../stream-part.js';

type Kind = 'text' | 'reasoning';

interface Block {
  kind: Kind;
  id: string;
  text: string;
}

/**
 * Blocks of text that may be written side by side, by whatever key the dialect gives each of them. Ids count through
 * the whole response: a key that comes again after its end is a new block.
 */
export class KeyedBlocks {
  readonly #open = new Map<string, Block>();
  #count = 0;

  has(key: string): boolean {
    return this.#open.has(key);
  }

  open(kind: Kind, key: string): StreamPart[] {
    const block = this.#open.get(key);
    if (block?.kind === kind) return [];
    const before = this.close(key);
    this.#count += 1;
    const id = `${kind}-${this.#count}`;
    this.#open.set(key, { kind, id, text: '' });
    return [...before, { type: `${kind}-start`, id }];
  }

  write(kind: Kind, key: string, delta: string): StreamPart[] {
    if (delta === '') return [];
    const parts = this.open(kind, key);
    const block = this.#open.get(key)!;
    block.text += delta;
    return [...parts, { type: `${kind}-delta`, id: block.id, delta }];
  }

  /** What the block says in whole: whatever of it has not been written yet is. */
  complete(kind: Kind, key: string, whole: string): StreamPart[] {
    const written = this.#open.get(key)?.text ?? '';
    return whole.startsWith(written) ? this.write(kind, key, whole.slice(written.length)) : [];
  }

  /** Whether what has been written cannot become `whole` by going on. */
  contradicts(key: string, whole: string): boolean {
    return !whole.startsWith(this.#open.get(key)?.text ?? '');
  }

  close(key: string, providerMetadata?: ProviderMetadata): StreamPart[] {
    const block = this.#open.get(key);
    if (!block) return [];
    this.#open.delete(key);
    return [{ type: `${block.kind}-end`, id: block.id, ...(providerMetadata && { providerMetadata }) }];
  }

  closeAll(kind?: Kind): StreamPart[] {
    const keys = [...this.#open].filter(([, block]) => kind === undefined || block.kind === kind).map(([key]) => key);
    return keys.flatMap((key) => this.close(key));
  }
}
