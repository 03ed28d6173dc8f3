import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';

const ARABIC = 'مرحبا بكم';

/** Looked at in a page of each direction: what a text looks like is its own matter. */
async function create(value: string, dir: string): Promise<(selector: string) => HTMLElement> {
  document.documentElement.dir = dir;
  const element = await fixture<AiMarkdown>(html`<ai-markdown></ai-markdown>`);
  element.value = value;
  await element.updateComplete;
  return (selector) => element.shadowRoot!.querySelector<HTMLElement>(`.markdown ${selector}`)!;
}

/** The side on which a block has its sign or its edge. */
const sideOf = (element: Element): string => (getComputedStyle(element).direction === 'rtl' ? 'right' : 'left');

const SIDES: [title: string, value: string, selector: string, side: 'left' | 'right'][] = [
  ['an Arabic paragraph', ARABIC, 'p', 'right'],
  ['one that begins with code', `\`npm install\` ${ARABIC}`, 'p', 'right'],
  ['one that begins with a Latin word', `Hello ${ARABIC}`, 'p', 'left'],
  ['an English one after it', `${ARABIC}\n\nHello`, 'p:last-child', 'left'],
  ['one that begins with a picture', `![](https://a.test/x.png) ${ARABIC}`, 'p', 'right'],
  [
    'one that begins with a picture with an English description',
    `![A fox](https://a.test/x.png) ${ARABIC}`,
    'p',
    'right',
  ],
  ['an item', `- ${ARABIC}\n- more`, 'li', 'right'],
  ['an English item', '- Hello', 'li', 'left'],
  ['an item of a loose list', `- ${ARABIC}\n\n- ${ARABIC}`, 'li', 'right'],
  ['an English item of a loose list', '- Hello\n\n- there', 'li', 'left'],
  ['an item with code in front', `- \`x\` ${ARABIC}`, 'li', 'right'],
  ['an item that is a list', `- - ${ARABIC}`, 'li', 'right'],
  ['a task', `- [x] ${ARABIC}`, 'li', 'right'],
  ['a quote', `> ${ARABIC}`, 'blockquote', 'right'],
  ['an English quote', '> Hello', 'blockquote', 'left'],
  ['a quote of a list', `> - ${ARABIC}`, 'blockquote', 'right'],
  ['an alert', `> [!NOTE]\n> ${ARABIC}`, 'blockquote', 'right'],
  ['an English alert', '> [!NOTE]\n> Hello', 'blockquote', 'left'],
  ['an item that begins with a heading', `- # ${ARABIC}`, 'li', 'right'],
  ['an English one', `- # Hello\n\n  ${ARABIC}`, 'li', 'left'],
  ['an item that begins with a quote', `- > ${ARABIC}`, 'li', 'right'],
  ['an item that begins with a table', `- | ${ARABIC} |\n  |---|\n  | 1 |`, 'li', 'right'],
  ['an item that begins with code', `- \`\`\`\n  x\n  \`\`\`\n\n  ${ARABIC}`, 'li', 'right'],
  ['an item of a list in lists', `- - - - ${ARABIC}`, 'li', 'right'],
  ['a quote that begins with a heading', `> ## ${ARABIC}`, 'blockquote', 'right'],
  ['a quote of a quote', `> > > ${ARABIC}`, 'blockquote', 'right'],
  ['a quote of code and a text', `> \`\`\`\n> x\n> \`\`\`\n>\n> ${ARABIC}`, 'blockquote', 'right'],
  ['a paragraph of an item in HTML', `<ul><li><p>${ARABIC}</p></li></ul>`, 'li', 'right'],
  ['an item whose first block is empty', `- #\n\n  ${ARABIC}`, 'li', 'right'],
  ['a table whose corner is empty', `|  | ${ARABIC} |\n|---|---|\n| ${ARABIC} | 2 |`, 'table', 'right'],
  ['an English one whose corner is empty', `|  | a |\n|---|---|\n| ${ARABIC} | 2 |`, 'table', 'left'],
  ['a note', `a[^1]\n\n[^1]: ${ARABIC}`, '.footnotes li', 'right'],
  ['an English note', `${ARABIC}[^1]\n\n[^1]: Hello`, '.footnotes li', 'left'],
  ['a table', `| ${ARABIC} | b |\n|---|---|\n| 1 | 2 |`, 'table', 'right'],
  ['an English table', '| a | b |\n|---|---|\n| 1 | 2 |', 'table', 'left'],
  ['a paragraph in HTML', `<p>${ARABIC}</p>`, 'p', 'right'],
  ['a heading in HTML', `<h2>${ARABIC}</h2>`, 'h2', 'right'],
  ['an English one in HTML', '<h2>Hello</h2>', 'h2', 'left'],
  ['a summary', `<details><summary>${ARABIC}</summary>\n\nHello\n\n</details>`, 'summary', 'right'],
  ['an English summary', '<details><summary>Hello</summary></details>', 'summary', 'left'],
  ['a definition', `<dl><dt>${ARABIC}</dt><dd>${ARABIC}</dd></dl>`, 'dd', 'right'],
  ['an item in HTML', `<ul><li>${ARABIC}</li></ul>`, 'li', 'right'],
  ['one whose direction is said', `<p dir="ltr">${ARABIC}</p>`, 'p', 'left'],
  ['code', `\`\`\`\n${ARABIC}\n\`\`\``, 'pre', 'left'],
  ['code in a line', `\`${ARABIC}\``, 'p code', 'left'],
];

describe('the direction of a block', () => {
  afterEach(() => {
    document.documentElement.dir = '';
  });

  for (const dir of ['ltr', 'rtl']) {
    for (const [title, value, selector, side] of SIDES) {
      it(`is its own in a page from ${dir}: ${title}`, async () => {
        const find = await create(value, dir);
        expect(sideOf(find(selector))).to.equal(side);
      });
    }

    it(`has its sign and its indentation at that side, in a page from ${dir}`, async () => {
      const find = await create(`- ${ARABIC}\n- ${ARABIC}`, dir);
      const list = find('ul').getBoundingClientRect();
      const item = find('li').getBoundingClientRect();
      expect(list.right - item.right).to.be.greaterThan(15);
      expect(item.left - list.left).to.be.closeTo(0, 1);
    });

    it(`does not tear a column apart, in a page from ${dir}`, async () => {
      const find = await create(`| ${ARABIC} | ${ARABIC} | n |\n|---|--:|---|\n| ok | 1.50 | 2 |`, dir);
      const alignments = [
        'th:nth-child(1)',
        'td:nth-child(1)',
        'th:nth-child(2)',
        'td:nth-child(2)',
        'td:nth-child(3)',
      ];
      const shown = alignments.map((cell) => {
        const { textAlign, direction } = getComputedStyle(find(cell));
        return textAlign === 'start' ? (direction === 'rtl' ? 'right' : 'left') : textAlign.replace('-webkit-', '');
      });
      expect(shown).to.deep.equal(['right', 'right', 'right', 'right', 'right']);
    });
  }

  it('is not looked for in an item that goes by its first block, however much the browser would have to look through', async () => {
    const find = await create(`- a\n\n  | b |\n  |---|\n- - c\n- d\n- # e`, 'ltr');
    const items = [...find('ul').children].map((item) => (item as HTMLElement).dir);
    expect(items).to.deep.equal(['ltr', 'ltr', 'ltr', 'ltr']);
    const tight = await create('- a\n- `b`', 'ltr');
    expect([...tight('ul').children].map((item) => (item as HTMLElement).dir)).to.deep.equal(['auto', 'auto']);
  });

  it('is that of its first letter in a long paragraph while it is written', async () => {
    for (const [start, words, side] of [
      ['12 *34* 56 ', `${ARABIC} *${ARABIC}* hello `, 'right'],
      ['12 *34* 56 ', `hello *there* ${ARABIC} `, 'left'],
      ['`npm` 12 <bdi>hello</bdi> ', `${ARABIC} hello `, 'right'],
    ] as const) {
      const element = await fixture<AiMarkdown>(html`<ai-markdown streaming></ai-markdown>`);
      await element.updateComplete;
      element.write(start.repeat(200));
      element.flush();
      const paragraph = (): HTMLElement => element.shadowRoot!.querySelector('p')!;
      expect(sideOf(paragraph())).to.equal('left');
      for (let count = 0; count < 100; count += 1) {
        element.write(words);
        element.flush();
        expect(sideOf(paragraph())).to.equal(side);
      }
      element.end();
      await element.updateComplete;
      expect(sideOf(paragraph())).to.equal(side);
      expect(paragraph().dir).to.equal('auto');
    }
  });

  it('is looked for again in a long paragraph whose first letters turn out to be none that are shown', async () => {
    const element = await fixture<AiMarkdown>(html`<ai-markdown streaming></ai-markdown>`);
    await element.updateComplete;
    element.write(`12 <b title="${'hello there '.repeat(300)}`);
    element.flush();
    const paragraph = (): HTMLElement => element.shadowRoot!.querySelector('p')!;
    element.write('hello '.repeat(100));
    element.flush();
    expect(sideOf(paragraph())).to.equal('left');
    for (const words of ['">', `34 ${ARABIC} `, `${ARABIC} hello `.repeat(100)]) {
      element.write(words);
      element.flush();
    }
    expect(paragraph().textContent).to.match(/^12 34/);
    expect(sideOf(paragraph())).to.equal('right');
  });

  it('is looked for no more in a long paragraph once a letter of it has settled', async () => {
    const element = await fixture<AiMarkdown>(html`<ai-markdown streaming></ai-markdown>`);
    await element.updateComplete;
    element.write('some *words* and `more` '.repeat(100));
    element.flush();
    const paragraph = element.shadowRoot!.querySelector('p')!;
    element.write('some *words* and `more` '.repeat(20));
    element.flush();
    const observer = new MutationObserver(() => {});
    observer.observe(paragraph, { attributeFilter: ['dir'] });
    for (let count = 0; count < 50; count += 1) {
      element.write('some *words* and `more` ');
      element.flush();
    }
    expect(observer.takeRecords()).to.deep.equal([]);
    observer.disconnect();
  });
});
