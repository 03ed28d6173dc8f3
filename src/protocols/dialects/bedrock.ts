import { anthropic } from './anthropic.js';
import { readErrorPart } from '../parts/error-part.js';
import { readHousePart } from '../parts/house-parts.js';
import { asArray, asNumber, asObject, asString, defined, lookUp, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { readAs } from '../parts/respelled.js';
import { converseEvent, rareSigns } from './rare-signs.js';
import type { StreamPart } from '../stream-part.js';

type Handler = (payload: JsonObject) => StreamPart[];

/** What a tool of Amazon's has given, while it comes. */
interface ToolResult {
  head: JsonObject;
  content: unknown[];
}

/**
 * Amazon Bedrock's ConverseStream (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html),
 * as a gateway or a function hands on what the SDK gives it: one object for each event, by its name, and that of Strands'
 * agents, which stands in one more. What it says are Anthropic's messages in other words; only calls begin with an event.
 */
class BedrockReader implements ProtocolReader {
  finished = false;
  /** Blocks that have begun. */
  readonly #begun = new Set<number>();
  readonly #results = new Map<number, ToolResult>();
  readonly #messages = anthropic.createReader();

  readonly #handlers: Record<string, Handler> = {
    messageStart: () => this.#start(),
    contentBlockStart: ({ start, contentBlockIndex }) => this.#begin(indexOf(contentBlockIndex), asObject(start) ?? {}),
    contentBlockDelta: ({ delta, contentBlockIndex }) => this.#write(indexOf(contentBlockIndex), asObject(delta) ?? {}),
    contentBlockStop: ({ contentBlockIndex }) => this.#stopBlock(indexOf(contentBlockIndex)),
    messageStop: ({ stopReason }) => this.#stop(stopReason),
    metadata: ({ usage }) => countTokens(asObject(usage)),
  };

  read(event: WireEvent): StreamPart[] | undefined {
    const [name = '', payload = {}] = converseEvent(event) ?? [];
    const handle = lookUp(this.#handlers, name);
    if (handle) return handle(payload);
    const error = readErrorPart(name === '' ? event : { ...event, type: 'error', json: { ...payload, code: name } });
    if (error) return this.#fail(error);
    return this.#readResults(asObject(event.json)) ?? readHousePart(event.json);
  }

  end(): StreamPart[] {
    return this.#messages.end();
  }

  #start(): StreamPart[] {
    this.finished = false;
    this.#begun.clear();
    return readAs(this.#messages, [{ type: 'message_start' }]);
  }

  #begin(index: number, { toolUse, toolResult }: JsonObject): StreamPart[] {
    const call = asObject(toolUse);
    const head = asObject(toolResult);
    if (head) this.#results.set(index, { head, content: [] });
    return call
      ? this.#open(index, { type: asString(call.type) ?? 'tool_use', id: call.toolUseId, name: call.name })
      : [];
  }

  #open(index: number, content_block: JsonObject): StreamPart[] {
    if (this.#begun.has(index)) return [];
    this.#begun.add(index);
    return readAs(this.#messages, [{ type: 'content_block_start', index, content_block }]);
  }

  #write(index: number, { text, reasoningContent, toolUse, toolResult, citation }: JsonObject): StreamPart[] {
    const thought = asObject(reasoningContent);
    const input = asString(asObject(toolUse)?.input);
    this.#results.get(index)?.content.push(...asArray(toolResult));
    const before = input === undefined ? this.#open(index, { type: thought ? 'thinking' : 'text' }) : [];
    const deltas = [
      { type: 'text_delta', text },
      { type: 'thinking_delta', thinking: thought?.text },
      { type: 'signature_delta', signature: thought?.signature },
      { type: 'input_json_delta', partial_json: input },
      { type: 'citations_delta', citation: citation && respellCitation(asObject(citation) ?? {}) },
    ];
    const said = deltas.filter((delta) => Object.values(delta)[1] !== undefined);
    return [
      ...before,
      ...readAs(
        this.#messages,
        said.map((delta) => ({ type: 'content_block_delta', index, delta })),
      ),
    ];
  }

  #stopBlock(index: number): StreamPart[] {
    const result = this.#results.get(index);
    this.#results.delete(index);
    if (result) return this.#answer({ ...result.head, content: result.content });
    return readAs(this.#messages, [{ type: 'content_block_stop', index }]);
  }

  #answer({ toolUseId, status, content }: JsonObject): StreamPart[] {
    const block = { type: 'tool_result', tool_use_id: toolUseId, is_error: status === 'error', content };
    return readAs(this.#messages, [{ type: 'content_block_start', index: -1, content_block: block }]);
  }

  /** Strands' agents say what their tools gave as a message of the user's. */
  #readResults(json: JsonObject | undefined): StreamPart[] | undefined {
    const content = asArray(asObject(json?.message)?.content).map((block) => asObject(asObject(block)?.toolResult));
    const results = content.filter((result) => result !== undefined);
    return results.length > 0 ? results.flatMap((result) => this.#answer(result)) : undefined;
  }

  #stop(stopReason: unknown): StreamPart[] {
    this.finished = true;
    const stop = { type: 'message_delta', delta: { stop_reason: stopReason } };
    return readAs(this.#messages, [stop, { type: 'message_stop' }]);
  }

  #fail(error: StreamPart): StreamPart[] {
    this.finished = true;
    return [...this.#messages.end(), error];
  }
}

function indexOf(value: unknown): number {
  return asNumber(value) ?? 0;
}

/** A page of the web, or a document that came with the question. */
function respellCitation({ title, source, location }: JsonObject): JsonObject {
  const [type, place] = Object.entries(asObject(location) ?? {})[0] ?? [];
  const { url, documentIndex } = asObject(place) ?? {};
  return { type, url, title: title ?? source, document_title: title ?? source, document_index: documentIndex };
}

function countTokens(usage: JsonObject = {}): StreamPart[] {
  const counted = {
    inputTokens: asNumber(usage.inputTokens),
    outputTokens: asNumber(usage.outputTokens),
    totalTokens: asNumber(usage.totalTokens),
    cachedInputTokens: asNumber(usage.cacheReadInputTokens),
  };
  return [defined({ type: 'usage', ...counted } as const)];
}

export const bedrock: Protocol = {
  ...rareSigns.bedrock,
  createReader: () => new BedrockReader(),
};
