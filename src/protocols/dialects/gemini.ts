import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { readFinishReason } from '../parts/finish-reason.js';
import { AgentEvents, agentError } from './gemini-agent.js';
import { PartialArguments } from './gemini-arguments.js';
import { inWireSpelling } from './gemini-spelling.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import { asArray, asId, asNumber, asObject, asString, defined, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { isAgentEvent, responseIn, signs } from './signs.js';
import { SourceList } from '../parts/source-list.js';
import type { FinishReason, ProviderMetadata, StreamPart } from '../stream-part.js';
import { requestsIn } from '../later-requests.js';

/** A call whose arguments come in several chunks. */
interface OpenCall {
  toolCallId: string;
  toolName: string;
  arguments: PartialArguments;
  metadata: { providerMetadata?: ProviderMetadata };
}

/**
 * Google's `streamGenerateContent?alt=sse` (https://ai.google.dev/api/generate-content), of the Gemini API and of Vertex:
 * each event is a whole response with the next parts of its first candidate.
 */
class GeminiReader implements ProtocolReader {
  finished = false;
  /** One agent after another ends. */
  othersFollow = false;
  #started = false;
  #reason: string | undefined;
  #blocked: string | undefined;
  #calls = 0;
  /** Calls without a result. */
  readonly #waiting = new Set<string>();
  #open: OpenCall | undefined;
  /** Google's own tools, in the order in which they began: their results may name none. */
  #hosted: string[] = [];
  #signature: string | undefined;
  #failed = false;
  readonly #blocks = new BlockWriter();
  readonly #sources = new SourceList();
  readonly #agents = new AgentEvents();

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') return [];
    const json = responseIn(event.json);
    const response = json && inWireSpelling(json);
    const error = readErrorPart(event) ?? (response && agentError(response));
    if (error) {
      this.finished = true;
      this.#failed = true;
      return [...this.#close(), error];
    }
    return response ? this.#readResponse(response) : readHousePart(event.json);
  }

  /** The finish reason is not the last thing: counts and sources may follow it. */
  end(): StreamPart[] {
    if (!this.finished || this.#failed) return this.#close();
    const raw = this.#blocked ?? this.#reason;
    const finishReason = this.#blocked === undefined ? this.#finishReason() : 'content-filter';
    return [...this.#close(), defined({ type: 'finish', finishReason, rawFinishReason: raw } as const)];
  }

  #finishReason(): FinishReason {
    const reason = readFinishReason(this.#reason ?? '');
    return reason === 'stop' && this.#waiting.size > 0 ? 'tool-calls' : reason;
  }

  #readResponse(response: JsonObject): StreamPart[] {
    const isEvent = isAgentEvent(response);
    if (isEvent) this.othersFollow = true;
    const candidate = isEvent ? this.#agents.candidateIn(response) : firstOf(response);
    const blocked = asString(asObject(response.promptFeedback)?.blockReason);
    if (blocked !== undefined) {
      this.#blocked = blocked;
      this.finished = true;
    }
    return [
      ...this.#start(response),
      ...(candidate ? this.#readCandidate(candidate) : []),
      ...(isEvent && response.content && response.partial !== true ? this.#closeText() : []),
      ...readUsage(asObject(response.usageMetadata)),
    ];
  }

  #start({ modelVersion }: JsonObject): StreamPart[] {
    if (this.#started) return [];
    this.#started = true;
    return [modelVersion ? { type: 'start', messageMetadata: { model: modelVersion } } : { type: 'start' }];
  }

  #readCandidate(candidate: JsonObject): StreamPart[] {
    const parts = asArray(asObject(candidate.content)?.parts).flatMap((part) => this.#readPart(asObject(part) ?? {}));
    parts.push(...this.#readSources(candidate));
    const reason = asString(candidate.finishReason);
    if (reason && reason !== 'FINISH_REASON_UNSPECIFIED') {
      this.#reason = reason;
      this.finished = true;
    }
    return parts;
  }

  #readPart(part: JsonObject): StreamPart[] {
    const read = PARTS.find(([field]) => part[field] !== undefined && part[field] !== null);
    if (!read) return [];
    const [field, kind] = read;
    const value = asObject(part[field]) ?? {};
    if (kind === 'text') return this.#readText(part);
    if (kind === 'call') return this.#readCall(value, part);
    const before = this.#closeText();
    if (kind === 'file') return [...before, ...readFile(value, part.thought === true)];
    if (kind === 'hosted') return [...before, ...this.#startHosted(value)];
    return [...before, ...this.#endHosted(value)];
  }

  #readText(part: JsonObject): StreamPart[] {
    const kind = part.thought === true ? 'reasoning' : 'text';
    const text = asString(part.text) ?? '';
    const signature = asString(part.thoughtSignature) || undefined;
    if (text === '' && signature === undefined) return [];
    // It belongs to the block, wherever in it it comes: with its last, often empty, piece of text.
    const before = this.#blocks.isOpen(kind) ? [] : [...this.#closeText(), ...this.#blocks.open(kind)];
    this.#signature = signature ?? this.#signature;
    return [...before, ...this.#blocks.write(kind, text)];
  }

  #readCall(call: JsonObject, part: JsonObject): StreamPart[] {
    const name = asString(call.name);
    const isPiece = call.partialArgs !== undefined || call.willContinue === true || !name;
    if (name && !isPiece) return [...this.#begin(call, part), ...this.#finishCall(call.args)];
    const begun = name ? this.#begin(call, part) : [];
    for (const partial of asArray(call.partialArgs)) this.#open?.arguments.read(partial);
    const goesOn = call.willContinue === true || (call.partialArgs !== undefined && call.willContinue !== false);
    return goesOn ? begun : [...begun, ...this.#finishCall()];
  }

  #begin(call: JsonObject, part: JsonObject): StreamPart[] {
    const before = [...this.#closeText(), ...this.#finishCall()];
    this.#calls += 1;
    const start = { toolCallId: asId(call.id) || `call-${this.#calls}`, toolName: asString(call.name) ?? '' };
    const metadata = signed(asString(part.thoughtSignature));
    this.#waiting.add(start.toolCallId);
    this.#open = { ...start, arguments: new PartialArguments(), metadata };
    return [...before, { type: 'tool-input-start', ...start, ...metadata }];
  }

  #finishCall(args?: unknown): StreamPart[] {
    const call = this.#open;
    if (!call) return [];
    this.#open = undefined;
    const { toolCallId, toolName, metadata } = call;
    const input = args ?? call.arguments.value;
    return [{ type: 'tool-input-available', toolCallId, toolName, input, ...metadata }];
  }

  #startHosted(value: JsonObject): StreamPart[] {
    const toolCallId = asId(value.id) || `hosted-${this.#hosted.length + 1}`;
    this.#hosted.push(toolCallId);
    const toolName = asString(value.toolType)?.toLowerCase() ?? 'code_execution';
    const { id: _id, toolType: _type, args, ...code } = value;
    return [{ type: 'tool-input-available', toolCallId, toolName, input: args ?? code, providerExecuted: true }];
  }

  #endHosted(value: JsonObject): StreamPart[] {
    const toolCallId = asId(value.id) || (this.#hosted.at(-1) ?? '');
    this.#waiting.delete(toolCallId);
    const { id: _id, toolType: _type, name: _name, response, ...result } = value;
    const failed = typeof value.outcome === 'string' && value.outcome !== 'OUTCOME_OK';
    if (failed) {
      const errorText = asString(value.output) || asString(value.outcome)!;
      return [{ type: 'tool-output-error', toolCallId, errorText, providerExecuted: true }];
    }
    return [{ type: 'tool-output-available', toolCallId, output: response ?? result, providerExecuted: true }];
  }

  #readSources(candidate: JsonObject): StreamPart[] {
    const grounding = asObject(candidate.groundingMetadata) ?? {};
    const citations = asObject(candidate.citationMetadata) ?? {};
    const visited = asObject(candidate.urlContextMetadata) ?? {};
    return [
      ...asArray(grounding.groundingChunks).flatMap((chunk) => this.#readGrounding(asObject(chunk) ?? {})),
      ...[...asArray(citations.citations), ...asArray(citations.citationSources)].flatMap((citation) => {
        const { uri, title } = asObject(citation) ?? {};
        return this.#sources.page(uri, title);
      }),
      ...asArray(visited.urlMetadata).flatMap((page) => this.#sources.page(asObject(page)?.retrievedUrl)),
    ];
  }

  #readGrounding({ web, maps, image, retrievedContext }: JsonObject): StreamPart[] {
    const page = asObject(web) ?? asObject(maps) ?? asObject(image) ?? {};
    if (page.uri) return this.#sources.page(page.uri, page.title);
    const { uri, title, fileSearchStore } = asObject(retrievedContext) ?? {};
    if (/^https?:/.test(asString(uri) ?? '')) return this.#sources.page(uri, title);
    return this.#sources.document(uri ?? title ?? fileSearchStore, { title });
  }

  #closeText(): StreamPart[] {
    const { providerMetadata } = signed(this.#signature);
    this.#signature = undefined;
    return this.#blocks.close(providerMetadata);
  }

  #close(): StreamPart[] {
    return [...this.#closeText(), ...this.#finishCall()];
  }
}

function firstOf({ candidates }: JsonObject): JsonObject | undefined {
  return asArray(candidates)
    .map(asObject)
    .find((one) => (asNumber(one?.index) ?? 0) === 0);
}

/** What a part may hold, and how it is read. */
const PARTS: [string, 'text' | 'call' | 'file' | 'hosted' | 'result'][] = [
  ['functionCall', 'call'],
  ['inlineData', 'file'],
  ['fileData', 'file'],
  ['executableCode', 'hosted'],
  ['toolCall', 'hosted'],
  ['codeExecutionResult', 'result'],
  ['toolResponse', 'result'],
  ['functionResponse', 'result'],
  ['text', 'text'],
];

/** The same thought has to go back to the model with its signature. */
function signed(thoughtSignature: string | undefined): { providerMetadata?: ProviderMetadata } {
  return thoughtSignature ? { providerMetadata: { google: { thoughtSignature } } } : {};
}

/** What a model draws while it thinks is no picture of the answer. */
function readFile({ mimeType, data, fileUri }: JsonObject, isThought: boolean): StreamPart[] {
  const mediaType = asString(mimeType) || 'application/octet-stream';
  // The Python library writes base64 as it stands in addresses.
  const base64 = asString(data)?.replaceAll('-', '+').replaceAll('_', '/');
  const url = base64 === undefined ? asString(fileUri) : `data:${mediaType};base64,${base64}`;
  if (url === undefined) return [];
  if (isThought) return [{ type: 'reasoning-file', url, mediaType }];
  return [mediaType.startsWith('image/') ? imagePart(url, { mediaType }) : { type: 'file', url, mediaType }];
}

function readUsage(usage: JsonObject | undefined): StreamPart[] {
  if (!usage) return [];
  const part: StreamPart = {
    type: 'usage',
    inputTokens: asNumber(usage.promptTokenCount),
    outputTokens: sum(usage.candidatesTokenCount, usage.thoughtsTokenCount),
    totalTokens: asNumber(usage.totalTokenCount),
    reasoningTokens: asNumber(usage.thoughtsTokenCount),
    cachedInputTokens: asNumber(usage.cachedContentTokenCount),
  };
  return [defined(part)];
}

/** Thoughts are written, too. */
function sum(answer: unknown, thoughts: unknown): number | undefined {
  if (asNumber(answer) === undefined && asNumber(thoughts) === undefined) return undefined;
  return (asNumber(answer) ?? 0) + (asNumber(thoughts) ?? 0);
}

export const gemini: Protocol = {
  ...signs.gemini,
  createBody: requestsIn('gemini'),
  createReader: () => new GeminiReader(),
};
