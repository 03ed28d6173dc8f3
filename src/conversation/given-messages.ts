import type { Message, MessagePart } from '../message.js';
import { createId } from './id.js';

/**
 * A thread from a host, as far as it can be read: stored messages come back from anywhere. What is a message is kept as
 * the very object; `content` as other APIs have it is taken for parts, and ids that are missing or used twice are made.
 */
export function readGivenMessages(given: readonly Message[] | null | undefined): readonly Message[] {
  const ids = new Set<string>();
  return (given ?? []).filter(isObject).map((message) => readMessage(message, ids));
}

function readMessage(message: Message, ids: Set<string>): Message {
  const isOwn = typeof message.id === 'string' && message.id !== '' && !ids.has(message.id);
  const id = isOwn ? message.id : createId();
  ids.add(id);
  const parts = partsOf(message);
  return isOwn && parts === message.parts ? message : { ...message, id, parts };
}

function partsOf({ parts, content }: { parts?: unknown; content?: unknown }): MessagePart[] {
  const list = parts ?? content;
  if (Array.isArray(list)) return list.every(isPart) ? list : list.filter(isPart);
  return typeof content === 'string' ? [{ type: 'text', text: content }] : [];
}

function isPart(value: unknown): value is MessagePart {
  if (!isObject(value)) return false;
  const { type, text } = value as { type?: unknown; text?: unknown };
  return typeof type === 'string' && ((type !== 'text' && type !== 'reasoning') || typeof text === 'string');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
