import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { LitElement } from 'lit';
import { AiEventEvent, type AiArtifactPanel, type AiImage, type AiStreamChat } from '../../src/index.js';
import { until } from '../support/until.mjs';

const LINES = Array.from({ length: 80 }, (_, index) => `Line ${index}`);

/** Heights that a page gives, as for the screen. */
const HEIGHTS: Record<string, [place: string, element: string]> = {
  'a height': ['', 'height: 18rem'],
  'a greatest height': ['', 'max-height: 18rem'],
  'what a column has left': ['display: flex; flex-direction: column; height: 18rem', 'flex: 1 1 0; min-height: 0'],
};

const ELEMENTS: Record<string, (element: LitElement) => void> = {
  'ai-stream-chat': (element) => {
    const parts = [{ type: 'text' as const, text: LINES.join('\n\n') }];
    (element as AiStreamChat).messages = [{ id: 'a', role: 'assistant', parts }];
  },
  'ai-artifact-panel': (element) => {
    const panel = element as AiArtifactPanel;
    panel.apply({ type: 'artifact-start', id: 'a', kind: 'text' });
    panel.apply({ type: 'artifact-delta', id: 'a', delta: LINES.join('\n') });
    panel.apply({ type: 'artifact-end', id: 'a' });
    panel.show('a');
  },
  'ai-stream-inspector': () => {
    for (const data of LINES)
      document.body.dispatchEvent(new AiEventEvent({ name: 'message', data, json: undefined, lastEventId: '' }));
  },
};

/** Where the last of what stands in an element ends. */
function endOf(element: LitElement): number {
  const all = [...element.shadowRoot!.querySelectorAll('article p, .chunk, [part~="row"]')];
  return Math.max(...all.map((one) => one.getBoundingClientRect().bottom));
}

describe('a picture that failed', () => {
  afterEach(() => emulateMedia({ media: 'screen' }));

  it('says so on paper, and not that it can be tried again', async () => {
    const image = await fixture<AiImage>(html`<ai-image src="/nothing.png" alt="A chart" loading="eager"></ai-image>`);
    await until(() => image.shadowRoot!.querySelector('.retry') !== null);
    const retry = image.shadowRoot!.querySelector('.retry')!;
    expect(retry.checkVisibility()).to.equal(true);
    await emulateMedia({ media: 'print' });
    expect(retry.checkVisibility()).to.equal(false);
    expect(image.shadowRoot!.querySelector('.fallback')!.checkVisibility()).to.equal(true);
  });
});

describe('a picture that waits to be asked for', () => {
  afterEach(() => emulateMedia({ media: 'screen' }));

  it('is its description on paper, which nobody can press', async () => {
    const markdown = await fixture<LitElement>(
      html`<ai-markdown value="![A chart](https://a.test/x.png) ![A fox](data:image/png;base64,AAAA)"></ai-markdown>`,
    );
    await markdown.updateComplete;
    const asks = [...markdown.shadowRoot!.querySelectorAll<HTMLElement>('.image-ask')];
    const seen = () => asks.map(({ innerText }) => innerText.split(/\n+/));
    expect(seen()).to.deep.equal([
      ['A chart', 'Load image from a.test'],
      ['A fox', 'Show image'],
    ]);
    await emulateMedia({ media: 'print' });
    expect(seen()).to.deep.equal([['A chart'], ['A fox']]);
  });
});

describe('what has a height for the screen', () => {
  afterEach(() => emulateMedia({ media: 'screen' }));

  for (const [title, [place, style]] of Object.entries(HEIGHTS))
    for (const [tag, fill] of Object.entries(ELEMENTS))
      it(`is on paper as high as all that stands in it: <${tag}>, ${title}`, async () => {
        const box = await fixture<HTMLElement>(html`<div style=${place}></div>`);
        const element = document.createElement(tag) as LitElement;
        element.style.cssText = style;
        box.append(element);
        await element.updateComplete;
        fill(element);
        await until(() => element.shadowRoot!.textContent!.includes('Line 79'));
        await emulateMedia({ media: 'print' });
        const { top, bottom } = element.getBoundingClientRect();
        expect(endOf(element) - top).to.be.greaterThan(800);
        expect(endOf(element)).to.be.at.most(bottom + 1);
      });
});
