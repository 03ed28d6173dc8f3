import type { Artifact } from '../../message.js';

type Described = Pick<Artifact, 'kind' | 'title'>;

/**
 * Ids for artifacts that a server begins without one. The same title and kind again is a new version of that document;
 * all else is a document of its own, in this answer and beside those of earlier ones.
 */
export class NamelessArtifacts {
  readonly #taken = new Set<string>();
  /** Ids by kind and title. */
  readonly #titled = new Map<string, string>();
  #count = 1;

  constructor(earlier: readonly Artifact[]) {
    for (const artifact of earlier) this.#keep(artifact.id, artifact);
  }

  idFor(described: Described): string {
    return this.#keep(this.#titled.get(keyOf(described)) ?? this.#next(), described);
  }

  #keep(id: string, described: Described): string {
    this.#taken.add(id);
    if (described.title) this.#titled.set(keyOf(described), id);
    return id;
  }

  #next(): string {
    let id = 'artifact';
    while (this.#taken.has(id)) id = `artifact-${(this.#count += 1)}`;
    return id;
  }
}

function keyOf({ kind, title }: Described): string {
  return `${kind}\n${title}`;
}
