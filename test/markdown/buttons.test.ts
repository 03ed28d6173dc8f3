import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import { codeExtension } from '../../src/code/code-extension.js';

const FENCES = '```js\nlet a;\n```\n\n```\nplain\n```\n\n```what-is-this\nx\n```\n';
const WIDE = `| Name | ${'column | '.repeat(40)}\n|---${'|---'.repeat(40)}|\n| a | ${'with words | '.repeat(40)}\n`;

const all = (element: AiMarkdown, selector: string): HTMLElement[] => [
  ...element.shadowRoot!.querySelectorAll<HTMLElement>(selector),
];
const find = (element: AiMarkdown, selector: string): HTMLElement => all(element, selector)[0]!;

async function create(value: string): Promise<AiMarkdown> {
  const element = await fixture<AiMarkdown>(html`<ai-markdown></ai-markdown>`);
  element.value = value;
  await element.updateComplete;
  return element;
}

/** The clipboard of a page is the reader's own: here it is one that takes or refuses. */
async function withClipboard(writeText: (text: string) => Promise<void>, run: () => Promise<void>): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  const { execCommand } = document;
  document.execCommand = () => false;
  try {
    await run();
  } finally {
    document.execCommand = execCommand;
    if (own) Object.defineProperty(navigator, 'clipboard', own);
    else delete (navigator as { clipboard?: unknown }).clipboard;
  }
}

describe('the buttons of code', () => {
  it('are told apart by the language of their block, and so is the block', async () => {
    const element = await create(FENCES);
    const names = all(element, '[data-action=copy]').map(({ ariaLabel }) => ariaLabel);
    expect(names).to.deep.equal(['Copy code, js', 'Copy code', 'Copy code, what-is-this']);
    expect(all(element, 'pre').map(({ ariaLabel }) => ariaLabel)).to.deep.equal([
      'Code, js',
      'Code',
      'Code, what-is-this',
    ]);
    for (const button of all(element, '[data-action]')) expect(button.title).to.equal(button.ariaLabel);
  });

  it('have the reader’s own colours where those are forced, and show focus and press', async () => {
    await executeServerCommand('media-feature', { name: 'forced-colors', value: 'active' });
    try {
      const element = await create(`${FENCES}\n\n| a |\n|---|\n| 1 |`);
      const probe = document.createElement('i');
      probe.style.cssText = 'forced-color-adjust: none; color: ButtonText';
      element.after(probe);
      const { color } = getComputedStyle(probe);
      probe.remove();
      expect(getComputedStyle(find(element, '[data-action=copy]'), '::before').backgroundColor).to.equal(color);
      expect(getComputedStyle(find(element, '[data-action=copy-csv]'), '::before').color).to.equal(color);
      const wrap = find(element, '[data-action=wrap]');
      wrap.focus();
      await sendKeys({ press: 'Enter' });
      expect(wrap.ariaPressed).to.equal('true');
      expect(getComputedStyle(wrap).borderStyle, 'it is seen to be pressed').to.equal('solid');
      expect(getComputedStyle(wrap).outlineWidth, 'and to have the focus').to.equal('2px');
    } finally {
      await executeServerCommand('media-feature', { name: 'forced-colors', value: 'none' });
    }
  });

  it('are seen to be pressed by more than a shade of their ground', async () => {
    const element = await create(FENCES);
    const wrap = find(element, '[data-action=wrap]');
    const edge = (): string => getComputedStyle(wrap).boxShadow;
    expect(edge()).to.equal('none');
    wrap.click();
    expect(edge()).to.contain('inset');
  });

  it('have a ring that their block does not cut off', async () => {
    const element = await create(`${FENCES}\n\n| a |\n|---|\n| 1 |`);
    await sendKeys({ press: 'Tab' });
    for (const button of all(element, '[data-chrome] button')) {
      button.focus();
      const { outlineStyle, outlineOffset, outlineWidth } = getComputedStyle(button);
      expect(outlineStyle).to.equal('solid');
      expect(parseFloat(outlineOffset) + parseFloat(outlineWidth), button.title).to.equal(0);
    }
  });

  it('say politely that they have copied, and keep their name', async () => {
    const element = await create(FENCES);
    const button = find(element, '[data-action=copy]');
    let copied = '';
    await withClipboard(
      async (text) => void (copied = text),
      async () => {
        button.click();
        await waitUntil(() => find(element, '[role=status]')?.textContent === 'Copied', 'it is said');
      },
    );
    expect(copied).to.equal('let a;');
    expect(button.dataset['outcome']).to.equal('done');
    expect(button.ariaLabel).to.equal('Copy code, js');
    await waitUntil(() => find(element, '[role=status]').textContent === '', 'it is not said for ever', {
      timeout: 5000,
    });
    expect(button.dataset['outcome']).to.equal(undefined);
  });

  it('say that they could not copy', async () => {
    const element = await create(FENCES);
    const button = find(element, '[data-action=copy]');
    await withClipboard(
      () => Promise.reject(new Error('not allowed')),
      async () => {
        button.focus();
        button.click();
        await waitUntil(() => /could not be copied/.test(find(element, '[role=status]')?.textContent ?? ''));
      },
    );
    expect(button.dataset['outcome']).to.equal('refused');
    expect(element.shadowRoot!.activeElement).to.equal(button);
  });

  it('give a file its language’s ending', async () => {
    const element = await create('```Python\nprint(1)\n```');
    const { click } = HTMLAnchorElement.prototype;
    const saved: [name: string, address: string][] = [];
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push([this.download, this.href]);
    };
    find(element, '[data-action=download]').dispatchEvent(new MouseEvent('click', { bubbles: true }));
    HTMLAnchorElement.prototype.click = click;
    const [[name, address] = ['', '']] = saved;
    expect(name).to.equal('code.py');
    expect(await (await fetch(address)).text()).to.equal('print(1)');
  });

  for (const [language, ending] of [
    ['', 'txt'],
    ['TypeScript', 'ts'],
    ['tsx', 'tsx'],
    ['c++', 'cpp'],
    ['C#', 'cs'],
    ['plaintext', 'txt'],
    ['zig', 'zig'],
    ['constructor', 'txt'],
    ['../../x', 'txt'],
    ['{.python}', 'txt'],
  ] as const) {
    it(`and a file in ${JSON.stringify(language)} ends in .${ending}`, () => {
      expect(codeExtension(language)).to.equal(ending);
    });
  }
});

describe('code', () => {
  const LONG_LINE = `let a = '${'long '.repeat(200)}';`;
  const stops = (element: AiMarkdown) => all(element, 'pre[tabindex]').map((code) => code.textContent!.slice(0, 5));

  it('is a stop of the keyboard where it scrolls, and has its name anywhere', async () => {
    const element = await create(`\`\`\`js\nshort\n\`\`\`\n\n\`\`\`js\n${LONG_LINE}\n\`\`\`\n\n    indented\n`);
    await waitUntil(() => stops(element).length > 0, 'it is known to scroll');
    expect(stops(element)).to.deep.equal(['let a']);
    const blocks = all(element, 'pre');
    expect(blocks.map(({ role, ariaLabel }) => `${role} ${ariaLabel}`)).to.deep.equal([
      'group Code, js',
      'group Code, js',
      'group Code',
    ]);
    find(element, '.code-block:nth-of-type(2) [data-action=wrap]').click();
    await waitUntil(() => stops(element).length === 0, 'it is wrapped');
    expect(blocks[1]!.ariaLabel).to.equal('Code, js');
  });

  it('is one where its height is bounded', async () => {
    const element = await create('```\nshort\n```');
    element.style.setProperty('--ai-code-max-block-size', '6em');
    element.value = `\`\`\`\n${'line\n'.repeat(40)}\`\`\``;
    await waitUntil(() => stops(element).length === 1, 'it is known to scroll');
  });

  it('becomes one when it is complete, also in an item, and stays the same when more comes', async () => {
    const element = await create('');
    element.write(`- item\n\n  \`\`\`js\n  ${LONG_LINE}\n`);
    element.flush();
    const code = find(element, 'pre');
    element.write('  ```\n\n  And on.');
    element.flush();
    await waitUntil(() => find(element, 'pre').tabIndex === 0, 'it is known to scroll');
    find(element, 'pre').focus();
    element.write('\n\n- more\n\nText.');
    element.end();
    element.flush();
    expect(element.shadowRoot!.activeElement).to.equal(find(element, 'pre'));
    expect(find(element, 'pre')).to.equal(code);
    expect(code.tabIndex).to.equal(0);
  });
});

describe('a wide table in HTML', () => {
  it('is reached by keyboard and named while it scrolls, and stays a table', async () => {
    const row = (tag: string, text: string) => `<tr>${`<${tag}>${text}</${tag}>`.repeat(30)}</tr>`;
    const element = await create('');
    element.write(`<table><caption>Sales</caption>${row('th', 'a column')}\n`);
    element.flush();
    element.write(`${row('td', 'a-long-word')}</table>\n\n<table><tr><td>1</td></tr></table>\n`);
    element.end();
    const [wide, narrow] = all(element, 'table');
    await waitUntil(() => wide!.tabIndex === 0, 'it is known to scroll');
    expect(wide!.ariaLabel).to.match(/^Table: Sales, a column/);
    expect(wide!.role).to.equal(null);
    expect(narrow!.getAttributeNames()).to.deep.equal([]);
    element.style.inlineSize = '20000px';
    await waitUntil(() => wide!.tabIndex === -1, 'it fits');
    expect(wide!.getAttributeNames()).to.deep.equal([]);
  });
});

describe('a wide table', () => {
  it('is reached by keyboard and named while it scrolls, and no stop where it fits', async () => {
    const element = await create(`${WIDE}\nAnd\n\n| a |\n|---|\n| 1 |`);
    const [wide, narrow] = all(element, '.table-scroll');
    await waitUntil(() => wide!.tabIndex === 0, 'it is known to scroll');
    expect(wide!.role).to.equal('group');
    expect(wide!.ariaLabel).to.match(/^Table: Name, column, column/);
    expect(wide!.ariaLabel!.length).to.be.below(100);
    expect(narrow!.getAttributeNames()).to.deep.equal(['class']);
    element.style.inlineSize = '20000px';
    await waitUntil(() => wide!.tabIndex === -1, 'it fits');
    expect(wide!.getAttributeNames()).to.deep.equal(['class']);
  });

  it('keeps the focus that it has, also while rows are added', async () => {
    const element = await create('');
    element.write(`- a list\n\n  ${WIDE.replaceAll('\n', '\n  ')}`);
    element.flush();
    await waitUntil(() => find(element, '.table-scroll[tabindex]'), 'it is known to scroll');
    const box = find(element, '.table-scroll');
    box.focus();
    element.write('| b | c |\n  | d |\n\n  And on.\n\n- more\n');
    element.flush();
    element.end();
    expect(find(element, '.table-scroll')).to.equal(box);
    expect(element.shadowRoot!.activeElement).to.equal(box);
    element.style.inlineSize = '20000px';
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(element.shadowRoot!.activeElement).to.equal(box);
  });
});
