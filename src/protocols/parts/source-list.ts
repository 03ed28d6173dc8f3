import { asString, defined, type JsonObject } from './json.js';
import type { ProviderMetadata, SourcePart, StreamPart } from '../stream-part.js';

/** What an answer rests on. Each source is named once, however often it is cited. */
export class SourceList {
  readonly #named = new Set<string>();

  page(url: unknown, title?: unknown, providerMetadata?: ProviderMetadata): StreamPart[] {
    const address = asString(url);
    if (!address) return [];
    const fields = { sourceId: address, url: address, title: asString(title), providerMetadata };
    return this.#add(defined({ type: 'source-url', ...fields } as const));
  }

  document(
    id: unknown,
    { title, filename, mediaType }: JsonObject = {},
    providerMetadata?: ProviderMetadata,
  ): StreamPart[] {
    const name = asString(title) || asString(filename) || asString(id);
    if (!name) return [];
    const type = asString(mediaType) ?? 'text/plain';
    const fields = { sourceId: asString(id) || name, mediaType: type, title: name, filename: asString(filename) };
    return this.#add(defined({ type: 'source-document', ...fields, providerMetadata } as const));
  }

  #add(source: SourcePart): StreamPart[] {
    if (this.#named.has(source.sourceId)) return [];
    this.#named.add(source.sourceId);
    return [source];
  }
}
