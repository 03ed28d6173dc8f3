import { AiMessageEvent } from '../../events.js';
import {
  isArtifactPart,
  isToolPart,
  type Message,
  type MessagePart,
  type ReasoningMessagePart,
  type TextMessagePart,
} from '../../message.js';
import type { StreamPart } from '../../protocols/stream-part.js';
import { newsOf } from './message-news.js';
import { settleMessage } from '../reduce/reduce-message.js';
import type { Outcome, Run } from '../run.js';

type Thread = readonly Message[];

export interface Placed {
  messages: Thread;
  /** The events that the change is worth. */
  news: Event[];
}

/** The thread with the answer as it now is, in the place of what stood for it. */
export function placeAnswer(messages: Thread, run: Run, message: Message, part?: StreamPart): Placed {
  const before = run.message;
  if (message === before) return { messages, news: [] };
  run.message = message;
  if (isHeldBack(run, before, part)) return { messages, news: [] };
  const { standing } = run;
  run.standing = message;
  if (!standing)
    return {
      messages: [...messages, message],
      news: [new AiMessageEvent({ message }), ...newsOf(before, message, part)],
    };
  // What is written again is news only where it goes further than what stood.
  const known = run.isCatchingUp ? standing : before;
  run.isCatchingUp = false;
  const index = messages.lastIndexOf(standing);
  return { messages: index < 0 ? messages : messages.with(index, message), news: newsOf(known, message, part) };
}

/** The same once nothing more comes of it. */
export function placeEnd(messages: Thread, run: Run, outcome: Outcome): Placed {
  if (outcome !== 'complete') keepStanding(run);
  run.isCatchingUp = false;
  const settled = settleMessage(run.message, outcome === 'nothing' ? 'complete' : outcome);
  const placed = placeAnswer(messages, run, settled);
  // A stream without an answer in it is none where nobody has asked for one, or where the host has kept the answer.
  const isNone = (run.isResumed || run.isKept) && settled === run.begun;
  if (outcome !== 'complete' || run.standing || isNone) return placed;
  // One that is complete and has nothing to show is one, too, which says that it has ended also where its stream did not.
  const message = { ...settled, metadata: { finishReason: 'other' as const, ...settled.metadata } };
  run.message = run.standing = message;
  return { messages: [...placed.messages, message], news: [...placed.news, new AiMessageEvent({ message })] };
}

/** An answer that has nothing to show yet takes nobody's place. What stands is not given up for one that shows less than that. */
function isHeldBack({ standing, message, isCatchingUp }: Run, before: Message, part: StreamPart | undefined): boolean {
  if (standing === undefined) return isEmpty(message);
  if (standing === before) return false;
  if (message.parts.length === 0) return true;
  return isCatchingUp && part?.type !== 'finish' && weigh(message) < weigh(standing);
}

/** The answer fails or is stopped before it has come as far as what stands: that stays. */
function keepStanding(run: Run): void {
  if (!run.isCatchingUp || !run.standing) return;
  run.isCatchingUp = false;
  run.message = run.standing;
}

/**
 * A server that gives every answer the same id must not make two messages one. An answer that was asked for before is the
 * message that stands for it.
 */
export function withDistinctId(messages: Thread, run: Run, message: Message): Message {
  const { id } = run.message;
  if (message.id === id) return message;
  if (run.isCatchingUp) return { ...message, id };
  const other = messages.find((one) => one.id === message.id && one !== run.standing);
  if (!other) return message;
  if (!run.isResumed || other.role !== 'assistant') return { ...message, id };
  run.standing = other;
  run.isCatchingUp = true;
  return message;
}

/** Nothing that a reader could see, or a host could show: a server says that it begins long before the first word. */
export function isEmpty({ parts }: Message): boolean {
  return parts.every((part) => (isText(part) ? part.text.trim() === '' : part.type === 'step-start'));
}

/** How much a message has to show: its characters, and each part as one. */
function weigh({ parts }: Message): number {
  return parts.reduce((sum, part) => sum + 1 + lengthOf(part), 0);
}

function lengthOf(part: MessagePart): number {
  if (isText(part)) return part.text.length;
  if (isArtifactPart(part)) return part.data.content.length;
  return isToolPart(part) ? (part.inputText?.length ?? 0) : 0;
}

function isText(part: MessagePart): part is TextMessagePart | ReasoningMessagePart {
  return part.type === 'text' || part.type === 'reasoning';
}
