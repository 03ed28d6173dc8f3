import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asObject, asString, lookUp, type JsonObject } from '../parts/json.js';
import { isEndMark } from './generic-names.js';
import { llamaArtifact, nodesIn } from './llama-notes.js';
import { llamaEvent, rareSigns } from './rare-signs.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';

type Handler = (value: JsonObject) => StreamPart[];

/**
 * The events of LlamaIndex' workflows and agents, each in an envelope that names its class, as its servers stream them
 * (https://developers.llamaindex.ai/python/llamaagents/workflows/deployment/, `workflows-py`, `llama-deploy`). What an
 * agent said in pieces comes once more as its output, and again as the workflow's result.
 */
class LlamaIndexReader implements ProtocolReader {
  finished = false;
  readonly #blocks = new BlockWriter();
  readonly #sources = new SourceList();
  /** Calls that have been shown. */
  readonly #begun = new Set<string>();
  /** Something has been said since the last output. */
  #streams = false;
  #said = false;

  readonly #handlers: Record<string, Handler> = {
    AgentStream: ({ delta, thinking_delta: thought }) => [
      ...this.#blocks.write('reasoning', asString(thought) ?? ''),
      ...this.#say(asString(delta) ?? ''),
    ],
    AgentOutput: ({ response }) => this.#sayWhole(textOf(response)),
    ToolCall: (call) => this.#begin(call),
    ToolCallResult: (result) => [...this.#begin(result), outcome(result)],
    SourceNodesEvent: ({ nodes }) => nodesIn(nodes, this.#sources),
    ArtifactEvent: ({ data }) => [...this.#blocks.close(), ...llamaArtifact(data)],
    StopEvent: ({ result, ...rest }) => this.#finish(textOf(result ?? rest)),
    WorkflowCancelledEvent: () => this.#end([{ type: 'abort' }]),
    WorkflowTimedOutEvent: (event) => this.#fail(event, 'The workflow took too long.'),
    WorkflowFailedEvent: (event) => this.#fail(event, 'The workflow failed.'),
    // What goes to the model, and what begins it.
    AgentInput: () => [],
    AgentSetup: () => [],
    StartEvent: () => [],
  };

  read(event: WireEvent): StreamPart[] | undefined {
    const [names, value] = llamaEvent(asObject(event.json) ?? {}) ?? [[], {}];
    for (const name of names) {
      const handle = lookUp(this.#handlers, name);
      if (handle) return handle(value);
    }
    const error = readErrorPart(event);
    if (error) return this.#end([error]);
    return isEndMark(event) ? [] : readHousePart(event.json);
  }

  end(): StreamPart[] {
    return this.#blocks.close();
  }

  #say(text: string): StreamPart[] {
    if (text !== '') this.#streams = this.#said = true;
    return this.#blocks.write('text', text);
  }

  #sayWhole(text: string): StreamPart[] {
    const parts = this.#streams ? [] : this.#say(text);
    this.#streams = false;
    return [...parts, ...this.#blocks.close()];
  }

  #begin({ tool_id: id, tool_name: name, tool_kwargs: input }: JsonObject): StreamPart[] {
    const toolCallId = asId(id) ?? '';
    if (this.#begun.has(toolCallId)) return [];
    this.#begun.add(toolCallId);
    const call = { toolCallId, toolName: asString(name) ?? '', input, providerExecuted: true };
    return [...this.#blocks.close(), { type: 'tool-input-available', ...call }];
  }

  #finish(text: string): StreamPart[] {
    return this.#end([...(this.#said ? [] : this.#say(text)), ...this.#blocks.close(), FINISH]);
  }

  #fail({ exception_message: message, message: said = message }: JsonObject, otherwise: string): StreamPart[] {
    return this.#end([{ type: 'error', errorText: asString(said) || otherwise }]);
  }

  #end(parts: StreamPart[]): StreamPart[] {
    this.finished = true;
    return [...this.#blocks.close(), ...parts];
  }
}

const FINISH: StreamPart = { type: 'finish', finishReason: 'stop' };

/** A message's words, in blocks or as its content, wherever a result has it. */
function textOf(value: unknown): string {
  const { blocks, content, response, result = response, text = content } = asObject(value) ?? {};
  const said = asArray(blocks).map((block) => asString(asObject(block)?.text) ?? '');
  return asString(value) ?? (said.join('') || asString(text) || (result ? textOf(result) : ''));
}

function outcome({ tool_id: id, tool_output: output }: JsonObject): StreamPart {
  const call = { toolCallId: asId(id) ?? '', providerExecuted: true };
  const { is_error: hasFailed, raw_output: raw } = asObject(output) ?? {};
  const text = textOf(output);
  if (hasFailed === true) return { type: 'tool-output-error', ...call, errorText: text };
  return { type: 'tool-output-available', ...call, output: text || (raw ?? output) };
}

export const llamaIndex: Protocol = {
  ...rareSigns.llamaIndex,
  createReader: () => new LlamaIndexReader(),
};
