import { expect } from '@open-wc/testing';

describe('a second copy of the library', () => {
  it('does nothing in idle time: the elements are another’s', async () => {
    let asked = 0;
    globalThis.requestIdleCallback = () => (asked += 1);
    for (const name of ['ai-markdown', 'ai-stream-chat']) customElements.define(name, class extends HTMLElement {});
    await import('../../src/define/ai-markdown.js');
    await import('../../src/define/ai-stream-chat.js');
    expect(asked).to.equal(0);
  });
});
