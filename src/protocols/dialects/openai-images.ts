import { readErrorPart } from '../parts/error-part.js';
import { imagePart, readHousePart } from '../parts/house-parts.js';
import { asNumber, asObject, asString, type JsonObject } from '../parts/json.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { usageParts } from './openai-usage.js';
import { IMAGE_TYPES, signs } from './signs.js';
import type { StreamPart } from '../stream-part.js';
import { requestsIn } from '../later-requests.js';

/**
 * OpenAI's image streams (https://platform.openai.com/docs/api-reference/images-streaming): frames of a picture that is
 * being drawn, each in the place of the one before, then the picture.
 */
class OpenAiImageReader implements ProtocolReader {
  finished = false;
  #started = false;
  /** How many pictures are complete; the frames that come now are the next one's. */
  #complete = 0;

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') return [];
    const error = readErrorPart(event);
    if (error) {
      this.finished = true;
      return [error];
    }
    const json = asObject(event.json);
    const [, , step] = IMAGE_TYPES.exec(asString(json?.type) ?? '') ?? [];
    return json && step ? [...this.#start(), ...this.#draw(step, json)] : readHousePart(event.json);
  }

  end(): StreamPart[] {
    return this.finished && this.#complete > 0 ? [{ type: 'finish', finishReason: 'stop' }] : [];
  }

  #start(): StreamPart[] {
    if (this.#started) return [];
    this.#started = true;
    return [{ type: 'start' }];
  }

  #draw(step: string, frame: JsonObject): StreamPart[] {
    const id = `image-${this.#complete + 1}`;
    const isPartial = step === 'partial_image';
    if (!isPartial) {
      this.#complete += 1;
      this.finished = true;
    }
    const mediaType = `image/${asString(frame.output_format) || 'png'}`;
    const data = asString(frame.b64_json);
    const url = data === undefined ? asString(frame.url) : `data:${mediaType};base64,${data}`;
    if (url === undefined) return usageParts(frame);
    const partialIndex = isPartial ? (asNumber(frame.partial_image_index) ?? 0) : undefined;
    return [imagePart(url, { id, mediaType, ...sizeOf(frame), partialIndex }), ...usageParts(frame)];
  }
}

function sizeOf({ size }: JsonObject): JsonObject {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(asString(size) ?? '') ?? [];
  return width && height ? { width: Number(width), height: Number(height) } : {};
}

export const openaiImages: Protocol = {
  ...signs.openaiImages,
  createBody: requestsIn('openai-images'),
  createReader: () => new OpenAiImageReader(),
};
