import type { ArtifactPart, DataPart, ImagePart, StreamPart } from '../protocols/stream-part.js';

/** One JSON object of the AI SDK's UI message stream. */
export interface WireChunk {
  type: string;
  [field: string]: unknown;
}

/** A picture as a host has it at hand: without an id where there is one frame and one address of it. */
export interface GeneratedImage extends Omit<ImagePart, 'type' | 'id' | 'expiresAt'> {
  type: 'image' | 'generated-image';
  id?: string;
  expiresAt?: string | number | Date;
}

/** What `writeDataPart` takes. A type that is none of these travels as `data-<type>`, its other fields as the data. */
export type WritableDataPart = ArtifactPart | GeneratedImage | DataPart;

/**
 * The form in which a part travels. The official client refuses a stream with a type that it does not know, and
 * `data-*` is its one open door: what is ours goes through it.
 */
export function toWireChunk(part: StreamPart): WireChunk {
  switch (part.type) {
    case 'artifact-start':
    case 'image':
      // The id makes a client replace the earlier one; the other artifact parts are a history and must not be merged.
      return { id: part.id, ...asData(part) };
    case 'raw':
      return { ...asData(part), transient: true };
    case 'usage':
      return { type: 'message-metadata', messageMetadata: { usage: fieldsOf(part) } };
    case 'finish':
      return part.finishReason === 'unknown' ? { ...part, finishReason: 'other' } : { ...part };
    default:
      return needsEnvelope(part) ? asData(part) : { ...part };
  }
}

/** True for what the official client knows nothing of, and for its own open types where a field that it insists on lacks. */
function needsEnvelope(part: StreamPart): boolean {
  if (part.type === 'custom') return typeof part['kind'] !== 'string';
  if (part.type === 'steering-message') return typeof part['id'] !== 'string' || !Array.isArray(part['parts']);
  return part.type.startsWith('artifact-') || part.type === 'text-was-reasoning';
}

/** A host's data part in the vocabulary of parts. `nextId` names a picture that has no id of its own. */
export function toStreamPart(part: WritableDataPart, nextId: () => string): StreamPart {
  if (part.type === 'generated-image' || part.type === 'image') return toImagePart(part as GeneratedImage, nextId);
  if (part.type.startsWith('artifact-')) return part as ArtifactPart;
  return part.type.startsWith('data-') ? (part as DataPart) : (asData(part) as unknown as DataPart);
}

function toImagePart(image: GeneratedImage, nextId: () => string): ImagePart {
  const { expiresAt, id = nextId(), ...rest } = image;
  if (expiresAt === undefined) return { ...rest, type: 'image', id };
  return { ...rest, type: 'image', id, expiresAt: expiresAt instanceof Date ? expiresAt.toISOString() : expiresAt };
}

function asData(part: { type: string }): WireChunk {
  return { type: `data-${part.type}`, data: fieldsOf(part) };
}

function fieldsOf(part: { type: string }): Record<string, unknown> {
  const { type: _, ...fields } = part;
  return fields;
}
