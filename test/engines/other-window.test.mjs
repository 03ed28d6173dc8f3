/** An element that is moved into another window goes on there: a browser may give its nodes that window's classes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ENGINES, sharedEngine } from './engines.mjs';
import { LIMIT, servePages } from './site.mjs';

const pages = servePages(['../../src/define/ai-markdown.ts']);

const TEXT =
  'Some **bold** and `code`, and [b.test](https://a.test/).\n\n~~~js\nlet a = 1;\nlet b;\n~~~\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\nMany words and more of them, one after the other.\n\n- one\n- two **b**\n\nThe end.';

/** A text whose element is moved while it comes, the same text at once, and whether a link with another host's name asks. */
async function moved(text) {
  await customElements.whenDefined('ai-markdown');
  const frame = document.body.appendChild(document.createElement('iframe'));
  const [element, whole] = [document.createElement('ai-markdown'), document.createElement('ai-markdown')];
  document.body.append(element, whole);
  whole.value = text;
  for (let at = 0; at < text.length; at += 5) {
    if (at === 50) frame.contentDocument.body.append(element);
    element.write(text.slice(at, at + 5));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await element.end();
  const [there, here] = [element, whole].map(({ shadowRoot }) => shadowRoot.querySelector('[part=content]').innerHTML);
  element.shadowRoot.querySelector('a').click();
  const asks = element.shadowRoot.querySelector('dialog')?.open ?? false;
  return JSON.stringify({ there, here, asks });
}

for (const each of ENGINES) {
  describe(each.name, { skip: each.missing() ?? false }, () => {
    it('draws all of a text there, and asks before it follows a link', LIMIT, async () => {
      const engine = await sharedEngine(each);
      await engine.open(`${pages.base}ai-markdown`);
      const { there, here, asks } = JSON.parse(await engine.evaluate(`(${moved})(${JSON.stringify(TEXT)})`));
      assert.equal(there, here);
      assert.equal(asks, true);
    });
  });
}
