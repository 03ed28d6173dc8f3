// @ts-check
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import { createResumableStreamContext } from 'resumable-stream/generic';
import { AnswerSource } from './answer-source.js';
import { hasEventAfter, offsetOf, withEventIds } from './event-ids.js';

/** @typedef {import('./answer-streams.js').AnswerStreams} AnswerStreams */
/** @typedef {import('redis').RedisClientType<{}, {}, {}, 3, {}>} Redis */
/** @typedef {{id: string, headers: Record<string, string>}} Answer */

const PREFIX = 'ai-stream-demo';
/** Seconds that Redis knows which answer is a conversation's last. */
const KNOWN_FOR = 60 * 60;
/** Seconds that a finished answer is kept for who has missed its end. */
const KEPT_FOR = 5 * 60;
/** Milliseconds that the process which writes an answer may take to reply. */
const REPLY_TIME = 3000;

/**
 * For any number of processes. The package `resumable-stream` passes an answer on while it is being written: whoever asks
 * gets what there is from the process that writes it, and what follows, by publish and subscribe. It keeps nothing of a
 * finished answer; that is done here, and so is the way by which a Stop gets to the process that writes.
 * @implements {AnswerStreams}
 */
export class RedisStreams {
  #redis;
  #subscriber;
  #context;
  /** What this process writes. @type {Map<string, AnswerSource>} */
  #sources = new Map();
  /** @type {Set<Promise<void>>} */
  #writing = new Set();

  /** @param {Redis} redis @param {Redis} subscriber */
  constructor(redis, subscriber) {
    this.#redis = redis;
    this.#subscriber = subscriber;
    this.#context = createResumableStreamContext({
      waitUntil: null,
      keyPrefix: PREFIX,
      publisher: withoutRejections(redis),
      subscriber: withoutComplaints(subscriber),
    });
  }

  /** @param {string} url */
  static async connect(url) {
    const [redis, subscriber] = [createClient({ url }), createClient({ url })];
    for (const client of [redis, subscriber]) client.on('error', complainOnce());
    await Promise.all([redis.connect(), subscriber.connect()]);
    const streams = new RedisStreams(redis, subscriber);
    await subscriber.subscribe(`${PREFIX}:stop`, (id) => streams.#sources.get(id)?.stop());
    return streams;
  }

  /** @param {string} chat @param {Response} response */
  async begin(chat, response) {
    // The reader gets an answer also while Redis is away, only none that outlives the connection.
    if (!this.#redis.isReady) return { response, delivered: () => {} };
    await this.stop(chat);
    const id = randomUUID();
    const headers = Object.fromEntries(response.headers);
    const source = new AnswerSource(/** @type {ReadableStream<Uint8Array>} */ (response.body));
    this.#sources.set(id, source);
    const text = await this.#context.createNewResumableStream(id, () => this.#write(id, source));
    await this.#redis.set(`${PREFIX}:chat:${chat}`, JSON.stringify({ id, headers }), expiry(KNOWN_FOR));
    return this.#deliver({ id, headers }, /** @type {ReadableStream<string>} */ (text), 0);
  }

  /** @param {string} chat @param {string} lastEventId */
  async resume(chat, lastEventId) {
    const answer = await this.#answerOf(chat);
    if (!answer) return null;
    const offset = offsetOf(lastEventId, tagOf(answer));
    const whole = await this.#redis.get(`${PREFIX}:whole:${answer.id}`);
    if (whole === null) return this.#follow(answer, offset);
    const isHad =
      offset === 0 ? await this.#redis.get(`${PREFIX}:delivered:${answer.id}`) : !hasEventAfter(whole, offset);
    return isHad ? null : this.#deliver(answer, streamOf(whole.slice(offset)), offset);
  }

  /** @param {string} chat */
  async stop(chat) {
    const answer = await this.#answerOf(chat);
    if (answer) await this.#redis.publish(`${PREFIX}:stop`, answer.id);
  }

  async close() {
    for (const source of this.#sources.values()) source.stop();
    await Promise.all(this.#writing);
    for (const client of [this.#redis, this.#subscriber]) client.destroy();
  }

  /** @param {string} chat @returns {Promise<Answer | null>} */
  async #answerOf(chat) {
    if (!this.#redis.isReady) return null;
    const known = await this.#redis.get(`${PREFIX}:chat:${chat}`);
    return known === null ? null : JSON.parse(known);
  }

  /** @param {string} id @param {AnswerSource} source @returns {ReadableStream<string>} */
  #write(id, source) {
    return new ReadableStream({
      start: (controller) => {
        const writing = this.#pass(id, source, controller);
        this.#writing.add(writing);
        void writing.then(() => this.#writing.delete(writing));
      },
    });
  }

  /** @param {string} id @param {AnswerSource} source @param {ReadableStreamDefaultController<string>} controller */
  async #pass(id, source, controller) {
    await source.read((text) => controller.enqueue(text));
    this.#sources.delete(id);
    // Before anybody is told that there is no more to follow.
    await this.#note(`whole:${id}`, source.text);
    controller.close();
  }

  /**
   * Null also where the process that wrote it has died: what it had not passed on is lost.
   * @param {Answer} answer
   * @param {number} offset
   */
  async #follow(answer, offset) {
    const following = this.#context.resumeExistingStream(answer.id, offset).catch(() => null);
    const text = await Promise.race([following, sleep(REPLY_TIME, null, { ref: false })]);
    return text ? this.#deliver(answer, text, offset) : null;
  }

  /** @param {Answer} answer @param {ReadableStream<string>} text @param {number} offset */
  #deliver(answer, text, offset) {
    const response = new Response(withEventIds(text, { tag: tagOf(answer), offset }), { headers: answer.headers });
    return { response, delivered: () => this.#note(`delivered:${answer.id}`, '1') };
  }

  /** @param {string} key @param {string} value */
  async #note(key, value) {
    if (this.#redis.isReady) await quiet(this.#redis.set(`${PREFIX}:${key}`, value, expiry(KEPT_FOR)));
  }
}

/** @param {Answer} answer */
function tagOf({ id }) {
  return id.slice(0, 8);
}

/** @param {number} seconds @returns {{expiration: {type: 'EX', value: number}}} */
function expiry(seconds) {
  return { expiration: { type: 'EX', value: seconds } };
}

/** @param {string} text @returns {ReadableStream<string>} */
function streamOf(text) {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(text);
      controller.close();
    },
  });
}

/** @param {Promise<unknown>} done */
function quiet(done) {
  return done.catch(() => {});
}

/**
 * The package waits for what it publishes where nobody can hear of a failure: an answer must go on for its own reader
 * when Redis is away, and the process must not end of it.
 * @param {Redis} redis
 * @returns {any}
 */
function withoutRejections(redis) {
  const ifThere = (/** @type {() => Promise<unknown>} */ act) => (redis.isReady ? quiet(act()) : Promise.resolve());
  return {
    connect: async () => {},
    publish: (/** @type {string} */ channel, /** @type {string} */ message) =>
      ifThere(() => redis.publish(channel, message)),
    set: (/** @type {string} */ key, /** @type {string} */ value, /** @type {{EX: number}} */ { EX }) =>
      ifThere(() => redis.set(key, value, expiry(EX))),
    get: (/** @type {string} */ key) => redis.get(key),
    incr: (/** @type {string} */ key) => redis.incr(key),
  };
}

/** @param {Redis} subscriber @returns {any} */
function withoutComplaints(subscriber) {
  return {
    connect: async () => {},
    subscribe: (/** @type {string} */ channel, /** @type {(message: string) => void} */ hear) =>
      subscriber.subscribe(channel, hear),
    unsubscribe: async (/** @type {string} */ channel) => {
      if (subscriber.isReady) await quiet(subscriber.unsubscribe(channel));
    },
  };
}

/** A Redis that is away is looked for again and again, and that is said once. */
function complainOnce() {
  let isSaid = false;
  return (/** @type {Error} */ error) => {
    if (!isSaid) console.error(`Redis: ${error.message}`);
    isSaid = true;
  };
}
