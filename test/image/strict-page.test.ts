import { expect } from '@open-wc/testing';
import type { AiImage } from '../../src/image/ai-image.js';
import { realPause } from './fake-clock.js';
import { pictureUrl, RED_PIXEL, signedUrl, until } from './pictures.js';
import type { StrictWindow } from './strict-page.js';

let frame: HTMLIFrameElement;

/** A page of this origin under the strictest policy that shows pictures, given as a header or in the document. */
async function strictPage(policy: 'header' | 'meta'): Promise<StrictWindow> {
  frame = document.createElement('iframe');
  frame.width = '600';
  frame.height = '500';
  frame.src = `/strict-pictures.html?policy=${policy}`;
  document.body.append(frame);
  const page = (): StrictWindow => frame.contentWindow as unknown as StrictWindow;
  await until(() => page()?.refused && page().customElements.get('ai-image'), 'the page');
  return page();
}

async function shown(page: StrictWindow, properties: Partial<AiImage>): Promise<AiImage> {
  const element = Object.assign(page.document.createElement('ai-image'), properties);
  page.document.body.append(element);
  await until(() => element.matches(':state(loaded)'), 'loaded');
  return element;
}

describe('<ai-image> under a strict policy and trusted types', () => {
  afterEach(() => frame.remove());

  for (const policy of ['header', 'meta'] as const) {
    it(`shows, enlarges, says what failed and ends, and nothing is reported (${policy})`, async () => {
      const page = await strictPage(policy);
      const element = await shown(page, { src: await pictureUrl({ size: '400x300' }), alt: 'A fox', width: 200 });
      await shown(page, { src: RED_PIXEL, alt: '', placeholder: RED_PIXEL, partialIndex: 0, progress: 0.5 });
      void element.enlarge();
      const dialog = (): Element | null | undefined =>
        element.shadowRoot!.querySelector('.box ~ div')?.shadowRoot?.querySelector('.picture');
      await until(dialog, 'the viewer');
      element.remove();
      const ended = await shown(page, { src: RED_PIXEL, alt: 'A fox', expiresAt: Date.now() + 300 });
      await until(() => ended.status === 'expired', 'the end');
      expect(page.refused).to.deep.equal([]);
    });
  }

  it('does not try to keep the bytes where the document says that it may not', async () => {
    const page = await strictPage('meta');
    const element = await shown(page, { src: await signedUrl(1000), alt: 'A fox' });
    await until(() => element.status === 'expired', 'the end');
    await element.copy();
    expect(page.refused).to.deep.equal([]);
  });

  it('learns from the first refusal where only the header says so', async () => {
    const page = await strictPage('header');
    for (let n = 0; n < 4; n += 1) {
      await shown(page, { src: await signedUrl(3000, { n }), alt: 'A fox' });
      await realPause(100);
    }
    expect(page.refused).to.have.length(1);
  });
});
