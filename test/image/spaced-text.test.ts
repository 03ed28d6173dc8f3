import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define/ai-image.js';
import type { AiImage } from '../../src/define/ai-image.js';

/** What WCAG 1.4.12 lets a reader set, in a box that was reserved for a picture. */
const SPACING =
  '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }';

describe('a picture that could not be loaded', () => {
  it('says so from the first word on, also where the reader spaces text', async () => {
    const image = await fixture<AiImage>(
      html`<ai-image src="/no-such.png" alt=${'A long description. '.repeat(5)} width="300" height="160"></ai-image>`,
    );
    const root = image.shadowRoot!;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SPACING);
    root.adoptedStyleSheets.push(sheet);
    await waitUntil(() => root.querySelector('.fallback button'), 'it is told');
    const box = root.querySelector<HTMLElement>('.fallback')!;
    const first = box.firstElementChild!.getBoundingClientRect();
    expect(first.top).to.be.at.least(box.getBoundingClientRect().top);
    box.scrollTop = box.scrollHeight;
    const last = root.querySelector('.fallback button')!.getBoundingClientRect();
    expect(last.bottom).to.be.at.most(box.getBoundingClientRect().bottom);
  });
});
