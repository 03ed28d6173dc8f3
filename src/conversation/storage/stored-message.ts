import type { Message, MessagePart, ToolMessagePart } from '../../message.js';
import { readGivenMessages } from '../thread/given-messages.js';
import { settleMessage } from '../reduce/reduce-message.js';
import { streamingInput } from '../reduce/streaming-input.js';
import type { StoredMessage } from './chat-database.js';

const ROLES = new Set<unknown>(['user', 'assistant', 'system']);

/** A message as text, without what only a page can hold. Arguments that still stream are not parsed for it. */
export function toText(message: Message): string {
  const parts = message.parts.map(withoutReadInput);
  try {
    return JSON.stringify({ ...message, parts });
  } catch {
    // A host's own part that points at itself, say: the rest of the message is kept.
    return JSON.stringify({ id: message.id, role: message.role, parts: parts.filter(isWritable) });
  }
}

/** The message of a row, or undefined where it holds none: a row may have been written by anybody on this origin. */
export function fromRow(row: StoredMessage): Message | undefined {
  try {
    const stored = JSON.parse(row.text) as Message;
    return stored.id === row.id ? readStored(stored) : undefined;
  } catch {
    return undefined;
  }
}

export function readStored(stored: Message): Message | undefined {
  const [message] = ROLES.has(stored.role) ? readGivenMessages([stored]) : [];
  return message && settleMessage({ ...message, parts: message.parts.map(withReadInput) }, 'stopped');
}

/** Naming the fields spares the getter: reading `input` would parse the whole text. */
function withoutReadInput(part: MessagePart): MessagePart {
  if (!isStreamingCall(part)) return part;
  const kept = Object.keys(part).filter((key) => key !== 'input');
  return Object.fromEntries(kept.map((key) => [key, part[key as keyof ToolMessagePart]])) as unknown as MessagePart;
}

function withReadInput(part: MessagePart): MessagePart {
  return isStreamingCall(part) ? streamingInput(part, part.inputText!, part.inputEncoding ?? 'json') : part;
}

function isStreamingCall(part: MessagePart): part is ToolMessagePart {
  const { state, inputText } = part as Partial<ToolMessagePart>;
  return state === 'input-streaming' && typeof inputText === 'string';
}

function isWritable(part: MessagePart): boolean {
  try {
    return JSON.stringify(part) !== undefined;
  } catch {
    return false;
  }
}
