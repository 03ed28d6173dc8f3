import { expect, fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../src/index.js';

const nothingOf = (names: string[], nothing: unknown) => Object.fromEntries(names.map((name) => [name, nothing]));

const MARKDOWN = '```js\nlet a\n```\n\n| a |\n|---|\n| 1 |\n\n![p](https://a.test/p.png)\n\nx[^1]\n\n[^1]: y';
const MESSAGES = [
  { id: 'q', role: 'user', parts: [{ type: 'text', text: 'Question' }] },
  { id: 'a', role: 'assistant', parts: [{ type: 'text', text: MARKDOWN }] },
];

const ELEMENTS: Record<string, [given: object, names: string[]]> = {
  'ai-markdown': [{ value: MARKDOWN }, ['copyCode', 'copied', 'wrapCode', 'code', 'table', 'loadImage', 'footnote']],
  'ai-stream-chat': [{ messages: MESSAGES }, ['send', 'thread', 'copy', 'placeholder', 'errors', 'markdown']],
  'ai-artifact-panel': [{ open: true }, ['empty', 'close', 'fullscreen', 'views']],
  'ai-image': [{ src: 'data:,x', alt: 'A' }, ['failed', 'enlarge', 'retry', 'loading']],
  'ai-stream-inspector': [{}, ['record', 'clear', 'empty', 'kinds']],
};

async function shown(tag: string, given: object): Promise<string> {
  const place = await fixture<HTMLElement>(html`<div></div>`);
  const element = Object.assign(document.createElement(tag) as LitElement, given);
  place.append(element);
  await element.updateComplete;
  const labels = [...element.shadowRoot!.querySelectorAll('[aria-label], [title], [placeholder]')];
  const named = labels.map((one) => ['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name)));
  return JSON.stringify([element.shadowRoot!.textContent!.replace(/\s+/g, ' '), named]);
}

describe('words of a host', () => {
  for (const [tag, [given, names]] of Object.entries(ELEMENTS)) {
    for (const nothing of [undefined, null]) {
      it(`that are ${nothing} are those of <${tag}> itself`, async () => {
        const strings = nothingOf(names, nothing);
        expect(await shown(tag, { ...given, strings })).to.equal(await shown(tag, given));
        expect(await shown(tag, { ...given, strings: nothing })).to.equal(await shown(tag, given));
      });
    }
  }

  it('may be a text where they could depend on something', async () => {
    const strings = { copyCode: 'Kopieren', code: 'Quelltext' };
    const text = await shown('ai-markdown', { value: MARKDOWN, strings });
    for (const word of Object.values(strings)) expect(text).to.include(word);
  });

  it('are taken by name in groups, too', async () => {
    const strings = { markdown: { copyCode: undefined, wrapCode: 'Umbrechen' }, send: 'Los' };
    const text = await shown('ai-stream-chat', { messages: MESSAGES, strings });
    for (const word of ['Umbrechen', 'Los', 'Copy code']) expect(text).to.include(word);
  });

  it('that fail are said in the element’s own, and the rest of the text is drawn', async () => {
    const fail = () => {
      throw new Error('no');
    };
    const failing = nothingOf(['copyCode', 'wrapCode', 'code', 'table', 'loadImage', 'footnote', 'backToText'], fail);
    expect(await shown('ai-markdown', { value: MARKDOWN, strings: failing })).to.equal(
      await shown('ai-markdown', { value: MARKDOWN }),
    );
    expect(await shown('ai-stream-chat', { messages: MESSAGES, strings: { markdown: failing } })).to.equal(
      await shown('ai-stream-chat', { messages: MESSAGES }),
    );
  });
});
