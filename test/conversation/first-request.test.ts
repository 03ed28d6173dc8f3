import { expect } from '@open-wc/testing';
import { ChatSession } from '../../src/conversation/chat-session.js';
import { signs } from '../../src/protocols/dialects/signs.js';
import { protocols } from '../../src/protocols/registry.js';

// Without `core`, which has every dialect at hand.
it('the first request waits for a dialect that is not loaded yet, and is in its shape', async () => {
  expect(protocols.get(signs.ollama.name)?.createBody).to.equal(undefined);
  const bodies: unknown[] = [];
  const session = new ChatSession({
    endpoint: 'http://localhost:11434/api/chat',
    model: 'm',
    fetch: async (_url, init) => {
      bodies.push(JSON.parse(String(init?.body)));
      return new Response('{"message":{"content":"Yes"},"done":true}\n', {
        headers: { 'content-type': 'application/x-ndjson' },
      });
    },
  });
  await session.send('Hi');
  expect(bodies).to.deep.equal([{ model: 'm', messages: [{ role: 'user', content: 'Hi' }], stream: true }]);
});
