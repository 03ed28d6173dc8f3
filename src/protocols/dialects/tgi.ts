import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { finishPart } from '../parts/finish-reason.js';
import { readHousePart } from '../parts/house-parts.js';
import { asNumber, asObject, asString, defined, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { isToken, signs } from './signs.js';
import type { StreamPart } from '../stream-part.js';
import { requestsIn } from '../later-requests.js';

/**
 * Hugging Face's Text Generation Inference, `/generate_stream`
 * (https://huggingface.co/docs/text-generation-inference): a token for each event, the last one with the whole text.
 */
class TgiReader implements ProtocolReader {
  finished = false;
  #written = '';
  readonly #blocks = new BlockWriter();

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') return [];
    const error = readErrorPart(event);
    if (error) {
      this.finished = true;
      return [...this.#blocks.close(), error];
    }
    const json = asObject(event.json);
    return json && (isToken(json) || typeof json.generated_text === 'string')
      ? this.#readToken(json)
      : readHousePart(event.json);
  }

  end(): StreamPart[] {
    return this.#blocks.close();
  }

  #readToken(json: JsonObject): StreamPart[] {
    const { text, special } = asObject(json.token) ?? {};
    const parts = special === true ? [] : this.#write(asString(text) ?? '');
    const whole = asString(json.generated_text);
    return whole === undefined ? parts : [...parts, ...this.#finish(whole, asObject(json.details) ?? {})];
  }

  #write(text: string): StreamPart[] {
    this.#written += text;
    return this.#blocks.write('text', text);
  }

  #finish(whole: string, details: JsonObject): StreamPart[] {
    this.finished = true;
    const rest = whole.startsWith(this.#written) ? whole.slice(this.#written.length) : '';
    const counted = { inputTokens: asNumber(details.input_length), outputTokens: asNumber(details.generated_tokens) };
    return [
      ...this.#write(rest),
      ...this.#blocks.close(),
      { type: 'usage', ...defined(counted) },
      finishPart(asString(details.finish_reason)),
    ];
  }
}

export const tgi: Protocol = {
  ...signs.tgi,
  createBody: requestsIn('tgi'),
  createReader: () => new TgiReader(),
};
