import { asId, asString, defined } from '../parts/json.js';
import type { ArtifactPart, DataPart, StreamPart } from '../stream-part.js';

/** What the template calls its kinds, and what they are here. */
const KINDS = new Map<string, { kind: string; language?: string }>([
  ['text', { kind: 'markdown' }],
  ['code', { kind: 'code', language: 'python' }],
  ['sheet', { kind: 'csv' }],
  ['html', { kind: 'html' }],
  ['image', { kind: 'image' }],
]);

/** Deltas by the kind that they are of. Only text comes in pieces; the others say all of it each time. */
const DELTAS = new Map([
  ['data-textDelta', 'text'],
  ['data-codeDelta', 'code'],
  ['data-sheetDelta', 'sheet'],
  ['data-htmlDelta', 'html'],
  ['data-imageDelta', 'image'],
]);

/**
 * Documents as Vercel's chatbot template streams them: transient data parts `data-kind`, `data-id`, `data-title`,
 * `data-clear`, deltas, `data-finish`, one document at a time. An update begins with `data-clear` and names nothing.
 * The parts themselves go on to the host as they came.
 */
export class DocumentData {
  #id = 'document';
  #kind: string | undefined;
  #title: string | undefined;
  #isOpen = false;
  /** Whether what comes is a document's at all: `data-id` alone may be anybody's. */
  #isCleared = false;

  route(part: StreamPart): StreamPart[] | undefined {
    return isTransientData(part) ? [part, ...this.#read(part)] : undefined;
  }

  #read({ type, data }: DataPart): ArtifactPart[] {
    switch (type) {
      case 'data-kind':
        this.#kind = asString(data);
        return [];
      case 'data-id':
        this.#id = asId(data) ?? 'document';
        this.#title = undefined;
        return [];
      case 'data-title':
        this.#title = asString(data);
        return [];
      case 'data-clear':
        return this.#clear();
      case 'data-finish':
        return this.#finish();
      default:
        return this.#write(DELTAS.get(type), asString(data));
    }
  }

  #clear(): ArtifactPart[] {
    const before = this.#finish();
    this.#isCleared = true;
    return before;
  }

  #finish(): ArtifactPart[] {
    const wasOpen = this.#isOpen;
    this.#isOpen = this.#isCleared = false;
    return wasOpen ? [{ type: 'artifact-end', id: this.#id }] : [];
  }

  #write(kind: string | undefined, text: string | undefined): ArtifactPart[] {
    if (kind === undefined || text === undefined || !(this.#isCleared || this.#isOpen)) return [];
    const begun = this.#isOpen ? [] : [this.#start(kind)];
    this.#isOpen = true;
    if (kind === 'text') return [...begun, { type: 'artifact-delta', id: this.#id, delta: text }];
    const content = kind === 'image' ? `data:image/png;base64,${text}` : text;
    return [...begun, { type: 'artifact-replace', id: this.#id, content }];
  }

  #start(kind: string): ArtifactPart {
    const described = KINDS.get(this.#kind ?? kind) ?? { kind: this.#kind ?? kind };
    return defined({ type: 'artifact-start', id: this.#id, ...described, title: this.#title } as const);
  }
}

function isTransientData(part: StreamPart): part is DataPart {
  return part.type.startsWith('data-') && (part as DataPart).transient === true;
}
