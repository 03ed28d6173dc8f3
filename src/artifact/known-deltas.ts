import type { AiPartEvent } from '../events.js';
import type { ArtifactPart } from '../protocols/stream-part.js';

interface Growth {
  readonly pieces: { readonly delta: string; readonly event: AiPartEvent | undefined }[];
  /** Something else than a delta came: what the text is now cannot be told from the deltas. */
  unclear: boolean;
}

/**
 * What was added to each artifact since it was last shown. A text made of a hundred thousand deltas is cheap to keep and
 * dear to read: the first look at any of its characters copies all of them. So what was added is taken from the stream,
 * and whoever uses it checks by length alone that nothing else has happened.
 */
export class KnownDeltas {
  readonly #growing = new Map<string, Growth>();

  note(part: ArtifactPart, event?: AiPartEvent): void {
    if (part.type === 'artifact-end') return;
    const growth = this.#growing.get(part.id) ?? { pieces: [], unclear: false };
    this.#growing.set(part.id, growth);
    if (part.type === 'artifact-delta') growth.pieces.push({ delta: part.delta, event });
    else growth.unclear = true;
  }

  /** What was added to an artifact since the last time this was asked, if that is all that happened. */
  take(id: string | undefined): string | undefined {
    const growth = id === undefined ? undefined : this.#growing.get(id);
    this.#growing.clear();
    if (!growth || growth.unclear) return undefined;
    // A host that prevents a part keeps it out of the message; that is known only after the event.
    const kept = growth.pieces.filter(({ event }) => !event?.defaultPrevented);
    return kept.map(({ delta }) => delta).join('');
  }
}
