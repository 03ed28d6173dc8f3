import { html, nothing, type ReactiveControllerHost } from 'lit';
import type { AiWarningEndEvent, AiWarningEvent } from '../../events.js';
import type { ChatStrings } from '../chat-strings.js';
import { icon } from './icons.js';

export interface NoticeParts {
  words(): ChatStrings;
  announce(text: string): void;
  focus(): void;
}

/** What the reader should know about the conversation as such, until it is dismissed or is so no more. */
export class NoticeBar {
  #code = '';
  readonly #host: ReactiveControllerHost;
  readonly #parts: NoticeParts;

  constructor(host: ReactiveControllerHost, parts: NoticeParts) {
    this.#host = host;
    this.#parts = parts;
  }

  render(): unknown {
    const { dismiss } = this.#parts.words();
    const text = this.#textOf(this.#code);
    if (text === undefined) return nothing;
    return html`<div part="notice" class="notice">
      <p><bdi>${text}</bdi></p>
      <button type="button" class="action" @click=${this.#handleDismiss}>
        ${icon('dismiss')}<span class="visually-hidden">${dismiss}</span>
      </button>
    </div>`;
  }

  readonly begin = ({ code, message, defaultPrevented }: AiWarningEvent): void => {
    console.warn(`<ai-stream-chat> ${code}: ${message}`);
    const text = this.#textOf(code);
    if (defaultPrevented || text === undefined) return;
    this.#show(code);
    this.#parts.announce(text);
  };

  readonly end = ({ code }: AiWarningEndEvent): void => {
    if (code === this.#code) this.#show('');
  };

  readonly #handleDismiss = (): void => {
    this.#show('');
    this.#parts.focus();
  };

  /** Undefined for what is no reader's business. */
  #textOf(code: string): string | undefined {
    const { warnings } = this.#parts.words();
    return Object.hasOwn(warnings, code) ? warnings[code as keyof typeof warnings] : undefined;
  }

  #show(code: string): void {
    this.#code = code;
    this.#host.requestUpdate();
  }
}
