import { isArtifactPart, type Artifact, type ArtifactMessagePart, type Message, type MessagePart } from '../message.js';

/** Who made a version: the model in a message, or the reader here, by editing or by taking an older one back. */
type VersionOrigin = 'message' | 'edit' | 'restore';

export interface ArtifactVersion {
  /** Counts from 1. */
  readonly version: number;
  readonly artifact: Artifact;
  readonly origin: VersionOrigin;
  /** The message that made it; absent where the reader did. */
  readonly messageId?: string;
}

export interface ArtifactRecord {
  readonly id: string;
  /** Oldest first; never empty. */
  readonly versions: readonly ArtifactVersion[];
}

type Draft = Omit<ArtifactVersion, 'version'>;

interface OwnVersion extends Draft {
  /** How many versions of the model's came before it: its place when the thread is read again. */
  readonly after: number;
  /** The message that had made the last of them. Where another branch of the thread is shown, it is not there. */
  readonly follows: string | undefined;
}

/** Every artifact of a thread with all its versions: each part of the same id is one, and so is each edit. */
export class ArtifactHistory {
  #records: readonly ArtifactRecord[] = [];
  #latestId: string | undefined;
  readonly #own = new Map<string, OwnVersion[]>();
  // Messages are immutable, so what was read of one stays true.
  readonly #read = new WeakMap<Message, readonly ArtifactMessagePart[]>();

  get records(): readonly ArtifactRecord[] {
    return this.#records;
  }

  /** The artifact that the thread began last. */
  get latestId(): string | undefined {
    return this.#latestId;
  }

  /** Reads the thread anew. */
  read(messages: readonly Message[]): void {
    this.#latestId = undefined;
    const drafts = new Map<string, Draft[]>();
    for (const message of messages) {
      for (const part of this.#partsOf(message)) {
        this.#latestId = part.id;
        const draft: Draft = { artifact: part.data, origin: 'message', messageId: message.id };
        const earlier = drafts.get(part.id);
        if (earlier) earlier.push(draft);
        else drafts.set(part.id, [draft]);
      }
    }
    this.#records = [...drafts].map(([id, made]) => ({ id, versions: numbered(this.#withOwn(id, made)) }));
  }

  /** Adds a version of the reader's own, after those that are there. */
  add(artifact: Artifact, origin: 'edit' | 'restore'): ArtifactVersion | undefined {
    const record = this.record(artifact.id);
    if (!record) return undefined;
    const made = record.versions.filter((version) => version.origin === 'message');
    const own = this.#own.get(artifact.id) ?? [];
    this.#own.set(artifact.id, [...own, { artifact, origin, after: made.length, follows: made.at(-1)?.messageId }]);
    const version = { artifact, origin, version: record.versions.length + 1 };
    const grown = { id: record.id, versions: [...record.versions, version] };
    this.#records = this.#records.map((each) => (each === record ? grown : each));
    return version;
  }

  record(id: string | undefined): ArtifactRecord | undefined {
    return this.#records.find((record) => record.id === id);
  }

  /** One version of an artifact: the newest where none is named or the one named is not there. */
  version(id: string | undefined, version?: number): ArtifactVersion | undefined {
    const versions = this.record(id)?.versions;
    return versions?.[(version ?? 0) - 1] ?? versions?.at(-1);
  }

  /** The version that a message has left behind, with what the reader made of that; undefined where it is the newest. */
  versionOf(id: string, messageId: string | undefined): number | undefined {
    const versions = (messageId !== undefined && this.record(id)?.versions) || [];
    const own = versions.findLastIndex((version) => version.messageId === messageId);
    const isOthers = ({ origin }: ArtifactVersion, index: number) => index > own && origin === 'message';
    const next = own < 0 ? -1 : versions.findIndex(isOthers);
    return next < 0 ? undefined : next;
  }

  #partsOf(message: Message): readonly ArtifactMessagePart[] {
    const known = this.#read.get(message);
    if (known) return known;
    const parts = message.parts.filter(isReadable);
    this.#read.set(message, parts);
    return parts;
  }

  #withOwn(id: string, made: readonly Draft[]): readonly Draft[] {
    const own = this.#own.get(id);
    if (!own) return made;
    return made.flatMap((draft, index) => [draft, ...own.filter((each) => placeOf(each, made) === index)]);
  }
}

/** Right after what it was made of, whatever of an earlier message has come or gone. */
function placeOf({ after, follows }: OwnVersion, made: readonly Draft[]): number {
  if (made[after - 1]?.messageId === follows) return after - 1;
  return made.findLastIndex(({ messageId }) => messageId === follows);
}

function numbered(drafts: readonly Draft[]): ArtifactVersion[] {
  return drafts.map((draft, index) => ({
    version: index + 1,
    artifact: draft.artifact,
    origin: draft.origin,
    ...(draft.messageId !== undefined && { messageId: draft.messageId }),
  }));
}

/** A server or a store may have put anything under the name of an artifact. */
function isReadable(part: MessagePart): part is ArtifactMessagePart {
  if (!isArtifactPart(part) || typeof part.id !== 'string') return false;
  const data: Partial<Record<keyof Artifact, unknown>> = part.data ?? {};
  return (
    typeof data.content === 'string' &&
    typeof data.kind === 'string' &&
    isOptional(data.title) &&
    isOptional(data.language)
  );
}

function isOptional(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
