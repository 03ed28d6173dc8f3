import { openaiChat } from './openai-chat.js';
import { asArray, asNumber, asObject, asString, type JsonObject } from '../json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { readAs } from '../respelled.js';
import { outputIn, rareSigns } from './rare-signs.js';
import { SourceList } from '../source-list.js';
import type { StreamPart } from '../stream-part.js';

const FIELDS = ['content', 'reasoning_content'];

/**
 * Alibaba's DashScope (https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope): OpenAI's choices within an `output`,
 * or its text alone. Unless `incremental_output` is asked for, each event says all that has been said.
 */
class DashScopeReader implements ProtocolReader {
  readonly #said = new Map<string, string>();
  /** The first event that goes on tells whether each says all of it. */
  #grows: boolean | undefined;
  readonly #chat = openaiChat.createReader();
  readonly #sources = new SourceList();

  get finished(): boolean {
    return this.#chat.finished;
  }

  read(event: WireEvent): StreamPart[] | undefined {
    const output = outputIn(event.json);
    if (!output) return this.#chat.read(event);
    const { usage, model } = asObject(event.json) ?? {};
    // Its other choices are alternatives to the first one.
    const [choice = {}] = choicesIn(output);
    const found = asArray(asObject(output.search_info)?.search_results).map((page) => asObject(page) ?? {});
    return [
      ...readAs(this.#chat, [{ choices: [this.#respell(choice)], usage, model }]),
      ...found.flatMap(({ url, title }) => this.#sources.page(url, title)),
    ];
  }

  end(): StreamPart[] {
    return this.#chat.end();
  }

  #respell({ message, finish_reason: reason }: JsonObject): JsonObject {
    const delta: JsonObject = { ...asObject(message) };
    for (const field of FIELDS) delta[field] = this.#new(field, textOf(delta[field]));
    delta.tool_calls = asArray(delta.tool_calls).map((call, place) => this.#respellCall(asObject(call) ?? {}, place));
    return { delta, finish_reason: reason === 'null' ? null : reason };
  }

  #respellCall(call: JsonObject, place: number): JsonObject {
    const { arguments: text, ...rest } = asObject(call.function) ?? {};
    const written = this.#new(`arguments/${asNumber(call.index) ?? place}`, asString(text) ?? '');
    return { ...call, function: { ...rest, arguments: written } };
  }

  /** What a field says that it has not said before. */
  #new(field: string, text: string): string {
    const said = this.#said.get(field) ?? '';
    if (text === '') return '';
    if (said !== '') this.#grows ??= text.startsWith(said);
    this.#said.set(field, this.#grows ? text : said + text);
    return this.#grows && text.startsWith(said) ? text.slice(said.length) : text;
  }
}

function choicesIn({ choices, text, finish_reason }: JsonObject): JsonObject[] {
  if (!Array.isArray(choices)) return [{ message: { content: text }, finish_reason }];
  return choices.map((choice) => asObject(choice) ?? {});
}

/** Text, or what models that see have: a list of `{text}`. */
function textOf(content: unknown): string {
  const pieces = asArray(content).map((piece) => asString(asObject(piece)?.text) ?? '');
  return asString(content) ?? pieces.join('');
}

export const dashScope: Protocol = {
  ...rareSigns.dashScope,
  createReader: () => new DashScopeReader(),
};
