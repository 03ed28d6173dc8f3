import { readErrorPart } from '../parts/error-part.js';
import { readHousePart } from '../parts/house-parts.js';
import { asId, asObject, asString, type JsonObject } from '../parts/json.js';
import { openaiResponses } from './openai-responses.js';
import type { Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { readAs } from '../parts/respelled.js';
import { rareSigns } from './rare-signs.js';
import type { StreamPart } from '../stream-part.js';

/** Where an item has no place in a response, it gets one behind all that have. */
const FIRST_PLACE = 100_000;

/**
 * The events of a run of OpenAI's Agents SDK, in Python
 * (https://openai.github.io/openai-agents-python/ref/stream_events/) and JavaScript: those of the model's responses, each in
 * one more object, and the run's own items. JavaScript tells the text of any model apart, and beside it the model's own events.
 */
class OpenAiAgentsReader implements ProtocolReader {
  #finished = false;
  /** The model's own events come: what the run says of its items is said already. */
  #isRaw = false;
  /** The text comes as it is written: what a message says as a whole is said already. */
  #isWritten = false;
  #place = FIRST_PLACE;
  readonly #responses = openaiResponses.createReader();

  get finished(): boolean {
    return this.#finished || this.#responses.finished;
  }

  read(event: WireEvent): StreamPart[] | undefined {
    if (event.data === '[DONE]') this.#finished = true;
    const json = asObject(event.json) ?? {};
    const data = asObject(json.data) ?? {};
    switch (json.type) {
      case 'raw_response_event':
        return this.#readRaw(data);
      case 'raw_model_stream_event':
        return this.#readModel(data);
      case 'run_item_stream_event':
        return this.#readItem(asObject(json.item) ?? {});
      case 'agent_updated_stream_event':
        return [];
    }
    const error = readErrorPart(event);
    if (error) this.#finished = true;
    return error ? [...this.end(), error] : this.#finished ? [] : readHousePart(json);
  }

  end(): StreamPart[] {
    return this.#responses.end();
  }

  #readRaw(event: JsonObject): StreamPart[] {
    this.#isRaw ||= event.type === 'response.created';
    return readAs(this.#responses, [event]);
  }

  #readModel({ type, event, delta, providerData, response }: JsonObject): StreamPart[] {
    const place = asObject(providerData) ?? {};
    if (type === 'output_text_delta') {
      this.#isWritten = true;
      return readAs(this.#responses, [{ ...place, type: 'response.output_text.delta', delta }]);
    }
    const inner = asObject(event);
    const name = asString(inner?.type) ?? '';
    if (inner && name.startsWith('response.')) {
      this.#isRaw = true;
      return name === 'response.output_text.delta' ? [] : readAs(this.#responses, [inner]);
    }
    if (this.#isRaw || type === 'model') return [];
    if (type === 'response_started') return readAs(this.#responses, [{ type: 'response.created' }]);
    return type === 'response_done' ? this.#endResponse(asObject(response) ?? {}) : [];
  }

  #endResponse({ usage }: JsonObject): StreamPart[] {
    const { inputTokens, outputTokens, totalTokens } = asObject(usage) ?? {};
    const counts = { input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: totalTokens };
    return readAs(this.#responses, [{ type: 'response.completed', response: { usage: counts } }]);
  }

  /** A result is the run's alone; all else is, too, where somebody hands on nothing but its items. */
  #readItem(item: JsonObject): StreamPart[] {
    const raw = asObject(item.raw_item ?? item.rawItem) ?? {};
    const toolCallId = asId(raw.call_id ?? raw.callId);
    if (/output|result/.test(asString(raw.type) ?? '') && toolCallId !== undefined)
      return [{ type: 'tool-output-available', toolCallId, output: item.output ?? raw.output, providerExecuted: true }];
    if (this.#isRaw || raw.type === undefined || (this.#isWritten && raw.type === 'message')) return [];
    this.#place += 1;
    const whole = { ...raw, call_id: toolCallId };
    return readAs(this.#responses, [{ type: 'response.output_item.done', output_index: this.#place, item: whole }]);
  }
}

export const openaiAgents: Protocol = {
  ...rareSigns.openaiAgents,
  createReader: () => new OpenAiAgentsReader(),
};
