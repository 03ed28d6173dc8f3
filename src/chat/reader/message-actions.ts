import type { LitElement } from 'lit';
import type { ChatSession } from '../../conversation/chat-session.js';
import { AiArtifactSelectEvent } from '../../events.js';
import { textOf, type Message } from '../../message.js';
import { seenText } from '../../trust/text-filter.js';
import type { ChatStrings } from '../chat-strings.js';
import { CopyState } from '../templates/copy-state.js';
import { Editing } from '../templates/editing.js';
import type { MessageState } from '../templates/message-context.js';
import { tellMissing } from '../session/missing-part.js';
import { unlessRefused } from '../session/refused-turn.js';

export interface ActionParts {
  session(): ChatSession;
  words(): ChatStrings;
  say(text: string): void;
  /** Something else has the reader's turn. */
  isTaken(): boolean;
  regenerate(messageId: string): Promise<unknown>;
  edit(messageId: string, text: string): Promise<unknown>;
  focus(): void;
}

/** What the buttons of messages do, and what comes of it in the messages. */
export class MessageActions {
  readonly #host: LitElement;
  readonly #parts: ActionParts;
  readonly #copied: CopyState;
  readonly #editing: Editing;

  constructor(host: LitElement, parts: ActionParts) {
    this.#host = host;
    this.#parts = parts;
    this.#copied = new CopyState(host);
    const save = (id: string, text: string) => this.#save(id, text);
    this.#editing = new Editing(host, { words: parts.words, save }, () => tellMissing(parts.session()));
  }

  stateOf({ id }: Message): Pick<MessageState, 'copied' | 'editor'> {
    return { copied: this.#copied.of(id), editor: this.#editing.of(id, this.#parts.isTaken()) };
  }

  readonly handle = (event: UIEvent): void => {
    const button = event.currentTarget as HTMLElement;
    const { action, id = '', message: messageId } = button.dataset;
    if (action === 'artifact') this.#host.dispatchEvent(new AiArtifactSelectEvent({ id, messageId }));
    if (action === 'copy') void this.#copy(id, button);
    // What was pressed may be a frame old: a turn that has begun since then goes first.
    if (this.#parts.session().busy) return;
    if (action === 'deny' || (action === 'allow' && event.detail < 2)) this.#answer(id, action === 'allow');
    if (action === 'regenerate') unlessRefused(this.#parts.regenerate(id));
    if (action === 'edit') this.#editing.begin(id);
  };

  /** The buttons give way to what was answered: whoever pressed one by keyboard goes on to the next question. */
  #answer(approvalId: string, approved: boolean): void {
    const choices = [...this.#host.renderRoot.querySelectorAll<HTMLElement>('.choice[data-action="allow"]:enabled')];
    unlessRefused(this.#parts.session().respondToApproval({ approvalId, approved }));
    choices.find(({ dataset }) => dataset['id'] !== approvalId)?.focus();
  }

  async #copy(id: string, button: Element): Promise<void> {
    const message = this.#parts.session().messages.find((one) => one.id === id);
    if (!message) return;
    const outcome = await this.#copied.copy(id, seenText(textOf(message)), button);
    const words = this.#parts.words();
    this.#parts.say(outcome === 'copied' ? words.copied : words.notCopied);
  }

  #save(id: string, text: string): boolean {
    if (this.#parts.isTaken()) return false;
    this.#editing.end();
    unlessRefused(this.#parts.edit(id, text));
    this.#parts.focus();
    return true;
  }
}
