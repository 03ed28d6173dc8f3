import { expect } from '@open-wc/testing';
import { ChatSession, persistSession, type Message } from '../../src/core.js';
import { createId } from '../../src/conversation/id.js';

const message = (text: string): Message => ({ id: createId(), role: 'user', parts: [{ type: 'text', text }] });

// In a page of its own: what keeps a session is loaded with the first, and this is about the time before that.
it('a session that is given up before what keeps it is loaded is kept as it was then, and is left alone', async () => {
  const id = createId();
  const session = new ChatSession({ endpoint: '/chat', id });
  const kept = persistSession(session);
  kept.draft = 'half a question';
  session.messages = [message('One')];
  const closing = kept.close();
  const next = message('of another conversation');
  session.messages = [next];
  await closing;
  expect(session.messages).to.deep.equal([next]);

  const later = new ChatSession({ endpoint: '/chat', id });
  const restored = persistSession(later);
  expect(await restored.restored).to.equal(true);
  expect(later.messages.map(({ parts }) => parts)).to.deep.equal([[{ type: 'text', text: 'One' }]]);
  expect(restored.draft).to.equal('half a question');
  await restored.close();
});
