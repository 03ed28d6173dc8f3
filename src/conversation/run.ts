import { AiFinishEvent } from '../events.js';
import type { Message } from '../message.js';
import type { Protocol } from '../protocols/protocol.js';
import type { FinishReason } from '../protocols/stream-part.js';
import { StreamError } from '../stream/stream-error.js';
import type { Connection, Plan } from './request/connection.js';
import { firstParts } from './reduce/message-parts.js';
import { createAnswer } from './thread/new-message.js';

/** What one answer needs while it streams. A run that is no longer the session's own has no say any more. */
export interface Run {
  readonly controller: AbortController;
  connection: Connection | undefined;
  /** What the answer's parts are added to, from its first one on. */
  readonly begun: Message;
  message: Message;
  /** What stands in the thread for it: nothing before its first part that leaves a trace, or what it goes on from. */
  standing: Message | undefined;
  /** The answer is written again from its beginning: what stands is more than what has come of that. */
  isCatchingUp: boolean;
  /** Whether it is an answer that was asked for before. */
  readonly isResumed: boolean;
  /** The server goes on writing when the connection is lost. */
  readonly outlivesConnection: boolean;
  stopped: boolean;
  /** The host has kept something of what came for itself. */
  isKept: boolean;
  /** Puts back what was taken out of the thread for this answer, where nothing comes of that. Gives what stands there then. */
  readonly undo: (() => Message | undefined) | undefined;
  /** Asks for it once more from there. */
  readonly again: (() => Promise<Message>) | undefined;
}

export interface Answer {
  /** What the parts are added to. */
  message: Message;
  /** A message of the thread whose place it takes with its first part. */
  replaces?: Message | undefined;
  undo?: (() => Message | undefined) | undefined;
  again?: () => Promise<Message>;
  protocol?: string | Protocol | undefined;
  isResumed?: boolean;
}

/** An answer that is asked for as it may still be being written: what stands of it stays until that has come as far. */
export function resumedAnswer(last: Message | undefined, settled: number): Answer {
  // What stopped for its tools says so, too.
  const isOpen = last?.role === 'assistant' && (settled > 0 || last.metadata?.finishReason === undefined);
  if (!isOpen) return { message: createAnswer(), isResumed: true };
  return { message: firstParts(last, settled), replaces: last, isResumed: true };
}

/** From what stands of it. */
export function goingOn(message: Message): Answer {
  return { message, replaces: message };
}

export function beginRun(answer: Answer, plan: Plan): Run {
  const { message, replaces, undo, again, isResumed = false } = answer;
  return {
    controller: new AbortController(),
    connection: undefined,
    begun: message,
    message,
    standing: replaces,
    isCatchingUp: isResumed && replaces !== undefined,
    isResumed,
    outlivesConnection: plan.style === 'resumption',
    stopped: false,
    isKept: false,
    undo,
    again,
  };
}

/** Shows the host what has come. Gives whether it is left to the session. */
export function offer(run: Run, session: EventTarget, event: Event): boolean {
  const isLeft = session.dispatchEvent(event);
  run.isKept ||= !isLeft;
  return isLeft;
}

export function stopRun(run: Run): Run {
  run.stopped = true;
  run.controller.abort(new StreamError('aborted', 'The answer was stopped.'));
  return run;
}

export function leftInTheMiddle(): StreamError {
  const remedy = 'Set `resumable` where the server keeps answers: then it is taken up again.';
  return new StreamError('truncated', 'The page was left before the answer had ended.', { remedy });
}

/** The answer is read anew. What stands in the thread stays until that has come as far. */
export function restartRun(run: Run): void {
  run.message = { ...run.begun, id: run.message.id };
  run.isCatchingUp = run.standing !== undefined;
}

/** How an answer ended. `nothing`: no response came, and none was refused. */
export type Outcome = 'complete' | 'error' | 'stopped' | 'nothing';

export function outcomeOf({ stopped, connection, isResumed }: Run, error: unknown): Outcome {
  // Of an answer that was only looked for there is nothing to stop.
  if (stopped) return isResumed && !connection?.opened ? 'nothing' : 'stopped';
  if (error !== undefined) return 'error';
  return connection?.opened ? 'complete' : 'nothing';
}

/** What stands for it, or would. */
export function messageOf({ standing, message }: Run): Message {
  return standing ?? message;
}

/** Nothing has come of it that stands now. */
export function isWithoutTrace({ standing, message, begun }: Run, outcome: Outcome): boolean {
  return !standing || (outcome !== 'complete' && message === begun);
}

export function finishOf({ message, stopped }: Run): AiFinishEvent {
  const told: unknown = message.metadata?.finishReason;
  const finishReason = stopped ? 'interrupted' : typeof told === 'string' ? (told as FinishReason) : 'unknown';
  return new AiFinishEvent({ message, finishReason, stopped });
}
