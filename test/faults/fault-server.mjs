import { once } from 'node:events';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

/** What every answer says, event by event. */
export const WORDS = ['One', ' two', ' three', ' four', ' five', '.'];

const says = (text) => `data: ${JSON.stringify({ text })}\n\n`;
const part = (value) => `data: ${JSON.stringify(value)}\n\n`;
const named = (value) => `event: ${value.type}\n${part(value)}`;
const DONE = 'event: done\ndata: {}\n\n';
const EVENTS = [...WORDS.map(says), DONE];
const WHOLE = EVENTS.join('');
const LOGIN = '<!doctype html><title>Sign in</title><script>window.ranFromFault = true</script><h1>Sign in</h1>';

/**
 * A server that fails in every way that a stream can fail in, on a port of its own, so that to the page it is another
 * origin. The path names the fault; `n` says where, `id` under what name it is remembered:
 *
 * /log?id=… the requests with that id: how each was asked for, and who closed it
 */
export function faultServer() {
  const log = new Map();
  let nowhere = 0;
  const server = createServer((request, response) => {
    // A page that leaves in the middle is no reason for the server to end.
    answer(request, response, log).catch(() => response.destroy());
  });
  // Cuts are meant to be seen at once.
  server.on('connection', (socket) => socket.setNoDelay(true).on('error', () => {}));
  return {
    name: 'fault-server',
    async serverStart() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      nowhere = await closedPort();
    },
    async serverStop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    /** Tells the page where it is. */
    serve(context) {
      if (context.path !== '/fault-server') return undefined;
      const [here, gone] = [server.address().port, nowhere].map((port) => `http://127.0.0.1:${port}`);
      return { body: JSON.stringify({ server: here, nowhere: gone }), type: 'json' };
    },
  };
}

/** A port that nothing listens on any more. */
async function closedPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answer(request, response, log) {
  const url = new URL(request.url, `http://${request.headers.host}`);
  const [, fault = '', ...rest] = url.pathname.split('/');
  const id = url.searchParams.get('id') ?? '';
  // A browser sends even a POST a second time where a connection that it has used before closes on it.
  response.shouldKeepAlive = false;
  if (fault !== 'no-cors') allowCors(response);
  if (request.method === 'OPTIONS') return response.writeHead(204).end();
  if (fault === 'log') return sendJson(response, log.get(id) ?? []);
  const record = await note(request, response, rest);
  const earlier = log.get(id) ?? [];
  log.set(id, [...earlier, record]);
  if (request.method === 'DELETE') return response.writeHead(204).end();
  const n = Number(url.searchParams.get('n') ?? 2);
  const serve = FAULTS[fault] ?? missing;
  return serve({ request, response, url, record, n, earlier, isResumption: rest.at(-1) === 'stream' });
}

function allowCors(response) {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', '*');
  response.setHeader('Access-Control-Allow-Methods', '*');
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After, Retry-After-Ms, Date');
  response.setHeader('Access-Control-Max-Age', '600');
}

/** `closedBy` is `server` where the response was finished or torn down here, `client` where the page has let it go. */
async function note(request, response, rest) {
  const record = {
    method: request.method,
    rest: rest.join('/'),
    lastEventId: request.headers['last-event-id'] ?? null,
    at: Date.now(),
    written: 0,
    closedBy: null,
  };
  response.on('close', () => (record.closedBy ??= response.writableFinished ? 'server' : 'client'));
  for await (const _ of request);
  return record;
}

function sendJson(response, value, status = 200, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
  response.end(JSON.stringify(value));
}

function missing({ response }) {
  response.writeHead(404).end('no such fault');
}

function open(response, headers = {}) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', ...headers });
  response.flushHeaders();
}

/** A whole body of events, or of whatever is given. */
const whole =
  (body, headers = {}) =>
  ({ response }) => {
    open(response, headers);
    response.end(body);
  };

const status =
  (code, headers, body = '') =>
  ({ response }) => {
    response.writeHead(code, headers);
    response.end(body);
  };

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function drained(response) {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** Lets what was written reach the page before the connection goes: a reset takes with it what has not been read. */
async function tearDown({ response, record }, roughly = true) {
  await pause(60);
  record.closedBy ??= 'server';
  if (roughly) response.socket?.resetAndDestroy();
  else response.destroy();
}

async function writeAll({ response, record }, pieces) {
  for (const piece of pieces) {
    if (response.destroyed) return;
    record.written += piece.length;
    if (!response.write(piece)) await drained(response);
  }
}

/** The answer as a server keeps it: `n` events of it the first time, then the rest in the way that `repeat` says. */
const kept = (idOf, beginAt) => async (context) => {
  const { request, response, n, earlier } = context;
  const events = EVENTS.map((event, index) => (idOf(index) === undefined ? event : `id: ${idOf(index)}\n${event}`));
  open(response);
  if (earlier.length === 0) {
    await writeAll(context, events.slice(0, n));
    return tearDown(context);
  }
  const told = request.headers['last-event-id'];
  const known = EVENTS.findIndex((_, index) => told !== undefined && idOf(index) === told);
  await writeAll(context, events.slice(beginAt(known)));
  return response.end();
};

const anthropic = (events) => whole(events.map(named).join(''));
const START = { type: 'message_start', message: { id: 'm', role: 'assistant', content: [], usage: {} } };
const block = (index, type = 'text') => ({ type: 'content_block_start', index, content_block: { type, text: '' } });
const delta = (index, text) => ({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } });
const END = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } };

const aiSdk = (...parts) => whole([{ type: 'start' }, ...parts].map(part).join('') + 'data: [DONE]\n\n');
const text = (id, ...deltas) => deltas.map((one) => ({ type: 'text-delta', id, delta: one }));

/** @type {Record<string, (context: any) => unknown>} */
const FAULTS = {
  fine: whole(WHOLE),
  // Before the stream.
  'no-cors': whole(WHOLE),
  'stalled-headers': () => {},
  'no-headers': (context) => tearDown(context, false),
  'error-page': status(500, { 'content-type': 'text/html' }, LOGIN),
  unauthorized: ({ response }) => sendJson(response, { error: { message: 'Invalid API key.' } }, 401),
  'busy-seconds': status(429, { 'retry-after': '2' }),
  'busy-exactly': status(429, { 'retry-after-ms': '400' }),
  'busy-date': ({ response }) => {
    // This server's clock is an hour slow.
    const now = Date.now() - 3_600_000;
    response.sendDate = false;
    const told = (time) => new Date(time).toUTCString();
    response.writeHead(503, { 'retry-after': told(now + 30_000), date: told(now) }).end();
  },
  'html-200': status(200, { 'content-type': 'text/html' }, LOGIN),
  'json-200': ({ response }) => sendJson(response, { answer: 'One two three' }),
  'json-error-200': ({ response }) => sendJson(response, { error: 'The model is gone.' }),
  'wrong-type': status(200, { 'content-type': 'application/pdf' }, '%PDF-1.7'),
  'no-type': ({ response }) => response.writeHead(200).end(WHOLE),
  'no-content': status(204, {}),
  'redirect-302': status(302, { location: '/login' }),
  'redirect-303': status(303, { location: '/login' }),
  'redirect-307': ({ response, url }) =>
    response.writeHead(307, { location: `/fine?id=${url.searchParams.get('id')}` }).end(),
  login: status(200, { 'content-type': 'text/html' }, LOGIN),
  // In the stream.
  reset: async (context) => {
    open(context.response);
    await writeAll(context, EVENTS.slice(0, context.n));
    await tearDown(context);
  },
  end: ({ response, n }) => {
    open(response);
    response.end(EVENTS.slice(0, n).join(''));
  },
  'half-event': whole(`${says('One')}${says(' two')}data: {"te`),
  'half-json': whole(`${says('One')}data: {"text":" tw\n\n${WORDS.slice(1).map(says).join('')}${DONE}`),
  'content-length': async (context) => {
    open(context.response, { 'content-length': String(WHOLE.length + 100) });
    await writeAll(context, EVENTS.slice(0, 2));
    await tearDown(context, false);
  },
  gzip: whole(gzipSync(WHOLE), { 'content-encoding': 'gzip' }),
  'gzip-cut': whole(gzipSync(EVENTS.slice(0, 2).join('') + ' '.repeat(5000)).subarray(0, -12), {
    'content-encoding': 'gzip',
  }),
  'stalled-body': async (context) => {
    open(context.response);
    await writeAll(context, EVENTS.slice(0, 2));
  },
  'comments-only': async (context) => {
    open(context.response);
    await writeAll(context, EVENTS.slice(0, 2));
    for (let beat = 0; beat < 8; beat += 1) {
      await pause(100);
      await writeAll(context, [': still here\n\n']);
    }
    context.response.end(EVENTS.slice(2).join(''));
  },
  buffered: async (context) => {
    open(context.response);
    await pause(300);
    context.response.end(WHOLE);
  },
  'error-event': whole(`${says('One')}${says(' two')}event: error\n${part({ error: 'The model is overloaded.' })}`),
  'html-splice': whole(`${says('One')}${LOGIN}\n\n${EVENTS.slice(1).join('')}`),
  'broken-twenty': whole(says('One') + 'data: {"x\n\n'.repeat(20) + EVENTS.slice(1).join('')),
  'two-responses': whole(WHOLE + WHOLE),
  'two-responses-ai-sdk': whole(
    ['One', 'Two']
      .map(
        (word) => [{ type: 'start' }, ...text('1', word), { type: 'finish' }].map(part).join('') + 'data: [DONE]\n\n',
      )
      .join(''),
  ),
  'huge-event': async (context) => {
    open(context.response);
    const piece = 'x'.repeat(1024 * 1024);
    await writeAll(context, [
      says('One'),
      'data: {"text":"',
      ...Array.from({ length: 50 }, () => piece),
      '"}\n\n',
      DONE,
    ]);
    context.response.end();
  },
  million: async (context) => {
    open(context.response);
    const line = says('w');
    const lines = `${line.repeat(999)}${says('\n\n')}`;
    await writeAll(context, [...Array.from({ length: 1000 }, () => lines), DONE]);
    context.response.end();
  },
  'invalid-utf8': whole(
    Buffer.concat([Buffer.from('data: {"text":"One'), Buffer.from([0xff, 0xc3]), Buffer.from(`"}\n\n${DONE}`)]),
  ),
  bom: whole(`\uFEFF${WHOLE}`),
  'mixed-newlines': whole(
    EVENTS.map((event, index) => event.replaceAll('\n', ['\n', '\r', '\r\n'][index % 3])).join(''),
  ),
  empty: whole(''),
  'open-after-end': async (context) => {
    open(context.response);
    await writeAll(context, EVENTS);
  },
  'reset-after-end': async (context) => {
    open(context.response);
    await writeAll(context, EVENTS);
    await tearDown(context);
  },
  // What the stream says.
  'unknown-ids': aiSdk(...text('nobody', 'One', ' two'), { type: 'text-end', id: 'other' }, { type: 'finish' }),
  'prototype-ids': aiSdk(
    ...Object.entries({ ['__proto__']: 'One', constructor: 'Two', toString: 'Three' }).flatMap(([id, delta]) => [
      { type: 'text-start', id },
      { type: 'text-delta', id, delta },
      { type: 'text-end', id },
    ]),
    { type: '__proto__', constructor: 1 },
    { type: 'finish' },
  ),
  'interleaved-ids': aiSdk(
    ...['a', 'b'].map((id) => ({ type: 'text-start', id })),
    ...text('a', 'One'),
    ...text('b', 'Two'),
    ...text('a', ' and'),
    ...text('b', ' or'),
    { type: 'finish' },
  ),
  'two-finishes': aiSdk(...text('1', 'One'), { type: 'finish' }, { type: 'finish' }),
  'out-of-order': anthropic([
    START,
    delta(1, 'One'),
    block(1),
    delta(1, ' two'),
    block(0),
    delta(0, 'Zero'),
    END,
    { type: 'message_stop' },
  ]),
  'never-stopped': anthropic([
    START,
    block(0),
    delta(0, 'One'),
    block(1),
    delta(1, 'Two'),
    END,
    { type: 'message_stop' },
  ]),
  'event-ids': whole(EVENTS.map((event, index) => `id: ${9 - index}\n${event}`).join('')),
  'same-ids': whole(EVENTS.map((event) => `id: 1\n${event}`).join('')),
  // What may be taken up again.
  'kept-after': kept(String, (known) => known + 1),
  'kept-twice': kept(String, (known) => Math.max(0, known - 1)),
  'kept-whole': kept(
    () => undefined,
    () => 0,
  ),
  'kept-not': async (context) => {
    if (context.isResumption) return context.response.writeHead(204).end();
    return FAULTS.reset(context);
  },
  'kept-later': async (context) => {
    if (context.earlier.length === 1) return context.response.writeHead(503, { 'retry-after-ms': '300' }).end();
    return FAULTS['kept-after'](context);
  },
  'kept-stalled': async (context) => {
    if (context.earlier.length === 0) return FAULTS['stalled-body'](context);
    return FAULTS['kept-whole'](context);
  },
  'kept-never': async (context) => {
    if (context.earlier.length > 0) return tearDown(context, false);
    return FAULTS.reset(context);
  },
  'kept-open': async (context) => {
    if (context.earlier.length === 0) return FAULTS.reset(context);
    open(context.response);
    return writeAll(context, EVENTS.slice(0, 3));
  },
  'get-204': async (context) => {
    if (context.earlier.length > 0) return context.response.writeHead(204).end();
    open(context.response);
    return context.response.end(WORDS.map(says).join(''));
  },
  'get-retry': async (context) => {
    open(context.response);
    if (context.earlier.length > 0) return context.response.end(EVENTS.slice(2).join(''));
    return context.response.end(`retry: 0\nid: 1\n${EVENTS.slice(0, 2).join('')}`);
  },
  'get-ids': async (context) => {
    open(context.response);
    const ids = ['…日本', '…日本', 'bad\0id', '…日本'];
    if (context.earlier.length > 0) return context.response.end(EVENTS.slice(4).join(''));
    return context.response.end(ids.map((id, index) => `id: ${id}\n${EVENTS[index]}`).join(''));
  },
};
