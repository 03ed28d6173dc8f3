// @ts-check

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

const MAX_BODY = 1024 * 1024;

/** An answer other than the one that was hoped for. */
export class HttpError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {Record<string, string>} [headers]
   */
  constructor(status, message, headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/**
 * A page of another site must not spend this server's keys: browsers name the page's origin on every POST.
 * @param {IncomingMessage} request
 */
export function refuseForeignPages({ method, headers: { origin, host } }) {
  if (method === 'GET' || method === 'HEAD' || origin === undefined) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new HttpError(403, 'This demo answers its own page only.');
}

/**
 * A number in an address's query, within its bounds.
 * @param {URL} url
 * @param {string} name
 * @param {{standard: number, least?: number, most: number}} bounds
 */
export function numberIn({ searchParams }, name, { standard, least = 0, most }) {
  const number = Number(searchParams.get(name) || standard);
  return Number.isFinite(number) ? Math.min(Math.max(number, least), most) : standard;
}

/**
 * The request's body as JSON, up to 1 MB.
 * @param {IncomingMessage} request
 * @returns {Promise<Record<string, any>>}
 */
export async function readJson(request) {
  const text = (await readBody(request)).toString('utf8');
  if (text === '') return {};
  try {
    const json = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json;
  } catch {
    // Said below, as for any other body that is no object.
  }
  throw new HttpError(400, 'The body must be a JSON object.');
}

/** @param {IncomingMessage} request */
async function readBody(request) {
  if (Number(request.headers['content-length']) > MAX_BODY) throw tooLarge();
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BODY) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge() {
  // The rest of the body is not read: the connection cannot be used again.
  return new HttpError(413, 'A request may hold 1 MB.', { connection: 'close' });
}

/**
 * @param {ServerResponse} response
 * @param {unknown} value
 */
export function sendJson(response, value, status = 200, headers = {}) {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(JSON.stringify(value));
}

/**
 * @param {ServerResponse} response
 * @param {unknown} error
 */
export function sendError(response, error) {
  if (response.headersSent) return void response.destroy();
  if (error instanceof HttpError) {
    return sendJson(response, { error: { message: error.message } }, error.status, error.headers);
  }
  console.error(error);
  return sendJson(response, { error: { message: 'The demo server failed; its console says why.' } }, 500);
}
