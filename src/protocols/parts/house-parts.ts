import { asArray, asId, asNumber, asObject, asString, defined, type JsonObject } from './json.js';
import type { ArtifactEdit, ArtifactPart, ArtifactStatus, ImagePart, StreamPart } from '../stream-part.js';

/**
 * Artifacts and images as any dialect may carry them: `{type: 'artifact-start', id, …}` flat, or as the AI SDK's
 * `{type: 'data-artifact-start', id, data: {…}}`; pictures as `image`, `generated-image` and their `data-` forms.
 */
export function readHousePart(json: unknown): StreamPart[] | undefined {
  const object = asObject(json);
  const read = READERS.get(houseName(asString(object?.type) ?? ''));
  if (!object || !read) return undefined;
  const payload = { ...object, ...asObject(object.data) };
  return read(payload);
}

/** Whether a type is one of these, however its payload looks. */
export function isHouseType(type: string): boolean {
  return READERS.has(houseName(type));
}

/** Whether a type is one of an artifact's. */
export function isArtifactType(type: string): boolean {
  return houseName(type).startsWith('artifact');
}

function houseName(type: string): string {
  return type.replace(/^data-/, '');
}

type PayloadReader = (payload: JsonObject) => StreamPart[] | undefined;

const READERS = new Map<string, PayloadReader>([
  ['artifact', wholeArtifact],
  ['text-was-reasoning', wasReasoning],
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
  return asId(id) ?? LAST_ARTIFACT;
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

/** As a message keeps it, which is how a server sends a stored one. */
function wholeArtifact(payload: JsonObject): StreamPart[] | undefined {
  const { title, language, kind, content } = payload;
  const id = asId(payload.id);
  if (id === undefined || typeof content !== 'string') return undefined;
  const status = statusOf(payload) ?? 'complete';
  const described = { kind: asString(kind) ?? 'code', title: asString(title), language: asString(language) };
  return [{ type: 'data-artifact', id, data: { id, ...defined(described), content, status } }];
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
  return [defined({ type: 'artifact-end', id: idOf(payload), status: statusOf(payload) } as const)];
}

function statusOf({ status }: JsonObject): ArtifactStatus | undefined {
  return STATUSES.has(status as string) ? (status as ArtifactStatus) : undefined;
}

function wasReasoning({ id }: JsonObject): StreamPart[] | undefined {
  const block = asId(id);
  return block === undefined ? undefined : [{ type: 'text-was-reasoning', id: block }];
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
    id: asId(fields.id) ?? addressId(url),
    url,
    mediaType: asString(fields.mediaType),
    expiresAt: typeof expiresAt === 'number' ? expiresAt : asString(expiresAt),
    alt: asString(fields.alt),
    width: asNumber(fields.width),
    height: asNumber(fields.height),
    partialIndex: asNumber(fields.partialIndex),
  } as const);
}

/** Addresses longer than this hold the picture itself. */
const LONG = 256;

/** A short name for an address. Pictures of one generator begin alike, so all of a `data:` address counts (FNV-1a). */
function addressId(url: string): string {
  if (url.length <= LONG) return url;
  let hash = 0x811c9dc5;
  for (let index = 0; index < url.length; index += 1) hash = Math.imul(hash ^ url.charCodeAt(index), 0x01000193);
  return `${url.slice(0, 32)}…${url.length}-${(hash >>> 0).toString(36)}`;
}
