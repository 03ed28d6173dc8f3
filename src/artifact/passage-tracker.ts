import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ArtifactVersion } from './artifact-history.js';
import { CodeView } from './views/code/code-view.js';
import { selectedRange } from '../element/selected-range.js';
import type { Passage } from './panel/bars/selection-bar.js';

interface Shown {
  code: CodeView | undefined;
  current: ArtifactVersion | undefined;
}

/** Knows which passage of the code the reader has selected, also while the request for it is being typed. */
export class PassageTracker implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #shown: () => Shown;
  #passage: Passage | undefined;
  /** Where it listens: a panel that leaves for another document is told of that when it is there already. */
  #page: Document | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, shown: () => Shown) {
    this.#host = host;
    this.#shown = shown;
    host.addController(this);
  }

  hostConnected(): void {
    this.#page = this.#host.ownerDocument;
    this.#page.addEventListener('selectionchange', this.#handleSelection);
  }

  hostDisconnected(): void {
    this.#page?.removeEventListener('selectionchange', this.#handleSelection);
  }

  /** The passage, as long as the version that it is in is shown. */
  get passage(): Passage | undefined {
    const { code, current } = this.#shown();
    const passage = this.#passage;
    return code && passage?.id === current?.artifact.id && passage?.version === current?.version ? passage : undefined;
  }

  clear(): void {
    this.#passage = undefined;
    this.#host.requestUpdate();
  }

  readonly #handleSelection = (): void => {
    // A click into the request takes the selection away, not what it is about.
    if (this.#host.shadowRoot?.activeElement?.localName === 'input') return;
    const passage = this.#read();
    if (passage === undefined && this.#passage === undefined) return;
    this.#passage = passage;
    this.#host.requestUpdate();
  };

  #read(): Passage | undefined {
    const { code, current } = this.#shown();
    if (!code || !current || current.artifact.status === 'streaming') return undefined;
    const range = selectedRange(code.element.getRootNode());
    const offsets = range && code.offsetsOf(range);
    if (!offsets) return undefined;
    const { id, content } = current.artifact;
    const lastCharacter = Math.max(offsets.from, offsets.to - 1);
    const [firstLine, lastLine] = [CodeView.lineAt(content, offsets.from), CodeView.lineAt(content, lastCharacter)];
    return { id, version: current.version, firstLine, lastLine, ...offsets };
  }
}
