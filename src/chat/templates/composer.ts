import { html, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { live } from 'lit/directives/live.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { LatePart } from '../../element/late-part.js';
import type { FileMessagePart } from '../../message.js';
import type { AttachmentList } from '../attachments/attachment-list.js';
import type { ChatStrings } from '../chat-strings.js';
import { icon } from './icons.js';
import { isHtml } from '../../element/node-kinds.js';

export interface ComposerView {
  words: ChatStrings;
  placeholder: string | undefined;
  disabled: boolean;
  /** An answer is streaming: the button stops it, and Enter keeps what is written. */
  busy: boolean;
  /** Which files the reader may attach, as `<input type="file">` has it; undefined: none. */
  accept: string | undefined;
}

export interface ComposerActions {
  /** `taken` is called once it goes out: never, where it cannot just now. */
  send(text: string, files: readonly FileMessagePart[], taken: () => void): void;
  stop(): void;
  announce(text: string): void;
  /** Files cannot be attached: what takes them could not be loaded. */
  missing(): void;
  /** The reader has changed what is written there, or sent it. */
  changed(draft: string): void;
}

/** The box that the reader writes in. Its draft outlives whatever happens to the thread above it. */
export class Composer implements ReactiveController {
  #draft = '';
  /** The draft that the field is as high as. */
  #fitted = '';
  #view: ComposerView | undefined;
  readonly #input = createRef<HTMLTextAreaElement>();
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #actions: ComposerActions;
  readonly #late = new LatePart<AttachmentList>(
    async () => {
      const { AttachmentList } = await import('../attachments/attachment-list.js');
      return new AttachmentList(this.#host, { announce: this.#actions.announce, focus: () => this.focus() });
    },
    () => (this.#late.hasFailed ? this.#actions.missing() : this.#host.requestUpdate()),
  );

  constructor(host: ReactiveControllerHost & HTMLElement, actions: ComposerActions) {
    this.#host = host;
    this.#actions = actions;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#draft === this.#fitted) return;
    this.#fitted = this.#draft;
    fit(this.#input.value);
  }

  /** What an earlier page had, unless the reader has begun to write since. A field whose value is set has its caret at the end. */
  restore(draft: string, conversation: string): void {
    this.#late.value?.bringBack(conversation);
    if (this.#draft !== '' || draft === '') return;
    this.#draft = draft;
    this.#host.requestUpdate();
  }

  /** Another conversation is shown than this one; or it is forgotten. */
  empty(conversation?: string): void {
    this.#draft = '';
    const { value: files } = this.#late;
    if (conversation === undefined) files?.clear();
    else files?.setAside(conversation);
    this.#host.requestUpdate();
  }

  /** The text field, or what the host has put in its place. */
  focus(options?: FocusOptions): void {
    const [own] = this.#input.value?.closest('slot')?.assignedElements() ?? [];
    if (isHtml(own)) own.focus(options);
    else this.#input.value?.focus(options);
  }

  render(view: ComposerView): unknown {
    // Once each time: what cannot be had is drawn anew as well.
    if (view.accept !== this.#view?.accept) void this.#late.load();
    this.#view = view;
    const placeholder = view.placeholder ?? view.words.placeholder;
    return html`<form part="composer" @submit=${this.#handleSubmit}>
      ${this.#renderAttachments(view)}
      <textarea
        part="input"
        rows="1"
        dir="auto"
        enterkeyhint="send"
        aria-label=${placeholder}
        placeholder=${placeholder}
        ?disabled=${view.disabled}
        .value=${live(this.#draft)}
        ${ref(this.#input)}
        @input=${this.#handleInput}
        @keydown=${this.#handleKeydown}
      ></textarea>
      ${view.busy ? this.#renderStop(view) : this.#renderSend(view)}
    </form>`;
  }

  #renderAttachments({ accept, disabled, words }: ComposerView): unknown {
    return this.#late.value?.render({ accept, disabled, words: words.attachments });
  }

  /** Files that go out with the text; none where none may be attached any more. */
  get #attachments(): AttachmentList | undefined {
    return this.#view?.accept === undefined ? undefined : this.#late.value;
  }

  /** Whether there is something to send, and all of it is there. */
  get #isComplete(): boolean {
    const { isEmpty = true, isReading = false } = this.#attachments ?? {};
    return !isReading && (this.#draft.trim() !== '' || !isEmpty);
  }

  #renderSend({ words, disabled }: ComposerView): unknown {
    const idle = disabled || !this.#isComplete;
    return html`<button part="submit" class="submit" type="submit" ?disabled=${idle}>
      ${icon('send')}<span class="visually-hidden">${words.send}</span>
    </button>`;
  }

  #renderStop({ words }: ComposerView): unknown {
    return html`<button part="submit stop" class="submit" type="button" @click=${this.#handleStop}>
      ${icon('stop')}<span class="visually-hidden">${words.stop}</span>
    </button>`;
  }

  #handleInput = (event: Event): void => {
    this.#change((event.target as HTMLTextAreaElement).value);
  };

  /** Enter sends, unless it ends the choice of a character: Safari reports that one as key 229 after the composition. */
  #handleKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  };

  #handleSubmit = (event: Event): void => {
    event.preventDefault();
    this.#submit();
  };

  /** The button that was pressed is about to become another one; the focus must not fall out of the page with it. */
  #handleStop = (): void => {
    this.#actions.stop();
    this.focus();
  };

  #submit(): void {
    if (!this.#isComplete || !this.#view || this.#view.disabled || this.#view.busy) return;
    const draft = this.#draft;
    const files = this.#attachments?.parts ?? [];
    // What is let go has gone out. By then the reader may have written on.
    this.#actions.send(draft.trim(), files, () => {
      this.#attachments?.clear(files);
      if (this.#draft.startsWith(draft)) this.#change(this.#draft.slice(draft.length));
    });
    this.focus();
  }

  #change(draft: string): void {
    this.#draft = draft;
    this.#actions.changed(draft);
    this.#host.requestUpdate();
  }
}

/**
 * Makes a field as high as its text: Safari before 26.2 gives it the height of its rows, whatever is written there.
 * Nothing of one that is not shown is known.
 */
export function fit(input: HTMLTextAreaElement | undefined): void {
  if (!input || CSS.supports('field-sizing', 'content')) return;
  input.style.blockSize = '';
  const { paddingBlockStart, paddingBlockEnd } = getComputedStyle(input);
  const height = input.scrollHeight - parseFloat(paddingBlockStart) - parseFloat(paddingBlockEnd);
  if (height > 0 && input.value !== '') input.style.blockSize = `${height}px`;
}
