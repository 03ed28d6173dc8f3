import { html, nothing } from 'lit';
import { seenText } from '../../trust/text-filter.js';
import type { ChatSession } from '../../conversation/chat-session.js';
import { hasOutcome } from '../../conversation/thread/tool-answers.js';
import { isToolPart, type Message } from '../../message.js';
import { isLoss, type StreamError } from '../../stream/stream-error.js';
import type { ChatStrings } from '../chat-strings.js';
import { endingOf } from './ending.js';

export interface OutcomeView {
  session: ChatSession;
  words: ChatStrings;
  /** The last answer was stopped by the reader. */
  stopped: boolean;
  /** The host tells the reader about the error itself. */
  quiet: boolean;
  /** It is being looked for what nobody has asked for. */
  isUnasked: boolean;
  isOffline: boolean;
  /** Milliseconds until the server allows another try. */
  left: number;
  onRetry(): void;
}

/** What stands below the last message: work in progress, a lost connection, how it ended, or what went wrong and the way on. */
export function renderOutcome(view: OutcomeView): unknown {
  const { session, words, stopped, quiet } = view;
  const { status, error, messages, interruption } = session;
  if (interruption) return renderInterruption(view.isOffline, words);
  if (view.isUnasked) return nothing;
  if (status === 'submitted' || (session.busy && isAwaited(messages.at(-1))))
    return renderWork(words.working, 'working');
  if (status === 'error' && error && !quiet) return renderError(error, view);
  const note = stopped ? words.stopped : status === 'ready' ? endingOf(messages.at(-1), words) : undefined;
  return note === undefined ? nothing : html`<p class="note"><bdi>${note}</bdi></p>`;
}

/** The next thing to see is still to come: before the first word, and after a tool has had its say. */
function isAwaited(last: Message | undefined): boolean {
  if (last?.role !== 'assistant') return true;
  const part = last.parts.at(-1);
  return part?.type === 'step-start' || (part !== undefined && isToolPart(part) && hasOutcome(part));
}

/** Nothing is at work where there is no network. */
function renderInterruption(isOffline: boolean, words: ChatStrings): unknown {
  if (!isOffline) return renderWork(words.reconnecting, 'reconnecting');
  return html`<p part="reconnecting" class="working"><bdi>${words.waiting}</bdi></p>`;
}

function renderWork(text: string, part: string): unknown {
  return html`<p part=${part} class="working">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><bdi>${text}</bdi>
  </p>`;
}

/** The time that is left stands outside of the alert, which would be read out again with each second. */
function renderError(error: StreamError, view: OutcomeView): unknown {
  const { session, words, left, onRetry } = view;
  // What the service itself says helps the reader; what a browser, a proxy or this package says is for who integrates it.
  const detail = seenText(error.said ?? '');
  const wait = left > 0 ? html`<p class="wait" role="timer"><bdi>${words.retryIn(left)}</bdi></p>` : nothing;
  // What a host has given to be read in an empty thread is the host's to give again.
  const canRetry = session.messages.length > 0 || session.resumable;
  return html`<div part="error" class="error ${isCalm(error, view) ? 'calm' : ''}">
    <p role="alert">
      <bdi>${sentenceFor(error, view)}</bdi>${detail ? html`<small><bdi>${detail}</bdi></small>` : nothing}
    </p>
    ${wait} ${canRetry ? html`<button type="button" class="choice" @click=${onRetry}>${words.retry}</button>` : nothing}
  </div>`;
}

/** Neither patience nor a missing network is anybody's failure. */
function isCalm(error: StreamError, { isOffline }: OutcomeView): boolean {
  return isBusy(error) || (isOffline && isLoss(error));
}

function isBusy({ retryAfter, status }: StreamError): boolean {
  return retryAfter !== undefined || status === 429;
}

function sentenceFor(error: StreamError, { words, isOffline }: OutcomeView): string {
  if (isOffline && isLoss(error)) return words.offline;
  return isBusy(error) ? words.busy : words.errors[error.code];
}
