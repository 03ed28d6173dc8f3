import type { ArtifactStatus, StreamPart } from '../protocols/stream-part.js';
import type { WireChunk } from './wire-chunk.js';
import { toWireChunk } from './wire-chunk.js';

type BlockKind = 'text' | 'reasoning';
type BlockPart = Extract<StreamPart, { type: `${BlockKind}-${'start' | 'delta' | 'end'}` }>;

interface Block {
  kind: BlockKind;
  id: string;
  /** True where a delta came without a start: then the end is ours to write too. */
  implicit: boolean;
}

/** Parts with a place in the thread: text that comes after one of them must stand after it, in a block of its own. */
const PLACED = new Set([
  'artifact-start',
  'image',
  'file',
  'reasoning-file',
  'reasoning-start',
  'tool-input-start',
  'tool-input-available',
  'tool-input-error',
  'start-step',
  'finish-step',
]);

/**
 * Keeps the rules of the AI SDK's UI message stream, so that a host need not: `start` first and `finish` last, and each
 * delta between its block's start and end. Pure: parts in, chunks out.
 */
export class UIMessageEncoder {
  readonly #messageId: string | undefined;
  readonly #blocks = new Map<string, Block>();
  // Open artifacts in the order of their start; true while plain text belongs to the artifact.
  readonly #artifacts = new Map<string, boolean>();
  #textId: string | undefined;
  #textCount = 0;
  #isStarted = false;
  #isFinished = false;

  constructor(messageId?: string) {
    this.#messageId = messageId;
  }

  /** Plain text: of the artifact that takes it, else of the answer. */
  text(delta: string): WireChunk[] {
    if (delta === '') return [];
    const artifact = [...this.#artifacts].findLast(([, takesText]) => takesText);
    if (artifact) return this.#emit({ type: 'artifact-delta', id: artifact[0], delta });
    this.#textId ??= this.#freshTextId();
    return this.part({ type: 'text-delta', id: this.#textId, delta });
  }

  /** As `part`; an artifact that is opened here takes plain text until it gets a delta of its own or ends. */
  dataPart(part: StreamPart): WireChunk[] {
    const chunks = this.part(part);
    if (part.type === 'artifact-start') this.#artifacts.set(part.id, true);
    return chunks;
  }

  part(part: StreamPart): WireChunk[] {
    switch (part.type) {
      case 'text-start':
      case 'text-delta':
      case 'text-end':
      case 'reasoning-start':
      case 'reasoning-delta':
      case 'reasoning-end':
        return this.#blockPart(part);
      case 'text-was-reasoning':
        return [
          ...this.#emit(part),
          ...this.#endBlock({ kind: 'text', id: part.id }, { type: 'text-end', id: part.id }),
        ];
      case 'finish':
      case 'abort':
        return this.#finish(part, part.type === 'abort' ? 'stopped' : 'complete');
      default:
        return this.#otherPart(part);
    }
  }

  /** What is still missing for a whole stream. */
  end(): WireChunk[] {
    return this.#isFinished ? [] : this.part({ type: 'finish', finishReason: 'stop' });
  }

  error(errorText: string): WireChunk[] {
    if (this.#isFinished) return [{ type: 'error', errorText }];
    const before = [...this.#started(), ...this.#endAll('error'), { type: 'error', errorText }];
    return [...before, ...this.part({ type: 'finish', finishReason: 'error' })];
  }

  #blockPart(part: BlockPart): WireChunk[] {
    const kind: BlockKind = part.type.startsWith('text') ? 'text' : 'reasoning';
    const block = { kind, id: part.id };
    if (part.type.endsWith('-end')) return this.#endBlock(block, part);
    if (part.type.endsWith('-start')) return this.#startBlock({ ...block, implicit: false }, part);
    const opening = this.#startBlock({ ...block, implicit: true }, { type: `${kind}-start`, id: part.id } as BlockPart);
    return [...opening, ...this.#emit(part)];
  }

  #startBlock(block: Block, part: BlockPart): WireChunk[] {
    if (this.#blocks.has(keyOf(block))) return [];
    const ended = this.#endImplicit((open) => open.kind !== block.kind);
    this.#blocks.set(keyOf(block), block);
    return [...ended, ...this.#emit(part)];
  }

  /** The end of a block that is not open would make the official client throw. */
  #endBlock(block: Pick<Block, 'kind' | 'id'>, part: BlockPart): WireChunk[] {
    if (!this.#blocks.delete(keyOf(block))) return [];
    if (block.id === this.#textId) this.#textId = undefined;
    return this.#emit(part);
  }

  #otherPart(part: StreamPart): WireChunk[] {
    const ended = PLACED.has(part.type) ? this.#endImplicit() : [];
    this.#followArtifact(part);
    return [...ended, ...this.#emit(part)];
  }

  #followArtifact(part: StreamPart): void {
    if (part.type === 'artifact-start') this.#artifacts.set(part.id, false);
    else if (part.type === 'artifact-end') this.#artifacts.delete(part.id);
    else if (part.type === 'artifact-delta' && this.#artifacts.has(part.id)) this.#artifacts.set(part.id, false);
  }

  #finish(part: StreamPart, status: ArtifactStatus): WireChunk[] {
    const ended = [...this.#started(), ...this.#endAll(status)];
    this.#isFinished = true;
    return [...ended, ...this.#emit(part)];
  }

  #endAll(status: ArtifactStatus): WireChunk[] {
    const blocks = [...this.#blocks.values()].flatMap((block) => this.#endOf(block));
    const artifacts = [...this.#artifacts.keys()];
    return [...blocks, ...artifacts.flatMap((id) => this.part({ type: 'artifact-end', id, status }))];
  }

  #endImplicit(which: (block: Block) => boolean = () => true): WireChunk[] {
    const blocks = [...this.#blocks.values()].filter((block) => block.implicit && which(block));
    return blocks.flatMap((block) => this.#endOf(block));
  }

  #endOf(block: Block): WireChunk[] {
    return this.#endBlock(block, { type: `${block.kind}-end`, id: block.id } as BlockPart);
  }

  #emit(part: StreamPart): WireChunk[] {
    if (part.type !== 'start') return [...this.#started(), toWireChunk(part)];
    this.#isStarted = true;
    return [{ ...toWireChunk(part), messageId: part.messageId ?? this.#messageId }];
  }

  #started(): WireChunk[] {
    return this.#isStarted ? [] : this.#emit({ type: 'start' });
  }

  /** A name that no open block of the host has. */
  #freshTextId(): string {
    do this.#textCount += 1;
    while (this.#blocks.has(keyOf({ kind: 'text', id: `text-${this.#textCount}` })));
    return `text-${this.#textCount}`;
  }
}

function keyOf(block: Pick<Block, 'kind' | 'id'>): string {
  return `${block.kind}:${block.id}`;
}
