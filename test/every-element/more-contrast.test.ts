import { expect, fixture, html } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import type { LitElement } from 'lit';
import '../../src/index.js';
import type { AiStreamChat, Message } from '../../src/index.js';
import { contrast } from '../support/contrast.js';
import { Picture } from '../support/picture.js';

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

/** Where the input of a tool's call stands that waits for the reader's word. */
async function inputOf(input: object, scheme: string): Promise<Element> {
  const call = { type: 'tool-look', toolCallId: 'c', state: 'approval-requested', input, approval: { id: 'a' } };
  const messages = [{ id: 'm', role: 'assistant', parts: [call] }] as unknown as Message[];
  const place = await fixture<HTMLElement>(html`<div style="color-scheme: ${scheme}"></div>`);
  place.style.setProperty('--ai-chat-height', '36rem');
  const chat = Object.assign(document.createElement('ai-stream-chat') as AiStreamChat, { messages });
  place.append(chat);
  await chat.updateComplete;
  return chat.shadowRoot!.querySelector('.value')!;
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

  for (const scheme of ['light', 'dark']) {
    it(`what a tool is asked with has no stripe at its end, ${scheme}`, async () => {
      const value = await inputOf({ lines: 2 }, scheme);
      const picture = await Picture.of(value, `tool-input-${scheme}`);
      const { right, bottom } = value.getBoundingClientRect();
      // Beside the words, and off the round corners.
      expect(picture.coloursIn(new DOMRect(right - 40, bottom - 24, 20, 24)).length).to.equal(1);
    });

    it(`and is read on the shade that tells that there is more, ${scheme}`, async () => {
      const value = await inputOf({ lines: Array.from({ length: 60 }, () => 'MMMM') }, scheme);
      const picture = await Picture.of(value, `long-tool-input-${scheme}`);
      const { right, bottom } = value.getBoundingClientRect();
      const [deepest] = picture.coloursIn(new DOMRect(right - 40, bottom - 2, 20, 1));
      expect(contrast(getComputedStyle(value).color, `rgb(${deepest![0].join(', ')})`)).to.be.at.least(AAA);
    });
  }

  it('but a page’s own colours stay', async () => {
    const element = await fixture<LitElement>(
      html`<ai-markdown style="--ai-border: rgb(1, 2, 3); --ai-text-muted: rgb(4, 5, 6)"></ai-markdown>`,
    );
    expect(colourOf(element, '--_edge')).to.equal('rgb(1, 2, 3)');
    expect(colourOf(element, '--_text-muted')).to.equal('rgb(4, 5, 6)');
  });
});
