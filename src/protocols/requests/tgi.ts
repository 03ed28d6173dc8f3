import { textOf } from '../../message.js';
import { lastQuestion } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

/** It takes a text to go on with, and no conversation. */
export function tgiBody({ messages }: Conversation): Record<string, unknown> {
  const question = lastQuestion(messages);
  return { inputs: question ? textOf(question) : '', parameters: { details: true }, stream: true };
}
