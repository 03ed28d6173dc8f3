import type { FileMessagePart, Message, MessageMetadata, MessagePart } from '../message.js';
import { createId } from './id.js';

export interface ChatInput {
  text?: string;
  files?: FileMessagePart[];
  metadata?: MessageMetadata;
}

export function createUserMessage(input: string | ChatInput): Message {
  const { text = '', files = [], metadata } = typeof input === 'string' ? { text: input } : input;
  const parts: MessagePart[] = text === '' ? [...files] : [...files, { type: 'text', text }];
  return { id: createId(), role: 'user', parts, ...(metadata && { metadata }) };
}

/** The message with another text; what else it holds stays. */
export function withText(message: Message, text: string): Message {
  const kept = message.parts.filter(({ type }) => type !== 'text');
  return { ...message, parts: [...kept, { type: 'text', text }] };
}

export function createAnswer(): Message {
  return { id: createId(), role: 'assistant', parts: [] };
}
