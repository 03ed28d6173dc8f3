import { readErrorPart } from '../parts/error-part.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, parseJson, type JsonObject } from '../parts/json.js';
import { KeyedBlocks } from '../parts/keyed-blocks.js';
import { usageParts } from './openai-usage.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { rareSigns, threadIn } from './rare-signs.js';
import { SourceList } from '../parts/source-list.js';
import type { FinishReason, StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';

/** How a run ends, by its status. Others go on. */
const ENDS = new Map<string, FinishReason>([
  ['completed', 'stop'],
  ['requires_action', 'tool-calls'],
  ['incomplete', 'length'],
  ['cancelled', 'interrupted'],
  ['expired', 'error'],
  ['failed', 'error'],
]);

/**
 * OpenAI's Assistants, and the agents of Azure that speak alike
 * (https://platform.openai.com/docs/api-reference/assistants-streaming/events): messages and steps of a run, as they grow
 * and once more as a whole. Events are told apart by what is in them, because some servers drop the `event:` line.
 */
class AssistantsReader implements ProtocolReader {
  finished = false;
  readonly #blocks = new KeyedBlocks();
  readonly #tools = new ToolInputs<string>();
  /** Messages and calls that are complete. */
  readonly #done = new Set<string>();
  readonly #sources = new SourceList();

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') return [];
    const object = threadIn(event.json);
    switch (object.object) {
      case 'thread.message.delta':
        return this.#readContent(object, asObject(object.delta)?.content);
      case 'thread.message':
        return this.#readMessage(object);
      case 'thread.run.step.delta':
        return this.#readCalls(object, asObject(asObject(object.delta)?.step_details), false);
      case 'thread.run.step':
        return this.#readCalls(object, asObject(object.step_details), object.status === 'completed');
      case 'thread.run':
        return this.#readRun(object);
      case 'thread':
        return [];
    }
    const error = readErrorPart(event);
    if (error) this.finished = true;
    return error ? [...this.end(), error] : readHousePart(object);
  }

  end(): StreamPart[] {
    return [...this.#blocks.closeAll(), ...this.#tools.finishAll()];
  }

  /** A message that is complete says all of it again. */
  #readMessage(message: JsonObject): StreamPart[] {
    if (message.role !== 'assistant' || !/^(completed|incomplete)$/.test(asString(message.status) ?? '')) return [];
    const id = asId(message.id) ?? '';
    const parts = this.#done.has(id) ? [] : this.#readContent(message, message.content, true);
    this.#done.add(id);
    return [...parts, ...this.#blocks.closeAll()];
  }

  #readContent({ id }: JsonObject, content: unknown, isWhole = false): StreamPart[] {
    return asArray(content).flatMap((value, place) => {
      const piece = asObject(value) ?? {};
      const key = `${asId(id)}/${asNumber(piece.index) ?? place}`;
      const notes = asArray(asObject(piece.text)?.annotations);
      const parts = this.#say(key, asString(asObject(piece.text)?.value) ?? asString(piece.refusal) ?? '', isWhole);
      return parts.concat(
        notes.flatMap((annotation) => this.#cite(asObject(annotation) ?? {})),
        readPicture(asObject(piece.image_url) ?? {}),
      );
    });
  }

  #say(key: string, text: string, isWhole: boolean): StreamPart[] {
    return isWhole ? this.#blocks.complete('text', key, text) : this.#blocks.write('text', key, text);
  }

  #cite(annotation: JsonObject): StreamPart[] {
    const page = asObject(annotation.url_citation);
    if (page) return this.#sources.page(page.url, page.title);
    const { file_id: id } = asObject(annotation.file_citation ?? annotation.file_path) ?? {};
    return this.#sources.document(id, { filename: annotation.text });
  }

  #readCalls({ id }: JsonObject, details: JsonObject | undefined, isDone: boolean): StreamPart[] {
    return asArray(details?.tool_calls).flatMap((value, place) => {
      const call = asObject(value) ?? {};
      return this.#readCall(`${asId(id)}/${asNumber(call.index) ?? place}`, call, isDone);
    });
  }

  #readCall(key: string, call: JsonObject, isDone: boolean): StreamPart[] {
    if (this.#done.has(key)) return [];
    const type = asString(call.type) ?? 'function';
    const inner = asObject(call[type]) ?? {};
    const begun = this.#tools.has(key) ? [] : this.#begin(key, type, call.id, inner);
    const text = asString(inner.arguments) ?? '';
    const written = isDone ? text.slice(this.#tools.get(key)?.text.length ?? 0) : text;
    const parts = [...begun, ...this.#tools.append(key, written)];
    return isDone ? [...parts, ...this.#finishCall(key, type, inner)] : parts;
  }

  #begin(key: string, type: string, id: unknown, { name }: JsonObject): StreamPart[] {
    const hosted = type !== 'function' && { providerExecuted: true };
    const start = { toolCallId: asId(id) || key, toolName: asString(name) ?? type, ...hosted };
    return [...this.#blocks.closeAll(), ...this.#tools.start(key, start)];
  }

  /** Code is written as it is; what stands in an object of its own comes with the whole. */
  #finishCall(key: string, type: string, { input, outputs, output, results }: JsonObject): StreamPart[] {
    const toolCallId = this.#tools.get(key)?.start.toolCallId ?? key;
    this.#done.add(key);
    this.#done.add(toolCallId);
    const asked = this.#tools.finish(key, typeof input === 'string' ? { input } : {});
    const given = type === 'function' ? output : (outputs ?? output ?? results ?? null);
    if (given === undefined || (given === null && type === 'function')) return asked;
    const shown = typeof given === 'string' ? (parseJson(given) ?? given) : given;
    return [...asked, { type: 'tool-output-available', toolCallId, output: shown }];
  }

  #readRun(run: JsonObject): StreamPart[] {
    const status = asString(run.status) ?? '';
    const finishReason = ENDS.get(status);
    if (finishReason === undefined) {
      this.finished = false;
      return [];
    }
    this.finished = true;
    const required = asObject(asObject(run.required_action)?.submit_tool_outputs);
    const calls = asArray(required?.tool_calls).flatMap((call) => this.#require(asObject(call) ?? {}));
    const error = run.last_error
      ? readErrorPart({ type: 'error', data: '', lastEventId: '', json: run.last_error })
      : undefined;
    const finish: StreamPart = { type: 'finish', finishReason, rawFinishReason: status };
    return [...calls, ...this.end(), ...usageParts(run), ...(error ? [error] : []), finish];
  }

  /** A run that waits for a result may name its calls here alone. */
  #require(call: JsonObject): StreamPart[] {
    const toolCallId = asId(call.id) ?? '';
    return this.#tools.holds(toolCallId) || this.#done.has(toolCallId) ? [] : this.#readCall(toolCallId, call, true);
  }
}

function readPicture({ url }: JsonObject): StreamPart[] {
  return typeof url === 'string' ? [imagePart(url)] : [];
}

export const openaiAssistants: Protocol = {
  ...rareSigns.openaiAssistants,
  createReader: () => new AssistantsReader(),
};
