import type { Artifact } from '../message.js';

/** One way of showing an artifact, in a container of its own. */
export interface ArtifactView {
  /** The artifact as it stands now: more of the same text, or another text. */
  update(artifact: Artifact): void;
  destroy(): void;
}
