import { asArray, asNumber, asObject, defined, type JsonObject } from '../parts/json.js';
import type { StreamPart } from '../stream-part.js';

/**
 * What an answer of OpenAI's completions or Responses, and of what speaks alike, has cost. Groq puts its counts into an object of its
 * own, Moonshot into the choice.
 */
export function usageParts(chunk: JsonObject): StreamPart[] {
  const inChoice = asObject(asArray(chunk.choices)[0])?.usage;
  const usage = asObject(chunk.usage) ?? asObject(asObject(chunk.x_groq)?.usage) ?? asObject(inChoice);
  if (!usage) return [];
  const part: StreamPart = {
    type: 'usage',
    inputTokens: asNumber(usage.prompt_tokens) ?? asNumber(usage.input_tokens),
    outputTokens: asNumber(usage.completion_tokens) ?? asNumber(usage.output_tokens),
    totalTokens: asNumber(usage.total_tokens),
    reasoningTokens: asNumber(
      asObject(usage.completion_tokens_details ?? usage.output_tokens_details)?.reasoning_tokens,
    ),
    cachedInputTokens: asNumber(asObject(usage.prompt_tokens_details ?? usage.input_tokens_details)?.cached_tokens),
  };
  return [defined(part)];
}
