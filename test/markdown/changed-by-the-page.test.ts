import { expect } from '@esm-bundle/chai';
import * as fc from 'fast-check';
import { thresholds } from '../../src/markdown/flow/open-block.js';
import { MarkdownRenderer } from '../../src/markdown/markdown-renderer.js';
import type { MarkdownOptions } from '../../src/markdown/markdown-renderer.js';
import { cutInto, documents, nested } from './documents.js';
import { outline, renderWhole } from './rendering.js';
import { UrlPolicy } from '../../src/trust/url-policy.js';

const shipped = { ...thresholds };
const eager = { list: 0, table: 0, quote: 0, item: 0, paragraph: 10, html: 0 };

function textsIn(root: Node): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found.filter((text) => text.data.trim() !== '' && !text.parentElement!.closest('[data-chrome]'));
}

/** What pages and extensions do to text that they have not written. */
const changes: Record<string, (text: Text) => void> = {
  'wraps a text': (text) => {
    const wrapping = document.createElement('font');
    text.replaceWith(wrapping);
    wrapping.append(text);
  },
  'puts other words in its place': (text) =>
    text.replaceWith(Object.assign(document.createElement('font'), { textContent: `ü${text.data}` })),
  'cuts a text': (text) => text.splitText(text.length >> 1),
  'shortens a text': (text) => text.replaceData(0, text.length >> 1, ''),
  'takes a text away': (text) => text.remove(),
  'takes away what it stands in': (text) => text.parentElement!.remove(),
  'wraps what a text stands in': (text) => {
    const wrapping = document.createElement('font');
    const block = text.parentElement!;
    block.replaceWith(wrapping);
    wrapping.append(block);
  },
  'puts something before it': (text) => text.before(document.createElement('x-extension')),
};

describe('a page that changes what has been drawn', () => {
  const report = globalThis.reportError;
  let reported: unknown[] = [];
  let warned: string[] = [];
  const options: MarkdownOptions = { onWarning: ({ code }) => warned.push(code) };
  beforeEach(() => {
    reported = [];
    warned = [];
    globalThis.reportError = (error) => reported.push(error);
  });
  afterEach(() => {
    globalThis.reportError = report;
    Object.assign(thresholds, shipped);
  });

  function stream(renderer: MarkdownRenderer, text: string, onDraw?: (index: number) => void, length = 4): void {
    [...cutInto(text, length)].forEach((piece, index) => {
      renderer.write(piece);
      renderer.flush();
      onDraw?.(index);
    });
  }

  for (const [what, text, change] of [
    ['all of it', '- one\n- two\n\nThree and four', (root: Element) => root.replaceChildren()],
    ['code that is being written', '```js\nlet a = 1;\nlet b', (root: Element) => textsIn(root)[0]!.remove()],
    ['the end of such code', '```js\nlet a = 1;\nlet b', (root: Element) => (textsIn(root)[0]!.data = '')],
    ['items', '- one of them\n'.repeat(90), (root: Element) => root.querySelector('ul')!.replaceChildren()],
    [
      'rows',
      `| a |\n|---|\n${'| b |\n'.repeat(200)}`,
      (root: Element) => root.querySelector('tbody')!.replaceChildren(),
    ],
  ] as const)
    it(`takes ${what} away: it is drawn anew, and nothing stands there twice`, () => {
      const container = document.createElement('div');
      const renderer = new MarkdownRenderer(container, options);
      stream(renderer, text);
      change(container);
      stream(renderer, ' and more of it\n\nThe *end*.');
      renderer.end();
      expect(container.textContent).to.equal(renderWhole(renderer.source).textContent);
      expect(warned).to.deep.equal(['markdown-redrawn']);
      expect(reported).to.have.length(1);
    });

  it('leaves away what is taken away of what has settled', () => {
    const container = document.createElement('div');
    const renderer = new MarkdownRenderer(container, options);
    stream(renderer, 'One.\n\nTwo.\n\nThree');
    container.children[1]!.remove();
    stream(renderer, ' and more.\n\nFour.');
    renderer.end();
    expect(Array.from(container.children, ({ textContent }) => textContent)).to.deep.equal([
      'One.',
      'Three and more.',
      'Four.',
    ]);
    expect(warned).to.deep.equal([]);
  });

  it('takes a paragraph away whose label is defined later: the others get their links', () => {
    const container = document.createElement('div');
    const renderer = new MarkdownRenderer(container, options);
    stream(renderer, 'One [a].\n\nTwo [a].\n\nThree [a].\n\nFour');
    container.querySelectorAll('p')[1]!.remove();
    stream(renderer, ' and five.\n\n[a]: https://a.test/\n\nSix.');
    renderer.end();
    expect(container.querySelectorAll('a')).to.have.length(2);
    expect(container.querySelectorAll('p')).to.have.length(4);
    expect(reported).to.deep.equal([]);
  });

  it('puts its own around a text in an item whose label is defined later: the text stands there once', () => {
    Object.assign(thresholds, eager);
    const container = document.createElement('div');
    const renderer = new MarkdownRenderer(container, options);
    stream(renderer, '- one [a] two\n  - three\n  - four\n- five');
    changes['wraps a text']!(container.querySelector('li')!.firstChild as Text);
    stream(renderer, ' and six\n\n[a]: https://a.test/\n\nThe end.');
    renderer.end();
    expect(container.textContent!.match(/one|two|three|four|five|six/g)).to.have.length(6);
  });

  it('puts its own around each text: they go on behind it', () => {
    const container = document.createElement('div');
    const renderer = new MarkdownRenderer(container, options);
    const text = `- one and *two* of them\n- three and four`;
    stream(renderer, `${text}\n\n${text}`);
    textsIn(container).forEach(changes['wraps a text']!);
    stream(renderer, ` and *more* of it\n\n${text}`);
    renderer.end();
    expect(container.textContent!.match(/\w+/g)).to.deep.equal(renderer.source.match(/\w+/g));
    expect(warned).to.deep.equal([]);
  });

  it('takes all of it away again, when there is twice as much: it is drawn anew again', () => {
    const container = document.createElement('div');
    const renderer = new MarkdownRenderer(container, options);
    for (const count of [2, 20]) {
      stream(renderer, 'One *word*.\n\n'.repeat(count));
      container.replaceChildren();
    }
    stream(renderer, 'The end.');
    renderer.end();
    expect(outline(container)).to.equal(outline(renderWhole(renderer.source)));
    expect(warned).to.deep.equal(['markdown-redrawn', 'markdown-redrawn']);
  });

  it('takes away whatever is drawn: the text is shown as it is written, and as markdown in the end', () => {
    const container = document.createElement('div');
    const renderer = new MarkdownRenderer(container, options);
    stream(renderer, `${'One *word*.\n\n'.repeat(20)}`, () => container.replaceChildren());
    expect(warned).to.include('markdown-plain');
    expect(warned.length).to.be.below(6);
    renderer.end();
    expect(outline(container)).to.equal(outline(renderWhole(renderer.source)));
  });

  it('costs what it costs to draw a long text twice', async () => {
    const container = document.createElement('div');
    const renderer = new MarkdownRenderer(container, options);
    const text = 'Some *words* that are read.\n\n'.repeat(3000);
    renderer.set(text, true);
    renderer.flush();
    container.replaceChildren();
    renderer.write('And *more*.\n\n'.repeat(3000));
    renderer.end();
    await renderer.complete;
    expect(outline(container) === outline(renderWhole(renderer.source))).to.equal(true);
    expect(warned).to.deep.equal(['markdown-redrawn']);
  });

  it('what cannot be drawn at all is shown as it is written, with what failed', () => {
    const failure = new Error('an address of the host');
    const policy = new UrlPolicy();
    policy.link = () => {
      throw failure;
    };
    const container = document.createElement('div');
    container.style.whiteSpace = 'pre-wrap';
    document.body.append(container);
    const renderer = new MarkdownRenderer(container, { ...options, policy });
    const text = 'One *word*.\n\n[<b>there</b>](https://a.test)\n\nAnd the end.';
    stream(renderer, text);
    renderer.end();
    expect(container.children).to.have.length(1);
    expect(container.innerText).to.equal(text);
    expect(warned.at(-1)).to.equal('markdown-plain');
    expect(new Set(reported)).to.deep.equal(new Set([failure]));
    container.remove();
  });

  for (const [what, change] of Object.entries(changes))
    it(`${what}, anywhere in any document: the rest of it comes, once`, function () {
      this.timeout(60_000);
      const property = fc.property(fc.oneof(documents, nested), fc.boolean(), fc.nat(), (text, isEager, seed) => {
        Object.assign(thresholds, isEager ? eager : shipped);
        let state = (seed % 2_147_483_646) + 1;
        const draw = (count: number): number => (state = (state * 48_271) % 2_147_483_647) % count;
        const container = document.createElement('div');
        const renderer = new MarkdownRenderer(container);
        stream(renderer, text, () => {
          const texts = textsIn(container);
          if (texts.length > 0 && draw(4) === 0) change(texts[draw(texts.length)]!);
        });
        stream(renderer, '\n\nThe very end');
        renderer.end();
        expect(container.textContent!.split('The very end'), renderer.source).to.have.length(2);
        if (!what.startsWith('wraps')) return;
        expect(container.textContent, renderer.source).to.equal(renderWhole(renderer.source).textContent);
        if (what === 'wraps a text') expect(reported, renderer.source).to.deep.equal([]);
      });
      fc.assert(property, { seed: 5, numRuns: 25 });
    });
});
