import { html, nothing } from 'lit';
import type { ChatStrings } from '../chat-strings.js';
import { icon } from './icons.js';

export type Notice = keyof ChatStrings['warnings'];

export function isNotice(code: string, words: ChatStrings): code is Notice {
  return Object.hasOwn(words.warnings, code);
}

/** What the reader should know about the conversation as such, until it is dismissed. */
export function renderNotice(notice: Notice | undefined, words: ChatStrings, onDismiss: () => void): unknown {
  if (notice === undefined) return nothing;
  return html`<div part="notice" class="notice">
    <p><bdi>${words.warnings[notice]}</bdi></p>
    <button type="button" class="action" @click=${onDismiss}>
      ${icon('dismiss')}<span class="visually-hidden">${words.dismiss}</span>
    </button>
  </div>`;
}
