import { asArray, asObject, asString, defined, type JsonObject } from '../parts/json.js';
import { JsonFields, type FieldPiece } from './json-fields.js';
import { placesOf } from './later-patterns.js';
import type { Artifact } from '../../message.js';
import type { ArtifactEdit, ArtifactPart, StreamPart, ToolPart } from '../stream-part.js';

/** Tools whose arguments are a document: OpenAI's canvas, and the names that others give such a tool. */
const CREATES =
  /^(canmore[._-])?create_?textdoc$|^(create|write|update|rewrite)[_-]?(artifact|document|canvas)$|^artifacts?$|^render_?html$/i;
/** Of these, the ones that give a document that is there another content. */
const REWRITES = /^(update|rewrite)[_-]?(artifact|document|canvas)$/i;
/** Canvas: passages by their patterns. */
const UPDATES = /^(canmore[._-])?update_?textdoc$/i;

const CONTENT = new Set(['content', 'code', 'html']);

interface Call {
  toolName: string;
  fields: JsonFields;
  /** The text fields beside the content, as far as they are complete. */
  described: Map<string, string>;
  /** Set when the content has begun. */
  artifact: Start | undefined;
}

type Start = Extract<ArtifactPart, { type: 'artifact-start' }>;

/** A document of this answer, or of one before it. */
interface Known {
  start: Start;
  content: string;
  /** It stood before this answer, which has not changed it yet. */
  isEarlier?: boolean;
}

/**
 * Shows what a model writes into the arguments of a tool as an artifact, while they stream. The call itself stays as it
 * is. An artifact's id is the one that the arguments give, or the call's. What changes a document may change one that
 * stood before this answer.
 */
export class ToolArtifacts {
  readonly #calls = new Map<string, Call>();
  /** By id, the one that was written last at the end. */
  readonly #known = new Map<string, Known>();

  constructor(earlier: readonly Artifact[] = []) {
    for (const { id, kind, title, language, content } of earlier) {
      const start: Start = defined({ type: 'artifact-start', id, kind, title, language });
      this.#keep(start, content, true);
    }
  }

  /** The part, and behind it what it means for artifacts. */
  route(part: StreamPart): StreamPart[] | undefined {
    if (!part.type.startsWith('tool-input-')) return undefined;
    return [part, ...this.#read(part)];
  }

  #read(part: StreamPart): ArtifactPart[] {
    switch (part.type) {
      case 'tool-input-start':
        return this.#start(part);
      case 'tool-input-delta':
        return this.#append(part.toolCallId, part.inputTextDelta);
      case 'tool-input-available':
        return this.#complete(part);
      case 'tool-input-error':
        return this.#fail(part.toolCallId);
      default:
        return [];
    }
  }

  #start({ toolCallId, toolName }: { toolCallId: string; toolName: string }): ArtifactPart[] {
    if (CREATES.test(toolName)) {
      const call = { toolName, fields: new JsonFields(), described: new Map<string, string>(), artifact: undefined };
      this.#calls.set(toolCallId, call);
    }
    return [];
  }

  #append(toolCallId: string, text: string): ArtifactPart[] {
    const call = this.#calls.get(toolCallId);
    return call ? call.fields.feed(text).flatMap((piece) => this.#take(toolCallId, call, piece)) : [];
  }

  #take(toolCallId: string, call: Call, piece: FieldPiece): ArtifactPart[] {
    const isContent = CONTENT.has(piece.field);
    if ('text' in piece && !isContent) call.described.set(piece.field, piece.text);
    if ('text' in piece || !isContent) return [];
    const begun = call.artifact ? [] : [this.#open(toolCallId, call, piece.field)];
    return [...begun, { type: 'artifact-delta', id: call.artifact!.id, delta: piece.delta }];
  }

  #open(toolCallId: string, call: Call, field: string): Start {
    const { described, toolName } = call;
    const rewrites = REWRITES.test(toolName) || described.get('command') === 'rewrite';
    const before = rewrites ? this.#latest(described) : undefined;
    const id = described.get('id') || described.get('identifier') || before?.start.id || toolCallId;
    const fields = describe(described, kindFor(toolName, field));
    const inherited = before && inheritedBy(before.start, described);
    call.artifact = { type: 'artifact-start', id, ...fields, ...inherited };
    return call.artifact;
  }

  /** The document that the arguments name, or the last one. */
  #latest(described: ReadonlyMap<string, string>): Known | undefined {
    const id = described.get('id') || described.get('identifier');
    return id ? this.#known.get(id) : [...this.#known.values()].at(-1);
  }

  #keep(start: Start, content: string, isEarlier = false): void {
    this.#known.delete(start.id);
    this.#known.set(start.id, { start, content, isEarlier });
  }

  /** The whole of the arguments: it says what the pieces said, or comes without them. */
  #complete({ toolCallId, toolName, input }: Extract<ToolPart, { type: 'tool-input-available' }>): ArtifactPart[] {
    const streamed = this.#calls.get(toolCallId)?.artifact;
    this.#calls.delete(toolCallId);
    if (UPDATES.test(toolName)) return this.#update(input);
    if (!CREATES.test(toolName)) return [];
    const described = new Map(stringsOf(input));
    const [field = '', content] = [...described].find(([name]) => CONTENT.has(name)) ?? [];
    if (streamed) {
      this.#keep(streamed, content ?? '');
      return [{ type: 'artifact-end', id: streamed.id }];
    }
    if (described.get('command') === 'update') return this.#patch(described);
    return content === undefined ? [] : this.#whole(toolCallId, toolName, described, field);
  }

  #whole(toolCallId: string, toolName: string, described: Map<string, string>, field: string): ArtifactPart[] {
    const start = this.#open(toolCallId, { toolName, fields: new JsonFields(), described, artifact: undefined }, field);
    const content = described.get(field)!;
    this.#keep(start, content);
    return [start, { type: 'artifact-delta', id: start.id, delta: content }, { type: 'artifact-end', id: start.id }];
  }

  /** Claude's `{command: 'update', id, old_str, new_str}`. */
  #patch(described: ReadonlyMap<string, string>): ArtifactPart[] {
    const find = described.get('old_str');
    const replace = described.get('new_str');
    const id = described.get('id') ?? this.#latest(described)?.start.id;
    if (!find || replace === undefined || !id) return [];
    const known = this.#known.get(id);
    if (known)
      this.#keep(
        known.start,
        known.content.replace(find, () => replace),
      );
    return patched(id, [{ find, replace }], known);
  }

  #update(input: unknown): ArtifactPart[] {
    const updates = asArray(asObject(input)?.updates).map((update) => asObject(update) ?? {});
    return updates.flatMap((update) => {
      const known = [...this.#known.values()].at(-1);
      return known ? this.#change(known, update) : [];
    });
  }

  /** `{pattern, multiple, replacement}`, where the pattern `.*` means all of it: that is a new version. */
  #change(known: Known, { pattern, multiple, replacement }: JsonObject): ArtifactPart[] {
    const replace = asString(replacement);
    const find = asString(pattern);
    if (replace === undefined || find === undefined) return [];
    const { start, content } = known;
    const { id } = start;
    if (find === '.*') {
      this.#keep(start, replace);
      return [start, { type: 'artifact-delta', id, delta: replace }, { type: 'artifact-end', id }];
    }
    const found = placesOf(find, content);
    // From the end, so that what comes before stays where it is.
    const places = multiple === true ? found : found.slice(0, 1);
    const edits = places.map(({ from, to }) => ({ from, to, replace })).toReversed();
    if (edits.length === 0) return [];
    this.#keep(
      start,
      edits.reduce((text, { from, to }) => text.slice(0, from) + replace + text.slice(to), content),
    );
    return patched(id, edits, known);
  }

  #fail(toolCallId: string): ArtifactPart[] {
    const artifact = this.#calls.get(toolCallId)?.artifact;
    this.#calls.delete(toolCallId);
    return artifact ? [{ type: 'artifact-end', id: artifact.id, status: 'error' }] : [];
  }
}

/** The first change of an earlier document makes a version of it in this answer, which is complete. */
function patched(id: string, edits: ArtifactEdit[], known: Known | undefined): ArtifactPart[] {
  const patch: ArtifactPart = { type: 'artifact-patch', id, edits };
  return known?.isEarlier ? [patch, { type: 'artifact-end', id }] : [patch];
}

function stringsOf(input: unknown): [string, string][] {
  const fields = Object.entries(asObject(input) ?? {});
  return fields.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

/** What a document was, for what a new version of it does not say. */
function inheritedBy(before: Partial<Start>, described: ReadonlyMap<string, string>): Partial<Start> {
  const { kind, title, language } = before;
  const says = (...names: string[]) => names.some((name) => described.get(name));
  return {
    ...(kind !== undefined && !says('kind', 'type') && { kind }),
    ...(title !== undefined && !says('title', 'name') && { title }),
    ...(language !== undefined && !says('language') && { language }),
  };
}

/** What a document is that does not say so itself. */
function kindFor(toolName: string, field: string): string {
  if (field === 'html' || /html|^artifact$/i.test(toolName)) return 'html';
  return /document|textdoc/i.test(toolName) && field === 'content' ? 'markdown' : 'code';
}

/** `code/python` is OpenAI's way to name both. */
function describe(fields: Map<string, string>, otherwise: string): Omit<Start, 'type' | 'id'> {
  const named = fields.get('kind') || fields.get('type') || otherwise;
  const [, language] = /^code\/(.+)$/.exec(named) ?? [];
  return defined({
    kind: language === undefined ? named : 'code',
    title: fields.get('title') || fields.get('name'),
    language: fields.get('language') || language,
  });
}
