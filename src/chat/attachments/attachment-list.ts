import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { addStyles } from '../../element/style-sheets.js';
import { repeat } from '../../element/repeat.js';
import { seenText } from '../../trust/text-filter.js';
import { withWords } from '../../element/words.js';
import type { FileMessagePart } from '../../message.js';
import { icon } from '../templates/icons.js';
import { accepts } from './accepts.js';
import { Attachment, type Refusal } from './attachment.js';
import { englishAttachments, type AttachmentStrings } from './attachment-strings.js';
import { attachmentStyles } from './attachment-styles.js';

/** What goes with one message. */
const MOST_FILES = 10;

export interface AttachmentView {
  /** Undefined: no file may be attached any more. */
  accept: string | undefined;
  disabled: boolean;
  words: Partial<AttachmentStrings>;
}

export interface AttachmentActions {
  announce(text: string): void;
  focus(): void;
}

type Host = ReactiveControllerHost & HTMLElement;

/** Files that go out with the next message: picked, pasted into the chat, or dropped on it. */
export class AttachmentList implements ReactiveController {
  #all: readonly Attachment[] = [];
  /** Those of conversations that are not shown, while this page is there. */
  readonly #aside = new Map<string, readonly Attachment[]>();
  #problem = '';
  /** Files are held over the chat. */
  #isOver = false;
  #view: AttachmentView | undefined;
  readonly #host: Host;
  readonly #actions: AttachmentActions;

  constructor(host: Host, actions: AttachmentActions) {
    this.#host = host;
    this.#actions = actions;
    host.addController(this);
    addStyles(host.shadowRoot!, [attachmentStyles]);
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  /** Whether one is on its way yet. */
  get isReading(): boolean {
    return this.#all.some(({ part }) => !part);
  }

  get parts(): FileMessagePart[] {
    return this.#all.flatMap(({ part }) => part ?? []);
  }

  hostConnected(): void {
    for (const one of this.#all) one.show();
    this.#host.addEventListener('paste', this.#handlePaste);
    this.#host.addEventListener('dragover', this.#handleDragOver);
    this.#host.addEventListener('dragleave', this.#handleDragLeave);
    this.#host.addEventListener('drop', this.#handleDrop);
  }

  /** A removal that an insertion follows in the same task is a move. After another one nothing must be left in the browser. */
  hostDisconnected(): void {
    this.#host.removeEventListener('paste', this.#handlePaste);
    this.#host.removeEventListener('dragover', this.#handleDragOver);
    this.#host.removeEventListener('dragleave', this.#handleDragLeave);
    this.#host.removeEventListener('drop', this.#handleDrop);
    this.#isOver = false;
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#all = this.#all.filter((one) => one.rest());
    });
  }

  /** Another conversation is shown, with which they must not go out. */
  setAside(conversation: string): void {
    const stay = this.#all.filter((one) => one.rest());
    this.#aside.set(conversation, [...(this.#aside.get(conversation) ?? []), ...stay]);
    this.clear();
  }

  /** It is shown again. */
  bringBack(conversation: string): void {
    const again = this.#aside.get(conversation) ?? [];
    this.#aside.delete(conversation);
    for (const one of again) one.show();
    this.#all = [...again, ...this.#all];
    this.#host.requestUpdate();
  }

  /** They have gone out, or are wanted no more: those with these parts, or all. */
  clear(parts?: readonly FileMessagePart[]): void {
    const stays = ({ part }: Attachment) => parts !== undefined && !(part && parts.includes(part));
    for (const one of this.#all) if (!stays(one)) one.release();
    this.#all = this.#all.filter(stays);
    this.#problem = '';
    this.#host.requestUpdate();
  }

  /** The button, and above the text field what is attached. */
  render(view: AttachmentView): unknown {
    this.#view = view;
    if (view.accept === undefined) return nothing;
    const words = this.#words;
    return html`${this.#renderList(words)} ${this.#renderProblem()}
      <input
        class="file"
        type="file"
        multiple
        hidden
        accept=${view.accept}
        ?disabled=${view.disabled}
        @change=${this.#handlePick}
      />
      <button part="attach" class="attach" type="button" ?disabled=${view.disabled} @click=${this.#handleAttach}>
        ${icon('attach')}<span class="visually-hidden">${words.attach}</span>
      </button>
      ${this.#isOver ? html`<p class="drop" aria-hidden="true">${words.drop}</p>` : nothing}`;
  }

  /** Where files may not be attached, or not now, what is dropped or pasted is the page's. */
  get #isOpen(): boolean {
    return this.#view?.accept !== undefined && !this.#view.disabled;
  }

  get #words(): AttachmentStrings {
    return withWords(englishAttachments, this.#view?.words);
  }

  #renderList(words: AttachmentStrings): unknown {
    if (this.isEmpty) return nothing;
    return html`<ul part="attachments" class="attachments" aria-label=${words.attached}>
      ${repeat(
        this.#all,
        (one) => one,
        (one, index) => this.#renderOne(one, index, words),
      )}
    </ul>`;
  }

  #renderOne(one: Attachment, index: number, words: AttachmentStrings): unknown {
    const name = nameOf(one.file);
    const state = one.part ? '' : ' reading';
    return html`<li part="attachment" class="attachment${state}">
      ${one.preview === undefined ? icon('artifact') : html`<img src=${one.preview} alt="" @error=${this.#handleUnseen} />`}
      <bdi title=${name}>${name}</bdi>
      ${one.part ? nothing : html`<span class="visually-hidden">${words.reading(name)}</span>`}
      <button type="button" class="action" value=${index} @click=${this.#handleRemove}>
        ${icon('dismiss')}<span class="visually-hidden">${words.remove(name)}</span>
      </button>
    </li>`;
  }

  #renderProblem(): unknown {
    return this.#problem === ''
      ? nothing
      : html`<p part="attachment-problem" class="problem"><bdi>${this.#problem}</bdi></p>`;
  }

  #add(files: Iterable<File>): void {
    if (!this.#isOpen) return;
    const words = this.#words;
    const given = [...files];
    const wanted = given.filter((file) => accepts(this.#view!.accept!, file));
    const room = MOST_FILES - this.#all.length;
    const refused = given.find((file) => !wanted.includes(file));
    this.#tell(wanted.length > room ? words.tooMany(MOST_FILES) : refused ? words.notAccepted(nameOf(refused)) : '');
    for (const file of wanted.slice(0, room)) void this.#take(new Attachment(file));
  }

  async #take(one: Attachment): Promise<void> {
    this.#all = [...this.#all, one];
    this.#host.requestUpdate();
    const refusal = await one.read(this.#host);
    // It may have been removed in the meantime.
    if (!this.#all.includes(one)) return;
    if (refusal === undefined) this.#actions.announce(this.#words.added(nameOf(one.file)));
    else this.#letGo(one, refusal);
    this.#host.requestUpdate();
  }

  #letGo(one: Attachment, refusal: Refusal | null): void {
    one.release();
    this.#all = this.#all.filter((other) => other !== one);
    if (refusal !== null) this.#tell(this.#words[refusal](nameOf(one.file)));
  }

  /** The focus goes on to what stands in its place now. */
  #handleRemove = (event: Event): void => {
    const index = Number((event.currentTarget as HTMLButtonElement).value);
    const one = this.#all[index];
    if (!one) return;
    this.#letGo(one, null);
    this.#problem = '';
    this.#actions.announce(this.#words.removed(nameOf(one.file)));
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#focusOn(index));
  };

  #focusOn(index: number): void {
    const buttons = this.#host.shadowRoot!.querySelectorAll<HTMLElement>('.attachment button');
    const next = buttons[Math.min(index, buttons.length - 1)];
    if (next) next.focus();
    else this.#actions.focus();
  }

  #tell(problem: string): void {
    this.#problem = problem;
    if (problem !== '') this.#actions.announce(problem);
    this.#host.requestUpdate();
  }

  #handleAttach = (): void => {
    this.#host.shadowRoot!.querySelector<HTMLInputElement>('input.file')?.click();
  };

  #handlePick = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#add(input.files ?? []);
    // The same file can be picked again.
    input.value = '';
  };

  #handlePaste = (event: ClipboardEvent): void => {
    const { clipboardData } = event;
    if (!this.#isOpen || !clipboardData?.files.length || isText(clipboardData)) return;
    event.preventDefault();
    this.#add(clipboardData.files);
  };

  #handleDragOver = (event: DragEvent): void => {
    if (!this.#isOpen || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.#setOver(true);
  };

  #handleDragLeave = (event: DragEvent): void => {
    if (!this.#host.contains(event.relatedTarget as Node | null)) this.#setOver(false);
  };

  #handleDrop = (event: DragEvent): void => {
    if (!this.#isOpen || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#setOver(false);
    this.#add(event.dataTransfer.files);
    this.#actions.focus();
  };

  #setOver(isOver: boolean): void {
    if (isOver === this.#isOver) return;
    this.#isOver = isOver;
    this.#host.requestUpdate();
  }

  /** A picture of a kind that this browser cannot show, or that the page's policy keeps out. */
  #handleUnseen = (event: Event): void => {
    (event.target as HTMLElement).hidden = true;
  };
}

/** Copied text may bring a picture of itself along, and then it is the text that is meant; copied files may bring their names. */
function isText(clipboardData: DataTransfer): boolean {
  const names = [...clipboardData.files].map(({ name }) => name).filter(Boolean);
  const lines = clipboardData.getData('text/plain').split(/[\r\n]+/);
  return lines.some((line) => line !== '' && !names.some((name) => line.endsWith(name)));
}

/** Names that came with a file may hold what a reader cannot see. */
function nameOf({ name }: File): string {
  return seenText(name);
}
