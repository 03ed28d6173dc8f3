import { imagePart, readHousePart } from '../parts/house-parts.js';
import { readErrorPart } from '../parts/error-part.js';
import { asArray, asId, asNumber, asObject, asString, defined, lookUp, type JsonObject } from '../parts/json.js';
import { KeyedBlocks } from '../parts/keyed-blocks.js';
import { failedCall, isHosted, ResponsesTools } from './openai-responses-tools.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { usageParts } from './openai-usage.js';
import { signs } from './signs.js';
import { SourceList } from '../parts/source-list.js';
import type { FinishReason, StreamPart } from '../stream-part.js';
import { requestsIn } from '../later-requests.js';

type Handler = (event: JsonObject) => StreamPart[];

const INCOMPLETE: Record<string, FinishReason> = { max_output_tokens: 'length', content_filter: 'content-filter' };

/** Events that say nothing which their item does not say again when it is complete. */
const PASSED_OVER = new RegExp(
  [
    String.raw`^response\.[a-z_]+_call(_[a-z_]+)?\.[a-z_]+$`,
    String.raw`^response\.(mcp_list_tools|compaction|audio|output_audio)\.[a-z_]+$`,
    String.raw`^response\.(audio|output_audio)[._]transcript\.done$`,
  ].join('|'),
);

/**
 * OpenAI's Responses stream (https://platform.openai.com/docs/api-reference/responses-streaming). Parts are kept apart
 * by their place (`output_index`, `content_index`, `summary_index`): some proxies give an item another id in every event.
 * An event that says that something is done carries the whole of it, so that what was lost on the way is added.
 */
class ResponsesReader implements ProtocolReader {
  finished = false;
  #started = false;
  #reported = false;
  #refused = false;
  /** Places of calls that wait for whoever asked. */
  readonly #waiting = new Set<number>();
  /** Some text of the answer has come. */
  #said = false;
  /** Items that have been announced; a stream that is taken up in the middle begins without. */
  readonly #announced = new Set<number>();
  /** The id with which the item of each place began. */
  readonly #items = new Map<number, string>();
  readonly #late = new Set<string>();
  /** Parts that are complete; what comes for them again is a repetition. */
  readonly #done = new Set<string>();
  readonly #blocks = new KeyedBlocks();
  readonly #tools = new ResponsesTools();
  readonly #sources = new SourceList();

  readonly #handlers: Record<string, Handler> = {
    'response.created': (event) => this.#begin(event),
    'response.queued': (event) => this.#begin(event),
    'response.in_progress': (event) => this.#begin(event),
    'response.completed': (event) => this.#complete(event),
    'response.incomplete': (event) => this.#complete(event),
    'response.cancelled': (event) => this.#complete(event),
    // The end of some servers, and of some a second one.
    'response.done': (event) => (this.finished ? [] : this.#complete(event)),
    'response.failed': (event) => this.#fail(event),
    'response.output_item.added': (event) => this.#startItem(placeOf(event), asObject(event.item) ?? {}),
    'response.output_item.done': (event) => this.#finishItem(placeOf(event), asObject(event.item) ?? {}),
    'response.content_part.added': (event) => this.#announce(event),
    'response.reasoning_summary_part.added': (event) => this.#announce(event),
    'response.content_part.done': (event) => this.#finishContent(event),
    'response.reasoning_summary_part.done': (event) => this.#finishSummary(event),
    'response.output_text.delta': (event) => this.#write('text', textKey(event), event.delta),
    'response.output_text.done': (event) => this.#reconcile('text', textKey(event), event.text),
    'response.output_text.annotation.added': (event) => this.#annotate(event.annotation),
    'response.refusal.delta': (event) => this.#refuse(this.#write('text', textKey(event), event.delta)),
    'response.refusal.done': (event) => this.#refuse(this.#reconcile('text', textKey(event), event.refusal)),
    'response.reasoning_text.delta': (event) => this.#write('reasoning', thoughtKey(event), event.delta),
    'response.reasoning_text.done': (event) => this.#reconcile('reasoning', thoughtKey(event), event.text),
    'response.reasoning_summary_text.delta': (event) => this.#write('reasoning', summaryKey(event), event.delta),
    'response.reasoning_summary_text.done': (event) => this.#reconcile('reasoning', summaryKey(event), event.text),
    'response.audio.transcript.delta': (event) => this.#write('text', textKey(event), event.delta),
    'response.output_audio_transcript.delta': (event) => this.#write('text', textKey(event), event.delta),
    'response.image_generation_call.partial_image': (event) => this.#drawPart(event),
  };

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') return [];
    const json = asObject(event.json);
    const type = asString(json?.type) ?? event.type;
    const handle = lookUp(this.#handlers, type);
    if (json && handle) return handle(json);
    const error = readErrorPart(event);
    if (error) return this.#report(error);
    return this.#readInput(type, json) ?? (PASSED_OVER.test(type) ? [] : readHousePart(json));
  }

  end(): StreamPart[] {
    return this.#close();
  }

  /** `response.function_call_arguments.delta` and its like, of every kind of call. */
  #readInput(type: string, json: JsonObject | undefined): StreamPart[] | undefined {
    const [, field, step] = /_call_(arguments|input|code)\.(delta|done)$/.exec(type) ?? [];
    if (!json || field === undefined) return undefined;
    const place = placeOf(json);
    if (step === 'delta') return this.#tools.append(place, asString(json.delta) ?? '');
    return this.#tools.complete(place, asString(json[field]) ?? '');
  }

  #begin({ response }: JsonObject): StreamPart[] {
    this.finished = this.#reported;
    if (this.#started) return [];
    this.#started = true;
    const model = asString(asObject(response)?.model);
    return [defined({ type: 'start', messageMetadata: model && { model } } as const)];
  }

  #startItem(place: number, item: JsonObject): StreamPart[] {
    this.#announced.add(place);
    this.#takePlace(place, asId(item.id));
    const type = asString(item.type) ?? '';
    if (!this.#tools.isCall(type)) return [];
    if (!isHosted(item)) this.#waiting.add(place);
    return this.#tools.start(place, item);
  }

  /** Servers that give every item the same place begin each of them with an id of its own. */
  #takePlace(place: number, id: string | undefined): void {
    const before = this.#items.get(place);
    if (id !== undefined) this.#items.set(place, id);
    if (before === undefined || id === undefined || id === before) return;
    for (const key of this.#done) if (key.split('/')[1] === `${place}`) this.#done.delete(key);
  }

  #announce(event: JsonObject): StreamPart[] {
    this.#announced.add(placeOf(event));
    return [];
  }

  /** Everything that the item says, for whatever of it has not come before. */
  #finishItem(place: number, item: JsonObject): StreamPart[] {
    this.#announced.add(place);
    const type = asString(item.type) ?? '';
    if (type === 'message') return this.#finishMessage(place, item);
    if (type === 'reasoning') return this.#finishReasoning(place, item);
    if (type === 'image_generation_call') return drawn(item, place);
    if (type === 'mcp_approval_request') return askForApproval(item);
    if (this.#tools.isCall(type)) return this.#finishCall(place, item);
    const answered = type.endsWith('_output') && this.#tools.callOf(item);
    if (answered) return [toolOutput(answered, item)];
    if (type.endsWith('_results')) return this.#finishResults(place, item);
    return type === '' ? [] : [{ type: 'custom', kind: `openai.${type}`, content: item }];
  }

  #finishCall(place: number, item: JsonObject): StreamPart[] {
    if (!isHosted(item)) this.#waiting.add(place);
    return this.#tools.finish(place, item);
  }

  /** Perplexity's own tools begin as calls of whoever asked, and end as what they have found. */
  #finishResults(place: number, item: JsonObject): StreamPart[] {
    this.#waiting.delete(place);
    const pages = asArray(item.results ?? item.contents).map((page) => asObject(page) ?? {});
    return [...this.#tools.answer(place, item), ...pages.flatMap(({ url, title }) => this.#sources.page(url, title))];
  }

  #finishMessage(place: number, item: JsonObject): StreamPart[] {
    return asArray(item.content).flatMap((value, index) =>
      this.#finishText(`text/${place}/${index}`, asObject(value) ?? {}),
    );
  }

  #finishText(key: string, part: JsonObject): StreamPart[] {
    if (part.type === 'refusal') this.#refused = true;
    const text = this.#reconcile('text', key, part.text ?? part.refusal);
    const annotations = asArray(part.annotations).flatMap((annotation) => this.#annotate(annotation));
    return [...text, ...annotations, ...this.#closeKey(key)];
  }

  #finishReasoning(place: number, item: JsonObject): StreamPart[] {
    const said = (kind: string, value: unknown) =>
      asArray(value).flatMap((part, index) => this.#finishThought(`${kind}/${place}/${index}`, asObject(part) ?? {}));
    return [...said('summary', item.summary), ...said('thought', item.content)];
  }

  #finishThought(key: string, { text }: JsonObject): StreamPart[] {
    return [...this.#reconcile('reasoning', key, text), ...this.#closeKey(key)];
  }

  #write(kind: 'text' | 'reasoning', key: string, delta: unknown): StreamPart[] {
    const text = asString(delta) ?? '';
    if (text === '' || this.#done.has(key)) return [];
    if (kind === 'text') this.#said = true;
    if (!this.#blocks.has(key) && !this.#started && !this.#announced.has(Number(key.split('/')[1]))) {
      // Taken up in mid-sentence: a step of its own, which can be taken back once the whole text is known.
      this.#late.add(key);
      return [{ type: 'start-step' }, ...this.#blocks.write(kind, key, text)];
    }
    return this.#blocks.write(kind, key, text);
  }

  #reconcile(kind: 'text' | 'reasoning', key: string, whole: unknown): StreamPart[] {
    const text = asString(whole) ?? '';
    if (text === '' || this.#done.has(key)) return [];
    if (kind === 'text') this.#said = true;
    if (this.#late.delete(key) && this.#blocks.contradicts(key, text)) {
      this.#blocks.close(key);
      return [{ type: 'reset-step' }, ...this.#blocks.write(kind, key, text)];
    }
    return this.#blocks.complete(kind, key, text);
  }

  #finishContent(event: JsonObject): StreamPart[] {
    const { type, text, refusal } = asObject(event.part) ?? {};
    if (type === 'reasoning_text') return this.#reconcile('reasoning', thoughtKey(event), text);
    return this.#reconcile('text', textKey(event), text ?? refusal);
  }

  #finishSummary(event: JsonObject): StreamPart[] {
    return this.#reconcile('reasoning', summaryKey(event), asObject(event.part)?.text);
  }

  #closeKey(key: string): StreamPart[] {
    this.#done.add(key);
    return this.#blocks.close(key);
  }

  #annotate(value: unknown): StreamPart[] {
    const annotation = asObject(value) ?? {};
    if (annotation.type === 'url_citation') return this.#sources.page(annotation.url, annotation.title);
    return this.#sources.document(annotation.file_id, { filename: annotation.filename });
  }

  #refuse(parts: StreamPart[]): StreamPart[] {
    this.#refused = true;
    return parts;
  }

  #drawPart(event: JsonObject): StreamPart[] {
    const data = asString(event.partial_image_b64);
    if (data === undefined) return [];
    const partialIndex = asNumber(event.partial_image_index) ?? 0;
    return [picture(data, event, placeOf(event), partialIndex)];
  }

  #complete(event: JsonObject): StreamPart[] {
    const response = asObject(event.response) ?? {};
    // A server that sends nothing but the finished answer.
    const isAll = this.#announced.size === 0 && this.#done.size === 0 && !this.#blocks.has('text/0/0');
    const output = asArray(response.output).map((item) => asObject(item) ?? {});
    const items = output.flatMap((item, place) =>
      isAll || this.#lacks(place, item) ? this.#finishItem(place, item) : [],
    );
    const finish = this.#finishPart(event, response);
    const parts = [...this.#begin(event), ...items, ...this.#close(), ...usageParts(response), finish];
    this.finished = true;
    this.#forget();
    return parts;
  }

  /** Whether something of an item has been lost on the way. Places that a proxy has shifted must not double a text. */
  #lacks(place: number, item: JsonObject): boolean {
    const type = asString(item.type) ?? '';
    if (this.#tools.isCall(type)) return !this.#tools.isDone(item);
    if (type !== 'message') return false;
    return !this.#said || asArray(item.content).some((_, index) => this.#blocks.has(`text/${place}/${index}`));
  }

  #finishPart({ type }: JsonObject, { incomplete_details: details, status }: JsonObject): StreamPart {
    const reason = asString(asObject(details)?.reason);
    if (type === 'response.cancelled' || status === 'cancelled') return { type: 'abort' };
    if (type === 'response.incomplete' || reason !== undefined) {
      const finishReason = lookUp(INCOMPLETE, reason ?? '') ?? 'other';
      return defined({ type: 'finish', finishReason, rawFinishReason: reason });
    }
    if (this.#refused) return { type: 'finish', finishReason: 'content-filter', rawFinishReason: 'refusal' };
    return { type: 'finish', finishReason: this.#waiting.size > 0 ? 'tool-calls' : 'stop' };
  }

  #fail({ response }: JsonObject): StreamPart[] {
    const { error, ...rest } = asObject(response) ?? {};
    const said = readErrorPart({ type: 'error', data: '', lastEventId: '', json: { error } });
    return [...this.#close(), ...usageParts(rest), ...(said ? this.#report(said) : [])];
  }

  /** An error and the failure that follows from it are one. */
  #report(error: StreamPart): StreamPart[] {
    this.finished = true;
    if (this.#reported) return [];
    this.#reported = true;
    return [...this.#close(), error];
  }

  #close(): StreamPart[] {
    return [...this.#blocks.closeAll(), ...this.#tools.finishAll()];
  }

  /** Another response may follow in the same stream, with the same places. */
  #forget(): void {
    this.#done.clear();
    this.#announced.clear();
    this.#late.clear();
    this.#items.clear();
    this.#waiting.clear();
    this.#said = false;
  }
}

function placeOf(event: JsonObject): number {
  return asNumber(event.output_index) ?? 0;
}

function textKey(event: JsonObject): string {
  return `text/${placeOf(event)}/${asNumber(event.content_index) ?? 0}`;
}

function thoughtKey(event: JsonObject): string {
  return `thought/${placeOf(event)}/${asNumber(event.content_index) ?? 0}`;
}

function summaryKey(event: JsonObject): string {
  return `summary/${placeOf(event)}/${asNumber(event.summary_index) ?? 0}`;
}

function picture(data: string, fields: JsonObject, place: number, partialIndex?: number): StreamPart {
  const mediaType = `image/${asString(fields.output_format) || 'png'}`;
  const [, width, height] = /^(\d+)x(\d+)$/.exec(asString(fields.size) ?? '') ?? [];
  return imagePart(`data:${mediaType};base64,${data}`, {
    id: `image-${place}`,
    mediaType,
    width: width && Number(width),
    height: height && Number(height),
    partialIndex,
  });
}

function drawn(item: JsonObject, place: number): StreamPart[] {
  const data = asString(item.result);
  if (data) return [picture(data, item, place)];
  return item.error || item.status === 'failed' ? failedCall(item, 'image_generation') : [];
}

function toolOutput(toolCallId: string, { output, result, tools }: JsonObject): StreamPart {
  return { type: 'tool-output-available', toolCallId, output: output ?? result ?? tools ?? null };
}

function askForApproval(item: JsonObject): StreamPart[] {
  const toolCallId = asId(item.id) ?? '';
  let input: unknown = item.arguments;
  try {
    input = JSON.parse(asString(input) ?? '{}');
  } catch {
    // Shown as it came.
  }
  // Whose call it is goes back with the reader's word.
  const call = { toolCallId, providerMetadata: { openai: { serverLabel: item.server_label } } };
  return [
    { type: 'tool-input-available', ...call, toolName: asString(item.name) ?? '', input, providerExecuted: true },
    { type: 'tool-approval-request', toolCallId, approvalId: toolCallId },
  ];
}

export const openaiResponses: Protocol = {
  ...signs.openaiResponses,
  createBody: requestsIn('openai-responses'),
  createReader: () => new ResponsesReader(),
};
