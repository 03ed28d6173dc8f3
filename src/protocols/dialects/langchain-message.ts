import { imagePart } from '../parts/house-parts.js';
import { asArray, asNumber, asObject, asString, defined, type JsonObject } from '../parts/json.js';
import type { StreamPart } from '../stream-part.js';

/** A message as LangChain writes it down: its fields, or the call of its constructor, which is what JavaScript makes of it. */
export function asMessage(value: unknown): JsonObject {
  const message = asObject(value) ?? {};
  const fields = asObject(message.kwargs);
  if (message.lc !== 1 || !fields) return message;
  return { type: asArray(message.id).at(-1), ...fields };
}

function blocksIn(content: unknown): JsonObject[] {
  return asArray(content).map(
    (block) => (typeof block === 'string' ? { type: 'text', text: block } : asObject(block)) ?? {},
  );
}

/** Text, or a list of blocks of which some are text. */
export function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  return blocksIn(content)
    .map(({ type, text }) => (type === 'text' ? (asString(text) ?? '') : ''))
    .join('');
}

/** Thoughts by their place: those of OpenAI come in parts. */
export function thoughtsIn({ content, additional_kwargs: extra }: JsonObject): Map<string, string> {
  const thoughts = new Map<string, string>();
  const { reasoning_content: plain, reasoning } = asObject(extra) ?? {};
  const add = ([place, text]: [string, string]) => thoughts.set(place, (thoughts.get(place) ?? '') + text);
  blocksIn(content).flatMap(thoughtsOf).forEach(add);
  if (thoughts.size === 0) thoughtsOf({ reasoning: plain, summary: asObject(reasoning)?.summary }).forEach(add);
  return thoughts;
}

/** In the words of Anthropic, of LangChain itself, of Bedrock and of OpenAI. */
function thoughtsOf({ thinking, reasoning, reasoning_content: inner, summary }: JsonObject): [string, string][] {
  const plain = asString(thinking) ?? asString(reasoning) ?? asString(asObject(inner)?.text);
  if (plain !== undefined) return [['', plain]];
  return asArray(summary).map((part, at) => {
    const { index, text } = asObject(part) ?? {};
    return [`${asNumber(index) ?? at}`, asString(text) ?? ''];
  });
}

/** Pictures of the message, and those that a tool of the provider has made for it. */
export function picturesIn({ content, additional_kwargs: extra }: JsonObject): StreamPart[] {
  return [...blocksIn(content), ...blocksIn(asObject(extra)?.tool_outputs)].flatMap(pictureOf);
}

function pictureOf({ type, url, base64, data, result, mime_type: mime, image_url: image }: JsonObject): StreamPart[] {
  if (!PICTURES.has(asString(type) ?? '')) return [];
  const bytes = asString(base64) ?? asString(data) ?? asString(result);
  const mediaType = asString(mime) || 'image/png';
  if (bytes) return [imagePart(`data:${mediaType};base64,${bytes}`, { mediaType })];
  const address = asString(url) ?? asString(image) ?? asString(asObject(image)?.url);
  return address === undefined ? [] : [imagePart(address)];
}

const PICTURES = new Set(['image', 'image_url', 'image_generation_call']);

/** Pages that the text is said to rest on. */
export function citationsIn({ content }: JsonObject): JsonObject[] {
  return blocksIn(content)
    .flatMap(({ annotations, citations }) => asArray(annotations).concat(asArray(citations)))
    .map((citation) => asObject(citation) ?? {});
}

/** Why the model stopped, in the words of its provider. OpenAI's Responses have a status for it. */
export function reasonIn({ response_metadata: metadata }: JsonObject): string | undefined {
  const { finish_reason: finish, stop_reason: stop, done_reason: done, ...told } = asObject(metadata) ?? {};
  const reason = asString(finish) || asString(stop) || asString(done) || asString(told.stopReason);
  const incomplete = asString(asObject(told.incomplete_details)?.reason);
  return reason || incomplete || asString(told.status) || undefined;
}

export function usageIn(value: unknown): StreamPart[] {
  const usage = asObject(value);
  if (!usage) return [];
  const part: StreamPart = {
    type: 'usage',
    inputTokens: asNumber(usage.input_tokens),
    outputTokens: asNumber(usage.output_tokens),
    totalTokens: asNumber(usage.total_tokens),
    reasoningTokens: asNumber(asObject(usage.output_token_details)?.reasoning),
    cachedInputTokens: asNumber(asObject(usage.input_token_details)?.cache_read),
  };
  return [defined(part)];
}
