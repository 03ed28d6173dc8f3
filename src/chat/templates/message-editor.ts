import { css, html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { textOf, type Message } from '../../message.js';
import type { ChatStrings } from '../chat-strings.js';
import { fit } from './composer.js';

export interface EditingParts {
  words(): ChatStrings;
  /** False where nothing can be sent just now. */
  save(messageId: string, text: string): boolean;
  changed(): void;
  cancel(): void;
}

/** The box in which the reader changes what they had asked: Enter sends it, Escape gives up. Loaded with the first one. */
export class MessageEditor implements ReactiveController {
  #message: Message | undefined;
  #draft = '';
  /** The draft that the field is as high as. */
  #fitted: string | undefined;
  readonly #host: LitElement;
  readonly #parts: EditingParts;

  constructor(host: LitElement, parts: EditingParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostUpdated(): void {
    if (!this.#message || this.#draft === this.#fitted) return;
    this.#fitted = this.#draft;
    fit(this.#input);
  }

  render(message: Message, busy: boolean): TemplateResult {
    if (message.id !== this.#message?.id) this.#begin(message);
    const words = this.#parts.words();
    return html`<form part="editor" class="editor" @submit=${this.#handleSubmit}>
      <textarea
        part="input"
        rows="1"
        dir="auto"
        aria-label=${words.edit}
        .value=${this.#draft}
        @input=${this.#handleInput}
        @keydown=${this.#handleKeydown}
      ></textarea>
      <button type="button" class="choice" @click=${this.#handleCancel}>${words.cancelEdit}</button>
      <button type="submit" class="choice" ?disabled=${busy || this.#draft.trim() === ''}>${words.saveEdit}</button>
    </form>`;
  }

  #begin(message: Message): void {
    this.#message = message;
    this.#draft = textOf(message);
    this.#fitted = undefined;
    void this.#host.updateComplete.then(() => this.#focusText());
  }

  #focusText(): void {
    const input = this.#input;
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }

  get #input(): HTMLTextAreaElement | undefined {
    return this.#host.renderRoot.querySelector<HTMLTextAreaElement>('.editor textarea') ?? undefined;
  }

  readonly #handleInput = (event: Event): void => {
    this.#draft = (event.target as HTMLTextAreaElement).value;
    this.#parts.changed();
  };

  /** As in the box below the thread: Enter that ends the choice of a character sends nothing, and Escape then is not ours. */
  readonly #handleKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') this.#handleCancel();
    else if (event.key !== 'Enter' || event.shiftKey) return;
    else this.#save();
    event.preventDefault();
  };

  readonly #handleSubmit = (event: Event): void => {
    event.preventDefault();
    this.#save();
  };

  /** What is as it was is not asked again. */
  #save(): void {
    const message = this.#message;
    const text = this.#draft.trim();
    if (!message || text === '') return;
    if (text === textOf(message).trim()) this.#handleCancel();
    else if (this.#parts.save(message.id, text)) this.#message = undefined;
  }

  /** The focus goes back to the button that it came from. */
  readonly #handleCancel = (): void => {
    const id = this.#message?.id ?? '';
    this.#message = undefined;
    this.#parts.cancel();
    void this.#host.updateComplete.then(() => {
      const article = this.#host.renderRoot.querySelector(`article[data-id="${CSS.escape(id)}"]`);
      article?.querySelector<HTMLElement>('[data-action="edit"]')?.focus();
    });
  };
}

export const editorStyles = css`
  .editor {
    flex-wrap: wrap;
    justify-content: end;
    max-inline-size: none;
  }
  .editor textarea {
    flex: 1 1 100%;
  }
  .editor [type='submit']:enabled {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
`;
