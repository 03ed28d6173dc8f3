import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { readHousePart } from '../parts/house-parts.js';
import { asId, asObject, asString, lookUp, type JsonObject } from '../parts/json.js';
import { usageParts } from './openai-usage.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { rareSigns } from './rare-signs.js';
import type { StreamPart } from '../stream-part.js';

type Handler = (event: JsonObject) => StreamPart[];

/** Items that say something by themselves, and are no call of a tool. */
const SAID = new Map<string, 'text' | 'reasoning'>([
  ['agent_message', 'text'],
  ['assistant_message', 'text'],
  ['reasoning', 'reasoning'],
]);

/** What a call's item says of what was asked; the rest of it is what came of that. */
const ASKED = new Set(['command', 'changes', 'server', 'tool', 'arguments', 'query', 'prompt']);

/**
 * The events of OpenAI's Codex, of its SDK and of `codex exec --json`
 * (https://developers.openai.com/codex/noninteractive): items that begin, change and are complete. A message comes whole.
 */
class CodexReader implements ProtocolReader {
  finished = false;
  readonly #blocks = new BlockWriter();
  /** Calls that have been shown. */
  readonly #begun = new Set<string>();

  readonly #handlers: Record<string, Handler> = {
    'thread.started': () => [{ type: 'start' }],
    'turn.started': () => {
      this.finished = false;
      return [];
    },
    'item.started': ({ item }) => this.#readItem(asObject(item) ?? {}, false),
    'item.updated': ({ item }) => this.#readItem(asObject(item) ?? {}, false),
    'item.completed': ({ item }) => this.#readItem(asObject(item) ?? {}, true),
    'turn.completed': (event) => this.#finish(event),
  };

  read(event: WireEvent): StreamPart[] | undefined {
    const json = asObject(event.json) ?? {};
    const type = asString(json.type) ?? '';
    const handle = lookUp(this.#handlers, type);
    if (handle) return handle(json);
    const error = readErrorPart(event);
    if (!error) return event.data === '[DONE]' ? [] : readHousePart(json);
    // What it tries again is an error, too, until the turn has failed.
    if (type === 'error' && asString(json.message)?.startsWith('Reconnecting')) return [];
    this.finished = true;
    return [...this.#blocks.close(), error];
  }

  end(): StreamPart[] {
    return this.#blocks.close();
  }

  #readItem(item: JsonObject, isDone: boolean): StreamPart[] {
    const type = asString(item.type) ?? asString(item.item_type) ?? '';
    const kind = SAID.get(type);
    if (kind) return isDone ? [...this.#blocks.write(kind, asString(item.text) ?? ''), ...this.#blocks.close()] : [];
    if (type === 'todo_list') return [{ type: 'data-todo-list', id: asId(item.id) ?? type, data: item.items }];
    return type === 'error' ? [] : this.#readCall(type, item, isDone);
  }

  #readCall(type: string, item: JsonObject, isDone: boolean): StreamPart[] {
    const toolCallId = asId(item.id) ?? type;
    const call = { toolCallId, providerExecuted: true };
    const entries = Object.entries(item).filter(([key]) => !/^(id|type|item_type)$/.test(key));
    const input = Object.fromEntries(entries.filter(([key]) => ASKED.has(key)));
    const begun: StreamPart = { type: 'tool-input-available', ...call, toolName: type, input };
    const before = this.#begun.has(toolCallId) && !isDone ? [] : [...this.#blocks.close(), begun];
    this.#begun.add(toolCallId);
    if (!isDone) return before;
    const failed = asString(asObject(item.error)?.message);
    if (failed !== undefined) return [...before, { type: 'tool-output-error', ...call, errorText: failed }];
    const output = Object.fromEntries(entries.filter(([key]) => !ASKED.has(key)));
    return [...before, { type: 'tool-output-available', ...call, output }];
  }

  /** It counts its thoughts in a field of its own. */
  #finish({ usage }: JsonObject): StreamPart[] {
    const { reasoning_output_tokens: reasoning, cached_input_tokens: cached, ...counts } = asObject(usage) ?? {};
    const details = {
      output_tokens_details: { reasoning_tokens: reasoning },
      input_tokens_details: { cached_tokens: cached },
    };
    return this.#end(usageParts({ usage: { ...counts, ...details } }));
  }

  #end(before: StreamPart[]): StreamPart[] {
    this.finished = true;
    return [...this.#blocks.close(), ...before, { type: 'finish', finishReason: 'stop' }];
  }
}

export const codex: Protocol = {
  ...rareSigns.codex,
  createReader: () => new CodexReader(),
};
