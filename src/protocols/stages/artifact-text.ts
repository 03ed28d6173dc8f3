import type { Artifact } from '../../message.js';
import { LAST_ARTIFACT } from '../parts/house-parts.js';
import { NamelessArtifacts } from './nameless-artifacts.js';
import type { ArtifactPart, StreamPart, TextPart } from '../stream-part.js';

interface OpenArtifact {
  id: string;
  /** Its content comes in parts of its own, so that text beside it is chat text. */
  keyed: boolean;
  /** Bare text that was taken for its content. */
  taken: string;
  /** It was begun without an id. */
  isNameless: boolean;
}

/**
 * Gives bare text between `artifact-start` and `artifact-end` to the artifact, as in
 *
 *     {type: 'artifact-start', id, kind}  text deltas  {type: 'artifact-end', id}
 *
 * A stream whose artifacts are written with `artifact-delta` keeps its text: should some have been taken before the
 * first such delta came, it is handed back.
 */
export class ArtifactText {
  #open: OpenArtifact[] = [];
  /** The id of the artifact that was begun last, which parts without an id belong to. */
  #last: string;
  readonly #nameless: NamelessArtifacts;
  /** Text blocks that were cut in two by an artifact, by the id on the wire; undefined until the second half begins. */
  #continued = new Map<string, string | undefined>();
  /** Blocks whose start is held back until it is known that they hold chat text. */
  #heldStarts = new Set<string>();
  #visible = new Set<string>();

  constructor(earlier: readonly Artifact[] = []) {
    this.#nameless = new NamelessArtifacts(earlier);
    this.#last = earlier.at(-1)?.id ?? 'artifact';
  }

  route(part: StreamPart): StreamPart[] | undefined {
    switch (part.type) {
      case 'artifact-start':
        return this.#start(part);
      case 'artifact-delta':
      case 'artifact-replace':
      case 'artifact-patch':
        return this.#keyed(part);
      case 'artifact-end':
        return this.#end(part);
      case 'text-delta':
        return this.#isPlain(part.id) ? undefined : this.#text(part);
      case 'text-start':
      case 'text-end':
        return this.#text(part);
      default:
        return undefined;
    }
  }

  /** A block of chat text that has begun, with no artifact open: nearly every token is of one. */
  #isPlain(id: string): boolean {
    return this.#open.length === 0 && this.#continued.size === 0 && this.#visible.has(id) && !this.#heldStarts.has(id);
  }

  #start(part: Extract<ArtifactPart, { type: 'artifact-start' }>): StreamPart[] {
    const isNameless = part.id === LAST_ARTIFACT;
    const id = isNameless ? this.#nameless.idFor(part) : part.id;
    // Without ids there can be one at a time: the next one ends it.
    const ended = isNameless ? this.#open.filter((artifact) => artifact.isNameless) : [];
    this.#last = id;
    this.#open = this.#open.filter((artifact) => artifact.id !== id && !ended.includes(artifact));
    this.#open.push({ id, keyed: false, taken: '', isNameless });
    return [...ended.map((artifact) => ({ type: 'artifact-end' as const, id: artifact.id })), { ...part, id }];
  }

  #keyed(part: Exclude<ArtifactPart, { type: 'artifact-start' | 'artifact-end' }>): StreamPart[] {
    const artifact = this.#find(part.id);
    if (!artifact) return [{ ...part, id: part.id || this.#last }];
    const { taken, id } = artifact;
    Object.assign(artifact, { keyed: true, taken: '' });
    const own = { ...part, id };
    if (taken === '') return [own];
    return [{ type: 'artifact-replace', id, content: '' }, ...chatText(taken, `text-of-${id}`), own];
  }

  #end(part: Extract<ArtifactPart, { type: 'artifact-end' }>): StreamPart[] {
    const artifact = this.#find(part.id);
    this.#open = this.#open.filter((open) => open !== artifact);
    return [{ ...part, id: artifact?.id ?? (part.id || this.#last) }];
  }

  #text(part: TextPart): StreamPart[] {
    const artifact = this.#open.findLast(({ keyed }) => !keyed);
    if (!artifact) return this.#chat(part);
    if (part.type === 'text-start') {
      this.#heldStarts.add(part.id);
      return [];
    }
    if (part.type === 'text-end') return this.#closeBeside(part);
    artifact.taken += part.delta;
    const delta: StreamPart = { type: 'artifact-delta', id: artifact.id, delta: part.delta };
    return [...this.#cut(part.id), delta];
  }

  /** The first text that goes to an artifact ends the block before it: what follows the artifact is a block of its own. */
  #cut(id: string): StreamPart[] {
    const visible = this.#continued.get(id) ?? id;
    if (!this.#visible.delete(visible)) return [];
    this.#continued.set(id, undefined);
    return [{ type: 'text-end', id: visible }];
  }

  #closeBeside(part: Extract<TextPart, { type: 'text-end' }>): StreamPart[] {
    if (this.#heldStarts.delete(part.id)) return [];
    return this.#chat(part);
  }

  #chat(part: TextPart): StreamPart[] {
    if (part.type === 'text-end') return this.#endChat(part);
    if (part.type === 'text-start') {
      this.#continued.delete(part.id);
      this.#visible.add(part.id);
      return [part];
    }
    const before = this.#heldStarts.delete(part.id) || this.#isCut(part.id) ? this.#reopen(part.id) : [];
    const id = this.#continued.get(part.id) ?? part.id;
    // Not every server announces its blocks.
    this.#visible.add(id);
    return [...before, { ...part, id }];
  }

  #isCut(id: string): boolean {
    return this.#continued.has(id) && this.#continued.get(id) === undefined;
  }

  #reopen(id: string): StreamPart[] {
    const next = this.#continued.has(id) ? `${id}+` : id;
    this.#continued.set(id, next);
    this.#visible.add(next);
    return [{ type: 'text-start', id: next }];
  }

  #endChat(part: Extract<TextPart, { type: 'text-end' }>): StreamPart[] {
    const cut = this.#isCut(part.id);
    const id = this.#continued.get(part.id) ?? part.id;
    this.#continued.delete(part.id);
    this.#visible.delete(id);
    return this.#heldStarts.delete(part.id) || cut ? [] : [{ ...part, id }];
  }

  #find(id: string): OpenArtifact | undefined {
    return id === LAST_ARTIFACT ? this.#open.at(-1) : this.#open.find((artifact) => artifact.id === id);
  }
}

function chatText(text: string, id: string): StreamPart[] {
  return [
    { type: 'text-start', id },
    { type: 'text-delta', id, delta: text },
    { type: 'text-end', id },
  ];
}
