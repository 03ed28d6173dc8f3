import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { readHousePart } from '../parts/house-parts.js';
import { asId, asObject, asString, lookUp, type JsonObject } from '../parts/json.js';
import { isEndMark } from './generic-names.js';
import { usageParts } from './openai-usage.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { rareSigns } from './rare-signs.js';
import type { StreamPart } from '../stream-part.js';
import { typeIn } from './signs.js';

type Handler = (event: JsonObject) => StreamPart[];

/**
 * The events of Agno's agents and teams (https://docs.agno.com/agents/running-agents, `RunEvent` in `agno/run/agent.py`):
 * those of a team have its name in front. What members of a team say led to its answer, and is none of it.
 */
class AgnoReader implements ProtocolReader {
  finished = false;
  readonly #blocks = new BlockWriter();
  /** The run that was begun first, or that of the team: others are those of its members. */
  #run: string | undefined;
  #isTeam = false;
  #said = false;
  #thought = false;

  readonly #handlers: Record<string, Handler> = {
    RunStarted: ({ model }) => [{ type: 'start', ...(model ? { messageMetadata: { model } } : {}) }],
    RunContent: (event) => this.#readContent(event),
    RunResponseContent: (event) => this.#readContent(event),
    RunContentCompleted: () => [],
    ReasoningContentDelta: (event) => this.#think(event.reasoning_content),
    // Its steps say again what came in pieces.
    ReasoningStep: (event) => (this.#thought ? [] : this.#blocks.write('reasoning', textOf(event.reasoning_content))),
    ReasoningStarted: () => [],
    ReasoningCompleted: () => [],
    ToolCallStarted: ({ tool }) => [...this.#blocks.close(), callPart(asObject(tool) ?? {})],
    ToolCallCompleted: ({ tool }) => outcome(asObject(tool) ?? {}),
    ToolCallError: ({ tool, error }) => outcome({ ...asObject(tool), result: error, tool_call_error: true }),
    RunCompleted: (event) => this.#complete(event),
    RunPaused: () => this.#finish([{ type: 'finish', finishReason: 'tool-calls' }]),
    RunCancelled: ({ reason }) => this.#finish([{ type: 'abort', reason: textOf(reason) }]),
    RunError: ({ content }) => this.#finish([{ type: 'error', errorText: textOf(content) || 'The run failed.' }]),
  };

  read(event: WireEvent): StreamPart[] | undefined {
    const json = asObject(event.json) ?? {};
    const said = typeIn(json, 'event');
    const name = said.replace(/^Team/, '');
    const handle = lookUp(this.#handlers, name);
    if (handle && this.#isMembers(asId(json.run_id), name !== said)) return this.#readMember(name, json);
    if (handle) return handle(json);
    const error = readErrorPart(event);
    if (error) return this.#finish([error]);
    return isEndMark(event) ? [] : readHousePart(json);
  }

  end(): StreamPart[] {
    return this.#blocks.close();
  }

  /** What begins behind the end is another answer. */
  #isMembers(run: string | undefined, isTeam: boolean): boolean {
    if (run === undefined || run === this.#run) return false;
    const isAnswer = this.#run === undefined || (this.finished ? isTeam === this.#isTeam : isTeam && !this.#isTeam);
    if (!isAnswer) return true;
    this.finished = false;
    this.#run = run;
    this.#isTeam = isTeam;
    this.#said = this.#thought = false;
    return false;
  }

  #readMember(name: string, event: JsonObject): StreamPart[] {
    if (name.startsWith('ToolCall')) return this.#handlers[name]!(event);
    return name.endsWith('Content') ? this.#blocks.write('reasoning', textOf(event.content)) : [];
  }

  #readContent({ content, reasoning_content: thought }: JsonObject): StreamPart[] {
    const text = textOf(content);
    if (text !== '') this.#said = true;
    return [...this.#think(thought), ...this.#blocks.write('text', text)];
  }

  #think(thought: unknown): StreamPart[] {
    const text = textOf(thought);
    if (text !== '') this.#thought = true;
    return this.#blocks.write('reasoning', text);
  }

  /** It says all of it once more, or for the first time where nothing streamed. */
  #complete({ content, metrics }: JsonObject): StreamPart[] {
    const text = this.#said ? [] : this.#blocks.write('text', textOf(content));
    return [...text, ...this.#finish([...usageParts({ usage: metrics }), { type: 'finish', finishReason: 'stop' }])];
  }

  #finish(parts: StreamPart[]): StreamPart[] {
    this.finished = true;
    return [...this.#blocks.close(), ...parts];
  }
}

/** What was asked for in a shape is an object. */
function textOf(content: unknown): string {
  return asString(content) ?? (content ? JSON.stringify(content) : '');
}

function callPart({ tool_call_id: id, tool_name: name, tool_args: input }: JsonObject): StreamPart {
  const call = { toolCallId: asId(id) ?? '', toolName: asString(name) ?? '' };
  return { type: 'tool-input-available', ...call, input, providerExecuted: true };
}

function outcome(tool: JsonObject): StreamPart[] {
  const { tool_call_id: id, result, tool_call_error: hasFailed } = tool;
  const call = { toolCallId: asId(id) ?? '', providerExecuted: true };
  if (hasFailed === true) return [{ type: 'tool-output-error', ...call, errorText: textOf(result) }];
  return [{ type: 'tool-output-available', ...call, output: result }];
}

export const agno: Protocol = {
  ...rareSigns.agno,
  createReader: () => new AgnoReader(),
};
