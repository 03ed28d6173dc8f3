import { openaiChat } from './openai-chat.js';
import { asArray, asNumber, asObject, asString, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { readAs } from '../parts/respelled.js';
import { outputIn, rareSigns } from './rare-signs.js';
import { SourceList } from '../parts/source-list.js';
import type { StreamPart } from '../stream-part.js';

const FIELDS = ['content', 'reasoning_content'];

/**
 * Alibaba's DashScope (https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope): OpenAI's choices within an `output`,
 * or its text alone. Unless `incremental_output` is asked for, each event says all that has been said.
 */
class DashScopeReader implements ProtocolReader {
  readonly #said = new Map<string, string>();
  /** What may say all of it, or begin by chance as that does: what follows tells. */
  readonly #held = new Map<string, string>();
  /** Whether each event says all of it, once that is sure. */
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
    if (this.#held.size === 0) return this.#chat.end();
    this.#grows ??= true;
    const delta = Object.fromEntries(
      FIELDS.map((field) => [field, this.#new(field, this.#held.get(field) ?? '', true)]),
    );
    return [...readAs(this.#chat, [{ choices: [{ delta }] }]), ...this.#chat.end()];
  }

  #respell({ message, finish_reason: reason }: JsonObject): JsonObject {
    const delta: JsonObject = { ...asObject(message) };
    const finish_reason = reason === 'null' ? null : reason;
    const isLast = typeof finish_reason === 'string';
    for (const field of FIELDS) delta[field] = this.#new(field, textOf(delta[field]), isLast);
    const calls = asArray(delta.tool_calls).map((call) => asObject(call) ?? {});
    delta.tool_calls = calls.map((call, place) => this.#respellCall(call, place, isLast));
    return { delta, finish_reason };
  }

  #respellCall(call: JsonObject, place: number, isLast: boolean): JsonObject {
    const { arguments: text, ...rest } = asObject(call.function) ?? {};
    const written = this.#new(`arguments/${asNumber(call.index) ?? place}`, asString(text) ?? '', isLast);
    return { ...call, function: { ...rest, arguments: written } };
  }

  /** What a field says that it has not said before. */
  #new(field: string, text: string, isLast: boolean): string {
    const said = this.#said.get(field) ?? '';
    const held = this.#held.get(field) ?? '';
    if (text === '' && !(isLast && held !== '')) return '';
    if (said !== '') this.#grows ??= growth(held || said, text, held !== '' || isLast);
    if (said !== '' && this.#grows === undefined) {
      this.#held.set(field, text);
      return '';
    }
    this.#held.delete(field);
    const more = this.#grows ? behind(said, text) : held + text;
    this.#said.set(field, this.#grows ? text : said + more);
    return more;
  }
}

/** Two that begin alike may be two words: a third, or the last one, tells whether each says all of it. */
function growth(before: string, text: string, isEnough: boolean): boolean | undefined {
  const goesOn = text.startsWith(before);
  return goesOn && !isEnough ? undefined : goesOn;
}

function behind(said: string, text: string): string {
  return text.startsWith(said) ? text.slice(said.length) : text;
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
