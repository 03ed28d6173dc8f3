// @ts-check
import { pipe } from 'ai-stream-elements/server';
import { HttpError } from './http.js';

/** @typedef {import('./streams/answer-streams.js').AnswerStreams} AnswerStreams */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

const LONGEST_ID = 200;

/**
 * The name that a conversation's answers are kept under: ids are the client's, and mean something at one address only.
 * @param {string} place
 * @param {unknown} id
 */
export function chatOf(place, id) {
  return typeof id === 'string' && id !== '' && id.length <= LONGEST_ID ? `${place}/${id}` : undefined;
}

/**
 * Sends an answer, and keeps it for who loses the connection where it belongs to a conversation.
 * @param {AnswerStreams} streams
 * @param {string | undefined} chat
 * @param {Response} answer
 * @param {ServerResponse} response
 */
export async function sendAnswer(streams, chat, answer, response) {
  if (chat === undefined || !answer.body) return pipe(answer, response);
  await sendDelivery(await streams.begin(chat, answer), response);
}

/**
 * `GET {endpoint}/{chat-id}/stream` gives what is left of the conversation's last answer, after `Last-Event-ID` or from
 * its beginning; 204 where there is nothing to give. `DELETE` stops it.
 * @param {AnswerStreams} streams
 * @returns {{resume: import('./demo-server.js').Route, stop: import('./demo-server.js').Route}}
 */
export function createResumeRoutes(streams) {
  return {
    async resume(request, response, url) {
      const lastEventId = request.headers['last-event-id'];
      const delivery = await streams.resume(chatIn(url), typeof lastEventId === 'string' ? lastEventId : '');
      if (delivery) await sendDelivery(delivery, response);
      else response.writeHead(204, { 'cache-control': 'no-store' }).end();
    },
    async stop(_request, response, url) {
      await streams.stop(chatIn(url));
      response.writeHead(204).end();
    },
  };
}

/** @param {import('./streams/answer-streams.js').Delivery} delivery @param {ServerResponse} response */
async function sendDelivery({ response: answer, delivered }, response) {
  response.once('finish', delivered);
  await pipe(answer, response);
}

/** `/api/chat/generic/c1/stream`, `/api/openai/c1/stream`. @param {URL} url */
function chatIn(url) {
  const [id = '', ...place] = url.pathname.split('/').slice(1, -1).toReversed();
  try {
    const chat = chatOf(place[0] ?? '', decodeURIComponent(id));
    if (chat !== undefined) return chat;
  } catch {
    // No encoding of anything.
  }
  throw new HttpError(400, 'This is no id of a conversation.');
}
