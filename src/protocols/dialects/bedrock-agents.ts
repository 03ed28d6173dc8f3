import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, type JsonObject } from '../parts/json.js';
import { bedrockAgentEvent, converseEvent, rareSigns } from './rare-signs.js';
import { isEndMark } from './generic-names.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';

/**
 * What Amazon Bedrock's agents answer, as a gateway hands on what the SDK gives it
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_ResponseStream.html): chunks of bytes, and
 * traces of what led to them. There is no end mark: any chunk may be the last.
 */
class BedrockAgentReader implements ProtocolReader {
  finished = false;
  readonly #blocks = new BlockWriter();
  readonly #sources = new SourceList();
  /** A chunk may end within a letter. */
  readonly #decoder = new TextDecoder();
  /** The call that a trace has told of last: what came of it names it no more. */
  #call = '';
  #calls = 0;
  #hasReturned = false;

  read(event: WireEvent): StreamPart[] | undefined {
    const { chunk, trace, returnControl } = bedrockAgentEvent(event.json) ?? {};
    if (chunk) return this.#readChunk(asObject(chunk) ?? {});
    if (trace) return this.#readTrace(asObject(asObject(trace)?.trace) ?? asObject(trace) ?? {});
    if (returnControl) return this.#readReturn(asObject(returnControl) ?? {});
    const error = readErrorPart(asFailure(event));
    if (!error) return isEndMark(event) ? [] : readHousePart(event.json);
    this.finished = true;
    return [...this.#blocks.close(), error];
  }

  end(): StreamPart[] {
    const rest = this.#blocks.write('text', this.#decoder.decode());
    const finishReason = this.#hasReturned ? 'tool-calls' : 'stop';
    return [...rest, ...this.#blocks.close(), ...(this.finished ? [{ type: 'finish', finishReason } as const] : [])];
  }

  #readChunk({ bytes, attribution }: JsonObject): StreamPart[] {
    this.finished = true;
    const citations = asArray(asObject(attribution)?.citations);
    const found = citations.flatMap((citation) => asArray(asObject(citation)?.retrievedReferences));
    return [...this.#blocks.write('text', this.#textOf(bytes)), ...found.flatMap((one) => this.#cite(asObject(one)))];
  }

  #textOf(bytes: unknown): string {
    const binary = bytesIn(bytes);
    return binary ? this.#decoder.decode(binary, { stream: true }) : (asString(bytes) ?? '');
  }

  #cite({ location, metadata }: JsonObject = {}): StreamPart[] {
    const { s3Location, ...others } = asObject(location) ?? {};
    const places = Object.values(others).map((place) => asString(asObject(place)?.url));
    const address = places.find(Boolean);
    if (address) return this.#sources.page(address);
    const file = asString(asObject(s3Location)?.uri) ?? asString(asObject(metadata)?.['x-amz-bedrock-kb-source-uri']);
    return this.#sources.document(file, { title: file?.split('/').at(-1) });
  }

  #readTrace(trace: JsonObject): StreamPart[] {
    const step = Object.values(trace).find((one) => asObject(one)) ?? {};
    const { rationale, modelInvocationOutput: output, invocationInput, observation } = asObject(step) ?? {};
    const thought = asObject(asObject(asObject(output)?.reasoningContent)?.reasoningText) ?? asObject(rationale);
    return [
      ...this.#blocks.write('reasoning', asString(thought?.text) ?? ''),
      ...this.#begin(asObject(invocationInput) ?? {}),
      ...this.#answer(asObject(observation) ?? {}),
    ];
  }

  /** The agent has something run, looks something up, or asks another one. */
  #begin(invocation: JsonObject): StreamPart[] {
    const [kind, input] = Object.entries(invocation).find(([, value]) => asObject(value)) ?? [];
    if (kind === undefined) return [];
    const { function: name, apiPath, actionGroupName, agentCollaboratorName, ...rest } = asObject(input) ?? {};
    const named = [name, apiPath, actionGroupName, agentCollaboratorName].find((one) => asString(one));
    this.#calls += 1;
    this.#call = `call-${this.#calls}`;
    const call = { toolCallId: this.#call, toolName: asString(named) ?? kind.replace(/Input$/, '') };
    const given = Array.isArray(rest.parameters) ? parametersIn(rest.parameters) : rest;
    return [...this.#blocks.close(), { type: 'tool-input-available', ...call, input: given, providerExecuted: true }];
  }

  #answer(observation: JsonObject): StreamPart[] {
    const [, output] = Object.entries(observation).find(([key]) => /(Invocation|Lookup)Output$/.test(key)) ?? [];
    if (!output || this.#call === '') return [];
    const toolCallId = this.#call;
    this.#call = '';
    const { text, output: said, retrievedReferences: found } = asObject(output) ?? {};
    const result = text ?? asObject(said)?.text ?? found ?? output;
    return [{ type: 'tool-output-available', toolCallId, output: result, providerExecuted: true }];
  }

  /** Calls that whoever asked is to run. */
  #readReturn({ invocationInputs }: JsonObject): StreamPart[] {
    this.finished = this.#hasReturned = true;
    const calls = asArray(invocationInputs).flatMap((one) => Object.values(asObject(one) ?? {}));
    return [...this.#blocks.close(), ...calls.map((one) => this.#ask(asObject(one) ?? {}))];
  }

  #ask({ function: name, apiPath, actionGroup, parameters }: JsonObject): StreamPart {
    this.#calls += 1;
    const toolName = asString(name) ?? asString(apiPath) ?? asString(actionGroup) ?? '';
    return {
      type: 'tool-input-available',
      toolCallId: `call-${this.#calls}`,
      toolName,
      input: parametersIn(parameters),
    };
  }
}

/** `{"throttlingException":{"message":…}}` */
function asFailure(event: WireEvent): WireEvent {
  const [name = '', failure] = converseEvent(event) ?? [];
  return name.endsWith('Exception') ? { ...event, type: 'error', json: { code: name, ...failure } } : event;
}

function parametersIn(parameters: unknown): JsonObject {
  const given = asArray(parameters).map((one) => asObject(one) ?? {});
  return Object.fromEntries(given.map(({ name, value }) => [asId(name) ?? '', value]));
}

/** As SDKs write bytes in JSON: base64, Node's Buffer, or an array whose places are names. */
function bytesIn(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return fromBase64(value);
  const list = asObject(value)?.data ?? value;
  const numbers = Array.isArray(list) ? list : Object.values(asObject(list) ?? {});
  return Uint8Array.from(numbers, (one) => asNumber(one) ?? 0);
}

function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    return undefined;
  }
}

export const bedrockAgents: Protocol = {
  ...rareSigns.bedrockAgents,
  createReader: () => new BedrockAgentReader(),
};
