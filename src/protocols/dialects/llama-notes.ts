import { readHousePart } from '../parts/house-parts.js';
import { asArray, asObject, asString } from '../parts/json.js';
import type { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';

/** What LlamaIndex says beside an answer: in events of its own, and, its older servers, in annotations of the AI SDK 4. */
export function llamaNote(annotation: unknown, sources: SourceList): StreamPart[] {
  const { type, data } = asObject(annotation) ?? {};
  if (type === 'sources') return nodesIn(asObject(data)?.nodes, sources);
  // A host's own annotations may be called so, too.
  return type === 'artifact' && asObject(asObject(data)?.data) ? llamaArtifact(data) : [];
}

/** Passages that were found: of a page, or of a file. */
export function nodesIn(nodes: unknown, sources: SourceList): StreamPart[] {
  return asArray(nodes).flatMap((value) => {
    const found = asObject(value) ?? {};
    const { id, id_ = id, metadata, url: place } = asObject(found.node) ?? found;
    const { file_name: filename, title, url = place, URL: address = url } = asObject(metadata) ?? {};
    if (address) return sources.page(address, title ?? filename);
    return sources.document(filename ?? id_, { title: title ?? filename, filename });
  });
}

/** Code in a file, or a document. */
export function llamaArtifact(value: unknown): StreamPart[] {
  const { type, data } = asObject(value) ?? {};
  const { file_name: file, title = file, language, code, content = code, type: format } = asObject(data) ?? {};
  const kind = type === 'document' ? (format === 'html' ? 'html' : 'markdown') : 'code';
  const name = asString(title) ?? kind;
  const start = { type: 'artifact-start', id: name, title: name, kind, language };
  const whole = { type: 'artifact-replace', id: name, content: asString(content) ?? '' };
  const parts = [start, whole, { type: 'artifact-end', id: name, status: 'complete' }];
  return parts.flatMap((part) => readHousePart(part) ?? []);
}
