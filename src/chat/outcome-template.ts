import { html, nothing } from 'lit';
import type { ChatSession } from '../conversation/chat-session.js';
import type { StreamError } from '../stream/stream-error.js';
import type { ChatStrings } from './chat-strings.js';

export interface OutcomeView {
  session: ChatSession;
  words: ChatStrings;
  /** The last answer was stopped by the reader. */
  stopped: boolean;
  /** The host tells the reader about the error itself. */
  quiet: boolean;
  onRetry(): void;
}

/** What stands below the last message: work in progress, a stop, or what went wrong and the way on. */
export function renderOutcome({ session, words, stopped, quiet, onRetry }: OutcomeView): unknown {
  const { status, error, messages } = session;
  const nothingYet = session.busy && messages.at(-1)?.role !== 'assistant';
  if (status === 'submitted' || nothingYet) return renderWorking(words);
  if (status === 'error' && error && !quiet) return renderError(error, words, onRetry);
  return stopped ? html`<p class="note"><bdi>${words.stopped}</bdi></p>` : nothing;
}

function renderWorking(words: ChatStrings): unknown {
  return html`<p part="working" class="working">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${words.working}
  </p>`;
}

function renderError(error: StreamError, words: ChatStrings, onRetry: () => void): unknown {
  // What the service itself says helps the reader; what a browser or a proxy says does not.
  const detail = error.code === 'protocol' || error.code === 'http' ? error.message : '';
  return html`<div part="error" class="error" role="alert">
    <p><bdi>${words.errors[error.code]}</bdi>${detail ? html`<small dir="auto">${detail}</small>` : nothing}</p>
    <button type="button" class="choice" @click=${onRetry}>${words.retry}</button>
  </div>`;
}
