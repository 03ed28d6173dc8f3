import { isToolPart, type Message, type MessagePart } from '../../message.js';

/** The list that is being added to, and where the latest call of each id stands in it. */
let known: { parts: readonly MessagePart[]; calls: Map<string, number> } | undefined;

export function pushPart(message: Message, part: MessagePart): Message {
  const parts = [...message.parts, part];
  if (known?.parts === message.parts) {
    known.parts = parts;
    note(part, message.parts.length);
  }
  return { ...message, parts };
}

export function firstParts(message: Message, count: number): Message {
  return { ...message, parts: message.parts.slice(0, count) };
}

export function replacePart(message: Message, index: number, part: MessagePart): Message {
  const parts = message.parts.slice();
  parts[index] = part;
  // A call keeps its id, and nothing else becomes one.
  if (known?.parts === message.parts) known.parts = parts;
  return { ...message, parts };
}

/** The same message where no part has changed, so that an unchanged message keeps its identity. */
export function mapParts(message: Message, change: (part: MessagePart) => MessagePart): Message {
  known = undefined;
  const parts = message.parts.map(change);
  return parts.some((part, index) => part !== message.parts[index]) ? { ...message, parts } : message;
}

/** Where the latest call of an id stands, or -1. */
export function lastCall({ parts }: Message, id: string): number {
  if (known?.parts !== parts) {
    known = { parts, calls: new Map() };
    parts.forEach(note);
  }
  return known.calls.get(id) ?? -1;
}

function note(part: MessagePart, index: number): void {
  if (isToolPart(part)) known!.calls.set(part.toolCallId, index);
}
