import { BlockWriter } from '../parts/block-writer.js';
import { cohereFinish, cohereUsage } from './cohere.js';
import { readErrorPart } from '../parts/error-part.js';
import { readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asObject, asString, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { signs } from './signs.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';
import { requestsIn } from '../later-requests.js';

/** Cohere's chat, version 1 (https://docs.cohere.com/v1/reference/chat-stream): lines of JSON told apart by `event_type`. */
class CohereV1Reader implements ProtocolReader {
  finished = false;
  #calls = 0;
  #written = '';
  readonly #blocks = new BlockWriter();
  readonly #sources = new SourceList();

  read(event: WireEvent): StreamPart[] | undefined {
    const line = asObject(event.json) ?? {};
    switch (line.event_type) {
      case 'stream-start':
        return [{ type: 'start' }];
      case 'text-generation':
        return this.#write(asString(line.text) ?? '');
      case 'citation-generation':
      case 'search-queries-generation':
      case 'tool-calls-chunk':
      case 'debug':
        return [];
      case 'search-results':
        return asArray(line.documents).flatMap((source) => this.#readDocument(asObject(source) ?? {}));
      case 'tool-calls-generation':
        return asArray(line.tool_calls).flatMap((call) => this.#readCall(asObject(call) ?? {}));
      case 'stream-end':
        return this.#finish(line);
    }
    const error = readErrorPart(event);
    if (!error) return readHousePart(event.json);
    this.finished = true;
    return [...this.#blocks.close(), error];
  }

  end(): StreamPart[] {
    return this.#blocks.close();
  }

  #write(text: string): StreamPart[] {
    this.#written += text;
    return this.#blocks.write('text', text);
  }

  #readDocument({ url, title, id }: JsonObject): StreamPart[] {
    return url ? this.#sources.page(url, title) : this.#sources.document(id, { title });
  }

  #readCall({ name, parameters }: JsonObject): StreamPart[] {
    this.#calls += 1;
    const call = { toolCallId: `call-${this.#calls}`, toolName: asString(name) ?? '', input: parameters ?? {} };
    return [...this.#blocks.close(), { type: 'tool-input-available', ...call }];
  }

  /** The end says the whole text again. */
  #finish({ finish_reason: reason, response }: JsonObject): StreamPart[] {
    this.finished = true;
    const { text, meta } = asObject(response) ?? {};
    const whole = asString(text) ?? '';
    const rest = whole.startsWith(this.#written) ? whole.slice(this.#written.length) : '';
    const end = [...cohereUsage(asObject(meta)), ...cohereFinish(asId(reason), undefined)];
    return [...this.#write(rest), ...this.#blocks.close(), ...end];
  }
}

export const cohereV1: Protocol = {
  ...signs.cohereV1,
  createBody: requestsIn('cohere-v1'),
  createReader: () => new CohereV1Reader(),
};
