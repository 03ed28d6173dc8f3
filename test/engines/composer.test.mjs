/** The box of a chat that the reader writes in is as high as what is written there, up to a height. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ENGINES, sharedEngine } from './engines.mjs';
import { LIMIT, servePages } from './site.mjs';

const pages = servePages(['../../src/define/ai-stream-chat.ts']);

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

for (const each of ENGINES) {
  describe(each.name, { skip: each.missing() ?? false }, () => {
    it('is as high as its text', LIMIT, async () => {
      const engine = await sharedEngine(each);
      await engine.open(`${pages.base}ai-stream-chat`);
      const found = JSON.parse(await engine.evaluate(`(${heights})(${JSON.stringify(DRAFTS)})`));
      const [[line, hidden], three, wrapped, long, again, none] = found;
      assert.ok(line > 20 && hidden < 2, `${line} and ${hidden}`);
      assert.ok(three[0] > 2 * line && three[1] < 2, `${three}`);
      assert.ok(wrapped[0] > 2 * line && wrapped[1] < 2, `${wrapped}`);
      assert.ok(long[0] < 13 * line && long[1] > 500, `${long}`);
      assert.deepEqual([again[0], none[0]], [line, line]);
    });
  });
}
