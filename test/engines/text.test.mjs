/** What a browser's own styles and its own layout of formulas would make of a text, which is to look alike in all. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ENGINES, sharedEngine } from './engines.mjs';
import { LIMIT, servePages } from './site.mjs';

const pages = servePages(['text-lab.ts']);

const ARABIC = 'مرحبا بكم';

/** Where the first words of some elements stand in the room that those have, or in what scrolls around them. */
async function places(value, selector) {
  document.body.replaceChildren();
  const element = document.body.appendChild(document.createElement('ai-markdown'));
  await customElements.whenDefined('ai-markdown');
  element.plugins = globalThis.plugins;
  element.value = value;
  await element.updateComplete;
  const root = element.shadowRoot;
  for (let count = 0; count < 200 && !root.querySelector(selector); count += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const all = Array.from(root.querySelectorAll(selector), (found) => {
    const text = document.createTreeWalker(found, NodeFilter.SHOW_TEXT).nextNode();
    const range = document.createRange();
    range.selectNodeContents(text);
    const words = range.getBoundingClientRect();
    const room = (found.closest('.construct') ?? found).getBoundingClientRect();
    return { left: words.left - room.left, right: room.right - words.right, width: words.width };
  });
  return JSON.stringify(all);
}

/** Where the middle of the address is that a link would lead to, when that is asked about. */
async function askToLeave(address) {
  document.body.replaceChildren();
  const element = document.body.appendChild(document.createElement('ai-markdown'));
  await customElements.whenDefined('ai-markdown');
  element.linkHosts = 'a.test';
  element.value = `[there](${address})`;
  await element.updateComplete;
  element.shadowRoot.querySelector('a').click();
  const { left, top, width, height } = element.shadowRoot.querySelector('.leaving-address').getBoundingClientRect();
  return JSON.stringify([left + width / 2, top + height / 2]);
}

for (const each of ENGINES) {
  describe(each.name, { skip: each.missing() ?? false }, () => {
    let engine;
    before(async () => {
      engine = await sharedEngine(each);
      await engine.open(`${pages.base}text-lab`);
    }, LIMIT);
    const find = async (value, selector) =>
      JSON.parse(await engine.evaluate(`(${places})(${JSON.stringify(value)}, '${selector}')`));

    for (const [title, value] of [
      ['tight', `- ${ARABIC}\n- ${ARABIC}`],
      ['loose', `- ${ARABIC}\n\n- ${ARABIC}`],
      ['in another', `1. - ${ARABIC}\n   - ${ARABIC}`],
    ])
      it(`has the text of a list at the side of its direction: one that is ${title}`, LIMIT, async () => {
        const items = await find(value, 'li:not(:has(li))');
        assert.equal(items.length, 2);
        for (const { left, right } of items) assert.ok(right < 1 && left > 100, `${left} and ${right} pixels are left`);
      });

    it('has the text of a list in the middle of what is centred', LIMIT, async () => {
      const [item] = await find('<div align="center">\n\n- a\n\n</div>', 'li');
      assert.ok(Math.abs(item.left - item.right) < 2);
    });

    it('shows a formula that has a number, and the number', LIMIT, async () => {
      const [formula, label] = await find('$$\nx + y = z \\tag{1}\n$$', 'mtd mi:first-child, mtext');
      for (const { left, right, width } of [formula, label])
        assert.ok(width > 0 && left > 0 && right > 0, `${left} and ${right} pixels are left`);
    });

    it('selects all of an address at a click', LIMIT, async () => {
      const address = 'https://b.test/a-page/of-it';
      const [x, y] = JSON.parse(await engine.evaluate(`(${askToLeave})('${address}')`));
      await engine.click(x, y);
      assert.equal(await engine.evaluate('String(getSelection())'), address);
    });
  });
}
