import { expect } from '@open-wc/testing';
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

  it('follow code that is being written, over the edges of its pieces', async () => {
    const long = `\`\`\`js\n${'const answer = 42;\n'.repeat(500)}`;
    renderer.write(long);
    renderer.flush();
    await until(async () => (await coloured('number', container)).length === 500);
    renderer.write('const last = 43;\n```\n');
    renderer.end();
    await until(async () => (await coloured('number', container)).length === 501);
    const numbers = await coloured('number', container);
    expect(numbers.length).to.equal(501);
    expect(new Set(numbers)).to.deep.equal(new Set(['42', '43']));
  });

  it('leave nothing behind', async () => {
    renderer.set(CODE, false);
    await until(async () => (await coloured('keyword', container)).length > 0);
    renderer.destroy();
    expect(await coloured('keyword', container)).to.deep.equal([]);
  });
});
