import { isToolPart, type Message, type MessagePart } from '../../message.js';

/**
 * The calls of a conversation under ids that a provider takes, each another one: what went before may be another
 * provider's, and calls that come without any id are numbered within their answer.
 *
 * @param spell an id as the provider takes it; another one with each count from 1 on.
 */
export function withCallIds(messages: readonly Message[], spell: (id: string, count: number) => string): Message[] {
  const taken = new Set<string>();
  const freeId = (id: string): string => {
    let count = 1;
    while (taken.has(spell(id, count))) count += 1;
    const free = spell(id, count);
    taken.add(free);
    return free;
  };
  const renamed = (part: MessagePart) => (isToolPart(part) ? { ...part, toolCallId: freeId(part.toolCallId) } : part);
  return messages.map((message) => ({ ...message, parts: message.parts.map(renamed) }));
}

/** Mistral takes nine letters and digits. What another provider's id ends with is the likeliest to tell it from others. */
export function mistralId(id: string, count: number): string {
  const number = count === 1 ? '' : String(count);
  const length = 9 - number.length;
  return (
    id
      .replace(/[^a-z\d]/gi, '')
      .slice(-length)
      .padStart(length, '0') + number
  );
}
