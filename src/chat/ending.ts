import type { Message, MessagePart, TextMessagePart } from '../message.js';
import type { ChatStrings } from './chat-strings.js';

/** What the reader is told of an answer that has ended otherwise than by itself; undefined where there is nothing to tell. */
export function endingOf(message: Message | undefined, { endings }: ChatStrings): string | undefined {
  const reason = message?.role === 'assistant' ? message.metadata?.finishReason : undefined;
  if (!message || reason === undefined) return undefined;
  if (reason === 'length' || reason === 'content-filter' || reason === 'error') return endings[reason];
  return message.parts.every(isEmpty) ? endings.empty : undefined;
}

/** Nothing that a reader could see, or a host could show. */
function isEmpty(part: MessagePart): boolean {
  if (part.type === 'text' || part.type === 'reasoning') return (part as TextMessagePart).text.trim() === '';
  return part.type === 'step-start';
}
