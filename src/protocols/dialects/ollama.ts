import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, defined, parseJson, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { signs } from './signs.js';
import type { FinishReason, StreamPart } from '../stream-part.js';
import { requestsIn } from '../later-requests.js';

/**
 * Ollama's own API (https://github.com/ollama/ollama/blob/main/docs/api.md): one JSON object on each line, the last one
 * with `done: true`. `/api/chat` answers in `message`, `/api/generate` in `response`. Tool calls come whole.
 */
class OllamaReader implements ProtocolReader {
  finished = false;
  #started = false;
  #calls = 0;
  readonly #blocks = new BlockWriter();

  read(event: WireEvent): StreamPart[] | undefined {
    const error = readErrorPart(event);
    if (error) {
      this.finished = true;
      return [...this.#blocks.close(), error];
    }
    const line = asObject(event.json);
    return typeof line?.done === 'boolean' ? this.#readLine(line) : readHousePart(event.json);
  }

  end(): StreamPart[] {
    return this.#blocks.close();
  }

  #readLine(line: JsonObject): StreamPart[] {
    const message = asObject(line.message) ?? {};
    return [
      ...this.#start(line),
      ...this.#blocks.write('reasoning', asString(message.thinking) ?? asString(line.thinking) ?? ''),
      ...this.#blocks.write('text', asString(message.content) ?? asString(line.response) ?? ''),
      ...[...asArray(message.images), line.image].flatMap(readImage),
      ...asArray(message.tool_calls).flatMap((call) => this.#readCall(asObject(call) ?? {})),
      ...(line.done === true ? this.#finish(line) : []),
    ];
  }

  #start({ model }: JsonObject): StreamPart[] {
    if (this.#started) return [];
    this.#started = true;
    return [model ? { type: 'start', messageMetadata: { model } } : { type: 'start' }];
  }

  #readCall(call: JsonObject): StreamPart[] {
    const { name, arguments: input } = asObject(call.function) ?? {};
    this.#calls += 1;
    const common = { toolCallId: asId(call.id) || `call-${this.#calls}`, toolName: asString(name) ?? '' };
    return [...this.#blocks.close(), { type: 'tool-input-available', ...common, input: whole(input) }];
  }

  #finish(line: JsonObject): StreamPart[] {
    this.finished = true;
    const raw = asString(line.done_reason);
    const finish: StreamPart = defined({ type: 'finish', finishReason: this.#reason(raw), rawFinishReason: raw });
    return [...this.#blocks.close(), ...readUsage(line), finish];
  }

  /** Older versions give no reason. `load` and `unload` answer a request that asked for nothing. */
  #reason(raw: string | undefined): FinishReason {
    if (raw === 'length') return 'length';
    if (raw !== undefined && raw !== 'stop') return 'other';
    return this.#calls > 0 ? 'tool-calls' : 'stop';
  }
}

/** An object; servers that are made after it also send its text. */
function whole(input: unknown): unknown {
  return (typeof input === 'string' ? parseJson(input) : undefined) ?? input ?? {};
}

function readImage(value: unknown): StreamPart[] {
  const data = asString(value);
  if (data === undefined) return [];
  return [data.startsWith('data:') ? imagePart(data) : imagePart(`data:image/png;base64,${data}`)];
}

function readUsage({ prompt_eval_count: input, eval_count: output }: JsonObject): StreamPart[] {
  const usage = defined({ inputTokens: asNumber(input), outputTokens: asNumber(output) });
  return Object.keys(usage).length > 0 ? [{ type: 'usage', ...usage }] : [];
}

export const ollama: Protocol = {
  ...signs.ollama,
  createBody: requestsIn('ollama'),
  createReader: () => new OllamaReader(),
};

/** The same answers, to a question alone. */
export const ollamaGenerate: Protocol = {
  ...signs.ollamaGenerate,
  createBody: requestsIn('ollama-generate'),
  createReader: () => new OllamaReader(),
};
