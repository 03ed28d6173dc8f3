/** A browser may hand the colours of code down to the boxes of lines in it or not: the lines have them in each. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ENGINES, sharedEngine } from './engines.mjs';
import { LIMIT, servePages } from './site.mjs';

const pages = servePages(['../../src/define/ai-markdown.ts', '../../src/define/ai-artifact-panel.ts']);

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

for (const each of ENGINES) {
  describe(each.name, { skip: each.missing() ?? false }, () => {
    let engine;
    before(async () => void (engine = await sharedEngine(each)), LIMIT);

    it('shows code in colours, beyond its first lines, too', LIMIT, async () => {
      await engine.open(`${pages.base}ai-markdown`);
      const { isColoured, first, box, plain } = JSON.parse(await engine.evaluate(`(${colours})()`));
      assert.ok(isColoured);
      assert.notEqual(first, plain);
      assert.equal(box, first);
    });

    it('shows an artifact in colours', LIMIT, async () => {
      await engine.open(`${pages.base}ai-artifact-panel`);
      const found = JSON.parse(await engine.evaluate(`(${artifactColours})()`));
      assert.ok(found);
      assert.notEqual(found.keyword, found.plain);
    });
  });
}
