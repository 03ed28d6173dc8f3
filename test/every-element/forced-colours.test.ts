import { expect, fixture, html } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import '../../src/index.js';
import { until } from '../support/until.mjs';
import type { AiArtifactPanel, AiStreamChat } from '../../src/index.js';

const FORCED = { name: 'forced-colors', value: 'active' };

function systemColour(name: string): string {
  const probe = document.createElement('i');
  probe.style.color = name;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

describe('where the reader’s own colours are forced', () => {
  before(() => executeServerCommand('media-feature', FORCED));
  after(() => executeServerCommand('media-feature', { ...FORCED, value: 'none' }));

  it('an icon has one of them', async () => {
    const chat = await fixture<AiStreamChat>(html`<ai-stream-chat></ai-stream-chat>`);
    const data = { id: 'x', kind: 'code', content: 'let a', status: 'complete' };
    chat.messages = [{ id: 'm', role: 'assistant', parts: [{ type: 'data-artifact', id: 'x', data } as never] }];
    await chat.updateComplete;
    const icon = chat.shadowRoot!.querySelector('[part~=artifact] svg')!;
    expect(getComputedStyle(icon).color).to.equal(systemColour('CanvasText'));
  });

  it('what opens a menu has the edge of a button', async () => {
    const panel = await fixture<AiArtifactPanel>(html`<ai-artifact-panel></ai-artifact-panel>`);
    panel.apply({ type: 'artifact-start', id: 'x', kind: 'html' });
    panel.apply({ type: 'artifact-delta', id: 'x', delta: '<p>One' });
    panel.apply({ type: 'artifact-end', id: 'x', status: 'complete' });
    panel.show('x');
    const menu = (await until(() => panel.shadowRoot!.querySelector('.menu summary'))) as Element;
    const { borderTopWidth, borderTopColor } = getComputedStyle(menu);
    expect(borderTopWidth).to.equal('1px');
    expect(borderTopColor).not.to.equal('rgba(0, 0, 0, 0)');
    expect(menu.getBoundingClientRect().width, 'as large as a button').to.equal(32);
  });
});
