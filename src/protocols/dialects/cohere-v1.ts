import { textOf, toolName, type Message } from '../../message.js';
import { inputObject, outcomeOf, stepsOf } from '../answer-steps.js';
import { BlockWriter } from '../block-writer.js';
import { lastQuestion, questionText, systemText } from '../conversation-text.js';
import { cohereFinish, cohereUsage } from './cohere.js';
import { readErrorPart } from '../error-part.js';
import { readHousePart } from '../house-parts.js';
import { asArray, asId, asObject, asString, type JsonObject } from '../json.js';
import type { Conversation, Protocol, ProtocolReader, WireEvent } from '../protocol.js';
import { signs } from './signs.js';
import { SourceList } from '../source-list.js';
import type { StreamPart } from '../stream-part.js';

/** Cohere's chat, version 1 (https://docs.cohere.com/v1/reference/chat-stream): lines of JSON told apart by `event_type`. */
class CohereV1Reader implements ProtocolReader {
  finished = false;
  #calls = 0;
  #written = '';
  readonly #blocks = new BlockWriter();
  readonly #sources = new SourceList();

  read(event: WireEvent): StreamPart[] | undefined {
    const line = asObject(event.json) ?? {};
    switch (line.event_type) {
      case 'stream-start':
        return [{ type: 'start' }];
      case 'text-generation':
        return this.#write(asString(line.text) ?? '');
      case 'citation-generation':
      case 'search-queries-generation':
      case 'tool-calls-chunk':
      case 'debug':
        return [];
      case 'search-results':
        return asArray(line.documents).flatMap((source) => this.#readDocument(asObject(source) ?? {}));
      case 'tool-calls-generation':
        return asArray(line.tool_calls).flatMap((call) => this.#readCall(asObject(call) ?? {}));
      case 'stream-end':
        return this.#finish(line);
    }
    const error = readErrorPart(event);
    if (!error) return readHousePart(event.json);
    this.finished = true;
    return [...this.#blocks.close(), error];
  }

  end(): StreamPart[] {
    return this.#blocks.close();
  }

  #write(text: string): StreamPart[] {
    this.#written += text;
    return this.#blocks.write('text', text);
  }

  #readDocument({ url, title, id }: JsonObject): StreamPart[] {
    return url ? this.#sources.page(url, title) : this.#sources.document(id, { title });
  }

  #readCall({ name, parameters }: JsonObject): StreamPart[] {
    this.#calls += 1;
    const call = { toolCallId: `call-${this.#calls}`, toolName: asString(name) ?? '', input: parameters ?? {} };
    return [...this.#blocks.close(), { type: 'tool-input-available', ...call }];
  }

  /** The end says the whole text again. */
  #finish({ finish_reason: reason, response }: JsonObject): StreamPart[] {
    this.finished = true;
    const { text, meta } = asObject(response) ?? {};
    const whole = asString(text) ?? '';
    const rest = whole.startsWith(this.#written) ? whole.slice(this.#written.length) : '';
    const end = [...cohereUsage(asObject(meta)), ...cohereFinish(asId(reason), undefined)];
    return [...this.#write(rest), ...this.#blocks.close(), ...end];
  }
}

function chatBody({ messages, model }: Conversation): Record<string, unknown> {
  const question = lastQuestion(messages);
  const before = messages.slice(0, question ? messages.indexOf(question) : 0).filter(({ role }) => role !== 'system');
  const preamble = systemText(messages);
  return {
    ...(model !== undefined && { model }),
    ...(preamble !== '' && { preamble }),
    chat_history: before.map((message) => ({
      role: message.role === 'user' ? 'USER' : 'CHATBOT',
      message: textOf(message),
    })),
    message: question ? questionText(question, () => false) : '',
    ...resultsOf(messages.at(-1)),
    stream: true,
  };
}

/** What came of the calls that the question led to: v1 is asked the same again, with the results beside it. */
function resultsOf(last: Message | undefined): object {
  const calls = last?.role === 'assistant' ? stepsOf(last).flatMap(({ calls: some }) => some) : [];
  if (calls.length === 0) return {};
  const tool_results = calls.map((call) => ({
    call: { name: toolName(call), parameters: inputObject(call) },
    outputs: [{ result: outcomeOf(call)!.text }],
  }));
  return { tool_results, force_single_step: true };
}

export const cohereV1: Protocol = {
  ...signs.cohereV1,
  createBody: chatBody,
  createReader: () => new CohereV1Reader(),
};
