/** A session needs no page: what makes a lost connection anew runs in Node too, and leaves nothing behind that keeps it alive. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, it } from 'node:test';
import { ChatSession, textOf } from 'ai-stream-elements/core';

const WORDS = ['One', ' two', ' three'];
const events = [...WORDS.map((text, id) => `id: ${id}\ndata: ${JSON.stringify({ text })}\n\n`), 'data: [DONE]\n\n'];

/** @type {{method?: string, lastEventId?: string | string[]}[]} */
const asked = [];
const server = createServer((request, response) => {
  const { method, headers } = request;
  asked.push({ method, lastEventId: headers['last-event-id'] });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (method === 'GET') return void response.end(events.slice(2).join(''));
  response.write(events.slice(0, 2).join(''));
  setTimeout(() => response.destroy(), 50);
});

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
after(() => server.close());

it('takes a lost answer up again', { timeout: 10_000 }, async () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const endpoint = `http://127.0.0.1:${port}/chat`;
  const session = new ChatSession({ endpoint, resumable: true, timeouts: { reconnect: 10 } });
  assert.equal(textOf(await session.send('Hi')), WORDS.join(''));
  assert.deepEqual(asked, [
    { method: 'POST', lastEventId: undefined },
    { method: 'GET', lastEventId: '1' },
  ]);
});
