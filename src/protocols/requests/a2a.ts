import { textOf } from '../../message.js';
import { lastQuestion } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

export function a2aBody({ messages, id }: Conversation): Record<string, unknown> {
  const question = lastQuestion(messages);
  const message = {
    kind: 'message',
    role: 'user',
    messageId: question?.id ?? id,
    contextId: id,
    parts: [{ kind: 'text', text: question ? textOf(question) : '' }],
  };
  return { jsonrpc: '2.0', id: message.messageId, method: 'message/stream', params: { message } };
}
