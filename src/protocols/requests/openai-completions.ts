import { textOf } from '../../message.js';
import { lastQuestion } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

export function openaiCompletionBody({ messages, model }: Conversation): Record<string, unknown> {
  const question = lastQuestion(messages);
  return { ...(model !== undefined && { model }), prompt: question ? textOf(question) : '', stream: true };
}
