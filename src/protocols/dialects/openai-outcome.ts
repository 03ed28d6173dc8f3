import { asNumber, asObject, defined, lookUp, type JsonObject } from '../json.js';
import type { FinishReason, StreamPart } from '../stream-part.js';

/** How an answer of OpenAI's completions, and of what speaks alike, ended and what it has cost. */

const FINISH_REASONS: Record<string, FinishReason> = {
  stop: 'stop',
  length: 'length',
  model_length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  error: 'error',
};

export function finishPart(raw: string | undefined): StreamPart {
  const finishReason = raw === undefined ? 'unknown' : (lookUp(FINISH_REASONS, raw) ?? 'other');
  return defined({ type: 'finish', finishReason, rawFinishReason: raw } as const);
}

/** Groq puts its counts into an object of its own. */
export function usageParts(chunk: JsonObject): StreamPart[] {
  const usage = asObject(chunk.usage) ?? asObject(asObject(chunk.x_groq)?.usage);
  if (!usage) return [];
  const part: StreamPart = {
    type: 'usage',
    inputTokens: asNumber(usage.prompt_tokens),
    outputTokens: asNumber(usage.completion_tokens),
    totalTokens: asNumber(usage.total_tokens),
    reasoningTokens: asNumber(asObject(usage.completion_tokens_details)?.reasoning_tokens),
    cachedInputTokens: asNumber(asObject(usage.prompt_tokens_details)?.cached_tokens),
  };
  return [defined(part)];
}
