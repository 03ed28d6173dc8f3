import { aTimeout, expect, nextFrame, waitUntil } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import '../../src/define/ai-stream-chat.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import { RED_PIXEL } from '../image/pictures.js';

const WIDE = `| ${'column | '.repeat(60)}\n|${'---|'.repeat(60)}\n| ${'words | '.repeat(60)}\n`;
const TEXT = `# One\n\n<details><summary>more</summary>\n\nof it\n\n</details>\n\n![A fox](${RED_PIXEL})\n\n\`\`\`js\nlet a = 'b';\n\`\`\`\n\n${WIDE}`;

function painted(): number {
  return [...CSS.highlights].reduce((count, [, highlight]) => count + highlight.size, 0);
}

async function inPage(value: string): Promise<[AiMarkdown, Element]> {
  const element = document.createElement('ai-markdown');
  document.body.append(element);
  element.value = value;
  await element.updateComplete;
  return [element, element.shadowRoot!.querySelector('.markdown')!];
}

/** As a framework does that keeps what it does not show: out of the page for longer than a move. */
async function awayFor(element: Element): Promise<void> {
  element.remove();
  await aTimeout(50);
  document.body.append(element);
  await nextFrame();
}

describe('an answer that is out of the page for a while', () => {
  afterEach(() => document.body.replaceChildren());

  it('comes back as it was: the same nodes, an open `<details>`, a picture that the reader has asked for', async () => {
    const [element, content] = await inPage(TEXT);
    content.querySelector('details')!.open = true;
    content.querySelector<HTMLElement>('.image-ask')!.click();
    const nodes = [...content.querySelectorAll('*')];
    await awayFor(element);
    expect([...content.querySelectorAll('*')]).to.deep.equal(nodes);
    expect(content.querySelector('details')!.open).to.equal(true);
    expect(content.querySelector('img')?.src).to.equal(RED_PIXEL);
    element.value = `${TEXT}\n\nand more`;
    await element.updateComplete;
    expect(content.lastElementChild!.textContent).to.equal('and more');
  });

  it('is watched by nothing while it is away, and as before when it is back', async () => {
    const [element, content] = await inPage(TEXT);
    const wide = content.querySelector<HTMLElement>('.table-scroll')!;
    await waitUntil(() => painted() > 0 && wide.tabIndex === 0);
    element.remove();
    // At once: a page that is hidden has no frame in which a browser would tell.
    await Promise.resolve();
    expect(painted()).to.equal(0);
    wide.removeAttribute('tabindex');
    document.body.append(element);
    await waitUntil(() => painted() > 0 && wide.tabIndex === 0);
  });

  it('gets no colours while it is away, where their language comes only then', async () => {
    for (const language of ['rust', 'go', 'ruby', 'php', 'swift', 'kotlin', 'lua', 'perl']) {
      const [element] = await inPage(`\`\`\`${language}\nreturn 1 + "a"\n\`\`\``);
      await nextFrame();
      await new Promise((resolve) => requestIdleCallback(resolve));
      element.remove();
    }
    await aTimeout(500);
    expect(painted()).to.equal(0);
  });

  it('is drawn anew where it was still being written, or a plugin draws in it', async () => {
    let drawn = 0;
    const [element, content] = await inPage('');
    element.write('some **wor');
    element.flush();
    element.remove();
    await Promise.resolve();
    element.write('d');
    await aTimeout(100);
    expect(content.textContent!.trim(), 'while it is away').to.equal('some wor');
    document.body.append(element);
    await element.updateComplete;
    element.write('s**');
    element.end();
    expect(content.textContent!.trim()).to.equal('some words');
    const render = (): string => `${(drawn += 1)}`;
    element.plugins = [{ name: 'mark', spans: [{ open: '==', close: '==' }], render }];
    element.value = '==a==';
    await waitUntil(() => content.textContent!.trim() === '1');
    await awayFor(element);
    await waitUntil(() => content.textContent!.trim() === '2');
  });

  it('so does an answer of a chat', async () => {
    const chat = document.createElement('ai-stream-chat');
    chat.messages = [{ id: 'a', role: 'assistant', parts: [{ type: 'text', text: TEXT, state: 'done' }] }];
    document.body.append(chat);
    await waitUntil(() => chat.shadowRoot!.querySelector('details'));
    await chat.updateComplete;
    const text = chat.shadowRoot!.querySelector('[part~=text]')!;
    text.querySelector('details')!.open = true;
    const nodes = [...text.querySelectorAll('*')];
    await waitUntil(() => painted() > 0);
    chat.remove();
    await waitUntil(() => painted() === 0);
    document.body.append(chat);
    await waitUntil(() => painted() > 0);
    await chat.updateComplete;
    expect([...text.querySelectorAll('*')]).to.deep.equal(nodes);
    expect(text.querySelector('details')!.open).to.equal(true);
  });

  for (const [how, leave] of [
    ['moved', (element: Element) => document.body.append(element)],
    ['away for a while', awayFor],
  ] as const)
    it(`has no dialog any more that stood in it when it was ${how}: it would be beside the page, not over it`, async () => {
      const [element, content] = await inPage('[a](https://far.example)');
      element.linkHosts = 'near.example';
      await element.updateComplete;
      const link = content.querySelector('a')!;
      link.click();
      expect(element.shadowRoot!.querySelector('dialog')!.matches(':modal')).to.equal(true);
      await leave(element);
      await waitUntil(() => !element.shadowRoot!.querySelector('dialog'));
      link.click();
      expect(element.shadowRoot!.querySelector('dialog')!.matches(':modal')).to.equal(true);
    });
});
