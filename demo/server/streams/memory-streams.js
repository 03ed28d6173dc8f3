// @ts-check
import { randomUUID } from 'node:crypto';
import { AnswerSource } from './answer-source.js';
import { hasEventAfter, offsetOf, withEventIds } from './event-ids.js';

/** @typedef {import('./answer-streams.js').AnswerStreams} AnswerStreams */

/**
 * @typedef {object} Answer
 * @property {string} tag
 * @property {Record<string, string>} headers
 * @property {AnswerSource} source
 * @property {boolean} isWhole nothing more will come
 * @property {boolean} isDelivered somebody has had all of it
 * @property {Set<ReadableStreamDefaultController<string>>} readers
 */

/** Answers that are kept at a time; beyond, the oldest go. */
const MOST_ANSWERS = 100;
/** Milliseconds that a finished answer is kept for who has missed its end. */
const KEPT_FOR = 5 * 60_000;

/** For a server of one process. @implements {AnswerStreams} */
export class MemoryStreams {
  /** @type {Map<string, Answer>} */
  #answers = new Map();

  /** @param {string} chat @param {Response} response */
  async begin(chat, response) {
    this.#drop(chat);
    const source = new AnswerSource(/** @type {ReadableStream<Uint8Array>} */ (response.body));
    const headers = Object.fromEntries(response.headers);
    /** @type {Answer} */
    const answer = {
      tag: randomUUID().slice(0, 8),
      headers,
      source,
      isWhole: false,
      isDelivered: false,
      readers: new Set(),
    };
    this.#answers.set(chat, answer);
    for (const oldest of [...this.#answers.keys()].slice(0, -MOST_ANSWERS)) this.#drop(oldest);
    void this.#write(chat, answer);
    return deliver(answer, 0);
  }

  /** @param {string} chat @param {string} lastEventId */
  async resume(chat, lastEventId) {
    const answer = this.#answers.get(chat);
    if (!answer) return null;
    const offset = offsetOf(lastEventId, answer.tag);
    const isHad = offset === 0 ? answer.isDelivered : !hasEventAfter(answer.source.text, offset);
    return answer.isWhole && isHad ? null : deliver(answer, offset);
  }

  /** @param {string} chat */
  async stop(chat) {
    this.#answers.get(chat)?.source.stop();
  }

  async close() {
    for (const chat of this.#answers.keys()) this.#drop(chat);
  }

  /** @param {string} chat @param {Answer} answer */
  async #write(chat, answer) {
    await answer.source.read((text) => {
      for (const reader of answer.readers) reader.enqueue(text);
    });
    answer.isWhole = true;
    for (const reader of answer.readers) reader.close();
    answer.readers.clear();
    const forget = () => this.#answers.get(chat) === answer && this.#answers.delete(chat);
    setTimeout(forget, KEPT_FOR).unref();
  }

  /** @param {string} chat */
  #drop(chat) {
    this.#answers.get(chat)?.source.stop();
    this.#answers.delete(chat);
  }
}

/** What there is from `offset` on, and what comes. @param {Answer} answer @param {number} offset */
function deliver(answer, offset) {
  const { tag, headers, readers, source } = answer;
  /** @type {ReadableStreamDefaultController<string>} */
  let reader;
  /** @type {ReadableStream<string>} */
  const text = new ReadableStream({
    start(controller) {
      reader = controller;
      controller.enqueue(source.text.slice(offset));
      if (answer.isWhole) controller.close();
      else readers.add(controller);
    },
    cancel: () => void readers.delete(reader),
  });
  const response = new Response(withEventIds(text, { tag, offset }), { headers });
  return { response, delivered: () => (answer.isDelivered = answer.isWhole) };
}
