import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asObject, asString, defined, lookUp, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { rareSigns, resultIn } from './rare-signs.js';
import type { FinishReason, StreamPart } from '../stream-part.js';
import { requestsIn } from '../later-requests.js';

/** How a task ends, by its state without `TASK_STATE_`. Other states go on. */
const ENDS: Record<string, FinishReason> = {
  completed: 'stop',
  failed: 'error',
  rejected: 'content-filter',
  canceled: 'interrupted',
  'input-required': 'interrupted',
  'auth-required': 'interrupted',
};

/**
 * Agent2Agent (https://a2a-protocol.org/latest/specification/): JSON-RPC responses with a message, a task, or a change of
 * its status or of one of its artifacts. What a task says while it works is reasoning, what it says at its end the answer.
 * Version 1 wraps each result in an object by its kind (`{artifactUpdate: {…}}`), and over plain HTTP leaves JSON-RPC away.
 * Its drafts call the parts of a message its content.
 */
class A2aReader implements ProtocolReader {
  finished = false;
  /** An agent that waits for the reader to sign in goes on in the same stream. */
  othersFollow = false;
  #reason: FinishReason | undefined;
  readonly #blocks = new BlockWriter();
  /** Artifacts that have been announced. */
  readonly #artifacts = new Set<string>();

  read(event: WireEvent): StreamPart[] | undefined {
    const [kind, result] = resultIn(asObject(event.json)) ?? [];
    switch (kind) {
      case 'message':
        return this.#readMessage(result ?? {});
      case 'task':
        return this.#readTask(result ?? {});
      case 'status-update':
        return this.#readStatus(result ?? {});
      case 'artifact-update':
        return this.#readArtifact(result ?? {});
    }
    const error = readErrorPart(event);
    if (!error) return readHousePart(event.json);
    this.finished = true;
    return [...this.#blocks.close(), error];
  }

  end(): StreamPart[] {
    if (!this.finished || this.#reason === undefined) return this.#blocks.close();
    return [...this.#blocks.close(), { type: 'finish', finishReason: this.#reason }];
  }

  /** A message is a whole answer, with no task behind it. */
  #readMessage(message: JsonObject): StreamPart[] {
    this.#end('stop');
    return this.#say('text', message);
  }

  #readTask(task: JsonObject): StreamPart[] {
    const artifacts = asArray(task.artifacts).flatMap((artifact) => this.#readArtifact({ artifact, lastChunk: true }));
    return [...artifacts, ...this.#readStatus(task)];
  }

  #readStatus({ status, final }: JsonObject): StreamPart[] {
    const { state, message } = asObject(status) ?? {};
    const name = stateOf(state);
    const reason = lookUp(ENDS, name);
    this.othersFollow = name === 'auth-required' && final !== true;
    if (reason !== undefined || final === true) this.#end(reason ?? 'unknown');
    const said = this.#say(reason === undefined ? 'reasoning' : 'text', asObject(message) ?? {});
    return [{ type: 'data-task', id: 'task', data: { state: name } }, ...said];
  }

  #say(kind: 'text' | 'reasoning', { role, parts, content }: JsonObject): StreamPart[] {
    if (/user$/i.test(asString(role) ?? '')) return [];
    return asArray(parts ?? content).flatMap((part) => this.#readPart(kind, asObject(part) ?? {}));
  }

  #readPart(kind: 'text' | 'reasoning', part: JsonObject): StreamPart[] {
    if (typeof part.text === 'string') return this.#blocks.write(kind, part.text);
    if (part.data !== undefined) return readHousePart(part.data) ?? [{ type: 'data-part', data: part.data }];
    return fileIn(part);
  }

  /** `append` goes on with what is there; without it the artifact begins anew. */
  #readArtifact({ artifact, append, lastChunk }: JsonObject): StreamPart[] {
    const { artifactId, name, parts } = asObject(artifact) ?? {};
    const id = asId(artifactId) ?? 'artifact';
    const pieces = asArray(parts).map((part) => asObject(part) ?? {});
    const text = pieces.map((part) => asString(part.text) ?? '').join('');
    const others = pieces.filter((part) => typeof part.text !== 'string');
    const isText = others.length < pieces.length;
    const begun = isText && !(append === true && this.#artifacts.has(id)) ? this.#begin(id, asString(name)) : [];
    const written: StreamPart[] = text === '' ? [] : [{ type: 'artifact-delta', id, delta: text }];
    const ended: StreamPart[] = lastChunk === true && this.#artifacts.delete(id) ? [{ type: 'artifact-end', id }] : [];
    return [...begun, ...written, ...others.flatMap((part) => this.#readPart('text', part)), ...ended];
  }

  #begin(id: string, title: string | undefined): StreamPart[] {
    this.#artifacts.add(id);
    return [...this.#blocks.close(), defined({ type: 'artifact-start', id, kind: 'markdown', title } as const)];
  }

  #end(reason: FinishReason): void {
    this.finished = true;
    this.#reason = reason;
  }
}

/** `TASK_STATE_INPUT_REQUIRED` is `input-required`. */
function stateOf(state: unknown): string {
  const name = (asString(state) ?? '').replace(/^TASK_STATE_/, '').toLowerCase();
  return name.replaceAll('_', '-').replace('cancelled', 'canceled');
}

function fileIn(part: JsonObject): StreamPart[] {
  const file = asObject(part.file) ?? part;
  const mediaType = asString(file.mimeType ?? file.mediaType) || 'application/octet-stream';
  const bytes = asString(file.bytes) ?? asString(file.fileWithBytes) ?? asString(file.raw);
  const url =
    bytes === undefined ? asString(file.uri ?? file.fileWithUri ?? file.url) : `data:${mediaType};base64,${bytes}`;
  if (url === undefined) return [];
  if (mediaType.startsWith('image/')) return [imagePart(url, { mediaType })];
  return [defined({ type: 'file', url, mediaType, filename: asString(file.filename ?? file.name) } as const)];
}

export const a2a: Protocol = {
  ...rareSigns.a2a,
  createBody: requestsIn('a2a'),
  createReader: () => new A2aReader(),
};
