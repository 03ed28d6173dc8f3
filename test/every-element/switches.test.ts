import { expect, fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../src/index.js';

const SWITCHES: Record<string, Record<string, string>> = {
  'ai-stream-chat': {
    resumable: 'resumable',
    persist: 'persist',
    disabled: 'disabled',
    'artifact-markers': 'artifactMarkers',
  },
  'ai-markdown': { streaming: 'streaming', 'line-numbers': 'lineNumbers' },
  'ai-artifact-panel': { open: 'open' },
};

describe('a switch as an attribute', () => {
  for (const [tag, switches] of Object.entries(SWITCHES)) {
    for (const [attribute, property] of Object.entries(switches)) {
      it(`${attribute} of <${tag}> is off with “false”, as a server’s page and some frameworks have it`, async () => {
        const place = await fixture<HTMLElement>(html`<div></div>`);
        place.innerHTML = `<${tag} ${attribute}="false"></${tag}>`;
        const element = place.firstElementChild as LitElement & Record<string, unknown>;
        await element.updateComplete;
        expect([element[property], element.matches(`[${attribute}]`)]).to.deep.equal([false, false]);
        element.setAttribute(attribute, '');
        await element.updateComplete;
        expect([element[property], element.matches(`[${attribute}]`)]).to.deep.equal([true, true]);
        element.setAttribute(attribute, 'false');
        await element.updateComplete;
        expect([element[property], element.matches(`[${attribute}]`)]).to.deep.equal([false, false]);
        element.setAttribute(attribute, 'true');
        expect(element[property]).to.equal(true);
      });
    }
  }

  it('is no text that says so', async () => {
    const markdown = await fixture<LitElement>(html`<ai-markdown value="false"></ai-markdown>`);
    await markdown.updateComplete;
    expect([markdown.getAttribute('value'), markdown.shadowRoot!.textContent!.trim()]).to.deep.equal([
      'false',
      'false',
    ]);
  });
});
