import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { readHousePart } from '../parts/house-parts.js';
import { asArray, asNumber, asObject, asString, type JsonObject } from '../parts/json.js';
import { finishPart } from '../parts/finish-reason.js';
import { usageParts } from './openai-usage.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { isCompletion, signs } from './signs.js';
import type { StreamPart } from '../stream-part.js';
import { requestsIn } from '../later-requests.js';

/**
 * OpenAI's older completions (https://platform.openai.com/docs/api-reference/completions), which local servers still
 * speak: text that goes on from a prompt, in `choices[].text`. Only the first choice is the answer.
 */
class CompletionsReader implements ProtocolReader {
  finished = false;
  #reason: string | undefined;
  readonly #blocks = new BlockWriter();

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') {
      this.finished = true;
      return [];
    }
    const chunk = asObject(event.json);
    if (chunk && isCompletion(chunk)) return this.#readChunk(chunk);
    const error = readErrorPart(event);
    if (!error) return readHousePart(event.json);
    this.finished = true;
    return [...this.#blocks.close(), error];
  }

  end(): StreamPart[] {
    return this.finished ? [...this.#blocks.close(), finishPart(this.#reason)] : this.#blocks.close();
  }

  #readChunk(chunk: JsonObject): StreamPart[] {
    const choices = asArray(chunk.choices).map((choice) => asObject(choice) ?? {});
    const choice = choices.find(({ index }) => (asNumber(index) ?? 0) === 0);
    const reason = asString(choice?.finish_reason);
    if (reason) {
      this.#reason = reason;
      this.finished = true;
    }
    return [...this.#blocks.write('text', asString(choice?.text) ?? ''), ...usageParts(chunk)];
  }
}

export const openaiCompletions: Protocol = {
  ...signs.openaiCompletions,
  createBody: requestsIn('openai-completions'),
  createReader: () => new CompletionsReader(),
};
