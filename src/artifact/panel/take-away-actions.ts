import { artifactFile, fileName } from '../artifact-file.js';
import type { ArtifactVersion } from '../artifact-history.js';
import { artifactPage } from '../artifact-page.js';
import { artifactTitle } from '../artifact-title.js';
import type { PanelState } from './panel-state.js';
import type { ArtifactStrings } from './panel-strings.js';
import type { MarkdownOptions } from '../../markdown/markdown-renderer.js';
import { copyText } from '../../element/take-away.js';
import { download, downloadZip } from '../artifact-download.js';

/** "Copied" stands for so long. */
const COPIED_FOR = 2000;

interface TakeAwayHost {
  words(): ArtifactStrings;
  /** How markdown is rendered. */
  rules(): MarkdownOptions;
  /** Tells a screen reader. */
  tell(text: string): void;
  requestUpdate(): void;
}

/** The ways in which the reader takes an artifact along. */
export class TakeAwayActions {
  readonly #state: PanelState;
  readonly #host: TakeAwayHost;
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(state: PanelState, host: TakeAwayHost) {
    this.#state = state;
    this.#host = host;
  }

  /** Whether the text has just been copied. */
  get copied(): boolean {
    return this.#copiedTimer !== undefined;
  }

  release(): void {
    clearTimeout(this.#copiedTimer);
    this.#copiedTimer = undefined;
  }

  readonly copy = ({ currentTarget: button }: Event): Promise<void> =>
    this.#attempt(async ({ artifact }, words) => {
      if (!(await copyText(artifact.content, button as Element))) throw new Error('The clipboard is refused.');
      this.release();
      this.#copiedTimer = setTimeout(() => this.#forgetCopy(), COPIED_FOR);
      this.#host.tell(words.copied);
      this.#host.requestUpdate();
    });

  readonly download = (): Promise<void> =>
    this.#attempt(({ artifact }, words) => download(artifactFile(artifact, artifactTitle(artifact, words))));

  readonly downloadPage = (): Promise<void> =>
    this.#attempt(async ({ artifact }, words) => {
      const title = artifactTitle(artifact, words);
      const content = await artifactPage(artifact, title, this.#host.rules());
      download({ name: fileName(title, 'html'), type: 'text/html', content });
    });

  readonly downloadAll = (): Promise<void> =>
    this.#attempt((_, words) => {
      const newest = this.#state.history.records.map(({ versions }) => versions.at(-1)!.artifact);
      const files = newest.map((artifact) => artifactFile(artifact, artifactTitle(artifact, words)));
      return downloadZip(fileName(words.archiveName, 'zip'), files);
    });

  async #attempt(action: (current: ArtifactVersion, words: ArtifactStrings) => void | Promise<void>): Promise<void> {
    const { current } = this.#state;
    const words = this.#host.words();
    if (!current) return;
    try {
      await action(current, words);
    } catch {
      this.#host.tell(words.takeAwayFailed);
    }
  }

  #forgetCopy(): void {
    this.#copiedTimer = undefined;
    this.#host.requestUpdate();
  }
}
