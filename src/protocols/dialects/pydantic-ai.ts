import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, lookUp, type JsonObject } from '../parts/json.js';
import { isEndMark } from './generic-names.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { rareSigns } from './rare-signs.js';
import type { StreamPart } from '../stream-part.js';
import { typeIn } from './signs.js';
import { ToolInputs } from '../parts/tool-inputs.js';

type Handler = (event: JsonObject) => StreamPart[];

/**
 * Pydantic AI's own events, as `run_stream_events` gives them (https://ai.pydantic.dev/api/messages/, `AgentStreamEvent`):
 * parts of the model's response, told by their place in it, and what its tools gave. The agent runs these by itself.
 */
class PydanticAiReader implements ProtocolReader {
  finished = false;
  #said = false;
  readonly #blocks = new BlockWriter();
  readonly #tools = new ToolInputs<string>();
  /** Ids of calls, by the place of their parts. */
  readonly #places = new Map<number, string>();

  readonly #handlers: Record<string, Handler> = {
    part_start: ({ index, part }) => this.#start(asNumber(index) ?? 0, asObject(part) ?? {}),
    part_delta: ({ index, delta }) => this.#append(asNumber(index) ?? 0, asObject(delta) ?? {}),
    part_end: () => [],
    final_result: () => [],
    function_tool_call: ({ part }) => this.#call(asObject(part) ?? {}),
    output_tool_call: ({ part }) => this.#call(asObject(part) ?? {}),
    builtin_tool_call: () => [],
    function_tool_result: ({ part, result }) => outcome(asObject(result) ?? asObject(part) ?? {}),
    output_tool_result: ({ part, result }) => outcome(asObject(result) ?? asObject(part) ?? {}),
    builtin_tool_result: () => [],
    agent_run_result: ({ result }) => this.#finish(asObject(result) ?? {}),
  };

  read(event: WireEvent): StreamPart[] | undefined {
    const json = asObject(event.json) ?? {};
    const handle = lookUp(this.#handlers, typeIn(json, 'event_kind'));
    if (handle) return handle(json);
    const error = readErrorPart(event);
    if (error) this.finished = true;
    if (error) return [...this.#close(), error];
    return isEndMark(event) ? this.#finish({}) : readHousePart(json);
  }

  end(): StreamPart[] {
    return this.#close();
  }

  #start(index: number, part: JsonObject): StreamPart[] {
    const kind = asString(part.part_kind) ?? '';
    if (kind === 'text') return this.#write('text', part.content);
    if (kind === 'thinking') return this.#write('reasoning', part.content);
    if (kind.endsWith('tool-return')) return outcome(part);
    if (!kind.endsWith('tool-call')) return [];
    const toolCallId = idOf(part);
    this.#places.set(index, toolCallId);
    const start = { toolCallId, toolName: asString(part.tool_name) ?? '', providerExecuted: true };
    return [...this.#blocks.close(), ...this.#tools.start(toolCallId, start), ...this.#argue(toolCallId, part.args)];
  }

  #append(index: number, delta: JsonObject): StreamPart[] {
    const kind = asString(delta.part_delta_kind);
    if (kind !== 'tool_call') return this.#write(kind === 'thinking' ? 'reasoning' : 'text', delta.content_delta);
    const id = this.#places.get(index) ?? '';
    this.#tools.name(id, asString(delta.tool_name_delta) ?? '');
    return this.#argue(id, delta.args_delta);
  }

  /** Text of JSON, or the object itself. */
  #argue(id: string, args: unknown): StreamPart[] {
    return typeof args === 'string' ? this.#tools.append(id, args) : args ? this.#tools.finish(id, args) : [];
  }

  /** A call is complete where it is made. */
  #call(part: JsonObject): StreamPart[] {
    return this.#tools.finish(idOf(part), part.args ?? {});
  }

  #write(kind: 'text' | 'reasoning', content: unknown): StreamPart[] {
    const text = asString(content) ?? '';
    if (kind === 'text' && text !== '') this.#said = true;
    return this.#blocks.write(kind, text);
  }

  /** What comes out of it is said once more, or for the first time where that is the outcome of a tool. */
  #finish({ output }: JsonObject): StreamPart[] {
    if (this.finished) return [];
    this.finished = true;
    const text = asString(output) ?? (output ? JSON.stringify(output) : '');
    const said = this.#said ? [] : this.#write('text', text);
    return [...said, ...this.#close(), { type: 'finish', finishReason: 'stop' }];
  }

  #close(): StreamPart[] {
    return [...this.#blocks.close(), ...this.#tools.finishAll()];
  }
}

function idOf({ tool_call_id: id }: JsonObject): string {
  return asId(id) ?? '';
}

/** What a tool gave, or why it is to be called again: words, or a list of what is wrong. */
function outcome(part: JsonObject): StreamPart[] {
  const call = { toolCallId: idOf(part), providerExecuted: true };
  const { content, part_kind: kind } = part;
  if (kind !== 'retry-prompt') return [{ type: 'tool-output-available', ...call, output: content }];
  const wrong = asArray(content).map((one) => asString(asObject(one)?.msg) ?? '');
  return [{ type: 'tool-output-error', ...call, errorText: asString(content) ?? wrong.join('\n') }];
}

export const pydanticAi: Protocol = {
  ...rareSigns.pydanticAi,
  createReader: () => new PydanticAiReader(),
};
