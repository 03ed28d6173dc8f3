import type { Message } from '../../message.js';

type Thread = readonly Message[];

/** Where the answer stands, or would: that of `messageId`, which may be the question, or the last one. */
export function indexOfAnswer(messages: Thread, messageId: string | undefined): number {
  const index = messageId === undefined ? messages.length - 1 : messages.findIndex(({ id }) => id === messageId);
  if (index < 0)
    throw new DOMException(`There is no message ${messageId ? `with the id “${messageId}”` : 'yet'}.`, 'NotFoundError');
  return messages[index]!.role === 'assistant' ? index : index + 1;
}

export function indexOfQuestion(messages: Thread, messageId: string): number {
  const index = messages.findIndex(({ id, role }) => id === messageId && role === 'user');
  if (index >= 0) return index;
  throw new DOMException(`There is no message of the reader with the id “${messageId}”.`, 'NotFoundError');
}
