/** A browser may hand the colours of code down to the boxes of lines in it or not: the lines have them in each. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ENGINES } from './engines.mjs';
import { bundle } from './site.mjs';

const LIMIT = { timeout: 120_000 };
const ELEMENTS = ['ai-markdown', 'ai-artifact-panel'];
const page = (name) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Code</title><script type="module" src="/${name}.js"></script><body></body></html>`;

let server;
let url;

before(async () => {
  const files = new Map();
  for (const name of ELEMENTS) {
    const entry = fileURLToPath(new URL(`../../src/define/${name}.ts`, import.meta.url));
    for (const [path, file] of await bundle(entry, `${name}.js`)) files.set(path, file);
  }
  server = createServer(({ url: path }, response) => {
    const name = path.slice(1);
    const file = files.get(name);
    response.setHeader('content-type', file === undefined ? 'text/html' : 'text/javascript').end(file ?? page(name));
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

/** The same of an artifact, whose lines all stand in boxes. */
async function artifactColours() {
  const panel = document.body.appendChild(document.createElement('ai-artifact-panel'));
  panel.style.blockSize = '400px';
  await customElements.whenDefined('ai-artifact-panel');
  panel.apply({ type: 'artifact-start', id: 'a', kind: 'code', language: 'js', title: 'Code' });
  panel.apply({ type: 'artifact-delta', id: 'a', delta: 'const a = 1;\n'.repeat(100) });
  panel.apply({ type: 'artifact-end', id: 'a' });
  const coloured = () => [...(CSS.highlights.get('ai-code-keyword') ?? [])].map(({ startContainer }) => startContainer);
  for (let count = 0; count < 100 && coloured().length === 0; count += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const box = coloured()[0]?.parentElement;
  if (!box) return 'null';
  return JSON.stringify({
    keyword: getComputedStyle(box, '::highlight(ai-code-keyword)').color,
    plain: getComputedStyle(box).color,
  });
}

for (const { name, missing, start } of ENGINES) {
  describe(name, { skip: missing() ?? false }, () => {
    it('shows code in colours, beyond its first lines, too', LIMIT, async () => {
      const engine = await start();
      try {
        await engine.open(`${url}ai-markdown`);
        const { isColoured, first, box, plain } = JSON.parse(await engine.evaluate(`(${colours})()`));
        assert.ok(isColoured);
        assert.notEqual(first, plain);
        assert.equal(box, first);
      } finally {
        await engine.close();
      }
    });

    it('shows an artifact in colours', LIMIT, async () => {
      const engine = await start();
      try {
        await engine.open(`${url}ai-artifact-panel`);
        const found = JSON.parse(await engine.evaluate(`(${artifactColours})()`));
        assert.ok(found);
        assert.notEqual(found.keyword, found.plain);
      } finally {
        await engine.close();
      }
    });
  });
}
