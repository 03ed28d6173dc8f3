import type { Message } from '../../message.js';

type Thread = readonly Message[];

/** Where the answer stands, or would: that of `messageId`, which may be the question, or the last one. */
export function indexOfAnswer(messages: Thread, messageId: string | undefined): number {
  if (messageId === undefined) return messages.at(-1)?.role === 'assistant' ? messages.length - 1 : messages.length;
  const index = messages.findIndex(({ id }) => id === messageId);
  if (index < 0) throw new DOMException(`There is no message with the id “${messageId}”.`, 'NotFoundError');
  return messages[index]!.role === 'assistant' ? index : index + 1;
}

export function indexOfQuestion(messages: Thread, messageId: string): number {
  const index = messages.findIndex(({ id, role }) => id === messageId && role === 'user');
  if (index >= 0) return index;
  throw new DOMException(`There is no message of the reader with the id “${messageId}”.`, 'NotFoundError');
}
