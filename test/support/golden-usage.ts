import type { Usage } from '../../src/core.js';

/** The counts of a provider's own final message, in our words. Undefined where it has none. */
export function usageIn(usage: any): Usage | undefined {
  if (!usage) return undefined;
  const thoughts = usage.output_tokens_details ?? usage.completion_tokens_details;
  const named: [keyof Usage, unknown][] = [
    ['inputTokens', usage.input_tokens ?? usage.prompt_tokens],
    ['outputTokens', usage.output_tokens ?? usage.completion_tokens],
    ['totalTokens', usage.total_tokens],
    ['reasoningTokens', thoughts?.reasoning_tokens ?? thoughts?.thinking_tokens],
    [
      'cachedInputTokens',
      usage.cache_read_input_tokens ?? (usage.input_tokens_details ?? usage.prompt_tokens_details)?.cached_tokens,
    ],
  ];
  return Object.fromEntries(named.filter(([, count]) => typeof count === 'number'));
}
