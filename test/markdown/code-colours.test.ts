import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import { MarkdownRenderer } from '../../src/markdown/markdown-renderer.js';

const CODE = '```js\n// says hello\nexport function greet(name) {\n  return `Hello ${name}, you are ${42}`;\n}\n```\n';

async function coloured(name: string, inside: Element): Promise<string[]> {
  const highlight = CSS.highlights.get(`ai-code-${name}`);
  const ranges = [...(highlight ?? [])].filter((range) => inside.contains(range.startContainer));
  return ranges.map((range) => {
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    return String(live);
  });
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let count = 0; count < 100 && !(await done()); count += 1)
    await new Promise((resolve) => setTimeout(resolve, 30));
}

/** How long it took from one call to the next at most. */
function watchTime() {
  let last = performance.now();
  let most = 0;
  const registerNew = (): void => {
    const now = performance.now();
    most = Math.max(most, now - last);
    last = now;
  };
  return { registerNew, longest: () => most };
}

describe('the colours of code', () => {
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

  it('are painted over the text, without a node', async () => {
    renderer.set(CODE, false);
    const nodes = container.querySelectorAll('*').length;
    await until(async () => (await coloured('keyword', container)).length > 0);
    expect(await coloured('keyword', container)).to.include.members(['export', 'function', 'return']);
    expect(await coloured('comment', container)).to.deep.equal(['// says hello']);
    expect(await coloured('number', container)).to.deep.equal(['42']);
    expect(container.querySelectorAll('*').length).to.equal(nodes);
  });

  it('follow code that is being written', async () => {
    renderer.write('```js\nconst answer = 42;\n');
    renderer.flush();
    await until(async () => (await coloured('number', container)).length === 1);
    renderer.write('const last = 43;\n```\n');
    renderer.end();
    await until(async () => (await coloured('number', container)).length === 2);
    expect(await coloured('number', container)).to.have.members(['42', '43']);
  });

  it('come after the words, where these came in parts', async () => {
    renderer.set(CODE, false);
    await until(async () => (await coloured('number', container)).length === 1);
    renderer.set('', true);
    renderer.write('Some words\n\n');
    renderer.flush();
    renderer.write(CODE);
    renderer.end();
    const ended = performance.now();
    await until(async () => (await coloured('number', container)).length === 1);
    expect(performance.now() - ended).to.be.above(200);
  });

  it('wait for the end of a flood, and come then', async () => {
    const { registerNew, longest } = watchTime();
    renderer.write('```js\n');
    for (const end = performance.now() + 900; performance.now() < end;) {
      renderer.write('const answer = 42;\n'.repeat(45));
      renderer.flush();
      await new Promise((resolve) => setTimeout(resolve, 20));
      registerNew();
    }
    // Where the page itself stood still for so long, that was a pause.
    if (longest() < 100) expect(await coloured('number', container)).to.deep.equal([]);
    await until(async () => (await coloured('number', container)).length >= 40);
    expect((await coloured('number', container)).length).to.be.at.least(40);
  });

  it('go on with a comment over the edge of a piece', async () => {
    renderer.set(`\`\`\`js\nlet a;\n/*\n${'word\n'.repeat(60)}*/\nlet b;\n\`\`\`\n`, false);
    container.style.lineHeight = '4px';
    await until(async () => (await coloured('comment', container)).length === 2);
    expect((await coloured('comment', container)).join('').match(/word/g)).to.have.length(60);
    expect(await coloured('keyword', container)).to.have.members(['let', 'let']);
  });

  it('are only where the reader may see them', async () => {
    renderer.set(`\`\`\`js\n${'const answer = 42;\n'.repeat(1000)}`, false);
    await until(async () => (await coloured('number', container)).length >= 40);
    const pieces = [...container.querySelectorAll('.lines')];
    expect(pieces.length).to.equal(24);
    expect(await coloured('number', pieces.at(-1)!)).to.deep.equal([]);
    pieces.at(-1)!.scrollIntoView();
    await until(async () => (await coloured('number', pieces.at(-1)!)).length === 40);
    expect(await coloured('number', pieces.at(-1)!)).to.have.length(40);
    await until(async () => (await coloured('number', pieces[5]!)).length === 0);
    expect(await coloured('number', pieces[5]!)).to.deep.equal([]);
    scrollTo(0, 0);
  });

  for (const [what, change] of [
    ['put a translation in the place of', (code: Element) => (code.innerHTML = '<font><font>x</font></font>')],
    ['taken away', (code: Element) => code.remove()],
  ] as const)
    it(`are those of the other code where the page has ${what} some`, async () => {
      renderer.write('```js\nlet a = 1;\n```\n\n```js\nlet b = 2;\n');
      renderer.flush();
      change(container.querySelector('code')!);
      renderer.write('let c = 3;\n```\n');
      renderer.end();
      await until(async () => (await coloured('number', container)).length === 2);
      expect(await coloured('number', container)).to.have.members(['2', '3']);
    });

  it('leave nothing behind', async () => {
    renderer.set(CODE, false);
    await until(async () => (await coloured('keyword', container)).length > 0);
    renderer.destroy();
    expect(await coloured('keyword', container)).to.deep.equal([]);
  });
});

describe('the colours of lines in a box of their own', () => {
  const name = '::highlight(ai-code-number)';
  const colourOf = (element: Element, pseudo?: string): string => getComputedStyle(element, pseudo).color;

  async function colouredBox(style = ''): Promise<Element> {
    const element = await fixture<AiMarkdown>(html`<ai-markdown></ai-markdown>`);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    element.shadowRoot!.adoptedStyleSheets.push(sheet);
    element.value = `\`\`\`js\n${'const a = 1;\n'.repeat(60)}\`\`\``;
    await element.updateComplete;
    const box = element.shadowRoot!.querySelector('.lines')!;
    box.scrollIntoView();
    await until(async () => (await coloured('number', box)).length > 0);
    expect(await coloured('number', box)).to.have.length(20);
    return box;
  }

  it('are those of the lines before them', async () => {
    const box = await colouredBox();
    expect(colourOf(box, name)).to.equal(colourOf(box.parentElement!, name));
    expect(colourOf(box, name)).not.to.equal(colourOf(box));
  });

  it('and so they are where they are not handed down', async () => {
    const box = await colouredBox('.lines::highlight(ai-code-keyword) { color: black }');
    const root = box.getRootNode() as ShadowRoot;
    const told = root.adoptedStyleSheets.at(-1)!.cssRules[0]!.cssText;
    expect(told).to.contain('code > .lines::highlight(ai-code-keyword)');
    expect(colourOf(box, '::highlight(ai-code-keyword)')).to.equal(
      colourOf(box.parentElement!, '::highlight(ai-code-keyword)'),
    );
  });
});
