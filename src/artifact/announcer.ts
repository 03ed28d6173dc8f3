import type { ArtifactVersion } from './artifact-history.js';
import type { ArtifactStrings } from './panel-strings.js';

/** Tells a screen reader once that an artifact is there, and once that it is finished. */
export class Announcer {
  // What was told, as `id version status`.
  readonly #told = new Set<string>();

  tell(region: Element, { artifact, version }: ArtifactVersion, title: string, words: ArtifactStrings): void {
    const streaming = artifact.status === 'streaming';
    const key = `${version} ${streaming ? 'opened' : 'finished'} ${artifact.id}`;
    if (this.#told.has(key)) return;
    const wasSeenWriting = this.#told.has(`${version} opened ${artifact.id}`);
    this.#told.add(key);
    if (streaming || !wasSeenWriting) region.textContent = words.opened(title);
    else if (artifact.status === 'complete') region.textContent = words.finished(title);
  }
}
