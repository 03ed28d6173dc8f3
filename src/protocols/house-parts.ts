import { asArray, asNumber, asObject, asString, defined, type JsonObject } from './json.js';
import type { ArtifactEdit, ArtifactPart, ArtifactStatus, ImagePart, StreamPart } from './stream-part.js';

/**
 * Artifacts and images as any dialect may carry them: `{type: 'artifact-start', id, …}` flat, or as the AI SDK's
 * `{type: 'data-artifact-start', id, data: {…}}`; pictures as `image`, `generated-image` and their `data-` forms.
 */
export function readHousePart(json: unknown): StreamPart[] | undefined {
  const object = asObject(json);
  const type = asString(object?.type)?.replace(/^data-/, '');
  const read = type === undefined ? undefined : READERS.get(type);
  if (!object || !read) return undefined;
  const payload = { ...object, ...asObject(object.data) };
  return read(payload);
}

type PayloadReader = (payload: JsonObject) => StreamPart[] | undefined;

const READERS = new Map<string, PayloadReader>([
  ['artifact-start', artifactStart],
  ['artifact-delta', artifactDelta],
  ['artifact-replace', artifactReplace],
  ['artifact-patch', artifactPatch],
  ['artifact-end', artifactEnd],
  ['image', image],
  ['generated-image', image],
]);

/** An id is optional on the wire: what has none belongs to the artifact that was opened last. */
export const LAST_ARTIFACT = '';

function idOf({ id }: JsonObject): string {
  return typeof id === 'number' ? String(id) : (asString(id) ?? LAST_ARTIFACT);
}

function artifactStart(payload: JsonObject): StreamPart[] {
  const { title, language, kind, content } = payload;
  const id = idOf(payload);
  const start: ArtifactPart = defined({
    type: 'artifact-start',
    id,
    kind: asString(kind) ?? 'code',
    title: asString(title),
    language: asString(language),
  });
  return typeof content === 'string' && content !== '' ? [start, { type: 'artifact-replace', id, content }] : [start];
}

function artifactDelta(payload: JsonObject): StreamPart[] | undefined {
  const delta = asString(payload.delta) ?? asString(payload.text) ?? asString(payload.content);
  return delta === undefined ? undefined : [{ type: 'artifact-delta', id: idOf(payload), delta }];
}

function artifactReplace(payload: JsonObject): StreamPart[] | undefined {
  const content = asString(payload.content) ?? asString(payload.text);
  return content === undefined ? undefined : [{ type: 'artifact-replace', id: idOf(payload), content }];
}

function artifactPatch(payload: JsonObject): StreamPart[] {
  return [{ type: 'artifact-patch', id: idOf(payload), edits: asArray(payload.edits).flatMap(readEdit) }];
}

function readEdit(value: unknown): ArtifactEdit[] {
  const { find, from, to, replace } = asObject(value) ?? {};
  if (typeof replace !== 'string') return [];
  if (typeof find === 'string') return [{ find, replace }];
  return typeof from === 'number' && typeof to === 'number' ? [{ from, to, replace }] : [];
}

const STATUSES = new Set(['streaming', 'complete', 'error', 'stopped']);

function artifactEnd(payload: JsonObject): StreamPart[] {
  const said = asString(payload.status);
  const status = said !== undefined && STATUSES.has(said) ? (said as ArtifactStatus) : undefined;
  return [defined({ type: 'artifact-end', id: idOf(payload), status } as const)];
}

function image(payload: JsonObject): StreamPart[] | undefined {
  const url = asString(payload.url);
  return url === undefined ? undefined : [imagePart(url, payload)];
}

/** A picture without an id is its own: its address tells it apart. */
export function imagePart(url: string, fields: JsonObject = {}): ImagePart {
  const { expiresAt } = fields;
  return defined({
    type: 'image',
    id: asString(fields.id) ?? url.slice(0, 256),
    url,
    mediaType: asString(fields.mediaType),
    expiresAt: typeof expiresAt === 'number' ? expiresAt : asString(expiresAt),
    alt: asString(fields.alt),
    width: asNumber(fields.width),
    height: asNumber(fields.height),
    partialIndex: asNumber(fields.partialIndex),
  } as const);
}
