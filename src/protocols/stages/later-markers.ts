import type { StreamPart } from '../stream-part.js';
import type { ArtifactMarkers } from './artifact-markers.js';

let Markers: typeof ArtifactMarkers | undefined;

/** The stage that looks for artifacts in a model's text: loaded when the first host asks for it. */
export class LaterMarkers {
  #stage = Markers && new Markers();

  /** To be awaited before the first part comes, where it gives a promise. Never rejects: without it the marks are text. */
  load(): Promise<void> | undefined {
    return this.#stage ? undefined : this.#load();
  }

  route(part: StreamPart): StreamPart[] | undefined {
    return this.#stage?.route(part);
  }

  end(): StreamPart[] {
    return this.#stage?.end() ?? [];
  }

  async #load(): Promise<void> {
    try {
      ({ ArtifactMarkers: Markers } = await import('./artifact-markers.js'));
      this.#stage ??= new Markers();
    } catch (error) {
      console.error(
        'ai-stream-elements: what reads `artifact-markers` could not be loaded; the marks stay in the text.',
        error,
      );
    }
  }
}
