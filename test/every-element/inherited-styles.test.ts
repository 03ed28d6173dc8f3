import { expect, fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { AiEventEvent } from '../../src/index.js';
import { until } from '../support/until.mjs';

const MARKDOWN = 'One\ntwo `three`.\n\n- a\n- b\n\n```js\nlet a = 1;\n```\n\n| a |\n|---|\n| 1 |';
const MESSAGES = [
  { id: 'q', role: 'user', parts: [{ type: 'text', text: 'Question' }] },
  { id: 'a', role: 'assistant', parts: [{ type: 'text', text: MARKDOWN }] },
];

const ELEMENTS: Record<string, object> = {
  'ai-markdown': { value: MARKDOWN },
  'ai-stream-chat': { messages: MESSAGES },
  'ai-artifact-panel': { open: true },
  'ai-image': { alt: 'A picture' },
  'ai-stream-inspector': {},
};

/** Where each has what a reader may want to copy. */
const TEXTS: Record<string, string> = {
  'ai-markdown': 'p',
  'ai-stream-chat': '.plain, article p',
  'ai-artifact-panel': '[part~="content"]',
  'ai-stream-inspector': '[part~="rows"]',
};

async function boxes(tag: string, style: string): Promise<number[]> {
  const place = await fixture<HTMLElement>(html`<div style="inline-size: 30rem; ${style}"></div>`);
  const element = document.createElement(tag) as LitElement;
  place.append(Object.assign(element, ELEMENTS[tag]));
  await element.updateComplete;
  const all = [element, ...element.shadowRoot!.querySelectorAll<HTMLElement>('*:not(style, script, svg *)')];
  return all.flatMap((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height].map(Math.round));
}

describe('what a place hands down', () => {
  for (const tag of Object.keys(ELEMENTS)) {
    for (const style of ['white-space: pre-wrap', 'white-space: nowrap', 'text-indent: 3em']) {
      it(`leaves <${tag}> as it is: ${style}`, async () => {
        expect(await boxes(tag, style)).to.deep.equal(await boxes(tag, ''));
      });
    }
  }

  for (const tag of Object.keys(ELEMENTS))
    it(`is a size of text that <${tag}> can be read in, also where the page has made a rem small`, async () => {
      document.documentElement.style.fontSize = '62.5%';
      try {
        const place = await fixture<HTMLElement>(html`<div style="font-size: 16px"></div>`);
        const element = document.createElement(tag) as LitElement;
        place.append(Object.assign(element, ELEMENTS[tag]));
        await element.updateComplete;
        expect(parseFloat(getComputedStyle(element).fontSize)).to.be.within(13, 16);
      } finally {
        document.documentElement.style.fontSize = '';
      }
    });

  for (const [tag, selector] of Object.entries(TEXTS))
    it(`leaves the text of <${tag}> to be selected, where it is an app’s that lets nothing be`, async () => {
      const place = await fixture<HTMLElement>(html`<div class="app"></div>`);
      place.insertAdjacentHTML(
        'beforebegin',
        '<style>.app, .app * { user-select: none; -webkit-user-select: none }</style>',
      );
      const element = document.createElement(tag) as LitElement;
      place.append(Object.assign(element, ELEMENTS[tag]));
      await element.updateComplete;
      document.body.dispatchEvent(new AiEventEvent({ name: 'message', data: 'Hi', json: undefined, lastEventId: '' }));
      const text = await until(() => element.shadowRoot!.querySelector(selector));
      expect(getComputedStyle(text!).userSelect).to.equal('text');
    });

  it('changes no letter of code', async () => {
    const element = await fixture<LitElement>(html`<ai-markdown .value=${MARKDOWN}></ai-markdown>`);
    element.style.cssText = 'text-transform: uppercase; letter-spacing: 1em; word-spacing: 1em; hyphens: auto';
    for (const code of element.shadowRoot!.querySelectorAll('code')) {
      const { textTransform, letterSpacing, wordSpacing, hyphens } = getComputedStyle(code);
      expect([textTransform, letterSpacing, wordSpacing, hyphens]).to.deep.equal(['none', 'normal', '0px', 'manual']);
    }
    expect(getComputedStyle(element.shadowRoot!.querySelector('p')!).textTransform).to.equal('uppercase');
  });
});
