import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import { COLOURS } from '../../src/code/code-colours.js';
import { contrast } from '../support/contrast.js';

describe('the colours of code can be read', () => {
  for (const scheme of ['light', 'dark']) {
    for (const colour of COLOURS) {
      it(`${colour}, ${scheme}`, async () => {
        const element = await fixture<AiMarkdown>(html`<ai-markdown style="color-scheme: ${scheme}"></ai-markdown>`);
        element.value = '```js\nlet a;\n```';
        await element.updateComplete;
        const block = element.shadowRoot!.querySelector('.code-block')!;
        const code = block.querySelector('code')!;
        const shown = getComputedStyle(code, `::highlight(ai-code-${colour})`).color;
        expect(shown).not.to.equal(getComputedStyle(code).color);
        expect(contrast(shown, getComputedStyle(block).backgroundColor)).to.be.at.least(4.5);
      });
    }
  }
});
