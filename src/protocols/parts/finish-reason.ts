import type { FinishReason, StreamPart } from '../stream-part.js';
import { defined } from './json.js';

/**
 * Why a model stopped, in the words of all providers: a proxy that speaks one dialect often hands on the words of the
 * model behind it, which are another one's.
 */
const WORDS: [FinishReason, string][] = [
  ['stop', 'stop end end-turn eos eos-token stop-sequence pause-turn complete completed finish'],
  ['length', 'length max-tokens max-output-tokens model-length model-context-window-exceeded error-limit'],
  ['tool-calls', 'tool-calls tool-call tool-use function-call'],
  [
    'content-filter',
    'content-filter content-filtered refusal safety sensitive recitation blocklist prohibited-content spii guardrail-intervened error-toxic image-safety image-prohibited-content image-recitation',
  ],
  [
    'error',
    'error malformed-function-call malformed-tool-use malformed-model-output unexpected-tool-call timeout network-error insufficient-system-resource',
  ],
  ['interrupted', 'interrupted abort aborted cancelled canceled user-cancel'],
];

const REASONS = new Map(WORDS.flatMap(([reason, words]) => words.split(' ').map((word) => [word, reason])));

/** `MAX_TOKENS` and `max_tokens` are the same word. */
export function readFinishReason(raw: string): FinishReason {
  return REASONS.get(raw.toLowerCase().replaceAll('_', '-')) ?? 'other';
}

export function finishPart(raw: string | undefined): StreamPart {
  const finishReason = raw === undefined ? 'unknown' : readFinishReason(raw);
  return defined({ type: 'finish', finishReason, rawFinishReason: raw } as const);
}
