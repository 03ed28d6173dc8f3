import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AiArtifactSelectEvent } from '../../src/events.js';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { ScriptedSession, delta, end, eventually, panelFor, part, shown, start } from './panel-fixture.js';

interface ClosedRoot {
  root: ShadowRoot;
  /** Where the reader is before. */
  input: HTMLInputElement;
  panel: AiArtifactPanel;
  session: ScriptedSession;
}

/** The page is told of nothing in it but its host. */
async function closedRoot(): Promise<ClosedRoot> {
  const host = await fixture(html`<div></div>`);
  const session = new ScriptedSession();
  const panel = await panelFor(session);
  const input = document.createElement('input');
  const root = host.attachShadow({ mode: 'closed' });
  root.append(input, panel);
  input.focus();
  return { root, input, panel, session };
}

const page = (content: string) => [start('a', 'html'), delta('a', content), end('a')];

describe('in a closed root, a panel', () => {
  it('gives the focus back to where it came from', async () => {
    const { root, input, panel, session } = await closedRoot();
    session.receive('m', start('a'), end('a'));
    await shown(panel);
    input.focus();
    session.dispatchEvent(new AiArtifactSelectEvent({ id: 'a' }));
    await shown(panel);
    expect(root.activeElement === panel).to.equal(true);
    panel.close();
    expect(root.activeElement === input).to.equal(true);
  });

  it('lets no preview take the focus from where the reader types', async () => {
    const { root, input, panel, session } = await closedRoot();
    const thief = "<input id=i><script>i.focus(); setTimeout(() => console.log('tried'), 300)</script>";
    const told = new Promise((resolve) => panel.addEventListener('ai-artifact-console', resolve, { once: true }));
    session.receive('m', ...page(thief));
    await told;
    expect(root.activeElement === input).to.equal(true);
  });

  it('closes when the reader presses Escape in its preview, and gives the focus back', async () => {
    const { root, input, panel, session } = await closedRoot();
    const told = new Promise((resolve) => panel.addEventListener('ai-artifact-console', resolve, { once: true }));
    session.receive('m', ...page("<button>In it</button><script>console.log('there')</script>"));
    await told;
    input.focus();
    const frame = part(panel, 'preview');
    for (let n = 0; n < 20 && panel.shadowRoot!.activeElement !== frame; n++) await sendKeys({ press: 'Tab' });
    expect(panel.shadowRoot!.activeElement === frame).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await eventually(() => !panel.open, 'the end of it');
    expect(root.activeElement === input).to.equal(true);
  });
});
