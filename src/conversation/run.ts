import type { Message } from '../message.js';
import type { Protocol } from '../protocols/protocol.js';
import type { StallTimer } from '../stream/stall-timer.js';

/** What one answer needs while it streams. A run that is no longer the session's own has no say any more. */
export interface Run {
  readonly controller: AbortController;
  message: Message;
  /** What stands in the thread for it: nothing before its first part that leaves a trace, or what it goes on from. */
  standing: Message | undefined;
  /** There is a response: something came to an end, however it ended. */
  opened: boolean;
  stopped: boolean;
  /** The thread as it was asked for, and what it goes back to where nothing comes of that. */
  readonly asked: readonly Message[];
  readonly fallback: readonly Message[] | undefined;
}

export interface Answer {
  /** What the parts are added to. */
  message: Message;
  /** A message of the thread whose place it takes with its first part. */
  replaces?: Message | undefined;
  /** The thread before it was cut for this answer. */
  fallback?: readonly Message[] | undefined;
  protocol?: string | Protocol | undefined;
}

export type Source = (run: Run, timer: StallTimer) => Promise<Response | undefined>;
