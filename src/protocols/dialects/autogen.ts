import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, lookUp, parseJson, type JsonObject } from '../parts/json.js';
import { isEndMark } from './generic-names.js';
import { autoGenResult, rareSigns } from './rare-signs.js';
import { typeIn } from './signs.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import type { StreamPart } from '../stream-part.js';

type Handler = (event: JsonObject) => StreamPart[];

/**
 * The messages and events of AutoGen's agents and teams, as `run_stream` gives them
 * (https://microsoft.github.io/autogen/stable/reference/python/autogen_agentchat.messages.html). What came in pieces comes
 * once more as a message; the first of all is what the reader has asked.
 */
class AutoGenReader implements ProtocolReader {
  finished = false;
  readonly #blocks = new BlockWriter();
  /** The words of the message that is being written, by whom. */
  #source: string | undefined;
  #words = '';
  /** Something has been said. */
  #said = false;
  #input = 0;
  #output = 0;

  readonly #handlers: Record<string, Handler> = {
    ModelClientStreamingChunkEvent: ({ source, content }) => this.#write(asString(source), asString(content) ?? ''),
    TextMessage: (event) => this.#readMessage(event),
    MultiModalMessage: (event) => this.#readMessage(event),
    StructuredMessage: (event) => this.#readMessage(event),
    ToolCallSummaryMessage: (event) => this.#readMessage(event),
    ThoughtEvent: ({ content }) => this.#think(asString(content) ?? ''),
    ToolCallRequestEvent: ({ content }) => [...this.#close(), ...asArray(content).map(callPart)],
    ToolCallExecutionEvent: ({ content }) => asArray(content).map(outcome),
    UserInputRequestedEvent: () => this.#pause(),
    // What agents tell one another: who goes on, that it is enough, what is remembered.
    HandoffMessage: () => [],
    StopMessage: () => [],
    SelectSpeakerEvent: () => [],
    MemoryQueryEvent: () => [],
  };

  read(event: WireEvent): StreamPart[] | undefined {
    const json = asObject(event.json) ?? {};
    const result = autoGenResult(json);
    if (result) return this.#finish(result);
    const handle = lookUp(this.#handlers, typeIn(json).replace(/\[.*$/s, ''));
    if (handle) return [...this.#countTokens(json), ...handle(json)];
    const error = readErrorPart(event);
    if (error) this.finished = true;
    if (error) return [...this.#close(), error];
    return isEndMark(event) ? [] : readHousePart(json);
  }

  end(): StreamPart[] {
    return this.#close();
  }

  #write(source: string | undefined, text: string): StreamPart[] {
    const before = source === this.#source ? [] : this.#close();
    this.#source = source;
    this.#words += text;
    this.#said = true;
    this.finished = false;
    return [...before, ...this.#blocks.write('text', text)];
  }

  /** A message may be the last one: what is in the middle of one has no end. */
  #readMessage({ source, content }: JsonObject): StreamPart[] {
    if (source === 'user') return [];
    this.finished = true;
    const isSaid = source === this.#source && this.#words !== '' && content === this.#words;
    if (isSaid) return this.#close();
    this.#said = true;
    return [...this.#close(), ...this.#readContent(content), ...this.#close()];
  }

  #readContent(content: unknown): StreamPart[] {
    if (Array.isArray(content)) return content.flatMap((part) => this.#readContent(part));
    const { data } = asObject(content) ?? {};
    if (typeof data === 'string') return [...this.#close(), imagePart(`data:image/png;base64,${data}`)];
    return this.#blocks.write('text', asString(content) ?? JSON.stringify(content ?? ''));
  }

  /** What is said in front of a call is told as a thought, once it is whole. */
  #think(thought: string): StreamPart[] {
    const isSaid = this.#words.includes(thought);
    return [...this.#close(), ...(isSaid ? [] : this.#blocks.write('reasoning', thought))];
  }

  #close(): StreamPart[] {
    this.#words = '';
    this.#source = undefined;
    return this.#blocks.close();
  }

  /** The run waits for what the reader says next. */
  #pause(): StreamPart[] {
    this.finished = true;
    return [...this.#close(), { type: 'finish', finishReason: 'stop' }];
  }

  /** It has all messages in it once more. */
  #finish(messages: JsonObject[]): StreamPart[] {
    const last = this.#said ? undefined : messages.findLast(({ source }) => source !== 'user');
    const text = last ? this.#readMessage(last) : [];
    return [...text, ...this.#pause()];
  }

  #countTokens({ models_usage: usage }: JsonObject): StreamPart[] {
    const { prompt_tokens: input, completion_tokens: output } = asObject(usage) ?? {};
    if (!input && !output) return [];
    this.#input += asNumber(input) ?? 0;
    this.#output += asNumber(output) ?? 0;
    return [{ type: 'usage', inputTokens: this.#input, outputTokens: this.#output }];
  }
}

function callPart(value: unknown): StreamPart {
  const { id, name, arguments: text } = asObject(value) ?? {};
  const call = { toolCallId: asId(id) ?? '', toolName: asString(name) ?? '', providerExecuted: true };
  return { type: 'tool-input-available', ...call, input: parseJson(asString(text) ?? '') ?? text };
}

function outcome(value: unknown): StreamPart {
  const { call_id: id, content, is_error: hasFailed } = asObject(value) ?? {};
  const call = { toolCallId: asId(id) ?? '', providerExecuted: true };
  if (hasFailed === true) return { type: 'tool-output-error', ...call, errorText: asString(content) ?? '' };
  return { type: 'tool-output-available', ...call, output: content };
}

export const autoGen: Protocol = {
  ...rareSigns.autoGen,
  createReader: () => new AutoGenReader(),
};
