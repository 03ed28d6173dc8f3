import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import { math } from '../../src/plugins/math.js';

interface Copied {
  text: string;
  rich: string;
  /** Whether the browser copies by itself. */
  native: boolean;
}

async function create(value: string): Promise<AiMarkdown> {
  const element = await fixture<AiMarkdown>(html`<ai-markdown></ai-markdown>`);
  element.plugins = [math()];
  element.linkHosts = 'a.test';
  element.value = value;
  await element.updateComplete;
  return element;
}

const content = (element: AiMarkdown): HTMLElement => element.shadowRoot!.querySelector('.markdown')!;

/** The place before or behind a text in the page. */
function placeOf(element: AiMarkdown, text: string, edge: 'start' | 'end'): [Text, number] {
  const walker = document.createTreeWalker(content(element), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = (node as Text).data.indexOf(text);
    if (at >= 0) return [node as Text, edge === 'start' ? at : at + text.length];
  }
  throw new Error(`There is no ${text}.`);
}

/** What is on the clipboard after the reader selects from one text to another and copies. */
function copy(element: AiMarkdown, from: string, to: string): Copied {
  getSelection()!.setBaseAndExtent(...placeOf(element, from, 'start'), ...placeOf(element, to, 'end'));
  const clipboardData = new DataTransfer();
  const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, composed: true, cancelable: true });
  content(element).dispatchEvent(event);
  return {
    text: clipboardData.getData('text/plain'),
    rich: clipboardData.getData('text/html'),
    native: !event.defaultPrevented,
  };
}

const LIST = '1. one\n2. two\n   - inner\n   - more\n3. three\n4. four';
const TASKS = '- [ ] outer\n  - [x] inner\n- [ ] next';
const TABLE = '| Name | Count |\n|---|--:|\n| a | 1 |\n| b | 2 |\n| c | 3 |';

const SELECTED: [title: string, value: string, from: string, to: string, copied: string][] = [
  [
    'across blocks',
    '# Title\n\nSome **bold** text.\n\n- item',
    'Title',
    'item',
    '# Title\n\nSome **bold** text.\n\n- item',
  ],
  ['part of marked words', 'Some **bold words** here.', 'words', 'here', '**words** here'],
  ['marked words with the space beside', 'Some **bold words** here.', 'Some', 'bold ', 'Some **bold**'],
  ['items of a list, under their numbers', LIST, 'two', 'three', '2. two\n   - inner\n   - more\n3. three'],
  ['from an inner list to the outer one', LIST, 'more', 'four', '2. - more\n3. three\n4. four'],
  ['tasks with their boxes', '- [x] one\n- [ ] two\n- three', 'one', 'two', '- [x] one\n- [ ] two'],
  ['tasks that are apart', '- [x] one\n\n- [ ] two', 'one', 'two', '- [x] one\n\n- [ ] two'],
  ['tasks of an inner list', TASKS, 'inner', 'next', '- - [x] inner\n- [ ] next'],
  ['a task with those in it', TASKS, 'outer', 'next', '- [ ] outer\n  - [x] inner\n- [ ] next'],
  ['from the middle of a task', '- [x] one two\n- three', 'two', 'three', '- [x] two\n- three'],
  ['from behind a task to one', '- one\n- [x] two', 'one', 'two', '- one\n- [x] two'],
  ['part of one task', '- [x] one two', 'two', 'two', 'two'],
  ['part of one item', LIST, 'hre', 'hre', 'hre'],
  ['rows of a table, under their head', TABLE, 'b', '3', '| Name | Count |\n| --- | --: |\n| b | 2 |\n| c | 3 |'],
  ['from the middle of a row', TABLE, '2', '3', '| Name | Count |\n| --- | --: |\n|  | 2 |\n| c | 3 |'],
  ['part of one cell', '| head |\n|---|\n| other words |', 'other', 'words', 'other words'],
  ['paragraphs of a quote', '> one\n>\n> two\n>\n> three', 'two', 'three', '> two\n>\n> three'],
  ['from a text into code', 'Text\n\n```js\nlet a;\nlet b;\n```', 'Text', 'let a;', 'Text\n\n```js\nlet a;\n```'],
  ['a note', 'A[^1] and B[^2].\n\n[^1]: One.\n[^2]: Two.', 'One', 'Two.', '[^1]: One.\n\n[^2]: Two.'],
  ['with a reference', 'A claim[^1] here.\n\n[^1]: One.', 'claim', 'here', 'claim[^1] here'],
  ['a link that is asked about', 'See [there](https://b.test/) now', 'See', 'now', 'See [there](https://b.test/) now'],
];

describe('a selection', () => {
  afterEach(() => getSelection()!.removeAllRanges());

  for (const [title, value, from, to, copied] of SELECTED) {
    it(`is copied as markdown: ${title}`, async () => {
      const element = await create(value);
      const { text, native } = copy(element, from, to);
      expect(native).to.equal(false);
      expect(text).to.equal(copied);
    });
  }

  const told = Selection.prototype.getComposedRanges;
  const OTHERS: [title: string, method: unknown][] = [
    [
      'takes the trees themselves',
      function (this: Selection, ...roots: unknown[]): StaticRange[] {
        if (roots.some((root) => !(root instanceof ShadowRoot))) throw new TypeError('No ShadowRoot.');
        return told.call(this, { shadowRoots: roots as ShadowRoot[] });
      },
    ],
    ['has the tree tell', undefined],
  ];
  for (const [title, method] of OTHERS) {
    it(`is copied as markdown in a browser that ${title}`, async () => {
      const element = await create('Some **bold** text');
      Object.assign(Selection.prototype, { getComposedRanges: method });
      if (method === undefined) Reflect.deleteProperty(Selection.prototype, 'getComposedRanges');
      try {
        expect(copy(element, 'Some', 'text').text).to.equal('Some **bold** text');
      } finally {
        Object.assign(Selection.prototype, { getComposedRanges: told });
      }
    });
  }

  it('in code is copied as it is, by the browser', async () => {
    const element = await create(`\`\`\`js\nlet a; // *x*\n${'more();\n'.repeat(100)}last();\n\`\`\``);
    expect(copy(element, 'let a', 'last()').native).to.equal(true);
    expect(getSelection()!.toString()).to.equal(`let a; // *x*\n${'more();\n'.repeat(100)}last()`);
  });

  it('has its formulas as they were written, and as formulas, each once', async () => {
    const element = await create('So $\\frac{a}{b}$ is\n\n$$\nx^2\n$$\n\nhere.');
    await waitUntil(() => !content(element).querySelector('.construct:not([data-state])'), 'all is drawn');
    const { text, rich } = copy(element, 'So', 'here');
    expect(text).to.equal('So $\\frac{a}{b}$ is\n\n$$\nx^2\n$$\n\nhere');
    expect(rich).to.include('<mfrac>').and.not.include('annotation');
  });

  it('that begins and ends in formulas has all of them', async () => {
    const element = await create('So $\\frac{aa}{bb}$ and $cc+zz$.');
    await waitUntil(() => !content(element).querySelector('.construct:not([data-state])'), 'all is drawn');
    const [first, last] = content(element).querySelectorAll('math mi');
    expect(first).not.to.equal(last);
    const { text } = copy(element, 'b', 'z');
    expect(text).to.equal('$\\frac{aa}{bb}$ and $cc+zz$');
  });

  it('in an answer that is being written has what is seen, and no caret', async () => {
    const element = await create('');
    element.write('# Title\n\nSome **bold te');
    element.flush();
    expect(copy(element, 'Title', 'bold te').text).to.equal('# Title\n\nSome **bold te**');
  });

  it('is rich text without our buttons, boxes and names', async () => {
    const element = await create(
      'See [there](https://b.test/) and ![A chart](https://c.test/x.png).\n\n> [!NOTE]\n> Said.\n\n```js\nlet a;\n```\n\n| a |\n|---|\n| 1 |\n\nEnd.',
    );
    const { rich } = copy(element, 'See', 'End');
    expect(rich).to.include('<a href="https://b.test/">there</a>');
    expect(rich).to.include('<a href="https://c.test/x.png">A chart</a>');
    expect(rich).to.include('<strong>Note</strong>');
    expect(rich).to.include('<pre dir="ltr"><code class="language-js">let a;');
    expect(rich).not.to.match(/<(?:button|div|iframe)|data-|aria-|tabindex|part=/);
  });
});
