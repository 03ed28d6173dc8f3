// @ts-check
import { HttpError, readJson } from './http.js';
import { chatOf, sendAnswer } from './resume-routes.js';

/**
 * @typedef {object} Provider
 * @property {'openai' | 'anthropic'} name
 * @property {string} upstream
 * @property {string | undefined} model used where the request names none
 * @property {Record<string, string>} headers with the key: they are sent upstream and never to the page
 * @property {(body: Record<string, any>) => Record<string, unknown>} toRequest
 */

/**
 * The real backends that the environment names. A local Ollama, llama.cpp or vLLM needs OPENAI_BASE_URL alone.
 * @param {Record<string, string | undefined>} env
 * @returns {Provider[]}
 */
export function readProviders(env) {
  /** @type {Provider[]} */
  const providers = [];
  if (env.OPENAI_BASE_URL || env.OPENAI_API_KEY) {
    const base = (env.OPENAI_BASE_URL || 'https://api.openai.com/v1').replace(/\/+$/, '');
    providers.push({
      name: 'openai',
      upstream: `${base}/chat/completions`,
      model: env.OPENAI_MODEL,
      headers: env.OPENAI_API_KEY ? { authorization: `Bearer ${env.OPENAI_API_KEY}` } : {},
      toRequest: toOpenAi,
    });
  }
  if (env.ANTHROPIC_API_KEY) {
    const base = (env.ANTHROPIC_BASE_URL || 'https://api.anthropic.com').replace(/\/+$/, '');
    providers.push({
      name: 'anthropic',
      upstream: `${base}/v1/messages`,
      model: env.ANTHROPIC_MODEL,
      headers: { 'x-api-key': env.ANTHROPIC_API_KEY, 'anthropic-version': '2023-06-01' },
      toRequest: toAnthropic,
    });
  }
  return providers;
}

/**
 * Passes a question on and its answer back, byte for byte as it comes. When the client goes, so does the request, but
 * for an answer in a conversation: somebody may come back for that, and a Stop ends the request.
 * @param {Provider} provider
 * @param {import('./stream-stats.js').StreamStats} stats
 * @param {import('./streams/answer-streams.js').AnswerStreams} streams
 * @returns {import('./demo-server.js').Route}
 */
export function createProviderRoute(provider, stats, streams) {
  return async (request, response) => {
    const asked = await readJson(request);
    const body = provider.toRequest(asked);
    const client = new AbortController();
    const leave = () => client.abort();
    response.once('close', leave);
    await stats.count(async () => {
      const answer = await ask(provider, { ...body, model: body.model ?? provider.model, stream: true }, client.signal);
      const chat = answer.ok ? chatOf(provider.name, asked.id) : undefined;
      if (chat !== undefined) response.off('close', leave);
      await sendAnswer(streams, chat, withoutSecrets(answer), response);
      return response.writableFinished || response.writableEnded;
    });
  };
}

/**
 * @param {Provider} provider
 * @param {object} body
 * @param {AbortSignal} signal
 */
async function ask({ upstream, headers }, body, signal) {
  try {
    return await fetch(upstream, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new HttpError(502, `The model's server cannot be reached: ${causeOf(error)}.`);
  }
}

/** @param {unknown} error */
function causeOf(error) {
  const { cause, message } = /** @type {Error & {cause?: {code?: string}}} */ (error);
  return cause?.code ?? message;
}

/** Of a provider's headers the page needs one; the others name accounts and set cookies. @param {Response} answer */
function withoutSecrets(answer) {
  const headers = {
    'content-type': answer.headers.get('content-type') ?? 'application/octet-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  };
  return new Response(answer.body, { status: answer.status, headers });
}

/** @param {Record<string, any>} body */
function toOpenAi({ id: _, trigger: _trigger, messageId: _messageId, ...body }) {
  return { ...body, messages: plainMessages(body.messages) };
}

/** @param {Record<string, any>} body */
function toAnthropic({ id: _, trigger: _trigger, messageId: _messageId, ...body }) {
  const messages = plainMessages(body.messages);
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  return {
    max_tokens: 4096,
    ...(system.length > 0 && { system: system.join('\n\n') }),
    ...body,
    messages: messages.filter(({ role }) => role !== 'system'),
  };
}

/**
 * The AI SDK's messages as `{role, content}`; a provider's own pass as they are.
 * @param {unknown} messages
 * @returns {{role: string, content: unknown}[]}
 */
function plainMessages(messages) {
  if (!Array.isArray(messages)) throw new HttpError(400, 'messages must be a list.');
  return messages.map((message) => (Array.isArray(message?.parts) ? toPlain(message) : message));
}

/** @param {{role: string, parts: {type: string, text?: string}[]}} message */
function toPlain({ role, parts }) {
  return { role, content: parts.map(({ type, text }) => (type === 'text' ? text : '')).join('') };
}
