import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import { math } from '../../src/plugins/math.js';

async function streaming(text: string): Promise<{ element: AiMarkdown; content: HTMLElement }> {
  const element = await fixture<AiMarkdown>(html`<ai-markdown></ai-markdown>`);
  element.write(text);
  element.flush();
  await element.updateComplete;
  return { element, content: element.shadowRoot!.querySelector('.markdown')! };
}

const CARET = '"" / ""';

/** What has the caret behind it: by its text, or its name where it has none. */
function carets(content: HTMLElement): string[] {
  return [...content.querySelectorAll('*')]
    .filter((each) => getComputedStyle(each, '::after').content === CARET)
    .map((each) => `${each.localName}: ${each.textContent!.trim()}`);
}

const PLACES: [text: string, caret: string[]][] = [
  ['One.\n\nTwo words', ['p: Two words']],
  ['One.\n\n## A title th', ['h2: A title th']],
  ['- one\n- two words', ['li: two words']],
  ['- one\n  - inner words', ['li: inner words']],
  ['- one\n\n- two\n\n  of two', ['p: of two']],
  ['1. one\n   > quoted te', ['p: quoted te']],
  ['> one\n>\n> - two', ['li: two']],
  ['```js\nlet a;\nlet b', ['code: let a;\nlet b']],
  [`\`\`\`js\n${'line\n'.repeat(45)}pa`, [`span: ${'line\n'.repeat(5)}pa`]],
  ['| a | b |\n|---|---|\n| 1 | 2 |\n| 3', ['td: 2']],
  ['| a | b |\n|---|---|\n| 1 |\n| 3', ['td: 1']],
  ['A[^1].\n\n[^1]: N.\n\nAnd mo', ['p: And mo']],
  ['<details open><summary>S</summary>\n\nIn te', ['p: In te']],
  ['# One\n\n---\n', []],
  ['<div>te', ['div: te']],
  ['<div>\n\nOne.\n\n<div>two <b>wo', ['div: two wo']],
  ['<div>one <p>two</p> th', ['div: one two th']],
  ['<blockquote>te', ['blockquote: te']],
  ['<dl><dt>one<dd>tw', ['dd: tw']],
  ['<dl><dt>one</dt><dd>two</dd><dt>th', ['dt: th']],
  ['<table><tr><td>1</td><td>tw', ['td: tw']],
  ['<table><thead><tr><th>1</th><th>tw', ['th: tw']],
  ['<details open><summary>S', ['summary: S']],
  ['<ul><li>one</li><li>tw', ['li: tw']],
  ['<pre>te', ['pre: te']],
  ['> <div>te', ['div: te']],
  ['> One.\n>\n> ---\n', []],
];

describe('the caret of a text that is being written', () => {
  for (const [text, place] of PLACES) {
    it(`stands behind the last text: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      const { element, content } = await streaming(text);
      expect(carets(content)).to.deep.equal(place);
      element.end();
      await element.updateComplete;
      expect(carets(content)).to.deep.equal([]);
    });
  }

  it('stands behind the sign of a formula that is still being written', async () => {
    const element = await fixture<AiMarkdown>(html`<ai-markdown></ai-markdown>`);
    element.plugins = [math()];
    await element.updateComplete;
    element.write('One.\n\n$$\nx^2 + ');
    element.flush();
    await element.updateComplete;
    const content = element.shadowRoot!.querySelector<HTMLElement>('.markdown')!;
    expect(carets(content)).to.deep.equal(['div: ']);
    expect(content.querySelector('.pending')!.hasAttribute('data-caret')).to.equal(true);
  });

  it('leaves no room for itself when the text has ended while the element was out of the page', async () => {
    const { element, content } = await streaming('One wo');
    const { parentElement } = element;
    element.remove();
    await Promise.resolve();
    element.write('rd');
    element.end();
    parentElement!.append(element);
    await element.updateComplete;
    expect(content.textContent!.trim()).to.equal('One word');
    expect(carets(content)).to.deep.equal([]);
    expect(content.hasAttribute('data-streaming')).to.equal(false);
  });

  it('stays where it is while its block is drawn again: a browser would look for its styles each time', async () => {
    const { element, content } = await streaming('One *two* `three');
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((news) => records.push(...news));
    observer.observe(content, { attributes: true, childList: true, subtree: true });
    for (const text of ['` four', ' **five', '** and', ' [six](https://a.test/)', ' seven']) {
      element.write(text);
      element.flush();
    }
    records.push(...observer.takeRecords());
    observer.disconnect();
    expect(records.filter(({ type }) => type === 'childList')).to.not.have.length(0);
    expect(records.filter(({ attributeName }) => attributeName === 'data-caret')).to.have.length(0);
    expect(carets(content)).to.deep.equal(['p: One two three four five and six seven']);
  });

  it('is no text: neither read nor copied, and no node', async () => {
    const { content } = await streaming('One wo');
    expect(content.textContent!.trim()).to.equal('One wo');
    expect(content.querySelectorAll('*').length).to.equal(1);
  });

  it('makes no code higher than it is in the end', async () => {
    const { element, content } = await streaming('```js\nlet a;\n');
    const box = content.querySelector('pre')!;
    const { height } = box.getBoundingClientRect();
    expect(box.scrollHeight).to.equal(box.clientHeight);
    element.write('```\n');
    element.end();
    await element.updateComplete;
    expect(box.getBoundingClientRect().height).to.equal(height);
  });
});
