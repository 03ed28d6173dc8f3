/** The demo's server: what it serves, what it refuses, and what it passes on. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { DefaultChatTransport, parseJsonEventStream, uiMessageChunkSchema } from 'ai';
import { startDemoServer } from '../../demo/server/demo-server.js';
import { until } from '../support/until.mjs';

/** @type {Awaited<ReturnType<typeof startDemoServer>>} */
let server;

before(async () => {
  server = await startDemoServer({ env: {}, imageOrigin: '*' });
});

after(() => server.close());

function ask(dialect, question, { query = 'pace=0', signal, headers, base = server.url } = {}) {
  const messages = [{ role: 'user', parts: [{ type: 'text', text: question }] }];
  const body = JSON.stringify({ messages });
  return fetch(`${base}/api/chat/${dialect}?${query}`, { method: 'POST', body, signal, headers });
}

/** Asks with a path as it is: `fetch` would tidy it up first. */
async function statusOf(path, { method = 'GET', headers } = {}) {
  const asking = httpRequest({ host: '127.0.0.1', port: server.port, path, method, headers });
  asking.end();
  const [response] = await once(asking, 'response');
  response.resume();
  return response.statusCode;
}

const stats = async (base = server.url) => (await fetch(`${base}/api/stats`)).json();

const sample = async (lifetime) => (await fetch(`${server.url}/api/images/sample?lifetime=${lifetime}`)).json();

describe('dialects', () => {
  const ENDS = {
    generic: /event: done\ndata: \{\}\n\n$/,
    openai: /data: \[DONE\]\n\n$/,
    anthropic: /event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/,
    'ai-sdk': /data: \[DONE\]\n\n$/,
  };
  for (const [dialect, end] of Object.entries(ENDS)) {
    it(`${dialect}: a stream with its own end mark`, async () => {
      const response = await ask(dialect, 'think, table, artifact, image');
      assert.match(response.headers.get('content-type'), /^text\/event-stream/);
      assert.match(await response.text(), end);
    });

    it(`${dialect}: a truncated answer has no end mark and breaks off within an event`, async () => {
      const text = await (await ask(dialect, 'truncate')).text();
      assert.doesNotMatch(text, end);
      assert.ok(!text.endsWith('\n'));
    });

    it(`${dialect}: tool arguments come in pieces`, async () => {
      const text = await (await ask(dialect, 'tool')).text();
      assert.ok(!text.includes('\\"Oslo\\"'), 'the city is cut in two');
      assert.match(text, end);
    });
  }

  it('what ai-sdk writes is read by the AI SDK', async () => {
    const api = `${server.url}/api/chat/ai-sdk?pace=0`;
    const messages = [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'think, tool, artifact, image' }] }];
    const body = await new DefaultChatTransport({ api }).sendMessages({ messages, trigger: 'submit-message' });
    const types = new Set();
    for await (const chunk of body) types.add(chunk.type);
    const expected = ['reasoning-delta', 'tool-output-available', 'data-artifact-delta', 'data-image', 'finish'];
    for (const type of expected) assert.ok(types.has(type), type);
  });

  it('a fault in the AI SDK’s stream is one that its parser reports', async () => {
    const { body } = await ask('ai-sdk', 'broken');
    const results = [];
    for await (const result of parseJsonEventStream({ stream: body, schema: uiMessageChunkSchema }))
      results.push(result);
    assert.equal(results.filter(({ success }) => !success).length, 1);
  });

  it('EventSource’s way of asking is answered', async () => {
    const response = await fetch(`${server.url}/api/chat/sse?pace=0&prompt=hello`);
    assert.match(await response.text(), /^event: message\ndata: \{"text":"/);
  });

  it('failures before the stream keep their status and type', async () => {
    const [html, denied, failed] = await Promise.all(['html', '401', '500'].map((word) => ask('generic', word)));
    assert.deepEqual([html.status, denied.status, failed.status], [200, 401, 500]);
    assert.match(html.headers.get('content-type'), /^text\/html/);
    assert.match(denied.headers.get('content-type'), /^application\/json/);
  });
});

describe('a client that leaves', () => {
  for (const dialect of ['generic', 'ai-sdk']) {
    it(`${dialect}: stops the writing, and is counted`, async () => {
      const earlier = (await stats()).stoppedEarly;
      const client = new AbortController();
      const response = await ask(dialect, 'stall', { signal: client.signal });
      await response.body.getReader().read();
      assert.equal((await stats()).open, 1);
      client.abort();
      const counted = await until(stats, ({ open }) => open === 0);
      assert.equal(counted.stoppedEarly, earlier + 1);
    });
  }
});

describe('pictures', () => {
  it('are PNGs at signed addresses, with the origin that was set', async () => {
    const { url } = await sample(60);
    const response = await fetch(url);
    const bytes = Buffer.from(await response.arrayBuffer());
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
  });

  it('are refused after their time, and under a changed one', async () => {
    const { url } = await sample(1);
    const longer = new URL(url);
    longer.searchParams.set('expires', String(Number(longer.searchParams.get('expires')) + 3600));
    assert.equal((await fetch(longer)).status, 403);
    assert.equal((await fetch(url)).status, 200);
    await until(
      async () => (await fetch(url)).status,
      (status) => status === 403,
    );
    const refresh = { method: 'POST', body: JSON.stringify({ url }) };
    const fresh = await (await fetch(`${server.url}/api/images/refresh`, refresh)).json();
    assert.equal((await fetch(fresh.url)).status, 200);
    assert.ok(Date.parse(fresh.expiresAt) > Date.now());
  });

  it('get no fresh address for one that was never signed', async () => {
    const body = JSON.stringify({ url: `${server.url}/images/1.png?expires=9999999999&signature=00` });
    assert.equal((await fetch(`${server.url}/api/images/refresh`, { method: 'POST', body })).status, 403);
  });
});

describe('refusals', () => {
  const ESCAPES = [
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e%2fpackage.json',
    '/dist/../package.json',
    '/dist/..%2f..%2fpackage.json',
    '/..%5cpackage.json',
    '/.git/config',
    '//etc/passwd',
    '/dist',
    '/server',
    '/%00',
    '/%ff',
  ];
  for (const path of ESCAPES) {
    it(`no file at ${path}`, async () => assert.ok([400, 404].includes(await statusOf(path))));
  }

  const METHODS = [
    ['/', 'POST', 405],
    ['/api/stats', 'POST', 405],
    ['/api/chat/openai', 'GET', 405],
    ['/api/chat/nothing', 'POST', 404],
    ['/api/openai', 'POST', 404],
    ['/api/nothing', 'GET', 404],
  ];
  for (const [path, method, status] of METHODS) {
    it(`${method} ${path} gives ${status}`, async () => assert.equal(await statusOf(path, { method }), status));
  }

  it('a body over 1 MB, with and without a declared length', async () => {
    const body = 'x'.repeat(1024 * 1024 + 1);
    const api = `${server.url}/api/chat/generic`;
    assert.equal((await fetch(api, { method: 'POST', body })).status, 413);
    const chunked = new Blob([body]).stream();
    assert.equal((await fetch(api, { method: 'POST', body: chunked, duplex: 'half' })).status, 413);
  });

  it('a body that is no JSON object', async () => {
    for (const body of ['{', '"text"', 'null']) {
      const response = await fetch(`${server.url}/api/chat/generic`, { method: 'POST', body });
      assert.equal(response.status, 400, body);
    }
  });

  it('a POST from another site’s page', async () => {
    assert.equal((await ask('generic', 'hello', { headers: { origin: 'https://evil.example' } })).status, 403);
  });
});

describe('a real provider', () => {
  /** What the upstream was asked, and the writer of its answer. */
  const asked = [];
  let upstream;
  let passing;

  before(async () => {
    upstream = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const entry = {
        url: request.url,
        headers: request.headers,
        body: JSON.parse(body),
        closed: once(response, 'close'),
      };
      asked.push(entry);
      if (entry.body.model === 'denied') {
        response.writeHead(401, { 'content-type': 'application/json' });
        return response.end('{"error":{"message":"no"}}');
      }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'set-cookie': 'a=b', 'x-organization': 'secret' });
      response.write('data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n');
      if (entry.body.model !== 'endless') response.end('data: [DONE]\n\n');
      return undefined;
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const base = `http://127.0.0.1:${upstream.address().port}`;
    const env = {
      OPENAI_BASE_URL: `${base}/v1`,
      OPENAI_API_KEY: 'sk-secret',
      OPENAI_MODEL: 'small',
      ANTHROPIC_BASE_URL: base,
      ANTHROPIC_API_KEY: 'ant-secret',
    };
    passing = await startDemoServer({ env });
  });

  after(async () => {
    await passing.close();
    upstream.closeAllConnections();
    upstream.close();
  });

  const post = (name, body, signal) =>
    fetch(`${passing.url}/api/${name}`, { method: 'POST', body: JSON.stringify(body), signal });
  const messages = [
    { id: '1', role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
    { id: '2', role: 'user', parts: [{ type: 'text', text: 'Hello' }] },
  ];

  it('gets the question in its own form, with the key; the page gets the events, with ids to go on from, and no header of the account', async () => {
    const response = await post('openai', { id: 'c', trigger: 'submit-message', messages });
    assert.match(await response.text(), /^id: \S+\ndata: .*"content":"Hi".*\n\nid: \S+\ndata: \[DONE\]\n\n$/);
    const { url, headers, body } = asked.at(-1);
    assert.equal(url, '/v1/chat/completions');
    assert.equal(headers.authorization, 'Bearer sk-secret');
    assert.deepEqual(body, {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
      model: 'small',
      stream: true,
    });
    assert.equal(response.headers.get('set-cookie'), null);
    assert.equal(response.headers.get('x-organization'), null);
  });

  it('of Anthropic’s kind gets a version, a bound and the system’s words apart', async () => {
    await (await post('anthropic', { model: 'm', messages })).text();
    const { url, headers, body } = asked.at(-1);
    assert.equal(url, '/v1/messages');
    assert.equal(headers['x-api-key'], 'ant-secret');
    assert.equal(headers['anthropic-version'], '2023-06-01');
    assert.equal(body.system, 'Be brief.');
    assert.deepEqual(body.messages, [{ role: 'user', content: 'Hello' }]);
    assert.ok(body.max_tokens > 0);
  });

  it('’s refusal comes through with its status', async () => {
    const response = await post('openai', { model: 'denied', messages });
    assert.equal(response.status, 401);
    assert.deepEqual(await response.json(), { error: { message: 'no' } });
  });

  it('is no longer asked when the client goes', { timeout: 10_000 }, async () => {
    const client = new AbortController();
    const response = await post('openai', { model: 'endless', messages }, client.signal);
    await response.body.getReader().read();
    client.abort();
    await asked.at(-1).closed;
    const counted = await until(
      () => stats(passing.url),
      ({ open }) => open === 0,
    );
    assert.equal(counted.stoppedEarly, 1);
  });

  it('that is not there is a 502 in words', async () => {
    const nobody = await startDemoServer({ env: { OPENAI_BASE_URL: 'http://127.0.0.1:9' } });
    const body = JSON.stringify({ messages: [] });
    const response = await fetch(`${nobody.url}/api/openai`, { method: 'POST', body });
    await nobody.close();
    assert.equal(response.status, 502);
    assert.match((await response.json()).error.message, /cannot be reached/);
  });

  it('is told to the page by name, without its key', async () => {
    const text = await (await fetch(`${passing.url}/api/config`)).text();
    assert.ok(!text.includes('secret'));
    assert.deepEqual(JSON.parse(text).providers, [
      { name: 'openai', model: 'small', endpoint: '/api/openai' },
      { name: 'anthropic', endpoint: '/api/anthropic' },
    ]);
  });
});

it('takes the next port where one is taken', async () => {
  const second = await startDemoServer({ port: server.port, tryNextPorts: true, env: {} });
  await second.close();
  assert.ok(second.port > server.port);
  await assert.rejects(startDemoServer({ port: server.port, env: {} }), { code: 'EADDRINUSE' });
});
