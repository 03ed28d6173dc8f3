import { BlockWriter } from '../parts/block-writer.js';
import { readErrorPart } from '../parts/error-part.js';
import { imagePart } from '../parts/house-parts.js';
import { asArray, asObject, asString } from '../parts/json.js';
import { rareSigns } from './rare-signs.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import type { StreamPart } from '../stream-part.js';

/**
 * What an app of Gradio's answers to `GET /gradio_api/call/…/{event_id}`
 * (https://www.gradio.app/guides/querying-gradio-apps-with-curl): a list of the outputs, all of each in each event.
 */
class GradioReader implements ProtocolReader {
  finished = false;
  readonly #blocks = new BlockWriter();
  #said = '';
  readonly #pictures = new Set<string>();

  read(event: WireEvent): StreamPart[] | undefined {
    const { type, json } = event;
    if (type === 'heartbeat') return [];
    const error = readErrorPart(event);
    if (error) this.finished = true;
    if (error) return [...this.#blocks.close(), error];
    if (type !== 'generating' && type !== 'complete') return undefined;
    const outputs = asArray(json);
    const text = outputs.map(textIn).find(Boolean) ?? '';
    return [
      ...this.#say(text),
      ...outputs.flatMap((one) => this.#show(one)),
      ...(type === 'complete' ? this.#finish() : []),
    ];
  }

  end(): StreamPart[] {
    return this.#blocks.close();
  }

  #say(text: string): StreamPart[] {
    const before = this.#said;
    if (text === '') return [];
    this.#said = text;
    if (text.startsWith(before)) return this.#blocks.write('text', text.slice(before.length));
    this.#pictures.clear();
    return [...this.#blocks.close(), { type: 'reset-step' }, ...this.#blocks.write('text', text)];
  }

  /** A file that is a picture, alone or in a list of them. */
  #show(output: unknown): StreamPart[] {
    if (Array.isArray(output)) return output.flatMap((one) => this.#show(one));
    const { url, mime_type: type, path, image, content } = asObject(output) ?? {};
    if (image ?? content) return this.#show(image ?? content);
    const address = asString(url) ?? '';
    const isPicture =
      asString(type)?.startsWith('image/') ?? /\.(png|jpe?g|webp|gif|avif)$/i.test(asString(path) ?? '');
    if (!isPicture || !/^(https?|data):/.test(address) || this.#pictures.has(address)) return [];
    this.#pictures.add(address);
    return [imagePart(address, { id: `image-${this.#pictures.size}` })];
  }

  #finish(): StreamPart[] {
    this.finished = true;
    return [...this.#blocks.close(), { type: 'finish', finishReason: 'stop' }];
  }
}

/** An output's words: text, a message, or the last of a conversation, whose turns are messages or pairs. */
function textIn(output: unknown): string {
  if (typeof output === 'string') return output;
  if (Array.isArray(output)) return textIn(output.at(-1));
  const { role, content, text = content, type } = asObject(output) ?? {};
  if (role === 'user' || (role === undefined && type !== 'text')) return '';
  return Array.isArray(text) ? text.map(textIn).join('') : textIn(text);
}

export const gradio: Protocol = {
  ...rareSigns.gradio,
  createReader: () => new GradioReader(),
};
