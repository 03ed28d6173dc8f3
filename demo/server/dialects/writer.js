// @ts-check
import { AiSdkWriter } from './ai-sdk.js';
import { AnthropicWriter } from './anthropic.js';
import { GenericWriter } from './generic.js';
import { OpenAiWriter } from './openai.js';

/** @typedef {{url: string, mediaType: string, expiresAt: string, alt: string, width: number, height: number}} Picture */

/** @typedef {GenericWriter | OpenAiWriter | AnthropicWriter | AiSdkWriter} Writer */

/** @type {Record<string, new () => Writer>} */
export const DIALECTS = {
  generic: GenericWriter,
  sse: GenericWriter,
  openai: OpenAiWriter,
  anthropic: AnthropicWriter,
  'ai-sdk': AiSdkWriter,
};
