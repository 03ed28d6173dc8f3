import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import { COLOURS } from '../../src/code/code-colours.js';

/** WCAG 2's relative luminance of a computed colour. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => Number(part) / 255);
  const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

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
