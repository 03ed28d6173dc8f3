import type { ChatSession } from '../../conversation/chat-session.js';
import { isSameList } from '../../conversation/thread/same-list.js';
import type { Message } from '../../message.js';
import { saidBy } from '../../element/said-by.js';

type Thread = readonly Message[];

/** Whether a host's list is what it set before, or the thread itself. */
export function isKnownThread(given: Thread, before: Thread | undefined, session: ChatSession): boolean {
  return isThread(given, session) || (before !== undefined && isSameList(before, given));
}

/**
 * Frameworks hand it back as copies, or behind proxies, at their next render:
 * by then there may be more of the answer that is being written, or some of it where there was none.
 */
function isThread(given: Thread, { messages, busy }: ChatSession): boolean {
  const last = messages.at(-1);
  const growing = busy && last?.role === 'assistant' ? last : undefined;
  const lacks = messages.length - given.length;
  if (lacks !== 0 && !(lacks === 1 && growing)) return false;
  return messages.every((own, index) => index >= given.length || isSame(given[index], own, growing));
}

/** What a tool is called with may be deep. */
function isSame(given: Message | undefined, own: Message, growing: Message | undefined): boolean {
  if (given === own) return true;
  return given?.id === own.id && (own === growing || isSameList(saidBy(given, 50), saidBy(own, 50)));
}
