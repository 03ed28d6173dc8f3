import type { ArtifactVersion } from '../artifact-history.js';
import type { ArtifactStrings } from './panel-strings.js';

/** Tells a screen reader once that an artifact is there, and once that it is finished. */
export class Announcer {
  readonly #region: () => Element | null | undefined;
  // What was told, as `id version status`.
  readonly #told = new Set<string>();

  constructor(region: () => Element | null | undefined) {
    this.#region = region;
  }

  say(text: string): void {
    const region = this.#region();
    if (region) region.textContent = text;
  }

  tell({ artifact, version }: ArtifactVersion, title: string, words: ArtifactStrings): void {
    const streaming = artifact.status === 'streaming';
    const key = `${version} ${streaming ? 'opened' : 'finished'} ${artifact.id}`;
    if (this.#told.has(key)) return;
    const wasSeenWriting = this.#told.has(`${version} opened ${artifact.id}`);
    this.#told.add(key);
    if (streaming || !wasSeenWriting) this.say(words.opened(title));
    else if (artifact.status === 'complete') this.say(words.finished(title));
  }
}
