import type { LitElement } from 'lit';
import { LatePart } from '../../element/late-part.js';
import { addStyles } from '../../element/style-sheets.js';
import type { EditingParts, MessageEditor } from './message-editor.js';

/** A message that is being changed; another object whenever it is to be drawn anew. */
export interface ShownEditor {
  editor: MessageEditor;
  busy: boolean;
}

/** Which of the reader's messages is being changed. */
export class Editing {
  #id: string | undefined;
  #shown: ShownEditor | undefined;
  readonly #host: LitElement;
  readonly #late: LatePart<MessageEditor>;

  /** @param failed the reader wants to change a message, and what lets them cannot be had. */
  constructor(host: LitElement, parts: Pick<EditingParts, 'words' | 'save'>, failed: () => void) {
    this.#host = host;
    this.#late = new LatePart(
      async () => {
        const { MessageEditor, editorStyles } = await import('./message-editor.js');
        addStyles(host.renderRoot as ShadowRoot, [editorStyles]);
        return new MessageEditor(host, { ...parts, changed: () => this.#renew(), cancel: () => this.end() });
      },
      () => (this.#late.hasFailed ? failed() : host.requestUpdate()),
    );
  }

  begin(id: string): void {
    this.#id = id;
    void this.#late.load();
    this.#renew();
  }

  end(): void {
    this.#id = undefined;
    this.#renew();
  }

  of(id: string, busy: boolean): ShownEditor | undefined {
    const editor = this.#late.value;
    if (id !== this.#id || !editor) return undefined;
    if (this.#shown?.busy !== busy) this.#shown = { editor, busy };
    return this.#shown;
  }

  #renew(): void {
    this.#shown = undefined;
    this.#host.requestUpdate();
  }
}
