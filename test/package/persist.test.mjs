/** Keeping a conversation where there is no IndexedDB: the package as Node has it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';
import { ChatSession, persistSession } from 'ai-stream-elements/core';

it('in Node there is nothing to keep it in: that is said once, and the session goes on', async () => {
  const session = new ChatSession({
    endpoint: 'http://127.0.0.1/',
    fetch: async () =>
      new Response('data: {"text":"Hello"}\n\ndata: [DONE]\n\n', { headers: { 'content-type': 'text/event-stream' } }),
  });
  const warnings = [];
  session.addEventListener('ai-warning', ({ code, message }) => warnings.push([code, message]));
  const kept = persistSession(session);
  assert.equal(await kept.restored, false);
  kept.draft = 'draft';
  await session.send('Hi');
  await kept.flush();
  await kept.close();
  assert.equal(session.messages.length, 2);
  assert.deepEqual(
    warnings.map(([code]) => code),
    ['storage-unavailable'],
  );
  assert.match(warnings[0][1], /no IndexedDB here/);
});

it('and no timer, channel or lock keeps the process alive', () => {
  const program = `
    const { ChatSession, persistSession } = await import('ai-stream-elements/core');
    const session = new ChatSession({ endpoint: '/' });
    const kept = persistSession(session);
    kept.draft = 'x';
    session.messages = [{ id: '1', role: 'user', parts: [] }];
    await kept.restored;`;
  const { status, signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 20_000,
    encoding: 'utf8',
  });
  assert.deepEqual([status, signal, stderr], [0, null, '']);
});
