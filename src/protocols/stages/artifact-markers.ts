import { defined } from '../json.js';
import type { ArtifactPart, StreamPart, TextPart } from '../stream-part.js';

/** One way to mark an artifact in text. What opens and closes it is looked for in what has come of the text so far. */
interface Marker {
  /** The opening, all of it, from where it begins. `attributes` is what a model wrote about it. */
  readonly opening: RegExp;
  /** What may become an opening, at the end of what has come. */
  readonly half: RegExp;
  /** What stands between the opening and the content, and what may become that. */
  readonly lead: RegExp;
  readonly halfLead: RegExp;
  readonly closing: RegExp;
  readonly halfClosing: RegExp;
}

/** Attributes of a marker are never longer than this; what is, is text. */
const MAX_OPENING = 2048;

/** Lines that close are complete with their line feed or with the end of the text, which is given as one. */
const MARKERS: readonly Marker[] = [
  {
    opening: /<antArtifact\b(?<attributes>[^>]*)>/,
    lead: /^\n?/,
    halfLead: /^$/,
    half: /<(?:a(?:n(?:t(?:A(?:r(?:t(?:i(?:f(?:a(?:c(?:t(?:\s[^>]*)?)?)?)?)?)?)?)?)?)?)?)?$/,
    closing: /\n?<\/antArtifact>/,
    halfClosing: /\n?(?:<(?:\/(?:a(?:n(?:t(?:A(?:r(?:t(?:i(?:f(?:a(?:c(?:t)?)?)?)?)?)?)?)?)?)?)?)?)?$/,
  },
  {
    opening: /(?<=\n):::artifact\{(?<attributes>[^}\n]*)\}[ \t]*\n/,
    lead: /^(?:```[^\n]*\n)?/,
    halfLead: /^(?:`{0,2}|```[^\n]*)$/,
    half: /(?<=\n):(?::(?::(?:a(?:r(?:t(?:i(?:f(?:a(?:c(?:t(?:\{[^\n]*)?)?)?)?)?)?)?)?)?)?)?$/,
    closing: /\n(?:```[ \t]*\n)?:::[ \t]*(?:\n|$)/,
    halfClosing: /\n(?:`{1,3}[ \t]*\n?)?:{0,3}[ \t]*$/,
  },
  {
    opening: /(?<=\n)```(?<attributes>html)[ \t]*\n/,
    lead: /^/,
    halfLead: /^(?!)/,
    half: /(?<=\n)`(?:`(?:`(?:h(?:t(?:m(?:l[ \t]*)?)?)?)?)?)?$/,
    closing: /\n```[ \t]*(?:\n|$)/,
    halfClosing: /\n`{0,3}[ \t]*$/,
  },
];

interface Block {
  /** The last characters, which may be half of a marker. The one before them tells whether a line begins. */
  held: string;
  /** The artifact that is open in this block. */
  open: { marker: Marker; id: string; hasBegun: boolean } | undefined;
}

/**
 * Artifacts that a model marks in its text, because it was told to: `<antArtifact …>`, `:::artifact{…}`, and whole
 * documents in ```` ```html ````. Half a marker is held back until it is known what it is. To be asked for: a text about
 * such markers would be taken for one.
 */
export class ArtifactMarkers {
  readonly #blocks = new Map<string, Block>();
  #count = 0;

  route(part: StreamPart): StreamPart[] | undefined {
    if (part.type === 'text-delta') return this.#write(part);
    if (part.type === 'text-end') return [...this.#finish(part.id), part];
    return part.type === 'finish' || part.type === 'abort' ? [...this.end(), part] : undefined;
  }

  end(): StreamPart[] {
    return [...this.#blocks.keys()].flatMap((id) => this.#finish(id));
  }

  #write(part: Extract<TextPart, { type: 'text-delta' }>): StreamPart[] {
    const block = this.#blocks.get(part.id) ?? { held: '\n', open: undefined };
    this.#blocks.set(part.id, block);
    return this.#read(part.id, block, block.held + part.delta, false);
  }

  #finish(id: string): StreamPart[] {
    const block = this.#blocks.get(id);
    if (!block) return [];
    this.#blocks.delete(id);
    const parts = this.#read(id, block, block.held, true);
    return block.open ? [...parts, { type: 'artifact-end', id: block.open.id, status: 'stopped' }] : parts;
  }

  /** `rest` begins with the character before the text: a line begins after a line feed. */
  #read(id: string, block: Block, rest: string, isLast: boolean): StreamPart[] {
    const parts: StreamPart[] = [];
    for (;;) {
      const text = begin(block, rest, isLast);
      const found = text === undefined ? undefined : find(text, block.open, isLast);
      if (text === undefined || !found)
        return [...parts, ...this.#hold(id, block, text ?? rest, text !== undefined, isLast)];
      parts.push(...written(id, block, text.slice(1, found.from)));
      parts.push(block.open ? this.#close(block) : this.#open(block, found));
      rest = text.slice(found.to - 1);
    }
  }

  #hold(id: string, block: Block, rest: string, hasBegun: boolean, isLast: boolean): StreamPart[] {
    const safe = isLast ? rest.length : hasBegun ? heldFrom(rest, block.open) : 1;
    block.held = rest.slice(safe - 1);
    return written(id, block, rest.slice(1, safe));
  }

  #open(block: Block, { marker, attributes }: Found): ArtifactPart {
    this.#count += 1;
    const start = describe(attributes, `text-artifact-${this.#count}`);
    block.open = { marker, id: start.id, hasBegun: false };
    return start;
  }

  #close(block: Block): ArtifactPart {
    const { id } = block.open!;
    block.open = undefined;
    return { type: 'artifact-end', id };
  }
}

/** Without what stands before the content of an artifact that has just been opened; undefined where more must come first. */
function begin({ open }: Block, rest: string, isLast: boolean): string | undefined {
  if (!open || open.hasBegun) return rest;
  if (!isLast && open.marker.halfLead.test(rest.slice(1))) return undefined;
  open.hasBegun = true;
  return rest[0]! + rest.slice(1).replace(open.marker.lead, '');
}

interface Found {
  marker: Marker;
  attributes: string;
  from: number;
  to: number;
}

function find(text: string, open: Block['open'], isLast: boolean): Found | undefined {
  if (!open)
    return MARKERS.flatMap((marker) => match(text, marker, marker.opening)).toSorted((a, b) => a.from - b.from)[0];
  const [found] = match(text, open.marker, open.marker.closing);
  // A line that ends with the text so far may go on.
  const mayGoOn = found && !isLast && found.to === text.length && !/[\n>]$/.test(text);
  return mayGoOn ? undefined : found;
}

function match(text: string, marker: Marker, pattern: RegExp): Found[] {
  const found = pattern.exec(text);
  if (!found) return [];
  const attributes = found.groups?.attributes ?? '';
  return [{ marker, attributes, from: found.index, to: found.index + found[0].length }];
}

/** From where on what has come may be half of a marker. */
function heldFrom(text: string, open: Block['open']): number {
  const patterns = open ? [open.marker.halfClosing] : MARKERS.map(({ half }) => half);
  const tail = Math.max(0, text.length - MAX_OPENING);
  const starts = patterns.map((pattern) => pattern.exec(text.slice(tail))?.index ?? text.length - tail);
  return Math.max(1, tail + Math.min(...starts));
}

function written(id: string, { open }: Block, delta: string): StreamPart[] {
  if (delta === '') return [];
  return [open ? { type: 'artifact-delta', id: open.id, delta } : { type: 'text-delta', id, delta }];
}

/** `identifier="a" type="text/html" title="Clock"`, in any order. The same identifier again is a new version. */
function describe(attributes: string, otherwise: string): Extract<ArtifactPart, { type: 'artifact-start' }> {
  const pairs = [...attributes.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  const fields = new Map(pairs.map(([, name, double, single]) => [name!, double ?? single ?? '']));
  const kind = fields.get('type') || (attributes === 'html' ? 'html' : 'code');
  return defined({
    type: 'artifact-start',
    id: fields.get('identifier') || fields.get('id') || otherwise,
    kind,
    title: fields.get('title') || undefined,
    language: fields.get('language') || fields.get('lang') || undefined,
  } as const);
}
