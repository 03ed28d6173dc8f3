import { expect, fixture, html } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import type { LitElement } from 'lit';
import '../../src/index.js';
import { contrast } from '../support/contrast.js';

const TAGS = ['ai-stream-chat', 'ai-artifact-panel', 'ai-image', 'ai-markdown', 'ai-stream-inspector'];
/** WCAG 2's AAA for words. */
const AAA = 7;

/** The colour that one of an element's own properties stands for. */
function colourOf(element: LitElement, property: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${property})`;
  element.shadowRoot!.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

describe('where the reader wants more contrast', () => {
  before(() => executeServerCommand('media-feature', { name: 'prefers-contrast', value: 'more' }));
  after(() => executeServerCommand('media-feature', { name: 'prefers-contrast', value: 'no-preference' }));

  for (const scheme of ['light', 'dark'])
    for (const tag of TAGS)
      it(`words and edges of <${tag}> have it, ${scheme}`, async () => {
        const place = await fixture<HTMLElement>(html`<div style="color-scheme: ${scheme}"></div>`);
        const element = document.createElement(tag) as LitElement;
        place.append(element);
        await element.updateComplete;
        for (const ground of ['--_surface', '--_surface-raised', '--_surface-sunken']) {
          const against = (property: string) => contrast(colourOf(element, property), colourOf(element, ground));
          for (const property of ['--_text', '--_text-muted', '--_border', '--_edge'])
            expect(against(property), `${property} on ${ground}`).to.be.at.least(AAA);
        }
      });

  it('but a page’s own colours stay', async () => {
    const element = await fixture<LitElement>(
      html`<ai-markdown style="--ai-border: rgb(1, 2, 3); --ai-text-muted: rgb(4, 5, 6)"></ai-markdown>`,
    );
    expect(colourOf(element, '--_edge')).to.equal('rgb(1, 2, 3)');
    expect(colourOf(element, '--_text-muted')).to.equal('rgb(4, 5, 6)');
  });
});
