import { asNumber, asObject, defined, type JsonObject } from '../json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import type { StreamPart } from '../stream-part.js';
import { generic, isNamed } from './generic.js';
import { findReason, findText, rareSigns } from './rare-signs.js';

/**
 * Events written by hand, or by a framework from its own objects, whose text stands in others: `{"message":{"content":…}}`,
 * `{"delta":{"content":…}}`, Spring AI's `{"result":{"output":{"text":…}}}`, .NET's `{"contents":[{"$type":"text",…}]}`.
 * What the first of them has it in, all have; in all else they are as `generic` reads them.
 */
class WrappedReader implements ProtocolReader {
  #place: string | undefined;
  readonly #words = generic.createReader();

  get finished(): boolean {
    return this.#words.finished;
  }

  get othersFollow(): boolean {
    return this.#words.othersFollow === true;
  }

  read(event: WireEvent): StreamPart[] | undefined {
    const object = asObject(event.json);
    if (!object || isNamed(object)) return this.#words.read(event);
    const { text, place } = findText(object) ?? {};
    if (place === '') return this.#words.read(event);
    this.#place ??= place;
    const isAnswer = place === this.#place;
    const finish_reason = findReason(object);
    const parts =
      isAnswer || finish_reason ? this.#words.read({ ...event, json: { text: text ?? '', finish_reason } }) : undefined;
    return parts ? [...parts, ...countTokens(object)] : this.#words.read(event);
  }

  end(): StreamPart[] {
    return this.#words.end();
  }
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
