import { asArray, asObject, asString, defined, type JsonObject } from '../json.js';
import { JsonFields, type FieldPiece } from '../json-fields.js';
import type { ArtifactPart, StreamPart, ToolPart } from '../stream-part.js';

/** Tools whose arguments are a document: OpenAI's canvas, and the names that others give such a tool. */
const CREATES =
  /^(canmore[._-])?create_?textdoc$|^(create|write)[_-]?(artifact|document|canvas)$|^(create_)?artifact$|^render_?html$/i;
const UPDATES = /^(canmore[._-])?update_?textdoc$/i;

const CONTENT = new Set(['content', 'code', 'html']);

/** A pattern that means itself. Others are regular expressions of a model's, which are not run. */
const LITERAL = /^[^\\^$.|?*+()[\]{}]+$/;

interface Call {
  toolName: string;
  fields: JsonFields;
  /** The text fields beside the content, as far as they are complete. */
  described: Map<string, string>;
  /** Set when the content has begun. */
  artifact: Start | undefined;
}

type Start = Extract<ArtifactPart, { type: 'artifact-start' }>;

/**
 * Shows what a model writes into the arguments of a tool as an artifact, while they stream. The call itself stays as it
 * is. An artifact's id is the one that the arguments give, or the call's.
 */
export class ToolArtifacts {
  readonly #calls = new Map<string, Call>();
  #last: Start | undefined;

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
    const id = described.get('id') || described.get('identifier') || toolCallId;
    call.artifact = { type: 'artifact-start', id, ...describe(described, kindFor(toolName, field)) };
    this.#last = call.artifact;
    return call.artifact;
  }

  /** The whole of the arguments: it says what the pieces said, or comes without them. */
  #complete({ toolCallId, toolName, input }: Extract<ToolPart, { type: 'tool-input-available' }>): ArtifactPart[] {
    const streamed = this.#calls.get(toolCallId)?.artifact;
    this.#calls.delete(toolCallId);
    if (UPDATES.test(toolName)) return this.#update(input);
    if (streamed) return [{ type: 'artifact-end', id: streamed.id }];
    return CREATES.test(toolName) ? this.#whole(toolCallId, toolName, new Map(stringsOf(input))) : [];
  }

  #whole(toolCallId: string, toolName: string, described: Map<string, string>): ArtifactPart[] {
    const [field, delta] = [...described].find(([name]) => CONTENT.has(name)) ?? [];
    if (field === undefined || delta === undefined) return [];
    const start = this.#open(toolCallId, { toolName, fields: new JsonFields(), described, artifact: undefined }, field);
    return [start, { type: 'artifact-delta', id: start.id, delta }, { type: 'artifact-end', id: start.id }];
  }

  #update(input: unknown): ArtifactPart[] {
    const last = this.#last;
    if (!last) return [];
    return asArray(asObject(input)?.updates).flatMap((update) => changeOf(last, asObject(update) ?? {}));
  }

  #fail(toolCallId: string): ArtifactPart[] {
    const artifact = this.#calls.get(toolCallId)?.artifact;
    this.#calls.delete(toolCallId);
    return artifact ? [{ type: 'artifact-end', id: artifact.id, status: 'error' }] : [];
  }
}

/** `{pattern, replacement}`, where the pattern `.*` means all of it: that is a new version. */
function changeOf(last: Start, { pattern, replacement }: JsonObject): ArtifactPart[] {
  const text = asString(replacement);
  const find = asString(pattern);
  if (text === undefined || find === undefined) return [];
  const { id } = last;
  if (find === '.*') return [last, { type: 'artifact-delta', id, delta: text }, { type: 'artifact-end', id }];
  return LITERAL.test(find) ? [{ type: 'artifact-patch', id, edits: [{ find, replace: text }] }] : [];
}

function stringsOf(input: unknown): [string, string][] {
  const fields = Object.entries(asObject(input) ?? {});
  return fields.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
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
