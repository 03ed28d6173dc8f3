import type { MessagePart } from '../../message.js';

type Fields = Record<string, unknown>;

/** What stands in a field, as far as it is what it should be; undefined where it is not. */
type Reading = (value: unknown) => unknown;
type Shape = Readonly<Record<string, Reading>>;

/** Ids and titles may be numbers. */
const text = (value: unknown): string | undefined =>
  typeof value === 'number' ? String(value) : typeof value === 'string' ? value : undefined;
const needed: Reading = (value) => text(value) ?? '';
const number: Reading = (value) => (Number.isFinite(value) ? value : undefined);
const time: Reading = (value) => (text(value) === undefined ? undefined : value);
const object =
  (shape: Shape): Reading =>
  (value) =>
    isObject(value) ? mended(value, shape) : undefined;

const WRITTEN: Shape = { state: text, id: text };
const FILE: Shape = { url: needed, mediaType: needed, filename: text };
const CALL: Shape = {
  toolCallId: needed,
  state: needed,
  toolName: text,
  title: text,
  errorText: text,
  inputText: text,
  inputEncoding: text,
  approval: object({ id: needed, requestReason: text, reason: text }),
};

const SHAPES = new Map<string, Shape>([
  ['text', WRITTEN],
  ['reasoning', WRITTEN],
  ['file', FILE],
  ['reasoning-file', FILE],
  ['source-url', { sourceId: needed, url: needed, title: text }],
  ['source-document', { sourceId: needed, mediaType: needed, title: text, filename: text }],
  [
    'data-artifact',
    { id: needed, data: object({ kind: needed, id: text, status: text, title: text, language: text }) },
  ],
  [
    'data-image',
    {
      id: needed,
      data: object({
        alt: text,
        mediaType: text,
        expiresAt: time,
        width: number,
        height: number,
        partialIndex: number,
      }),
    },
  ],
]);

/**
 * A part of a stored message, whose fields anybody may have written, such that what reads it can rely on them: a field
 * that is to be text is text or not there. A part with nothing wrong is given back as the very object.
 */
export function mendedPart(part: MessagePart): MessagePart {
  const { type } = part;
  const shape = type === 'dynamic-tool' || type.startsWith('tool-') ? CALL : SHAPES.get(type);
  return shape ? (mended(part as unknown as Fields, shape) as unknown as MessagePart) : part;
}

function mended(fields: Fields, shape: Shape): Fields {
  const read = Object.entries(shape).map(([name, reading]) => [name, reading(fields[name])] as const);
  const changes = read.filter(([name, value]) => value !== fields[name]);
  if (changes.length === 0) return fields;
  const mends = new Map(changes);
  const kept = Object.entries(fields).filter(([name]) => !mends.has(name));
  return Object.fromEntries([...kept, ...changes.filter(([, value]) => value !== undefined)]);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
