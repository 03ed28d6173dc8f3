import type { Message } from '../message.js';
import type { Protocol } from '../protocols/protocol.js';
import type { Connection, Plan } from './connection.js';

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
  /** The end of the thread that was cut off for this answer, and comes back where nothing comes of that. */
  readonly cutOff: readonly Message[] | undefined;
  /** Asks for it once more from there. */
  readonly again: (() => Promise<Message>) | undefined;
}

export interface Answer {
  /** What the parts are added to. */
  message: Message;
  /** A message of the thread whose place it takes with its first part. */
  replaces?: Message | undefined;
  /** The end of the thread that was cut off for this answer. */
  cutOff?: readonly Message[] | undefined;
  again?: () => Promise<Message>;
  protocol?: string | Protocol | undefined;
  isResumed?: boolean;
}

export function beginRun(answer: Answer, plan: Plan): Run {
  const { message, replaces, cutOff, again, isResumed = false } = answer;
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
    cutOff,
    again,
  };
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
