import { expect } from '@open-wc/testing';

describe('a second copy of the library', () => {
  it('says once that there is one, and does nothing in idle time: the elements are another’s', async () => {
    let asked = 0;
    globalThis.requestIdleCallback = () => (asked += 1);
    const { warn } = console;
    const told: string[] = [];
    console.warn = (text: string) => told.push(text);
    for (const name of ['ai-markdown', 'ai-stream-chat']) customElements.define(name, class extends HTMLElement {});
    await import('../../src/define/ai-markdown.js');
    await import('../../src/define/ai-stream-chat.js');
    console.warn = warn;
    expect(asked).to.equal(0);
    expect(told.length, 'warnings').to.equal(1);
    expect(told[0]).to.match(/loaded twice: <ai-markdown>/);
  });
});
