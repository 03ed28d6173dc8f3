import type { Message } from '../../message.js';
import { hasPreview, kindOf, type ArtifactKind } from '../artifact-kinds.js';
import { ArtifactHistory, type ArtifactRecord, type ArtifactVersion } from '../artifact-history.js';

export type PanelView = 'code' | 'preview' | 'diff';

/** What the panel shows of a thread: the artifact that is being written, until the reader picks another. */
export class PanelState {
  readonly history = new ArtifactHistory();
  /** The artifact and version that the reader or the host picked. */
  #pickedId: string | undefined;
  #pickedVersion: number | undefined;

  // The ids of the assistant's answers, in their order.
  #answers: string[] = [];

  read(messages: readonly Message[]): void {
    this.history.read(messages);
    this.#answers = messages.filter(({ role }) => role === 'assistant').map(({ id }) => id);
    if (this.#pickedId !== undefined && !this.history.record(this.#pickedId)) this.#pickedId = undefined;
  }

  pick(id: string, version?: number): void {
    this.#pickedId = id;
    this.#pickedVersion = version;
  }

  get record(): ArtifactRecord | undefined {
    return this.history.record(this.#pickedId) ?? this.history.record(this.history.latestId);
  }

  get current(): ArtifactVersion | undefined {
    return this.history.version(this.record?.id, this.record?.id === this.#pickedId ? this.#pickedVersion : undefined);
  }

  get previous(): ArtifactVersion | undefined {
    return this.record?.versions[(this.current?.version ?? 0) - 2];
  }

  /** Which of the assistant's answers made a version, counted from 1. */
  answerOf({ messageId }: ArtifactVersion): number | undefined {
    const index = messageId === undefined ? -1 : this.#answers.indexOf(messageId);
    return index === -1 ? undefined : index + 1;
  }

  get kind(): ArtifactKind | undefined {
    return this.current && kindOf(this.current.artifact).kind;
  }

  get isStreaming(): boolean {
    return this.history.records.some((record) => record.versions.at(-1)?.artifact.status === 'streaming');
  }

  /** The views that the current version has. */
  get views(): readonly PanelView[] {
    const views: PanelView[] = ['code'];
    if (this.kind && hasPreview(this.kind)) views.push('preview');
    if (this.previous) views.push('diff');
    return views;
  }

  /** The view asked for where the artifact has it; else its own: the code while it is written, then the preview. */
  viewFor(wanted: PanelView | undefined): PanelView {
    const { views, current } = this;
    if (wanted && views.includes(wanted)) return wanted;
    if (!current || !views.includes('preview')) return 'code';
    const { kind, previewFirst } = kindOf(current.artifact);
    const ready = kind.live === true || current.artifact.status !== 'streaming';
    return previewFirst && ready ? 'preview' : 'code';
  }
}
