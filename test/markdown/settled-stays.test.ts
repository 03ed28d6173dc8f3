import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { selectedRange } from '../../src/element/selected-range.js';
import { MarkdownRenderer } from '../../src/markdown/markdown-renderer.js';
import { cutInto, nested } from './documents.js';
import { renderStreamed } from './rendering.js';

const ANSWER = [
  '# A title',
  'A paragraph with **strong** words, *emphasis*, `code` and a [link](https://a.test/x) in it.',
  '- first\n- second\n  - nested\n  - nested too\n- third',
  '```js\nconst a = 1;\nconst b = 2;\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |',
  '> A quote\n> of two lines.',
  '<details>\n<summary>More</summary>\n\nInside.\n\n</details>',
  '1. one\n2. two\n3. three',
  'The last paragraph, with some more words in it.',
].join('\n\n');

function sizeOf(node: Node): number {
  return 1 + [...node.childNodes].reduce((sum, child) => sum + sizeOf(child), 0);
}

/**
 * What markdown itself reads again, however it is shown: code and tags that nothing closes, labels whose definition or
 * note comes later, brackets that are no link.
 */
function isReadOnce(text: string): boolean {
  const rest = text.replace(/(`+)[^`]+\1(?!`)/g, '').replace(/<\/?(?:kbd|br|sub|details|summary)>|<https:[^ >]*>/g, '');
  return !/[`<]|\[r\]|\[R s\]|\[\^|\[(?!link|pic|.\])/.test(rest);
}

const answers = fc.array(nested.filter(isReadOnce), { minLength: 3, maxLength: 6 }).map((parts) => parts.join('\n\n'));

/** The words that stand there, but for the last, which may go on. */
function shownWords(node: Node): string[] {
  return lettersOf(node).trimEnd().replace(/\S+$/, '').split(/\s+/).filter(Boolean);
}

function lettersOf(node: Node): string {
  if (node instanceof Text) return node.data.replace(/[^\p{L}\s]+/gu, '');
  if (node instanceof Element && node.matches('[data-chrome], .footnotes')) return '';
  const inside = [...node.childNodes].map(lettersOf).join('');
  return node instanceof Element && node.matches('p, li, summary, td, th, pre, h1, h2, br') ? ` ${inside} ` : inside;
}

/** The first of these words that is not there any more, in their order. */
function missing(words: readonly string[], now: readonly string[]): string | undefined {
  let at = 0;
  for (const word of words) {
    at = now.indexOf(word, at) + 1;
    if (at === 0) return word;
  }
  return undefined;
}

describe('settled stays', () => {
  let container: HTMLElement;
  let renderer: MarkdownRenderer;

  beforeEach(() => {
    container = document.createElement('div');
    document.body.append(container);
    renderer = new MarkdownRenderer(container);
  });

  afterEach(() => {
    renderer.destroy();
    container.remove();
  });

  function stream(text: string, step = 3): void {
    for (let at = 0; at < text.length; at += step) {
      renderer.write(text.slice(at, at + step));
      renderer.flush();
    }
  }

  /** How many nodes are added and removed while this is written, for each that there is in the end. */
  async function churnOf(text: string): Promise<number> {
    let touched = 0;
    const observer = new MutationObserver((records) => {
      for (const { addedNodes, removedNodes } of records) {
        for (const node of addedNodes) touched += sizeOf(node);
        for (const node of removedNodes) touched += sizeOf(node);
      }
    });
    observer.observe(container, { childList: true, subtree: true });
    for (let at = 0; at < text.length; at += 3) {
      renderer.write(text.slice(at, at + 3));
      renderer.flush();
      await Promise.resolve();
    }
    renderer.end();
    await Promise.resolve();
    observer.disconnect();
    return touched / (sizeOf(container) - 1);
  }

  const points = '   - one point\n   - another point\n   - and a `third`';
  for (const [what, text] of [
    ['an answer', ANSWER],
    [
      'numbered parts with points in each',
      `1. **First**\n${points}\n\n2. **Second**\n${points}\n\n3. **Third**\n${points}`,
    ],
    ['code in items', '1. One\n\n   ```js\n   a\n   ```\n2. Two\n\n   ```js\n   b\n   ```\n3. Three'],
    ['a long paragraph', 'some words, **bold** ones, `code`\n'.repeat(80)],
    ['points whose last ones are apart', '- a\n  - b\n  - c\n  - d\n- e\n  - f\n  - g\n- h\n\n- i'],
  ] as const)
    it(`adds and removes hardly more nodes than there are in the end: ${what}`, async () => {
      expect(await churnOf(text)).to.be.at.most(1.2);
    });

  for (const [what, item, selector] of [
    ['a list', '- a\n  - b\n  - c\n', 'li ul'],
    ['the items of a list', '- a\n  - b\n  - c\n', 'li li'],
    ['code', '- a\n  ```\n  b\n  ```\n', 'pre'],
    ['code that has only begun', '- a\n  ```\n', 'pre'],
    ['a table', '- a\n  | b |\n  |---|\n  | c |\n', 'table'],
    ['emphasis', '- *a* b\n', 'em'],
    ['the box of a task', '- [x] a\n', 'input'],
    ['code in a task', '- [ ] a `b` c\n  ```\n  b\n  ```\n', 'pre'],
    ['a link in a task', '- [ ] see `a`, [b](https://b.test) c\n', 'input, code, a'],
  ] as const)
    it(`keeps ${what} in an item when its list turns loose`, () => {
      stream(item);
      const kept = [...container.querySelectorAll(selector)];
      expect(kept).not.to.deep.equal([]);
      stream(`${item.endsWith('```\n') ? '  c\n  ```\n' : ''}- next\n\n- more`);
      renderer.end();
      expect(container.querySelector('li > p')).not.to.equal(null);
      expect([...container.querySelectorAll(selector)].slice(0, kept.length)).to.deep.equal(kept);
    });

  it('keeps what is in a paragraph that its underline makes a heading', () => {
    stream('Some `code` ![p](https://a.test/p.png) and *more*\n');
    const kept = [...container.querySelectorAll('p > *')];
    stream('===\n\nText.');
    renderer.end();
    expect([...container.querySelectorAll('h1 > *')]).to.deep.equal(kept);
    expect(kept).to.have.length(3);
  });

  for (const [what, first, rest] of [
    ['a quote', '> ', '> '],
    ['an item', '- ', '  '],
    ['a note', '[^1]: note\n\n    ', '    '],
    ['an item of a quote', '> - ', '>   '],
  ] as const)
    it(`keeps code in ${what}, with a selection in it, however long that gets`, () => {
      stream(`${first}\`\`\`js\n${rest}let chosen = 1;\n`);
      const frame = container.querySelector('pre')!;
      const text = frame.querySelector('code')!.firstChild as Text;
      getSelection()!.setBaseAndExtent(text, 4, text, 10);
      for (let line = 2; line < 70; line += 1) stream(`${rest}let next = ${line};\n`);
      expect(container.querySelector('pre')).to.equal(frame);
      expect(String(getSelection())).to.equal('chosen');
      stream(`${rest}\`\`\`\n`);
      renderer.end();
      expect(container.querySelector('pre')).to.equal(frame);
      expect(frame.textContent!.split('\n')).to.have.length(70);
    });

  for (const [what, start, rest, place] of [
    ['an item when its list turns loose', '- ', '- next\n\n- more', 'li > p > a'],
    ['a paragraph that its underline makes a heading', '', '===\n\nText.', 'h1 > a'],
  ] as const)
    it(`keeps the focus on a link in ${what}`, () => {
      stream(`${start}See [a page](https://a.test)\n`);
      const link = container.querySelector('a')!;
      link.focus();
      stream(rest);
      renderer.end();
      expect(container.querySelector(place)).to.equal(link);
      expect(document.activeElement).to.equal(link);
    });

  for (const [what, start, rest, place] of [
    ['an item when its list turns loose', '- ', '- next\n\n- more', 'li > p'],
    ['a task when its list turns loose', '- [ ] ', '- next\n\n- more', 'li > p'],
    ['a paragraph that its underline makes a heading', '', '===\n\nText.', 'h1'],
  ] as const)
    it(`keeps a selection in ${what}`, () => {
      stream(`${start}Some *words* that are selected\n`);
      const emphasis = container.querySelector('em')!;
      getSelection()!.setBaseAndExtent(emphasis.nextSibling!, 5, emphasis.firstChild!, 2);
      stream(rest);
      renderer.end();
      expect(emphasis.closest(place)).not.to.equal(null);
      expect(String(getSelection())).to.equal('rds that');
      expect(getSelection()!.anchorNode).to.equal(emphasis.nextSibling);
    });

  it('keeps a selection in an item of an element with a tree of its own', () => {
    const host = document.createElement('div');
    container.replaceWith(host);
    host.attachShadow({ mode: 'open' }).append(container);
    stream('- Some words\n');
    const text = container.querySelector('li')!.firstChild as Text;
    getSelection()!.setBaseAndExtent(text, 5, text, 10);
    stream('- next\n\n- more');
    const { startContainer, startOffset, endOffset } = selectedRange(host.shadowRoot!)!;
    expect(container.querySelector('li > p')!.firstChild).to.equal(text);
    expect([startContainer, startOffset, endOffset]).to.deep.equal([text, 5, 10]);
    host.remove();
  });

  for (const [what, rest] of [
    ['a table', '|---|---|\n| 1 | 2 |\n\nText.'],
    ['a table without rows', '|---|---|'],
  ] as const)
    it(`keeps the focus on a link in a paragraph that becomes the head of ${what}`, () => {
      stream('[one](https://a.test) [a page](https://b.test) | more\n');
      container.querySelectorAll('a')[1]!.focus();
      stream(rest);
      renderer.end();
      expect(document.activeElement).to.equal(container.querySelectorAll('th > a')[1]);
    });

  it('keeps the nodes of a block that has ended', () => {
    stream('# A title\n\nA paragraph.\n\n- a\n- b\n\nNext.');
    const kept = [...container.querySelectorAll('h1, p, ul')];
    stream('\n\nMore text.\n\n```\ncode\n```\n');
    renderer.end();
    expect([...container.querySelectorAll('h1, p, ul')].slice(0, kept.length)).to.deep.equal(kept);
  });

  it('keeps a selection, even in the paragraph that is being written', () => {
    stream('Some words that are selected and');
    const text = container.querySelector('p')!.firstChild as Text;
    getSelection()!.setBaseAndExtent(text, 5, text, 10);
    stream(' many more that come after them.\n\nAnd a block.');
    renderer.end();
    expect(String(getSelection())).to.equal('words');
  });

  for (const [who, change] of [
    [
      'wraps it, as a translation does',
      (text: Text) => text.replaceWith(Object.assign(new Image(), { alt: text.data })),
    ],
    ['shortens it', (text: Text) => text.replaceData(3, text.length, '')],
    ['takes it away', (text: Text) => text.remove()],
  ] as const)
    for (const [what, start] of [
      ['paragraph', ''],
      ['block of HTML', '<div>'],
    ] as const)
      it(`goes on in a long ${what} whose text somebody has changed: ${who}`, () => {
        const text = 'some words that go on and on '.repeat(200);
        stream(start + text.slice(0, 3000), 50);
        change(container.firstElementChild!.lastChild as Text);
        stream(text.slice(3000), 50);
        renderer.end();
        expect(container.textContent!.trim()).to.equal(text.trim());
        expect(container.querySelector('img')).to.equal(null);
      });

  it('keeps open what the reader has opened', () => {
    stream('<details>\n<summary>More</summary>\n\nInside');
    const details = container.querySelector('details')!;
    details.open = true;
    stream(' of it.\n\n- a list\n- too\n\n</details>\n\nAfter.');
    renderer.end();
    expect(container.querySelector('details')).to.equal(details);
    expect(details.open).to.equal(true);
    expect(details.textContent).to.include('too');
    expect(details.textContent).not.to.include('After');
  });

  it('keeps the scroll position inside a code block', () => {
    stream(`\`\`\`\n${'x'.repeat(3000)}\n`);
    const frame = container.querySelector('pre')!;
    frame.style.overflow = 'auto';
    frame.scrollLeft = 200;
    stream('more\nlines\n');
    expect(frame.scrollLeft).to.equal(200);
    expect(container.querySelector('pre')).to.equal(frame);
  });

  it('draws a link again where its definition comes last, and nothing else', () => {
    stream('First [x][r].\n\nSecond paragraph.\n\n');
    const [first, second] = container.querySelectorAll('p');
    expect(first!.querySelector('a')).to.equal(null);
    stream('[r]: https://a.test/late\n\nThird.');
    renderer.end();
    expect(first!.querySelector('a')!.getAttribute('href')).to.equal('https://a.test/late');
    expect([...container.querySelectorAll('p')].slice(0, 2)).to.deep.equal([first, second]);
  });

  it('in any document: no word that was read is taken away', function () {
    this.timeout(60_000);
    const property = fc.property(answers, fc.constantFrom(1, 3), (text, cut) => {
      let words: string[] = [];
      renderStreamed(cutInto(text, cut), {}, (shown, source) => {
        const now = lettersOf(shown).split(/\s+/);
        expect(missing(words, now), JSON.stringify(source)).to.equal(undefined);
        words = shownWords(shown);
      });
    });
    fc.assert(property, { seed: 5, numRuns: 80 });
  });

  it('in any document: a block that two others follow is the same element from then on', function () {
    this.timeout(60_000);
    const property = fc.property(answers, fc.constantFrom(1, 3), (text, cut) => {
      let settled: Element[] = [];
      renderStreamed(cutInto(text, cut), {}, (shown, source) => {
        const now = [...shown.children].filter((child) => !child.matches('.footnotes'));
        expect(
          settled.findIndex((each, at) => each !== now[at]),
          JSON.stringify(source),
        ).to.equal(-1);
        settled = now.slice(0, -2);
      });
    });
    fc.assert(property, { seed: 5, numRuns: 80 });
  });
});
