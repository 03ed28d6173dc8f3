import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { readHousePart, imagePart } from '../parts/house-parts.js';
import { asArray, asNumber, asObject, asString, parseJson, type JsonObject } from '../parts/json.js';
import { finishPart } from '../parts/finish-reason.js';
import { OpenAiToolCalls } from './openai-tool-calls.js';
import { usageParts } from './openai-usage.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { SourceList } from '../parts/source-list.js';
import type { ProviderMetadata, StreamPart } from '../stream-part.js';
import { requestsIn } from '../later-requests.js';

/**
 * OpenAI's Chat Completions chunks and what the many servers that speak alike make of them
 * (https://platform.openai.com/docs/api-reference/chat-streaming). Where one fragment spells a thing in several ways,
 * one of them is read. Only the first choice is an answer; the others are alternatives to it.
 */
class OpenAiChatReader implements ProtocolReader {
  finished = false;
  #started = false;
  #ended = false;
  #streams = false;
  #finishReason: string | undefined;
  readonly #blocks = new BlockWriter();
  readonly #tools = new OpenAiToolCalls();
  readonly #sources = new SourceList();
  readonly #pictures = new Set<string>();

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') {
      this.finished = true;
      return this.#finish();
    }
    const chunk = asObject(event.json);
    const error = readErrorPart(event) ?? errorInChoice(event);
    if (error) this.finished = true;
    if (!chunk || !isChunk(chunk)) return error ? [error] : readHousePart(event.json);
    const parts = [...this.#start(chunk), ...this.#readChunk(chunk)];
    if (error) parts.push(error);
    return parts;
  }

  end(): StreamPart[] {
    return this.finished ? this.#finish() : this.#close();
  }

  #start({ model }: JsonObject): StreamPart[] {
    if (this.#started) return [];
    this.#started = true;
    return [model ? { type: 'start', messageMetadata: { model } } : { type: 'start' }];
  }

  #finish(): StreamPart[] {
    if (this.#ended) return this.#close();
    this.#ended = true;
    return [...this.#close(), finishPart(this.#finishReason)];
  }

  #close(): StreamPart[] {
    return [...this.#blocks.close(), ...this.#tools.finishAll()];
  }

  #readChunk(chunk: JsonObject): StreamPart[] {
    const choice = asArray(chunk.choices)
      .map(asObject)
      .find((one) => (asNumber(one?.index) ?? 0) === 0);
    return [
      ...(choice ? this.#readChoice(choice) : []),
      ...[...asArray(chunk.search_results), ...asArray(chunk.web_search)].flatMap((result) =>
        this.#found(asObject(result) ?? {}),
      ),
      ...asArray(chunk.citations).flatMap((url) => this.#sources.page(url)),
      ...asArray(chunk.images).flatMap((image) => this.#picture(asObject(image) ?? {})),
      ...readRelatedQuestions(chunk),
      ...usageParts(chunk),
    ];
  }

  #readChoice(choice: JsonObject): StreamPart[] {
    const parts = this.#readDelta(this.#deltaIn(choice));
    const reason = asString(choice.finish_reason);
    if (reason) {
      this.#finishReason = reason;
      this.finished = true;
      parts.push(...this.#close());
    }
    return parts;
  }

  /** A whole message behind the deltas that made it says nothing new. */
  #deltaIn({ delta, message }: JsonObject): JsonObject {
    const piece = asObject(delta);
    if (piece) this.#streams = true;
    return piece ?? (this.#streams ? {} : (asObject(message) ?? {}));
  }

  #readDelta(delta: JsonObject): StreamPart[] {
    return [
      ...this.#blocks.write('reasoning', reasoningOf(delta), spellingOf(delta)),
      ...contentOf(delta).flatMap(([kind, text]) => this.#blocks.write(kind, text)),
      ...this.#readTools(delta),
      ...asArray(delta.executed_tools).flatMap((tool) => this.#readExecuted(asObject(tool) ?? {})),
      ...asArray(delta.annotations).flatMap((annotation) => this.#annotation(asObject(annotation) ?? {})),
      ...asArray(asObject(delta.context)?.citations).flatMap((citation) => this.#found(asObject(citation) ?? {})),
      ...[...asArray(delta.images), ...asArray(delta.content)].flatMap(readImage),
    ];
  }

  #readTools(delta: JsonObject): StreamPart[] {
    this.#tools.noteDetails(delta.reasoning_details);
    const parts = this.#tools.read(delta);
    // A call ends the text before it, so that the thread shows them in the order in which they came.
    return parts.length > 0 ? [...this.#blocks.close(), ...parts] : parts;
  }

  /** What Groq's own tools were asked, and what they gave. */
  #readExecuted({ index, type, arguments: args, output, search_results: found }: JsonObject): StreamPart[] {
    const call = { toolCallId: `executed-${index}`, providerExecuted: true };
    const input = parseJson(asString(args) ?? '') ?? args;
    return [
      ...this.#blocks.close(),
      { type: 'tool-input-available', ...call, toolName: asString(type) ?? '', input },
      ...(output ? [{ type: 'tool-output-available', ...call, output } as const] : []),
      ...asArray(asObject(found)?.results).flatMap((result) => this.#found(asObject(result) ?? {})),
    ];
  }

  #annotation(annotation: JsonObject): StreamPart[] {
    return this.#found(asObject(annotation.url_citation) ?? {});
  }

  /** A page; Zhipu calls its address a link. Azure's own data may be a file that has none. */
  #found({ url, link, title, filepath }: JsonObject): StreamPart[] {
    if (filepath && !url) return this.#sources.document(filepath, { title, filename: filepath });
    return this.#sources.page(url ?? link, title);
  }

  /** Perplexity names the same pictures again in each chunk. */
  #picture({ image_url: url, width, height }: JsonObject): StreamPart[] {
    if (typeof url !== 'string' || this.#pictures.has(url)) return [];
    this.#pictures.add(url);
    return [imagePart(url, { width, height })];
  }
}

/**
 * OpenRouter, Groq, Cerebras spell it `reasoning`, DeepSeek, Qwen, vLLM and others `reasoning_content`, Copilot
 * `reasoning_text`, gateways to other models `thinking`; some put it into an object. One of them counts.
 */
const REASONING_FIELDS = ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking', 'thought'];

function reasoningOf(delta: JsonObject): string {
  for (const field of REASONING_FIELDS) {
    const plain = textIn(delta[field]);
    if (plain !== '') return plain;
  }
  // OpenRouter's details say the same again; alone they are all there is.
  const details = [...asArray(delta.reasoning_details), ...asArray(delta.thinking_blocks)];
  if (details.length === 0) return '';
  return details
    .map((detail) => asObject(detail) ?? {})
    .map(({ text, summary, thinking }) => asString(text) ?? asString(summary) ?? asString(thinking) ?? '')
    .join('');
}

/** Servers that spell it so want it back so, with the calls that it led to. */
function spellingOf({ reasoning_content: thought }: JsonObject): ProviderMetadata | undefined {
  return thought ? { openaiCompatible: { field: 'reasoning_content' } } : undefined;
}

/** Text as it is, or in an object. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  const object = asObject(value);
  return object ? (asString(object.text) ?? asString(object.content) ?? '') : '';
}

type Content = ['text' | 'reasoning', string];

/** Text as a string, or as Mistral's list of `{type: 'thinking', thinking: […]}` and `{type: 'text', text}`. */
function contentOf(delta: JsonObject): Content[] {
  const { content, refusal, audio } = delta;
  // Nearly every delta is that alone.
  if (typeof content === 'string' && !refusal && !audio) return [['text', content]];
  const spoken = asString(asObject(audio)?.transcript);
  const plain = [Array.isArray(content) ? '' : textIn(content), refusal, spoken].filter(
    (text): text is string => typeof text === 'string',
  );
  const listed = asArray(content).map((item) => asObject(item) ?? { text: item });
  return [...plain.map((text): Content => ['text', text]), ...listed.flatMap(listedContent)];
}

function listedContent(item: JsonObject): Content[] {
  const isThought = item.type === 'thinking' || item.type === 'reasoning';
  if (!Array.isArray(item.thinking)) {
    return [[isThought ? 'reasoning' : 'text', asString(item.text) ?? asString(item.thinking) ?? '']];
  }
  return asArray(item.thinking).map((thought) => ['reasoning', asString(asObject(thought)?.text) ?? '']);
}

function readImage(value: unknown): StreamPart[] {
  const url = asString(asObject(asObject(value)?.image_url)?.url);
  return url === undefined ? [] : [imagePart(url)];
}

function readRelatedQuestions({ related_questions: questions }: JsonObject): StreamPart[] {
  if (asArray(questions).length === 0) return [];
  return [{ type: 'data-related-questions', id: 'related-questions', data: questions }];
}

/** OpenRouter’s other place for it. */
function errorInChoice({ json, ...event }: WireEvent): StreamPart | undefined {
  const choice = asObject(asArray(asObject(json)?.choices).find((one) => asObject(one)?.error));
  return choice && readErrorPart({ ...event, type: 'message', json: { error: choice.error } });
}

function isChunk(json: JsonObject): boolean {
  return json.object === 'chat.completion.chunk' || (Array.isArray(json.choices) && !('type' in json));
}

/** `choices[].text` alone is the older completions dialect, which is not this one. */
function matchesEvent({ json }: WireEvent): boolean {
  const chunk = asObject(json);
  return chunk !== undefined && isChunk(chunk) && asArray(chunk.choices).every(hasDelta);
}

function hasDelta(choice: unknown): boolean {
  const { delta, message, text } = asObject(choice) ?? {};
  return delta !== undefined || message !== undefined || text === undefined;
}

export const openaiChat: Protocol = {
  name: 'openai',
  hasLastWord: true,
  matchesEvent,
  matchesUrl: (url) => /\/chat\/completions\/?(\?|$)/.test(url),
  createBody: requestsIn('openai'),
  createReader: () => new OpenAiChatReader(),
};
