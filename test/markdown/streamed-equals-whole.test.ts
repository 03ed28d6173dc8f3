import { expect } from '@open-wc/testing';
import { thresholds } from '../../src/markdown/flow/open-block.js';
import { UrlPolicy } from '../../src/trust/url-policy.js';
import { markedStructure, outline, renderStreamed, renderWhole, structure } from './rendering.js';

interface SpecExample {
  id: string;
  title: string;
  input: string;
}

const sizes = { ...thresholds };

async function specExamples(): Promise<SpecExample[]> {
  const response = await fetch('/shared/vectors/commonmark-gfm-spec.json');
  return response.ok ? ((await response.json()) as SpecExample[]) : [];
}

describe('streamed equals whole', () => {
  afterEach(() => Object.assign(thresholds, sizes));

  for (const [name, size] of [
    ['as shipped', sizes],
    ['with every block read piece by piece', { list: 0, table: 0, quote: 0, item: 0, paragraph: 0, html: 0 }],
  ] as const) {
    it(`for every CommonMark and GFM example, cut at every code unit, ${name}`, async function () {
      this.timeout(120_000);
      const examples = await specExamples();
      if (examples.length === 0) this.skip();
      Object.assign(thresholds, size);
      const failures: string[] = [];
      for (const { id, input } of examples) {
        const whole = outline(renderWhole(input));
        const streamed = outline(renderStreamed(input.split('')));
        if (streamed !== whole)
          failures.push(`${id} ${JSON.stringify(input)}\n  whole    ${whole}\n  streamed ${streamed}`);
      }
      expect(failures.slice(0, 5).join('\n'), `${failures.length} differ`).to.equal('');
    });
  }

  const words = 'words that go on '.repeat(120);
  it('where the first lines of a long item turn out to be a heading', () => {
    const text = `- a\n\n- ${words}\n  ${words}\n  ===\n\n  more`;
    const pieces = text.match(/[^]{1,7}/g)!;
    expect(outline(renderStreamed(pieces))).to.equal(outline(renderWhole(text)));
  });

  for (const [name, text] of Object.entries({
    'in a short line': '<details>\n\na</details> b\n\nc',
    'in a long paragraph': `<details>\n\n${words}</details> ${words}\n\nc`,
    'behind the first line of one': `<div>\n\n${words}\n${words}</div>\n\nc`,
    'two of them, around words whose address comes last':
      '<div>\n\n<details>\n\n[x] a</details> [x] b</div> [x] c\n\n[x]\n\n[x]: https://a.test/',
    'in a list': '- <details>\n\n  [x] a</details> [x]\n- b\n\n[x]: https://a.test/',
    'none of whose elements is open': `${words}</details> ${words}`,
  })) {
    for (const size of [1, 7, 400])
      it(`where a paragraph’s text ends an element around it, ${name}, ${size} at a time`, () => {
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!;
        const whole = renderWhole(text);
        expect(outline(renderStreamed(pieces))).to.equal(outline(whole));
        expect(whole.textContent).to.equal(name.startsWith('none') ? text + '\n' : whole.textContent);
        if (!name.startsWith('none')) expect(whole.textContent).not.to.include('</');
      });
  }

  for (const [container, text] of [
    ['a quote', '> <details>\n>\n> a\n>\n'],
    ['an item', '- <details>\n\n  a\n\n'],
  ] as const)
    it(`where ${container} in as many elements as there may be has elements of its own`, () => {
      const all = '<div>\n\n'.repeat(24) + text + text.replace(/<.*>/, words).replaceAll('-', ' ').repeat(3);
      expect(outline(renderStreamed(all.match(/[^]{1,7}/g)!))).to.equal(outline(renderWhole(all)));
    });

  it('where a long block of HTML has what looks like the end of a tag with a quotation mark in it', () => {
    const text = `<div>${'<p>words</p>'.repeat(60)}</'<p>a</p> b`;
    expect(outline(renderStreamed(text.match(/[^]{1,7}/g)!))).to.equal(outline(renderWhole(text)));
  });

  for (const [name, text] of [
    ['a quote whose lines go on without its sign', '> some words\nthat go on\n>\n'.repeat(250)],
    ['a table of more columns than one may have', `${'a|'.repeat(600)}\n${'-|'.repeat(600)}\n${'*b*|c\n'.repeat(300)}`],
  ] as const)
    it(`where ${name} stays text`, () => {
      const pieces = text.match(/[^]{1,100}/g)!;
      expect(outline(renderStreamed(pieces))).to.equal(outline(renderWhole(text)));
    });

  for (const [what, open, close] of [
    ['preformatted text', '<pre>', '</pre>'],
    ['a style', '<style>', '</style>'],
    ['a comment', '<!--', '-->'],
    ['an instruction', '<?php', '?>'],
  ] as const)
    for (const [where, between] of [
      ['a blank line', '\n\n'],
      ['the next line', '\n'],
    ] as const)
      it(`where the line that ends ${what} goes on, up to ${where}`, () => {
        const words = 'some <b>words</b> \n\n- of it '.repeat(30);
        const text = `${open}\n${words}${close} ${'and words '.repeat(100)}${between}The *end* <b>of</b> it.`;
        for (const size of [1, 7, 100]) {
          const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!;
          expect(outline(renderStreamed(pieces)) === outline(renderWhole(text)), `in pieces of ${size}`).to.equal(true);
        }
      });

  it('where a note goes on with words that the text before it ends with, too', () => {
    const pieces = ['<details>\n\nsome more words\n\n[^1]: more words', 'mith'];
    expect(outline(renderStreamed(pieces))).to.equal(outline(renderWhole(pieces.join(''))));
  });

  it('and is what marked makes of it, for every example without raw HTML', async function () {
    const examples = await specExamples();
    if (examples.length === 0) this.skip();
    const failures: string[] = [];
    for (const { id, input } of examples) {
      if (/<[a-z/!?]/i.test(input)) continue;
      const ours = structure(renderWhole(input, { policy: new UrlPolicy({ imageHosts: '*' }) }));
      const theirs = markedStructure(input);
      if (ours !== theirs) failures.push(`${id} ${JSON.stringify(input)}\n  marked ${theirs}\n  ours   ${ours}`);
    }
    expect(failures.slice(0, 12).join('\n'), `${failures.length} differ`).to.equal('');
  });
});
