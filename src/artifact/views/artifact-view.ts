import type { Artifact } from '../../message.js';

/** One way of showing an artifact, in a container of its own. */
export interface ArtifactView {
  /**
   * The artifact as it stands now: more of the same text, or another text. `added` is what came to the text since the last
   * time, where that is known; looking for it in a long text costs more than showing it.
   */
  update(artifact: Artifact, added?: string): void;
  destroy(): void;
}
