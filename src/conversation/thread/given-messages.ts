import type { Message, MessagePart } from '../../message.js';
import { createId } from '../id.js';
import { mendedPart } from './mended-part.js';
import { isSameList } from './same-list.js';

/**
 * A thread from a host, as far as it can be read: stored messages come back from anywhere. What is a message is kept as
 * the very object; `content` as other APIs have it is taken for parts, and ids that are missing or used twice are made.
 * A field that is something else than it should be costs that field, never the thread.
 */
export function readGivenMessages(given: readonly Message[] | null | undefined): readonly Message[] {
  const list: unknown = given ?? [];
  if (!Array.isArray(list)) throw new TypeError('`messages` takes a list.');
  const ids = new Set<string>();
  return list.filter(isObject).map((message) => readMessage(message as Message, ids));
}

function readMessage(message: Message, ids: Set<string>): Message {
  const isOwn = typeof message.id === 'string' && message.id !== '' && !ids.has(message.id);
  const id = isOwn ? message.id : createId();
  ids.add(id);
  const parts = partsOf(message);
  const role = typeof message.role === 'string' ? message.role : 'assistant';
  return isOwn && parts === message.parts && role === message.role ? message : { ...message, id, role, parts };
}

function partsOf({ parts, content }: { parts?: unknown; content?: unknown }): MessagePart[] {
  const list = parts ?? content;
  if (Array.isArray(list)) {
    const read = list.filter(isPart).map(mendedPart);
    return isSameList(read, list) ? list : read;
  }
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
