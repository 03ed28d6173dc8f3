import { asNumber, asObject, defined, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import type { StreamPart } from '../stream-part.js';
import { generic } from './generic.js';
import { BESIDE, isNamed, saysDone } from './generic-names.js';
import { findEnd, findReason, findText, findThought, rareSigns, type Found } from './rare-signs.js';

/**
 * Events written by hand, or by a framework from its own objects, whose text stands in others: `{"message":{"content":…}}`,
 * `{"delta":{"content":…}}`, Spring AI's `{"result":{"output":{"text":…}}}`, .NET's `{"contents":[{"$type":"text",…}]}`.
 * What the first of them has it in, all have, unless that was what others are made of: in all else they are as `generic`
 * reads them.
 */
class WrappedReader implements ProtocolReader {
  #place: string | undefined;
  /** In how many events there were words in that place. */
  #pieces = 0;
  /** The last words that stood in another one. */
  #other: Found | undefined;
  #words = generic.createReader();

  get finished(): boolean {
    return this.#words.finished;
  }

  get othersFollow(): boolean {
    return this.#words.othersFollow === true;
  }

  read(event: WireEvent): StreamPart[] | undefined {
    const object = asObject(event.json);
    if (!object || isNamed(object)) return this.#readNamed(event);
    const found = findText(object);
    const before = found?.text && !BESIDE.test(event.type) ? this.#choose(found) : [];
    const isAnswer = found !== undefined && found.place === this.#place;
    const said = defined({
      reasoning: findThought(object),
      finish_reason: findReason(object),
      is_end: findEnd(object),
    });
    if (found?.place === '' || !(isAnswer || Object.keys(said).length > 0))
      return join(before, this.#words.read(event));
    const json = { ...said, text: isAnswer ? found.text : '', done: saysDone(object), usage: object.usage };
    return [...before, ...(this.#words.read({ ...event, json }) ?? []), ...countTokens(object)];
  }

  /** What is no text stays, and so does all that was said before it. */
  #readNamed(event: WireEvent): StreamPart[] | undefined {
    const parts = this.#words.read(event);
    if (parts?.some(({ type }) => !/^(text|reasoning)-/.test(type))) this.#pieces += 1;
    return parts;
  }

  /**
   * The first words may be a question said again, or what was found for the answer. That is what stands in no object, or
   * what comes in pieces where they did not: then they are taken back.
   */
  #choose(found: Found): StreamPart[] {
    const other = this.#other;
    this.#other = found;
    if (this.#pieces === 0 || found.place === this.#place) {
      this.#place = found.place;
      this.#pieces += 1;
      return [];
    }
    const isPieces = found.place === other?.place;
    if (this.#pieces > 1 || this.finished || !(isPieces || found.place === '')) return [];
    this.#place = found.place;
    const closed = this.#words.end();
    this.#words = generic.createReader();
    const text = isPieces ? other.text : '';
    return [...closed, { type: 'reset-step' }, ...(this.#words.read(wordsEvent(text)) ?? [])];
  }

  end(): StreamPart[] {
    return this.#words.end();
  }
}

function wordsEvent(text: string): WireEvent {
  return { type: 'message', data: text, lastEventId: '', json: { text } };
}

/** Undefined where there is nothing to go in front of what nobody knows. */
function join(before: StreamPart[], parts: StreamPart[] | undefined): StreamPart[] | undefined {
  return before.length === 0 ? parts : [...before, ...(parts ?? [])];
}

/** As Spring AI counts them, with each piece, and .NET with a content of its own. */
function countTokens({ metadata, contents }: JsonObject): StreamPart[] {
  const counted = Array.isArray(contents)
    ? contents.map((one) => asObject(asObject(one)?.details)).find(Boolean)
    : undefined;
  const usage = asObject(asObject(metadata)?.usage) ?? counted;
  const counts = {
    inputTokens: asNumber(usage?.promptTokens ?? usage?.inputTokenCount),
    outputTokens: asNumber(usage?.completionTokens ?? usage?.outputTokenCount),
    totalTokens: asNumber(usage?.totalTokens ?? usage?.totalTokenCount),
  };
  return counts.inputTokens ? [defined({ type: 'usage', ...counts } as const)] : [];
}

export const wrapped: Protocol = {
  ...rareSigns.wrapped,
  createReader: () => new WrappedReader(),
};
