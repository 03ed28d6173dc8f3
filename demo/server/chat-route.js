// @ts-check
import { answerTo, answerToOutput, isToolOutput, questionOf } from './answers.js';
import { DIALECTS } from './dialects/writer.js';
import { HttpError, numberIn, readJson, sendJson } from './http.js';
import { lifetimeIn } from './image-routes.js';
import { play } from './play.js';
import { chatOf, sendAnswer } from './resume-routes.js';

/**
 * @typedef {object} ChatTools
 * @property {import('./stream-stats.js').StreamStats} stats
 * @property {import('./image-routes.js').ImageRoutes} images
 * @property {import('./streams/answer-streams.js').AnswerStreams} streams
 */

/**
 * Answers a question in the dialect that the address names. `?pace=` milliseconds per delta, `?lifetime=` seconds that
 * a picture's address works. A GET (the browser's own `EventSource`) asks with `?prompt=`.
 *
 * An answer in a conversation that names itself (`id`) can be taken up again: a lost connection does not stop it.
 * @param {ChatTools} tools
 * @returns {import('./demo-server.js').Route}
 */
export function createChatRoute({ stats, images, streams }) {
  return async (request, response, url) => {
    const dialect = url.pathname.split('/').at(-1) ?? '';
    const Writer = DIALECTS[dialect];
    if (!Writer) throw new HttpError(404, `The dialects are ${Object.keys(DIALECTS).join(', ')}.`);
    const body = request.method === 'GET' ? bodyIn(url) : await readJson(request);
    const question = questionOf(body);
    if (answerWithFailure(question, response)) return;

    if (/\bdrop\b/i.test(question)) dropSoon(response);
    const writer = new Writer();
    const pace = numberIn(url, 'pace', { standard: 25, most: 2000 });
    const picture = images.createPicture(url.origin, lifetimeIn(url));
    const steps = isToolOutput(body) ? answerToOutput() : answerTo(question);
    const playing = stats.count(() => play(steps, { writer, pace, picture }));
    await Promise.all([playing, sendAnswer(streams, chatOf(dialect, body.id), writer.response, response)]);
  };
}

/** The connection breaks in the middle of the answer, which goes on being written. @param {import('node:http').ServerResponse} response */
function dropSoon(response) {
  setTimeout(() => response.destroy(), 1500).unref();
}

/** As `EventSource` asks: the question alone, or the thread as JSON. @param {URL} url @returns {Record<string, any>} */
function bodyIn({ searchParams }) {
  const messages = searchParams.get('messages');
  if (messages === null) return Object.fromEntries(searchParams);
  try {
    return { messages: JSON.parse(messages) };
  } catch {
    throw new HttpError(400, 'messages must be JSON.');
  }
}

/**
 * Failures before the stream has begun: what a proxy or a server says instead of answering.
 * @param {string} question
 * @param {import('node:http').ServerResponse} response
 */
function answerWithFailure(question, response) {
  if (/\b401\b/.test(question)) {
    const headers = { 'www-authenticate': 'Bearer' };
    sendJson(response, { error: { message: 'Invalid API key.', code: 'invalid_api_key' } }, 401, headers);
  } else if (/\b429\b/.test(question)) {
    sendJson(response, { error: { message: 'Too many questions at once.' } }, 429, { 'retry-after': '10' });
  } else if (/\b500\b/.test(question)) {
    sendJson(response, { error: { message: 'Internal server error.' } }, 500);
  } else if (/\bhtml\b/i.test(question)) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in to continue</h1></html>');
  } else {
    return false;
  }
  return true;
}
