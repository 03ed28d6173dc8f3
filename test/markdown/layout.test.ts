import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';

/** In a place of this width. */
async function create(value: string, width = 400): Promise<(selector: string) => HTMLElement> {
  const element = await fixture<AiMarkdown>(html`<ai-markdown style="inline-size: ${width}px"></ai-markdown>`);
  element.value = value;
  await element.updateComplete;
  await aTimeout(50);
  return (selector) => element.shadowRoot!.querySelector<HTMLElement>(`.markdown ${selector}`)!;
}

const box = (element: Element): DOMRect => element.getBoundingClientRect();

/** How wide a text is where it stands. */
function widthOf(text: string, beside: HTMLElement): number {
  const copy = document.createElement('span');
  copy.style.whiteSpace = 'pre';
  copy.textContent = text;
  beside.append(copy);
  const { width } = box(copy);
  copy.remove();
  return width;
}

/** In how many lines a text stands. */
function linesOf(cell: Element): number {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top))).size;
}

describe('a table of a script without spaces', () => {
  const long = '日本の首都であり、世界最大級の都市圏を形成している。';
  const text = `| 都市 | 説明 | 位置 | 人口 | 年 |\n|---|---|---|---|---|\n| 東京都 | ${long} | ${long} | 約千四百万人 | 2024年 |\n`;

  it('has no column that is as narrow as a letter, where there is little room', async () => {
    const find = await create(text, 320);
    const cells = (row: string) => [...find(row).querySelectorAll('th, td')];
    expect(cells('thead tr').map(linesOf)).to.deep.equal([1, 1, 1, 1, 1]);
    const [city, , , people, year] = cells('tbody tr').map(linesOf);
    expect([city, people, year]).to.deep.equal([1, 1, 1]);
    const em = parseFloat(getComputedStyle(find('td')).fontSize);
    for (const cell of [cells('tbody tr')[1]!, cells('tbody tr')[2]!])
      expect(cell.clientWidth, 'with its padding').to.be.at.least(7.5 * em);
  });

  it('needs no more room than before for words and numbers', async () => {
    const find = await create('| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 | 6 |', 240);
    expect(find('.table-scroll').scrollWidth).to.equal(find('.table-scroll').clientWidth);
  });
});

describe('the layout of a text', () => {
  const longList = Array.from({ length: 1001 }, (_, index) => `${index + 1}. x`).join('\n');
  for (const [title, value, item, number] of [
    ['its hundredth', longList, 'li:nth-child(100)', '100. '],
    ['its thousandth', longList, 'li:nth-child(1000)', '1000. '],
    ['a first of three digits', '404. Not found', 'li', '404. '],
    ['a year', '1999. It began.\n2000. It went on.', 'li:last-child', '2000. '],
    ['one digit more on the way', '998. a\n999. b\n1000. c', 'li:last-child', '1000. '],
    ['a first of five digits', '10115. Berlin', 'li', '10115. '],
    ['the longest', '123456789. x', 'li', '123456789. '],
    ['one in HTML', '<ol start="1999">\n<li>It began.</li>\n</ol>', 'li', '1999. '],
  ] as const) {
    it(`has room for the numbers of a list: ${title}`, async () => {
      const find = await create(value);
      const room = box(find(item)).left - box(find('ol')).left;
      // As far as a list is drawn outside of itself.
      expect(room + 4).to.be.at.least(widthOf(number, find(item)));
    });
  }

  it('moves no item for the number of a later one', async () => {
    const find = await create(longList);
    expect(box(find('li:nth-child(99)')).left).to.equal(box(find('li')).left);
  });

  for (const [title, value, selector] of [
    ['text', `> [!NOTE]\n> ${'word '.repeat(200)}`, '.alert p'],
    ['code', '> [!NOTE]\n> ```js\n> let a;\n> ```', '.alert .code-block'],
    ['a table', '> [!NOTE]\n> | a | b |\n> |---|---|\n> | 1 | 2 |', '.alert .table-block'],
  ] as const) {
    it(`has as much room behind what stands in an alert as before it: ${title}`, async () => {
      const find = await create(value);
      const [outer, inner] = [box(find('.alert')), box(find(selector))];
      expect(outer.right - inner.right).to.be.closeTo(inner.left - outer.left - 3, 0.5);
    });
  }

  for (const [title, block, selector] of [
    ['code', '```js\n  let a;\n  ```', '.code-block'],
    ['a table', '| a | b |\n  |---|---|\n  | 1 | 2 |', '.table-block'],
    ['an alert', '> [!NOTE]\n  > a', '.alert'],
    ['a quote', '> a', 'blockquote'],
  ] as const) {
    it(`keeps what stands in a tight item off its text: ${title}`, async () => {
      const find = await create(`- text\n  ${block}\n- next`);
      const text = document.createRange();
      text.selectNodeContents(find('li').firstChild!);
      const gap = box(find(`li ${selector}`)).top - text.getBoundingClientRect().bottom;
      expect(gap).to.be.greaterThan(6);
    });
  }

  it('has a wide table in HTML scroll by itself', async () => {
    const row = (cell: string): string => `<tr>${`<${cell}>averywidecolumn</${cell}>`.repeat(8)}</tr>`;
    for (const around of ['', '<div align="center">\n\n']) {
      const find = await create(`${around}<table>${row('th')}${row('td')}</table>`);
      const table = find('table');
      expect(box(table).width).to.be.at.most(400);
      expect(table.scrollWidth).to.be.greaterThan(800);
    }
  });

  it('lets a table of markdown be as wide as the text, and scroll in its box', async () => {
    const find = await create('| a | b |\n|---|---|\n| 1 | 2 |');
    expect(box(find('table')).width).to.be.closeTo(398, 1);
    expect(getComputedStyle(find('table')).overflowX).to.equal('visible');
  });

  it('does not move a note for its links back, nor for what comes after it', async () => {
    const element = await fixture<AiMarkdown>(html`<ai-markdown style="inline-size: 300px"></ai-markdown>`);
    const tops: Record<string, number[]> = {};
    const write = async (text: string): Promise<void> => {
      element.write(text);
      element.flush();
      await aTimeout(20);
      for (const paragraph of element.shadowRoot!.querySelectorAll('.footnotes p')) {
        const words = document.createRange();
        words.setStart(paragraph.firstChild!, 0);
        words.setEnd(paragraph.firstChild!, 1);
        (tops[paragraph.textContent!.slice(0, 5)] ??= []).push(Math.round(words.getBoundingClientRect().top));
      }
    };
    await write('a[^1]\n\n[^1]: First');
    await write(' which is written on until the links back go to the line below');
    await write('\n\n    Second paragraph of it');
    await write('\n\n    ```\n    code\n    ```\n');
    await write('\n    Third paragraph');
    for (const [words, all] of Object.entries(tops)) expect(new Set(all).size, `${words} ${all.join()}`).to.equal(1);
    expect(Object.keys(tops)).to.deep.equal(['First', 'Secon', 'Third']);
  });

  it('cuts no button off where there is no room for all in a line', async () => {
    const find = await create('```averylonglanguage\nlet a;\n```\n\n| a |\n|---|\n| 1 |', 90);
    for (const block of ['.code-block', '.table-block']) {
      for (const button of find(block).querySelectorAll('button')) {
        expect(box(button).right).to.be.at.most(box(find(block)).right);
        expect(box(button).left).to.be.at.least(box(find(block)).left);
      }
    }
  });

  it('keeps a bar in one line where there is room', async () => {
    const find = await create('```averylonglanguagenamethatdoesnotend\nlet a;\n```', 260);
    expect(box(find('.code-bar')).height).to.be.lessThan(50);
  });

  it('loses nothing at the edge of a printed page', async () => {
    const wide = Array.from({ length: 12 }, (_, index) => `averywidecolumn${index}`).join(' | ');
    const long = `let text = '${'long '.repeat(60)}';\n`.repeat(60);
    const find = await create(`\`\`\`js\n${long}\`\`\`\n\n| ${wide} |\n|${'---|'.repeat(12)}\n| ${wide} |`, 700);
    await emulateMedia({ media: 'print' });
    try {
      for (const selector of ['.code-block', '.table-block']) {
        const block = find(selector);
        for (const inner of block.querySelectorAll('code, .lines, table'))
          expect(box(inner).right, selector).to.be.at.most(box(block).right + 1);
        for (const button of block.querySelectorAll('button')) expect(box(button).width).to.equal(0);
      }
      const [code, frame] = [find('pre > code'), find('pre')];
      expect(box(code).bottom).to.be.at.most(box(frame).bottom);
    } finally {
      await emulateMedia({ media: 'screen' });
    }
  });

  for (const size of [16, 32]) {
    it(`has the lines of a task begin below each other, beside a box of their size: ${size} px`, async () => {
      const find = await create(`- [ ] ${'word '.repeat(40)}`);
      find('li').style.fontSize = `${size}px`;
      const words = find('li').lastChild!;
      const text = words.textContent!;
      const lefts = [...text.matchAll(/\S/g)].map(({ index }) => {
        const range = document.createRange();
        range.setStart(words, index);
        range.setEnd(words, index + 1);
        return range.getBoundingClientRect().left;
      });
      const [first] = lefts;
      const start = Math.min(...lefts.slice(1));
      expect(first).to.be.closeTo(start, size / 8);
      expect(box(find('input')).width).to.be.closeTo(size * 0.85, 0.5);
      expect(box(find('input')).right).to.be.lessThan(start - 3);
    });
  }

  it('indents a definition as an item, below a term that is told from it', async () => {
    const find = await create('<dl><dt>Term</dt><dd>Definition</dd><dt>Next</dt></dl>\n\n- item');
    expect(box(find('dd')).left).to.equal(box(find('li')).left);
    expect(getComputedStyle(find('dt')).fontWeight).to.equal('600');
    expect(box(find('dt:last-child')).top - box(find('dd')).bottom).to.be.greaterThan(5);
  });

  it('makes a page around what it scrolls in no longer by what it says', async () => {
    const box = await fixture<HTMLElement>(html`<div style="block-size: 10rem; overflow: auto"></div>`);
    const element = document.createElement('ai-markdown');
    element.value = `${'Text.\n\n'.repeat(300)}\`\`\`\na\n\`\`\``;
    box.append(element);
    await element.updateComplete;
    const before = document.documentElement.scrollHeight;
    element.shadowRoot!.querySelector<HTMLElement>('[data-action=copy]')!.click();
    await waitUntil(() => element.shadowRoot!.querySelector('.markdown-news'), 'it is said');
    expect(document.documentElement.scrollHeight).to.equal(before);
  });

  it('shows where a link leads in a window of 320 by 256, as one that is enlarged four times is', async () => {
    const { innerWidth, innerHeight } = window;
    await setViewport({ width: 320, height: 256 });
    try {
      const element = await fixture<AiMarkdown>(html`<ai-markdown link-hosts="a.test"></ai-markdown>`);
      element.value = `[there](https://b.test/${'long/'.repeat(100)})`;
      await element.updateComplete;
      element.shadowRoot!.querySelector('a')!.click();
      const dialog = element.shadowRoot!.querySelector('dialog')!;
      const seen = box(dialog);
      for (const part of ['.leaving-host', 'button']) {
        const { top, bottom } = box(dialog.querySelector(part)!);
        expect(top, part).to.be.at.least(seen.top);
        expect(bottom, part).to.be.at.most(seen.bottom);
      }
    } finally {
      await setViewport({ width: innerWidth, height: innerHeight });
    }
  });
});
