import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asObject, asString, lookUp, type JsonObject } from '../parts/json.js';
import { usageParts } from './openai-usage.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { signs } from './signs.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';
import { requestsIn } from '../later-requests.js';

type Handler = (event: JsonObject) => StreamPart[];

/**
 * Mistral's Conversations (https://docs.mistral.ai/agents/agents_basics/#streaming-output): agents whose text, tools and
 * handoffs come as events named by their `type`. Tools that Mistral runs have no result on the wire but what they say of it.
 */
class ConversationsReader implements ProtocolReader {
  finished = false;
  #called = false;
  readonly #blocks = new BlockWriter();
  readonly #tools = new ToolInputs<string>();
  readonly #sources = new SourceList();

  readonly #handlers: Record<string, Handler> = {
    'conversation.response.started': () => [{ type: 'start' }],
    'message.output.delta': ({ content }) => asList(content).flatMap((piece) => this.#readContent(piece)),
    'tool.execution.started': (event) => this.#startTool(event, true),
    'tool.execution.delta': (event) => this.#append(event),
    'tool.execution.done': (event) => this.#finishTool(event),
    'agent.handoff.started': () => this.#blocks.close(),
    'agent.handoff.done': (event) => [{ type: 'data-agent-handoff', data: event }],
    'function.call.delta': (event) => this.#readFunction(event),
    'conversation.response.done': (event) => this.#finish(event),
  };

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') return [];
    const json = asObject(event.json);
    const type = asString(json?.type) ?? '';
    const handle = lookUp(this.#handlers, type);
    if (json && handle) return handle(json);
    const error = readErrorPart(type === 'conversation.response.error' ? { ...event, type: 'error' } : event);
    if (!error) return readHousePart(event.json);
    this.finished = true;
    return [...this.#close(), error];
  }

  end(): StreamPart[] {
    return this.#close();
  }

  #readContent(content: unknown): StreamPart[] {
    if (typeof content === 'string') return this.#blocks.write('text', content);
    const piece = asObject(content) ?? {};
    if (piece.type === 'thinking') {
      const thought = asList(piece.thinking).map((one) => asString(one) ?? asString(asObject(one)?.text) ?? '');
      return this.#blocks.write('reasoning', thought.join(''));
    }
    if (piece.type === 'tool_reference') return this.#sources.page(piece.url, piece.title);
    if (piece.type === 'tool_file') return [{ type: 'data-tool-file', data: piece }];
    if (piece.type === 'image_url') return readImage(piece);
    return this.#blocks.write('text', asString(piece.text) ?? '');
  }

  #startTool(event: JsonObject, providerExecuted: boolean): StreamPart[] {
    const key = asId(event.id) ?? '';
    const toolCallId = asId(event.tool_call_id) || key;
    const start = { toolCallId, toolName: asString(event.name) ?? '', ...(providerExecuted && { providerExecuted }) };
    return [...this.#blocks.close(), ...this.#tools.start(key, start), ...this.#append(event)];
  }

  #append(event: JsonObject): StreamPart[] {
    return this.#tools.append(asId(event.id) ?? '', asString(event.arguments) ?? '');
  }

  #finishTool({ id, info }: JsonObject): StreamPart[] {
    const toolCallId = asId(id) ?? '';
    const output: StreamPart = {
      type: 'tool-output-available',
      toolCallId,
      output: info ?? null,
      providerExecuted: true,
    };
    return [...this.#tools.finish(toolCallId), output];
  }

  #readFunction(event: JsonObject): StreamPart[] {
    this.#called = true;
    return this.#tools.has(asId(event.id) ?? '') ? this.#append(event) : this.#startTool(event, false);
  }

  #finish(event: JsonObject): StreamPart[] {
    this.finished = true;
    const finishReason = this.#called ? 'tool-calls' : 'stop';
    return [...this.#close(), ...usageParts(event), { type: 'finish', finishReason }];
  }

  #close(): StreamPart[] {
    return [...this.#blocks.close(), ...this.#tools.finishAll()];
  }
}

/** The address alone, or an object with it. */
function readImage({ image_url: image }: JsonObject): StreamPart[] {
  const url = asString(image) ?? asString(asObject(image)?.url);
  return url === undefined ? [] : [imagePart(url)];
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? asArray(value) : [value];
}

export const mistralConversations: Protocol = {
  ...signs.mistralConversations,
  createBody: requestsIn('mistral-conversations'),
  createReader: () => new ConversationsReader(),
};
