import { anthropic } from './anthropic.js';
import { readErrorPart } from '../parts/error-part.js';
import { finishPart } from '../parts/finish-reason.js';
import { readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asObject, asString, lookUp, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { readAs } from '../parts/respelled.js';
import { rareSigns } from './rare-signs.js';
import type { StreamPart } from '../stream-part.js';

type Handler = (event: JsonObject) => StreamPart[];

/** How a run ends that has not come to its own end. */
const ENDS: Record<string, string> = { error_max_turns: 'max_tokens', error_max_budget_usd: 'max_tokens' };

/**
 * The messages of Anthropic's Agent SDK, and of `claude -p --output-format stream-json`
 * (https://docs.claude.com/en/api/agent-sdk/typescript#sdkmessage): each message of the model's as it is complete, what
 * its tools gave as one of the user's, and, where they are asked for, the events of which a message is made. What an
 * agent's own agents say comes again in the result of the call that began them.
 */
class ClaudeAgentReader implements ProtocolReader {
  finished = false;
  #stopReason: string | undefined;
  #said = false;
  #blocks = 0;
  /** Messages that have come by their events. */
  readonly #streamed = new Set<string>();
  readonly #messages = anthropic.createReader();

  readonly #handlers: Record<string, Handler> = {
    system: (event) => (event.subtype === 'init' ? this.#read([{ type: 'message_start', message: event }]) : []),
    stream_event: ({ event }) => this.#readEvent(asObject(event) ?? {}),
    assistant: ({ message }) => this.#readMessage(asObject(message) ?? {}),
    user: ({ message }) => this.#readBlocks(asArray(asObject(message)?.content).filter(isResult)),
    result: (event) => this.#finish(event),
  };

  read(event: WireEvent): StreamPart[] | undefined {
    const json = asObject(event.json) ?? {};
    const handle = lookUp(this.#handlers, asString(json.type) ?? '');
    if (handle) return asString(json.parent_tool_use_id) ? [] : handle(json);
    const error = readErrorPart(event);
    if (!error) return event.data === '[DONE]' ? [] : readHousePart(json);
    this.finished = true;
    return [...this.end(), error];
  }

  end(): StreamPart[] {
    return this.#messages.end();
  }

  /** Each message has an end of its own; that of the run is its result. */
  #read(events: JsonObject[]): StreamPart[] {
    return readAs(this.#messages, events).filter(({ type }) => type !== 'finish');
  }

  #readEvent(event: JsonObject): StreamPart[] {
    const message = asObject(event.message);
    if (message) this.#streamed.add(asId(message.id) ?? '');
    this.#stopReason = asString(asObject(event.delta)?.stop_reason) ?? this.#stopReason;
    this.#said = true;
    return this.#read([respelled(event)]);
  }

  #readMessage({ id, content, stop_reason: reason }: JsonObject): StreamPart[] {
    this.#stopReason = asString(reason) ?? this.#stopReason;
    return this.#streamed.has(asId(id) ?? '') ? [] : this.#readBlocks(asArray(content));
  }

  #readBlocks(blocks: unknown[]): StreamPart[] {
    const events = blocks.flatMap((content_block) => {
      this.#blocks -= 1;
      const start = respelled({ type: 'content_block_start', index: this.#blocks, content_block });
      return [start, { type: 'content_block_stop', index: this.#blocks }];
    });
    this.#said ||= blocks.length > 0;
    return this.#read([...events, { type: 'message_stop' }]);
  }

  #finish({ subtype, is_error, result, errors, usage, stop_reason: reason }: JsonObject): StreamPart[] {
    this.finished = true;
    const failed = is_error === true || subtype !== 'success';
    const text = asString(result) ?? '';
    const said = this.#said || failed ? [] : this.#readBlocks([{ type: 'text', text }]);
    const counts = this.#read([{ type: 'message_delta', usage }]);
    const parts = [...said, ...this.end(), ...counts];
    const early = lookUp(ENDS, asString(subtype) ?? '');
    if (failed && early === undefined) {
      const error = text || asArray(errors).filter(isText).join('\n');
      return [...parts, { type: 'error', errorText: error || `The agent failed (${asString(subtype)}).` }];
    }
    return [...parts, finishPart(early ?? asString(reason) ?? this.#stopReason ?? 'end_turn')];
  }
}

/** The agent runs its tools by itself. */
function respelled(event: JsonObject): JsonObject {
  const block = asObject(event.content_block);
  return block?.type === 'tool_use' ? { ...event, content_block: { ...block, type: 'server_tool_use' } } : event;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isResult(block: unknown): boolean {
  return asObject(block)?.type === 'tool_result';
}

export const claudeAgent: Protocol = {
  ...rareSigns.claudeAgent,
  createReader: () => new ClaudeAgentReader(),
};
