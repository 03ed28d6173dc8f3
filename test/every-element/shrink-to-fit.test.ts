import { expect, fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../src/index.js';

/** Boxes that are as wide as what is in them, up to the room there is. */
const BOXES: Record<string, string> = {
  'a row': 'display: flex',
  'a row that is centred': 'display: flex; justify-content: center; align-items: center',
  'a column that is centred': 'display: flex; flex-direction: column; align-items: center',
  'a grid that is centred': 'display: grid; place-items: center',
  'a corner of the window': 'position: fixed; inset: auto 0 0 auto',
  'a cell': 'display: table-cell',
  'a line of text': 'display: inline-block',
};

const ELEMENTS: Record<string, [width: number, given: object]> = {
  'ai-stream-chat': [700, {}],
  'ai-markdown': [200, { value: 'A sentence that takes more room than two hundred pixels' }],
  'ai-artifact-panel': [300, { open: true }],
  'ai-stream-inspector': [300, {}],
  'ai-image': [240, { src: 'data:image/gif;base64,R0lGODdhAQABAAAAACwAAAAAAQABAAACAkQBADs=', width: 240, height: 160 }],
};

async function sizeIn(style: string, tag: string, given: object): Promise<DOMRect> {
  const place = await fixture<HTMLElement>(html`<div style=${style}></div>`);
  const element = Object.assign(document.createElement(tag) as LitElement, given);
  place.append(element);
  await element.updateComplete;
  return element.getBoundingClientRect();
}

describe('the width', () => {
  for (const [tag, [width, given]] of Object.entries(ELEMENTS)) {
    for (const [title, style] of Object.entries(BOXES)) {
      it(`of <${tag}> in ${title} is one to read it at`, async () => {
        const size = await sizeIn(style, tag, given);
        expect(size.width).to.be.at.least(Math.min(width, innerWidth * 0.8));
        expect(size.width).to.be.at.most(innerWidth);
      });
    }
  }

  for (const [title, style] of Object.entries({ 'a row': 'display: flex', 'a narrow box': 'display: block' })) {
    it(`of what stands in ${title} is no more than there is`, async () => {
      for (const [tag, [, given]] of Object.entries(ELEMENTS)) {
        const { width } = await sizeIn(`${style}; width: 180px`, tag, given);
        expect(width, tag).to.be.at.most(180);
      }
    });
  }
});
