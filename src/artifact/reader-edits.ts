import { AiArtifactEditEvent, type ArtifactEditDetail } from '../events.js';
import type { ArtifactVersion } from './artifact-history.js';
import { changeRequest } from './panel/change-request.js';
import type { PanelState } from './panel/panel-state.js';

interface EditsHost {
  /** The text that stands in the editor, where one is open. */
  editorText(): string | undefined;
  dispatch(event: Event): boolean;
  show(id: string, version?: number): void;
  /** Sends a message to the chat, where there is one. */
  send(text: string): void;
  requestUpdate(): void;
}

/** What the reader does to an artifact: edits it, takes an older version back, asks the model for a change. */
export class ReaderEdits {
  readonly #state: PanelState;
  readonly #host: EditsHost;
  // What is being edited, with the text as it was last seen: the editor may be taken away and come back.
  #draft: { id: string; version: number; text: string } | undefined;

  constructor(state: PanelState, host: EditsHost) {
    this.#state = state;
    this.#host = host;
  }

  /** The text in the editor, where the version that is shown is being edited. */
  draftOf(current: ArtifactVersion | undefined): string | undefined {
    const draft = this.#draft;
    return draft && draft.id === current?.artifact.id && draft.version === current.version ? draft.text : undefined;
  }

  /** To be called before the editor may go. */
  keep(): void {
    const text = this.#host.editorText();
    if (this.#draft && text !== undefined) this.#draft.text = text;
  }

  get isChanged(): boolean {
    this.keep();
    const { current } = this.#state;
    const text = this.draftOf(current);
    return text !== undefined && text !== current?.artifact.content;
  }

  readonly begin = (): void => {
    const { current } = this.#state;
    if (!current) return;
    this.#draft = { id: current.artifact.id, version: current.version, text: current.artifact.content };
    // A version that comes meanwhile must not take the text away from under the reader's hands.
    this.#host.show(current.artifact.id, current.version);
  };

  readonly cancel = (): void => {
    this.#draft = undefined;
    this.#host.requestUpdate();
  };

  readonly save = (): void => {
    const { current } = this.#state;
    const text = this.isChanged ? this.draftOf(current) : undefined;
    this.cancel();
    if (current && text !== undefined) this.#change(current, text, 'edit');
  };

  readonly restore = (): void => {
    const { current } = this.#state;
    if (current) this.#change(current, current.artifact.content, 'restore');
  };

  /** Asks the model to change a part of the version that is shown: through the chat, unless the host takes it. */
  request(request: string, range?: { from: number; to: number }): void {
    const { current } = this.#state;
    if (!current) return;
    const { content } = current.artifact;
    const { from, to } = range ?? { from: 0, to: content.length };
    const detail = { text: content.slice(from, to), range: { from, to }, request };
    if (this.#dispatch(current, detail)) this.#host.send(changeRequest(current, { from, to }, request));
  }

  #change(based: ArtifactVersion, text: string, origin: 'edit' | 'restore'): void {
    const range = { from: 0, to: based.artifact.content.length };
    if (!this.#dispatch(based, { text, range })) return;
    this.#state.history.add({ ...based.artifact, content: text, status: 'complete' }, origin);
    this.#host.show(based.artifact.id);
  }

  #dispatch(
    { artifact: { id }, version }: ArtifactVersion,
    detail: Omit<ArtifactEditDetail, 'id' | 'version'>,
  ): boolean {
    return this.#host.dispatch(new AiArtifactEditEvent({ id, version, ...detail }));
  }
}
