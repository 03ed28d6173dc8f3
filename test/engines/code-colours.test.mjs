/** A browser may hand the colours of code down to the boxes of lines in it or not: the lines have them in each. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ENGINES } from './engines.mjs';
import { bundle } from './site.mjs';

const LIMIT = { timeout: 120_000 };
const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Code</title><script type="module" src="/ai-markdown.js"></script><body></body></html>';

let server;
let url;

before(async () => {
  const files = await bundle(
    fileURLToPath(new URL('../../src/define/ai-markdown.ts', import.meta.url)),
    'ai-markdown.js',
  );
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

/** The colours of a keyword in the first lines, in a box of lines, and of plain code. */
async function colours() {
  const element = document.body.appendChild(document.createElement('ai-markdown'));
  await customElements.whenDefined('ai-markdown');
  element.value = `\`\`\`js\n${'const a = 1;\n'.repeat(60)}\`\`\``;
  await element.updateComplete;
  const code = element.shadowRoot.querySelector('code');
  const box = code.querySelector('.lines');
  box.scrollIntoView();
  const coloured = () => [...(CSS.highlights.get('ai-code-keyword') ?? [])].map(({ startContainer }) => startContainer);
  for (let count = 0; count < 200 && !coloured().includes(box.firstChild); count += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const colourOf = (holder, pseudo) => getComputedStyle(holder, pseudo).color;
  const name = '::highlight(ai-code-keyword)';
  return JSON.stringify({
    isColoured: coloured().includes(box.firstChild),
    first: colourOf(code, name),
    box: colourOf(box, name),
    plain: colourOf(box),
  });
}

for (const { name, missing, start } of ENGINES) {
  describe(name, { skip: missing() ?? false }, () => {
    it('shows code in colours, beyond its first lines, too', LIMIT, async () => {
      const engine = await start();
      try {
        await engine.open(url);
        const { isColoured, first, box, plain } = JSON.parse(await engine.evaluate(`(${colours})()`));
        assert.ok(isColoured);
        assert.notEqual(first, plain);
        assert.equal(box, first);
      } finally {
        await engine.close();
      }
    });
  });
}
