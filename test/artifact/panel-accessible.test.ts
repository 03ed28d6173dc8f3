import type { AxeResults } from 'axe-core';
import 'axe-core/axe.min.js';
import { aTimeout, expect } from '@open-wc/testing';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { ScriptedSession, delta, end, panelFor, part, shown, start } from './panel-fixture.js';
import { PANEL_STATES } from './panel-states.js';

const root = (panel: AiArtifactPanel): ShadowRoot => panel.shadowRoot!;

/** axe is a script, not a module: it stands on the window. */
const { axe } = window as unknown as { axe: { run(element: Element, options: object): Promise<AxeResults> } };

async function faults(panel: AiArtifactPanel): Promise<string[]> {
  // The frames are the artifact's own business.
  const { violations } = await axe.run(panel, { iframes: false, rules: { region: { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

describe('The panel is accessible', () => {
  beforeEach(() => sessionStorage.clear());

  afterEach(() => {
    document.documentElement.style.colorScheme = '';
    document.documentElement.dir = '';
    getSelection()!.removeAllRanges();
  });

  for (const scheme of ['light', 'dark']) {
    for (const [title, { reach }] of Object.entries(PANEL_STATES)) {
      it(`${title}, ${scheme}`, async () => {
        document.documentElement.style.colorScheme = scheme;
        const session = new ScriptedSession();
        const panel = await panelFor(session);
        await reach(panel, session);
        await shown(panel);
        expect(await faults(panel)).to.deep.equal([]);
      });
    }
  }

  it('and fills no more than the window, also from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive(
      'm',
      start('a', 'code', { title: 'A very long title indeed '.repeat(20) }),
      delta('a', 'x'.repeat(5000)),
      end('a'),
    );
    await shown(panel);
    await aTimeout(0);
    expect(root(panel).querySelector('.panel')!.scrollWidth).to.be.at.most(panel.clientWidth);
    expect(part(panel, 'code')!.getBoundingClientRect().width).to.be.at.most(panel.clientWidth);
  });
});
