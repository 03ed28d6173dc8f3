import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import type { LitElement } from 'lit';
import type { Message } from '../../src/message.js';
import '../../src/index.js';

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const CALL = { type: 'tool-f', input: {}, toolCallId: 'c' };
const ARTIFACT = { id: 'x', kind: 'code', title: 'It', status: 'complete' };
const MESSAGES = [
  { id: 'q', role: 'user', parts: [{ type: 'text', text: 'Question' }] },
  {
    id: 'a',
    role: 'assistant',
    parts: [
      { type: 'reasoning', text: 'So.', state: 'done' },
      { ...CALL, state: 'output-available', output: 1 },
      { type: 'text', text: '```js\nlet a\n```\n\n| a |\n|---|\n| 1 |\n' },
      { type: 'source-url', sourceId: 's', url: `${location.origin}/one`, title: 'One' },
      { type: 'data-artifact', id: 'x', data: { ...ARTIFACT, content: 'a' } },
      { type: 'data-artifact', id: 'x', data: { ...ARTIFACT, content: 'b' } },
      { ...CALL, state: 'approval-requested', approval: { id: 'p' } },
    ],
  },
] as Message[];
const session = Object.assign(new EventTarget(), { messages: MESSAGES });

/** What is pressed, and no smaller than this, in pixels. */
const ELEMENTS: Record<string, [given: object, least: number]> = {
  'ai-stream-chat': [{ messages: MESSAGES }, 40],
  'ai-artifact-panel': [{ session, open: true }, 40],
  'ai-image': [{ src: PIXEL, alt: 'A', width: 300, height: 200, loading: 'eager' }, 44],
  'ai-stream-inspector': [{}, 30],
};

const PRESSED = 'button, summary, select, input:not([type="checkbox"], [type="file"]), li > a, label';
const WRITTEN_IN = 'select, textarea, input:not([type="checkbox"], [type="file"]), .cm-content';

async function shown(tag: string, given: object): Promise<ShadowRoot> {
  const place = await fixture<HTMLElement>(html`<div style="font-size: 14px; --ai-font-size: 14px"></div>`);
  const element = Object.assign(document.createElement(tag) as LitElement, given);
  place.append(element);
  await element.updateComplete;
  await aTimeout(100);
  return element.shadowRoot!;
}

const all = (root: ShadowRoot, selector: string) =>
  [...root.querySelectorAll<HTMLElement>(selector)].filter((each) => each.checkVisibility());

describe('on a screen that is touched', () => {
  before(() => executeServerCommand('touch-screen', { on: true }));
  after(() => executeServerCommand('touch-screen', { on: false }));

  for (const [tag, [given, least]] of Object.entries(ELEMENTS))
    it(`everything that is pressed in <${tag}> is as large as a finger needs`, async () => {
      const root = await shown(tag, given);
      const pressed = all(root, PRESSED);
      expect(pressed.length).to.be.at.least(2);
      for (const each of pressed) {
        const { height } = each.getBoundingClientRect();
        expect(height, `${each.localName} ${each.textContent!.trim()}`).to.be.at.least(least - 0.5);
      }
    });

  for (const [tag, [given]] of Object.entries(ELEMENTS))
    it(`no field of <${tag}> has text so small that a phone enlarges the page for it`, async () => {
      const root = await shown(tag, given);
      root.querySelector<HTMLElement>('[part=edit]')?.click();
      if (tag === 'ai-artifact-panel')
        await waitUntil(() => root.querySelector('.cm-content'), 'the editor', { timeout: 10_000 });
      for (const field of all(root, WRITTEN_IN))
        expect(parseFloat(getComputedStyle(field).fontSize), field.localName).to.be.at.least(16);
    });
});
