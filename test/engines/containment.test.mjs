/** What is out of a block's box is not painted where the block is contained, and its numbers are counted by themselves. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ENGINES, sharedEngine } from './engines.mjs';
import { LIMIT, servePages } from './site.mjs';

/** At this size, each line and margin is so many pixels and no part of one: it is painted alike wherever it begins. */
const pages = servePages(
  ['../../src/define/ai-markdown.ts'],
  'html { scrollbar-width: none } body { max-width: 40rem; margin: 1rem auto; padding-block-end: 100vh; --ai-font-size: 20px }',
);

/** Lists with numbers of all widths, of more items than are in sight, and below them what can have the focus. */
async function show() {
  const element = document.body.appendChild(document.createElement('ai-markdown'));
  await customElements.whenDefined('ai-markdown');
  const items = (from, count, mark = '.') =>
    Array.from({ length: count }, (_, at) => `${from + at}${mark} item\n`).join('');
  element.value = [
    items(5, 3),
    items(1, 104),
    items(998, 4),
    '- one\n'.repeat(35),
    '- [x] done\n'.repeat(3),
    '[a link](https://a.test/)',
    '![a picture](https://a.test/a.png) and a note[^1]',
    '[^1]: said',
  ].join('\ntext\n\n');
  await element.updateComplete;
}

/** All the same without what keeps a browser from laying out what is out of sight. */
function uncontain() {
  const sheet = new CSSStyleSheet();
  // As before, a margin within a list is none of the list's own.
  sheet.replaceSync(
    '* { contain: none !important; content-visibility: visible !important } .markdown > * { display: flow-root }',
  );
  const root = document.querySelector('ai-markdown').shadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** Scrolls to a list, or so many items below its beginning, until that is where it stays. */
async function scrollTo(list, item) {
  const lists = document.querySelector('ai-markdown').shadowRoot.querySelectorAll('.markdown > ol, .markdown > ul');
  for (let count = 0, before; count < 10 && before !== scrollY; count += 1) {
    before = scrollY;
    lists[list].children[item].scrollIntoView();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** How many pixels of two pictures have another colour. A hair of a letter's edge may, without anybody's seeing it. */
async function differing(one, other) {
  const pixels = async (picture) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data;
  };
  const [own, others] = [await pixels(one), await pixels(other)];
  let count = own.length === others.length ? 0 : own.length;
  for (let at = 0; at < own.length; at += 4) if (Math.abs(own[at] - others[at]) > 80) count += 1;
  return count;
}

/** Gives something the focus, at a place in the window where nothing of it is cut off. */
async function focusOn(selector) {
  const found = document.querySelector('ai-markdown').shadowRoot.querySelector(selector);
  found.focus({ focusVisible: true });
  for (let count = 0, before; count < 10 && before !== scrollY; count += 1) {
    before = scrollY;
    found.scrollIntoView({ block: 'center' });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** So often a page is looked at: what differs was perhaps painted late, on a machine that is busy. */
const LOOKS = 3;
const FOCUSED = ['.image-ask', '.footnote-reference a', '.footnote-back a'];
const PLACES = [
  [0, 0],
  [1, 5],
  [1, 90],
  [2, 0],
  [3, 25],
  [4, 0],
];

async function picturesOf(engine) {
  const all = [];
  await engine.evaluate(`(${focusOn})('a')`);
  for (const place of PLACES) {
    await engine.evaluate(`(${scrollTo})(${place})`);
    all.push(await engine.picture());
  }
  for (const selector of FOCUSED) {
    await engine.evaluate(`(${focusOn})('${selector}')`);
    all.push(await engine.picture());
  }
  return all;
}

/** Each place that looks different without containment, with how many pixels differ. */
async function differences(engine) {
  await engine.open(`${pages.base}ai-markdown`);
  await engine.evaluate(`(${show})()`);
  const contained = await picturesOf(engine);
  await engine.evaluate(`(${uncontain})()`);
  const plain = await picturesOf(engine);
  if (new Set(plain).size < plain.length) return ['two places, which look alike'];
  const found = [];
  for (const [at, place] of [...PLACES, ...FOCUSED].entries()) {
    const count = await engine.evaluate(`(${differing})('${contained[at]}', '${plain[at]}')`);
    if (count >= 10) found.push(`${place}: ${count} pixels`);
  }
  return found;
}

for (const each of ENGINES) {
  describe(each.name, { skip: each.missing() ?? false }, () => {
    it('paints numbers, bullets and the ring of the focus as it does without containment', LIMIT, async () => {
      const engine = await sharedEngine(each);
      let found = await differences(engine);
      for (let looks = 1; looks < LOOKS && found.length > 0; looks += 1) found = await differences(engine);
      assert.deepEqual(found, []);
    });
  });
}
