import type { Message, MessagePart } from '../message.js';

export function pushPart(message: Message, part: MessagePart): Message {
  return { ...message, parts: [...message.parts, part] };
}

export function firstParts(message: Message, count: number): Message {
  return { ...message, parts: message.parts.slice(0, count) };
}

export function replacePart(message: Message, index: number, part: MessagePart): Message {
  const parts = message.parts.slice();
  parts[index] = part;
  return { ...message, parts };
}

/** The same message where no part has changed, so that an unchanged message keeps its identity. */
export function mapParts(message: Message, change: (part: MessagePart) => MessagePart): Message {
  const parts = message.parts.map(change);
  return parts.some((part, index) => part !== message.parts[index]) ? { ...message, parts } : message;
}
