// @ts-check
import { MemoryStreams } from './memory-streams.js';

/**
 * @typedef {object} Delivery one reader's copy of an answer
 * @property {Response} response
 * @property {() => unknown} delivered to be called once the reader has had all of it
 */

/**
 * Answers that are read to their end whether or not anybody listens: a lost connection does not stop them, and whoever
 * comes back gets what was missed.
 * @typedef {object} AnswerStreams
 * @property {(chat: string, response: Response) => Promise<Delivery>} begin keeps an answer for the conversation; the
 *   one before it is stopped
 * @property {(chat: string, lastEventId: string) => Promise<Delivery | null>} resume the answer after that event, or
 *   from its beginning; null where there is nothing that the reader has not had
 * @property {(chat: string) => Promise<void>} stop ends the writing, whichever process does it
 * @property {() => Promise<void>} close
 */

/**
 * On Redis, which every process of the server reaches, or in this process alone.
 * @param {string | undefined} redisUrl
 * @returns {Promise<AnswerStreams>}
 */
export async function createAnswerStreams(redisUrl) {
  if (!redisUrl) return new MemoryStreams();
  const { RedisStreams } = await import('./redis-streams.js');
  return RedisStreams.connect(redisUrl);
}
