/** What `ai-stream-elements/server` writes, judged by the AI SDK's own parser, reader and transport. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import {
  convertToModelMessages,
  DefaultChatTransport,
  parseJsonEventStream,
  readUIMessageStream,
  uiMessageChunkSchema,
} from 'ai';
import { convertArtifactsToText, createEventStream, pipe } from 'ai-stream-elements/server';

/** @typedef {import('ai-stream-elements/server').EventStream} EventStream */

/** Every chunk, or the official parser's error. @param {EventStream} stream */
async function chunksOf(stream) {
  const chunks = [];
  const parsed = parseJsonEventStream({ stream: stream.response.body, schema: uiMessageChunkSchema });
  for await (const result of parsed) {
    if (!result.success) throw result.error;
    chunks.push(result.value);
  }
  return chunks;
}

/** The message as the official reader ends up with it. @param {object[]} chunks */
async function messageOf(chunks) {
  const stream = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  let last;
  const reading = readUIMessageStream({
    stream,
    onError: (error) => {
      throw error;
    },
    terminateOnError: true,
  });
  for await (const message of reading) last = message;
  return last;
}

/** Writes, closes and reads back. @param {(stream: EventStream) => void} write */
async function roundTrip(write, options) {
  const stream = createEventStream({ keepAlive: 0, ...options });
  write(stream);
  stream.close();
  const chunks = await chunksOf(stream);
  return { chunks, message: await messageOf(chunks), types: chunks.map((chunk) => chunk.type) };
}

/** A server that answers everything with `handle`, and its address; it is closed after the test. */
async function serve(t, handle) {
  const server = createServer(handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

const CASES = [
  {
    title: 'plain text becomes one block',
    write: (stream) => ['Hel', '', 'lo'].forEach((delta) => stream.writeTextDelta(delta)),
    types: ['start', 'text-start', 'text-delta', 'text-delta', 'text-end', 'finish'],
    text: 'Hello',
  },
  {
    title: 'bare text between artifact-start and artifact-end is the artifact’s',
    write: (stream) => {
      stream.writeTextDelta('Here: ');
      stream.writeDataPart({ type: 'artifact-start', id: 'a', kind: 'code', language: 'javascript' });
      stream.writeTextDelta('let a;');
      stream.writeDataPart({ type: 'artifact-end', id: 'a' });
      stream.writeTextDelta('Done.');
    },
    artifacts: { a: 'let a;' },
    text: 'Here: Done.',
  },
  {
    title: 'bare text beside explicit deltas is the answer’s',
    write: (stream) => {
      stream.writeDataPart({ type: 'artifact-start', id: 'a', kind: 'code' });
      stream.writeDataPart({ type: 'artifact-delta', id: 'a', delta: 'let ' });
      stream.writeTextDelta('I am writing.');
      stream.writeDataPart({ type: 'artifact-delta', id: 'a', delta: 'b;' });
      stream.writeDataPart({ type: 'artifact-end', id: 'a' });
    },
    artifacts: { a: 'let b;' },
    text: 'I am writing.',
  },
  {
    title: 'of two open artifacts bare text goes to the last that takes it',
    write: (stream) => {
      stream.writeDataPart({ type: 'artifact-start', id: 'a', kind: 'code' });
      stream.writeDataPart({ type: 'artifact-start', id: 'b', kind: 'code' });
      stream.writeTextDelta('in b');
      stream.writeDataPart({ type: 'artifact-end', id: 'b' });
      stream.writeTextDelta('in a');
    },
    artifacts: { a: 'in a', b: 'in b' },
    text: '',
  },
  {
    title: 'an artifact opened by writePart leaves text to the answer',
    write: (stream) => {
      stream.writePart({ type: 'artifact-start', id: 'a', kind: 'code' });
      stream.writeTextDelta('chat');
    },
    artifacts: {},
    text: 'chat',
  },
  {
    title: 'reasoning given by deltas alone is opened, and closed before the text',
    write: (stream) => {
      stream.writePart({ type: 'reasoning-delta', id: 'r', delta: 'Hm.' });
      stream.writeTextDelta('Yes.');
    },
    types: [
      'start',
      'reasoning-start',
      'reasoning-delta',
      'reasoning-end',
      'text-start',
      'text-delta',
      'text-end',
      'finish',
    ],
    text: 'Yes.',
  },
  {
    title: 'parts of another stream pass as they are, with no second start or finish',
    write: (stream) => {
      stream.writePart({ type: 'start', messageId: 'm' });
      stream.writePart({ type: 'text-start', id: '0' });
      stream.writePart({ type: 'text-delta', id: '0', delta: 'a' });
      stream.writePart({ type: 'text-end', id: '0' });
      stream.writePart({ type: 'finish', finishReason: 'length', rawFinishReason: 'max_tokens' });
    },
    types: ['start', 'text-start', 'text-delta', 'text-end', 'finish'],
    text: 'a',
  },
  {
    title: 'an end without a start, and a second start, are left out',
    write: (stream) => {
      stream.writePart({ type: 'text-end', id: 'x' });
      stream.writePart({ type: 'reasoning-end', id: 'x' });
      stream.writePart({ type: 'text-start', id: 'y' });
      stream.writePart({ type: 'text-start', id: 'y' });
      stream.writePart({ type: 'text-delta', id: 'y', delta: 'y' });
    },
    types: ['start', 'text-start', 'text-delta', 'text-end', 'finish'],
    text: 'y',
  },
  {
    title: 'text after a tool call stands in a block of its own',
    write: (stream) => {
      stream.writeTextDelta('Before. ');
      stream.writePart({ type: 'tool-input-start', toolCallId: 't', toolName: 'weather' });
      stream.writePart({ type: 'tool-input-delta', toolCallId: 't', inputTextDelta: '{"city":' });
      stream.writePart({ type: 'tool-input-delta', toolCallId: 't', inputTextDelta: '"Oslo"}' });
      stream.writePart({ type: 'tool-input-available', toolCallId: 't', toolName: 'weather', input: { city: 'Oslo' } });
      stream.writePart({ type: 'tool-output-available', toolCallId: 't', output: { celsius: 4 } });
      stream.writeTextDelta('After.');
    },
    parts: ['text', 'tool-weather', 'text'],
    text: 'Before. After.',
  },
  {
    title: 'sources and data do not cut a text in two',
    write: (stream) => {
      stream.writeTextDelta('One ');
      stream.writePart({ type: 'source-url', sourceId: 's', url: 'https://example.org/' });
      stream.writeDataPart({ type: 'data-status', id: 'd', data: { step: 1 } });
      stream.writeTextDelta('block.');
    },
    parts: ['text', 'source-url', 'data-status'],
    text: 'One block.',
  },
  {
    title: 'types and reasons that the official client does not know reach it in a form that it takes',
    write: (stream) => {
      stream.writePart({ type: 'raw', name: 'x', data: '{}', reason: 'unknown' });
      stream.writePart({ type: 'custom', anything: 1 });
      stream.writePart({ type: 'steering-message' });
      stream.writePart({ type: 'usage', inputTokens: 3, outputTokens: 4 });
      stream.writePart({ type: 'artifact-replace', id: 'z', content: 'c' });
      stream.writePart({ type: 'artifact-patch', id: 'z', edits: [{ find: 'c', replace: 'd' }] });
      stream.writeDataPart({ type: 'progress', percent: 4 });
      stream.writePart({ type: 'finish', finishReason: 'unknown' });
    },
    parts: ['data-custom', 'data-steering-message', 'data-artifact-replace', 'data-artifact-patch', 'data-progress'],
    text: '',
  },
];

describe('the AI SDK reads what createEventStream writes', () => {
  for (const { title, write, types, parts, text, artifacts } of CASES) {
    it(title, async () => {
      const result = await roundTrip(write);
      if (types) assert.deepEqual(result.types, types);
      const seen = result.message?.parts ?? [];
      if (parts)
        assert.deepEqual(
          seen.map((part) => part.type),
          parts,
        );
      assert.equal(seen.map((part) => (part.type === 'text' ? part.text : '')).join(''), text);
      if (artifacts) assert.deepEqual(artifactTexts(result.chunks), artifacts);
    });
  }

  it('tool input and output arrive whole', async () => {
    const { message } = await roundTrip((stream) => {
      stream.writePart({ type: 'tool-input-start', toolCallId: 't', toolName: 'add' });
      stream.writePart({ type: 'tool-input-available', toolCallId: 't', toolName: 'add', input: { a: 1 } });
      stream.writePart({ type: 'tool-output-available', toolCallId: 't', output: [2] });
    });
    const { state, input, output } = message.parts[0];
    assert.deepEqual({ state, input, output }, { state: 'output-available', input: { a: 1 }, output: [2] });
  });

  it('pictures and artifacts travel as data parts in the documented form', async () => {
    const expiresAt = new Date(1_800_000_000_000);
    const { chunks } = await roundTrip((stream) => {
      stream.writeDataPart({ type: 'artifact-start', id: 'a', kind: 'html', title: 'T', language: 'html' });
      stream.writeTextDelta('<p>');
      stream.writeDataPart({ type: 'generated-image', url: 'https://i.test/1.png', mediaType: 'image/png', expiresAt });
    });
    assert.deepEqual(
      chunks.filter((chunk) => chunk.type.startsWith('data-')),
      [
        { type: 'data-artifact-start', id: 'a', data: { id: 'a', kind: 'html', title: 'T', language: 'html' } },
        { type: 'data-artifact-delta', data: { id: 'a', delta: '<p>' } },
        {
          type: 'data-image',
          id: 'image-1',
          data: {
            id: 'image-1',
            url: 'https://i.test/1.png',
            mediaType: 'image/png',
            expiresAt: expiresAt.toISOString(),
          },
        },
        { type: 'data-artifact-end', data: { id: 'a', status: 'complete' } },
      ],
    );
  });

  it('usage becomes metadata of the message', async () => {
    const { message } = await roundTrip((stream) => {
      stream.writeTextDelta('a');
      stream.writePart({ type: 'usage', totalTokens: 7 });
    });
    assert.deepEqual(message.metadata, { usage: { totalTokens: 7 } });
  });

  it('the message id is in the start chunk', async () => {
    const { chunks } = await roundTrip((stream) => stream.writeTextDelta('a'), { messageId: 'm-1' });
    assert.deepEqual(chunks[0], { type: 'start', messageId: 'm-1' });
  });

  it('its transport reads it over HTTP', async (t) => {
    const url = await serve(t, (_request, response) => {
      const stream = createEventStream();
      void pipe(stream, response);
      stream.writeTextDelta('over HTTP');
      stream.close();
    });
    const transport = new DefaultChatTransport({ api: url });
    const body = await transport.sendMessages({ chatId: 'c', messages: [], trigger: 'submit-message' });
    const chunks = [];
    for await (const chunk of body) chunks.push(chunk);
    assert.deepEqual(
      (await messageOf(chunks)).parts.map((part) => part.text),
      ['over HTTP'],
    );
  });
});

describe('errors', () => {
  it('tell the client nothing of what was thrown, and end the stream', async () => {
    const stream = createEventStream({ keepAlive: 0 });
    stream.writeTextDelta('so far');
    stream.error(new Error('postgres://admin:secret@db'));
    const text = await stream.response.text();
    assert.ok(!text.includes('secret'));
    assert.match(text, /"errorText":"An error occurred\."/);
    assert.match(text, /"finishReason":"error"/);
    assert.ok(text.endsWith('data: [DONE]\n\n'));
  });

  it('carry the host’s words, and survive a host that fails to find them', async () => {
    const worded = createEventStream({ keepAlive: 0, onError: (error) => `Sorry: ${error.code}` });
    worded.error({ code: 'E42' });
    assert.match(await worded.response.text(), /Sorry: E42/);
    const failing = createEventStream({
      keepAlive: 0,
      onError: () => {
        throw new Error('again');
      },
    });
    failing.error('x');
    assert.match(await failing.response.text(), /An error occurred\./);
  });
});

describe('the end', () => {
  it('comes once, and writing after it is ignored', async () => {
    const stream = createEventStream({ keepAlive: 0 });
    stream.close();
    stream.close();
    stream.writeTextDelta('late');
    stream.writePart({ type: 'text-delta', id: 'x', delta: 'late' });
    stream.writeDataPart({ type: 'data-x', data: 1 });
    stream.error(new Error('late'));
    const text = await stream.response.text();
    assert.equal(text.match(/\[DONE\]/g).length, 1);
    assert.ok(!text.includes('late'));
    assert.equal(stream.signal.aborted, false);
  });

  it('of the client aborts the signal, lets a waiting writer go, and makes writing a no-op', async () => {
    const stream = createEventStream({ keepAlive: 0 });
    stream.writeTextDelta('x'.repeat(100_000));
    const waiting = stream.ready;
    await stream.response.body.cancel('gone');
    await waiting;
    stream.writeTextDelta('more');
    assert.equal(stream.signal.aborted, true);
    assert.equal(stream.closed, true);
  });

  it('of the request’s own signal counts as the client’s leaving', async () => {
    const request = new AbortController();
    const stream = createEventStream({ keepAlive: 0, signal: request.signal });
    request.abort(new Error('closed tab'));
    assert.equal(stream.signal.aborted, true);
    await assert.rejects(stream.response.text(), /closed tab/);
    const late = createEventStream({ signal: request.signal });
    assert.equal(late.signal.aborted, true);
    await assert.rejects(late.response.text());
  });
});

describe('flow', () => {
  it('ready waits for a client that does not read, and goes on when it does', async () => {
    const stream = createEventStream({ keepAlive: 0 });
    await stream.ready;
    stream.writeTextDelta('x'.repeat(100_000));
    let isReady = false;
    const waiting = stream.ready.then(() => (isReady = true));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(isReady, false);
    const reader = stream.response.body.getReader();
    await reader.read();
    await waiting;
    await reader.cancel();
  });

  it('a silent stream sends comments that no parser takes for an event', async () => {
    const stream = createEventStream({ keepAlive: 5 });
    const reader = stream.response.body.getReader();
    const first = await reader.read();
    assert.equal(new TextDecoder().decode(first.value), ': keep-alive\n\n');
    stream.writeTextDelta('a');
    stream.close();
    reader.releaseLock();
    assert.equal((await messageOf(await chunksOf(stream))).parts[0].text, 'a');
  });

  it('the headers keep proxies from holding the stream back, and the host’s own win', () => {
    const { headers } = createEventStream({ keepAlive: 0, headers: { 'Access-Control-Allow-Origin': '*' } }).response;
    assert.match(headers.get('content-type'), /^text\/event-stream/);
    assert.equal(headers.get('x-vercel-ai-ui-message-stream'), 'v1');
    assert.equal(headers.get('x-accel-buffering'), 'no');
    assert.equal(headers.get('cache-control'), 'no-cache, no-transform');
    assert.equal(headers.get('access-control-allow-origin'), '*');
  });
});

describe('pipe', () => {
  it('sends the headers before the first word', async (t) => {
    let stream;
    const url = await serve(t, (_request, response) => {
      stream = createEventStream({ keepAlive: 0 });
      void pipe(stream, response);
    });
    const response = await fetch(url);
    assert.equal(response.headers.get('x-vercel-ai-ui-message-stream'), 'v1');
    stream.close();
    assert.match(await response.text(), /\[DONE\]/);
  });

  it('stops the writer when the client disconnects', async (t) => {
    const gone = Promise.withResolvers?.() ?? deferred();
    const url = await serve(t, (_request, response) => {
      const stream = createEventStream({ keepAlive: 0 });
      stream.signal.addEventListener('abort', () => gone.resolve('aborted'));
      stream.writeTextDelta('first');
      void pipe(stream, response);
    });
    const client = new AbortController();
    const response = await fetch(url, { signal: client.signal });
    await response.body.getReader().read();
    client.abort();
    assert.equal(await gone.promise, 'aborted');
  });

  it('holds a fast writer back to the pace of a slow client', async (t) => {
    let written = 0;
    const url = await serve(t, async (_request, response) => {
      const stream = createEventStream({ keepAlive: 0 });
      void pipe(stream, response);
      const block = 'x'.repeat(64 * 1024);
      while (written < 400 && !stream.closed) {
        await stream.ready;
        stream.writeTextDelta(block);
        written += 1;
      }
      stream.close();
    });
    const response = await fetch(url);
    const reader = response.body.getReader();
    await reader.read();
    await settle(() => written);
    assert.ok(written < 400, `${written} blocks of 64 KB were written for a client that does not read`);
    await reader.cancel();
  });

  it('passes on a response, without the headers that are no longer true, and its status', async (t) => {
    const url = await serve(t, (_request, response) => {
      const headers = { 'content-encoding': 'gzip', 'content-length': '999', 'x-kept': 'yes' };
      void pipe(new Response('teapot', { status: 418, headers }), response);
    });
    const response = await fetch(url);
    assert.equal(response.status, 418);
    assert.equal(response.headers.get('x-kept'), 'yes');
    assert.equal(await response.text(), 'teapot');
  });

  it('a source that fails cuts the connection, so that the client cannot take it for the end', async (t) => {
    const url = await serve(t, (_request, response) => {
      let count = 0;
      const source = new ReadableStream({
        pull(controller) {
          count += 1;
          if (count === 1) controller.enqueue(new TextEncoder().encode('data: 1\n\n'));
          else controller.error(new Error('upstream'));
        },
      });
      pipe(source, response).catch(() => undefined);
    });
    await assert.rejects(async () => (await fetch(url)).text());
  });
});

/** The joined deltas of each artifact. @param {object[]} chunks */
function artifactTexts(chunks) {
  const texts = {};
  for (const { type, data } of chunks) {
    if (type === 'data-artifact-delta') texts[data.id] = (texts[data.id] ?? '') + data.delta;
  }
  return texts;
}

/** Waits until a number has stopped growing. @param {() => number} read */
async function settle(read) {
  for (let previous = -1; previous !== read();) {
    previous = read();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve) => (parts.resolve = resolve));
  return parts;
}

it('artifacts reach a model by way of the AI SDK, where they stood, and nothing else is changed', async () => {
  const data = { id: 'a1', kind: 'html', title: 'Clock', content: '<h1>12</h1>', status: 'complete' };
  const text = { type: 'text', text: 'Here:', state: 'done' };
  const messages = [
    { id: 'u', role: 'user', parts: [{ type: 'text', text: 'A clock' }] },
    {
      id: 'a',
      role: 'assistant',
      parts: [text, { type: 'data-artifact', id: 'a1', data }, { type: 'data-note', data: 1 }],
    },
  ];
  const converted = convertArtifactsToText(messages);
  assert.deepEqual(converted[0], messages[0]);
  assert.deepEqual(converted[1].parts.at(-1), { type: 'data-note', data: 1 });
  const [, { content }] = await convertToModelMessages(converted);
  assert.equal(
    content.map((part) => part.text).join(''),
    'Here:\n<antArtifact identifier="a1" type="html" title="Clock">\n<h1>12</h1>\n</antArtifact>\n',
  );
});
