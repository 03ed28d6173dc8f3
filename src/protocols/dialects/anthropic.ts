import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart, TOOL_SAID_NOTHING } from '../parts/error-part.js';
import { finishPart } from '../parts/finish-reason.js';
import { readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, defined, lookUp, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart, Usage } from '../stream-part.js';
import { ToolInputs } from '../parts/tool-inputs.js';
import { requestsIn } from '../later-requests.js';

type Handler = (event: JsonObject) => StreamPart[] | undefined;

/**
 * Anthropic's Messages stream (https://docs.anthropic.com/en/api/messages-streaming). Events are told apart by their
 * data's `type`, because some proxies drop the `event:` line. Neighbouring text blocks are joined: an answer with
 * citations comes as dozens of them, and a list or a table would break between two.
 */
class AnthropicReader implements ProtocolReader {
  finished = false;
  #stopReason: string | undefined;
  #usage: Usage = {};
  /** What the messages before this one have cost. */
  #earlier: Usage = {};
  /** The blocks that are open, by their index on the wire. */
  readonly #blocks = new Map<number, JsonObject>();
  readonly #signatures = new Map<number, string>();
  /** The thought that is being written: some proxies lose its end. */
  #thinking: number | undefined;
  readonly #writer = new BlockWriter();
  readonly #tools = new ToolInputs<number>();
  readonly #sources = new SourceList();

  readonly #handlers: Record<string, Handler> = {
    message_start: (event) => this.#startMessage(asObject(event.message) ?? {}),
    content_block_start: (event) => this.#startBlock(indexOf(event), asObject(event.content_block) ?? {}),
    content_block_delta: (event) => this.#readDelta(indexOf(event), asObject(event.delta) ?? {}),
    content_block_stop: (event) => this.#stopBlock(indexOf(event)),
    message_delta: (event) => this.#readMessageDelta(event),
    message_stop: () => this.#stopMessage(),
    ping: () => [],
  };

  read(event: WireEvent): StreamPart[] | undefined {
    const json = asObject(event.json);
    const handle = lookUp(this.#handlers, typeOf(event));
    if (json && handle) return handle(json);
    if (event.data === '[DONE]') return [];
    const error = readErrorPart(event);
    if (error) this.finished = true;
    return error ? [error] : readHousePart(json);
  }

  end(): StreamPart[] {
    return [...this.#close(), ...this.#tools.finishAll()];
  }

  #startMessage(message: JsonObject): StreamPart[] {
    // A server that runs the tools itself sends one message after another, and pays for each.
    if (this.finished) this.#earlier = this.#usage;
    this.finished = false;
    const model = asString(message.model);
    this.#stopReason = asString(message.stop_reason) ?? this.#stopReason;
    return [
      defined({ type: 'start', messageMetadata: model && { model } } as const),
      ...this.#countTokens(message.usage),
      ...asArray(message.content).flatMap((block, index) => this.#readWhole(-1 - index, asObject(block) ?? {})),
    ];
  }

  /** What an answer begins with that goes on after its tools. Those that stream count from 0 on. */
  #readWhole(index: number, block: JsonObject): StreamPart[] {
    return [...this.#startBlock(index, block), ...this.#stopBlock(index)];
  }

  #startBlock(index: number, block: JsonObject): StreamPart[] {
    this.#blocks.set(index, block);
    const type = asString(block.type) ?? '';
    if (type === 'text') return this.#startText(block);
    const before = this.#close();
    if (type === 'thinking') return [...before, ...this.#startThinking(index, block)];
    if (type === 'compaction') return before;
    if (type === 'redacted_thinking') return [...before, ...this.#redacted(block)];
    if (type.endsWith('tool_use')) return [...before, ...this.#startTool(index, block)];
    if (type.endsWith('tool_result')) return [...before, toolResult(block)];
    return [...before, { type: 'custom', kind: `anthropic.${type}`, content: block }];
  }

  #startText({ text, citations }: JsonObject): StreamPart[] {
    const sources = asArray(citations).flatMap((citation) => this.#cite(asObject(citation) ?? {}));
    return [...this.#write(asString(text) ?? ''), ...sources];
  }

  #write(text: string): StreamPart[] {
    const before = this.#thinking === undefined || text === '' ? [] : this.#close();
    return before.concat(this.#writer.write('text', text));
  }

  #startThinking(index: number, { thinking, signature }: JsonObject): StreamPart[] {
    this.#thinking = index;
    if (typeof signature === 'string' && signature !== '') this.#signatures.set(index, signature);
    return this.#writer.write('reasoning', asString(thinking) ?? '');
  }

  #redacted({ data }: JsonObject): StreamPart[] {
    return [...this.#writer.open('reasoning'), ...this.#writer.close({ anthropic: { redactedData: data } })];
  }

  #startTool(index: number, { id, name, input: _, ...block }: JsonObject): StreamPart[] {
    const start = { toolCallId: asId(id) ?? `call-${index + 1}`, toolName: asString(name) ?? '' };
    const hosted = { ...start, providerExecuted: true, providerMetadata: { anthropic: { block } } };
    return this.#tools.start(index, block.type === 'tool_use' ? start : hosted);
  }

  #readDelta(index: number, delta: JsonObject): StreamPart[] | undefined {
    switch (delta.type) {
      case 'text_delta':
        return this.#write(asString(delta.text) ?? '');
      case 'thinking_delta':
        return this.#writer.write('reasoning', asString(delta.thinking) ?? '');
      case 'signature_delta':
        this.#signatures.set(index, asString(delta.signature) ?? '');
        return [];
      case 'input_json_delta':
        return this.#tools.append(index, asString(delta.partial_json) ?? '');
      case 'citations_delta':
        return this.#cite(asObject(delta.citation) ?? {});
      case 'compaction_delta':
        return this.#compact(index, delta);
      default:
        return undefined;
    }
  }

  /** What takes the place of the conversation so far is no text of the answer. */
  #compact(index: number, { type: _, content, ...rest }: JsonObject): StreamPart[] {
    const block = this.#blocks.get(index) ?? { type: 'compaction' };
    const text = (asString(block.content) ?? '') + (asString(content) ?? '');
    this.#blocks.set(index, { ...block, ...rest, content: text });
    return [];
  }

  /** A page of the web, or a document that came with the question. */
  #cite({ type, url, title, document_title: documentTitle, document_index: index, source }: JsonObject): StreamPart[] {
    const providerMetadata = { anthropic: { type } };
    if (url) return this.#sources.page(url, title, providerMetadata);
    const mediaType = type === 'page_location' ? 'application/pdf' : undefined;
    const named = { title: asString(documentTitle) ?? title ?? source, mediaType };
    return this.#sources.document(asId(index), named, providerMetadata);
  }

  #stopBlock(index: number): StreamPart[] {
    const block = this.#blocks.get(index);
    this.#blocks.delete(index);
    if (this.#tools.has(index)) return this.#tools.finish(index, block?.input ?? {});
    if (block?.type === 'compaction') return [{ type: 'custom', kind: 'anthropic.compaction', content: block }];
    // A text block stays open: the next one may go on where it ends.
    return block?.type === 'thinking' ? this.#closeThinking(index) : [];
  }

  #close(): StreamPart[] {
    return this.#thinking === undefined ? this.#writer.close() : this.#closeThinking(this.#thinking);
  }

  #closeThinking(index: number): StreamPart[] {
    this.#thinking = undefined;
    const signature = this.#signatures.get(index);
    this.#signatures.delete(index);
    if (signature === undefined) return this.#writer.close();
    // Thinking may be withheld, with nothing but its signature to send back.
    return [...this.#writer.open('reasoning'), ...this.#writer.close({ anthropic: { signature } })];
  }

  #readMessageDelta(event: JsonObject): StreamPart[] {
    const { stop_reason: reason, container } = asObject(event.delta) ?? {};
    this.#stopReason = asString(reason) ?? this.#stopReason;
    const { id } = asObject(container) ?? {};
    // Where the provider runs its tools: what goes on after a pause goes on there.
    const kept = id ? [{ type: 'message-metadata', messageMetadata: { container: id } } as const] : [];
    return [...kept, ...this.#countTokens(event.usage)];
  }

  #stopMessage(): StreamPart[] {
    this.finished = true;
    return [...this.#close(), ...this.#tools.finishAll(), finishPart(this.#stopReason)];
  }

  /** Counts are cumulative within a message: the latest one stands. */
  #countTokens(value: unknown): StreamPart[] {
    const usage = asObject(value);
    if (!usage) return [];
    const counted: Usage = {
      inputTokens: asNumber(usage.input_tokens),
      outputTokens: asNumber(usage.output_tokens),
      reasoningTokens: asNumber(asObject(usage.output_tokens_details)?.thinking_tokens),
      cachedInputTokens: asNumber(usage.cache_read_input_tokens),
    };
    for (const [name, count] of Object.entries(defined(counted)) as [keyof Usage, number][])
      this.#usage = { ...this.#usage, [name]: count + (this.#earlier[name] ?? 0) };
    return [{ type: 'usage', ...this.#usage }];
  }
}

/** Nearly always in the data, too. */
function typeOf({ type, json }: WireEvent): string {
  return asString(asObject(json)?.type) ?? type;
}

function indexOf(event: JsonObject): number {
  return asNumber(event.index) ?? 0;
}

function toolResult({ tool_use_id: id, content, ...block }: JsonObject): StreamPart {
  const code = asString(asObject(content)?.error_code);
  const common = { toolCallId: asId(id) ?? '', providerExecuted: true };
  // What a provider's own tool has given goes back to it as it came.
  const described = (whole: JsonObject) =>
    block.type === 'tool_result' ? common : { ...common, providerMetadata: { anthropic: { block: whole } } };
  if (block.is_error !== true && code === undefined)
    return { type: 'tool-output-available', ...described(block), output: content };
  const errorText = code ?? textOfResult(content);
  return { type: 'tool-output-error', ...described({ ...block, content }), errorText };
}

/** What went wrong, as text or as a list of blocks of text. */
function textOfResult(content: unknown): string {
  const blocks = asArray(content).map((block) => asString(asObject(block)?.text) ?? '');
  return asString(content) ?? (blocks.join('\n') || TOOL_SAID_NOTHING);
}

/** Without `ping`, which others send too. */
const TYPES = /^(message_(start|delta|stop)|content_block_(start|delta|stop))$/;

export const anthropic: Protocol = {
  name: 'anthropic',
  matchesEvent: (event) => asObject(event.json) !== undefined && TYPES.test(typeOf(event)),
  matchesUrl: (url) => /\/v1\/messages\/?(\?|$)/.test(url),
  createBody: requestsIn('anthropic'),
  // The provider's own tools take longer than one response may.
  isPaused: ({ metadata }) => metadata?.rawFinishReason === 'pause_turn',
  createReader: () => new AnthropicReader(),
};
