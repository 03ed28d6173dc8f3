/** The box of a chat that the reader writes in is as high as what is written there, up to a height. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ENGINES } from './engines.mjs';
import { bundle } from './site.mjs';

const LIMIT = { timeout: 120_000 };
const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Chat</title><script type="module" src="/chat.js"></script><body></body></html>';

let server;
let url;

before(async () => {
  const files = await bundle(fileURLToPath(new URL('../../src/define/ai-stream-chat.ts', import.meta.url)), 'chat.js');
  server = createServer(({ url: path }, response) => {
    const file = files.get(path.slice(1));
    response.setHeader('content-type', file === undefined ? 'text/html' : 'text/javascript').end(file ?? PAGE);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${server.address().port}/`;
}, LIMIT);

after(() => {
  server.closeAllConnections();
  server.close();
});

/** How high the field is and how much of its text is out of sight, for each of some drafts, one after the other. */
async function heights(drafts) {
  const chat = document.body.appendChild(document.createElement('ai-stream-chat'));
  await customElements.whenDefined('ai-stream-chat');
  await chat.updateComplete;
  const input = chat.shadowRoot.querySelector('textarea');
  const all = [];
  for (const draft of drafts) {
    input.value = draft;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await chat.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(() => resolve()));
    all.push([input.clientHeight, input.scrollHeight - input.clientHeight]);
  }
  return JSON.stringify(all);
}

const DRAFTS = ['a', 'a\nb\nc', 'words '.repeat(40), 'a\n'.repeat(100), 'a', ''];

for (const { name, missing, start } of ENGINES) {
  describe(name, { skip: missing() ?? false }, () => {
    it('is as high as its text', LIMIT, async () => {
      const engine = await start();
      try {
        await engine.open(url);
        const found = JSON.parse(await engine.evaluate(`(${heights})(${JSON.stringify(DRAFTS)})`));
        const [[line, hidden], three, wrapped, long, again, none] = found;
        assert.ok(line > 20 && hidden < 2, `${line} and ${hidden}`);
        assert.ok(three[0] > 2 * line && three[1] < 2, `${three}`);
        assert.ok(wrapped[0] > 2 * line && wrapped[1] < 2, `${wrapped}`);
        assert.ok(long[0] < 13 * line && long[1] > 500, `${long}`);
        assert.deepEqual([again[0], none[0]], [line, line]);
      } finally {
        await engine.close();
      }
    });
  });
}
