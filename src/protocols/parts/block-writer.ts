import type { ProviderMetadata, StreamPart } from '../stream-part.js';

type Kind = 'text' | 'reasoning';

/**
 * Turns bare text into blocks with a start and an end, for dialects that only send the text: a block goes on until
 * another kind of content comes. Ids count through the whole response and are never used twice.
 */
export class BlockWriter {
  #open: { kind: Kind; id: string } | undefined;
  #count = 0;

  /** `providerMetadata` goes out with the start of a block. */
  write(kind: Kind, delta: string, providerMetadata?: ProviderMetadata): StreamPart[] {
    if (delta === '') return [];
    const parts = this.open(kind, providerMetadata);
    parts.push({ type: `${kind}-delta`, id: this.#open!.id, delta });
    return parts;
  }

  isOpen(kind: Kind): boolean {
    return this.#open?.kind === kind;
  }

  /** Makes sure that a block of this kind is open. */
  open(kind: Kind, providerMetadata?: ProviderMetadata): StreamPart[] {
    if (this.#open?.kind === kind) return [];
    const parts = this.close();
    this.#count += 1;
    this.#open = { kind, id: `${kind}-${this.#count}` };
    parts.push({ type: `${kind}-start`, id: this.#open.id, ...(providerMetadata && { providerMetadata }) });
    return parts;
  }

  close(providerMetadata?: ProviderMetadata): StreamPart[] {
    const open = this.#open;
    if (!open) return [];
    this.#open = undefined;
    return [{ type: `${open.kind}-end`, id: open.id, ...(providerMetadata && { providerMetadata }) }];
  }
}
