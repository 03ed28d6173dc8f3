import type { AxeResults } from 'axe-core';
import 'axe-core/axe.min.js';
import { aTimeout, expect } from '@open-wc/testing';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { ScriptedSession, button, delta, end, eventually, panelFor, part, shown, start } from './panel-fixture.js';

const root = (panel: AiArtifactPanel): ShadowRoot => panel.shadowRoot!;

/** axe is a script, not a module: it stands on the window. */
const { axe } = window as unknown as { axe: { run(element: Element, options: object): Promise<AxeResults> } };

async function faults(panel: AiArtifactPanel): Promise<string[]> {
  // The frames are the artifact's own business.
  const { violations } = await axe.run(panel, { iframes: false, rules: { region: { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

const lines = Array.from({ length: 30 }, (_, n) => `const a${n} = ${n};`).join('\n');

/** Every state that a reader can meet. */
const STATES: [string, (panel: AiArtifactPanel, session: ScriptedSession) => unknown][] = [
  ['empty', (panel) => (panel.open = true)],
  ['streaming', (_, session) => session.receive('m', start('a', 'code', { title: 'A' }), delta('a', lines))],
  [
    'two artifacts',
    (_, session) =>
      session.receive(
        'm',
        start('a', 'code', { title: 'A' }),
        end('a'),
        start('b', 'text', { title: 'B' }),
        delta('b', 'words'),
        end('b'),
      ),
  ],
  [
    'a preview with a console',
    async (panel, session) => {
      session.receive(
        'm',
        start('a', 'html', { title: 'A' }),
        delta('a', '<p>x<script>console.log(1); console.error(2); missing()</script>'),
        end('a'),
      );
      const list = await eventually(() => part<HTMLDetailsElement>(panel, 'console'), 'the console');
      list.open = true;
    },
  ],
  [
    'a table',
    (_, session) => session.receive('m', start('a', 'csv', { title: 'A' }), delta('a', 'a,b\n1,2\n'), end('a')),
  ],
  [
    'a tree',
    (_, session) =>
      session.receive('m', start('a', 'json', { title: 'A' }), delta('a', '{"a":[1,"b",null,true]}'), end('a')),
  ],
  [
    'a picture',
    (_, session) => session.receive('m', start('a', 'svg', { title: 'A' }), delta('a', '<svg/>'), end('a')),
  ],
  [
    'markdown',
    async (panel, session) => {
      session.receive('m', start('a', 'markdown', { title: 'A' }), delta('a', '# A\n\n- b\n\n`c`\n'), end('a'));
      await eventually(() => root(panel).querySelector('.markdown h1'), 'the text');
    },
  ],
  [
    'a comparison',
    async (panel, session) => {
      session.receive('m', start('a', 'code', { title: 'A' }), delta('a', lines), end('a'));
      session.receive(
        'n',
        start('a', 'code', { title: 'A' }),
        delta('a', lines.replace('a7', 'b7').replace('const a9 = 9;\n', '')),
        end('a'),
      );
      panel.view = 'diff';
      await eventually(() => root(panel).querySelector('.diff tr'), 'the comparison');
    },
  ],
  [
    'the editor',
    async (panel, session) => {
      session.receive('m', start('a', 'code', { title: 'A' }), delta('a', lines), end('a'));
      await shown(panel);
      button(panel, 'Edit').click();
      await eventually(() => root(panel).querySelector('.cm-content'), 'the editor');
    },
  ],
  [
    'a request and a menu',
    async (panel, session) => {
      session.receive('m', start('a', 'code', { title: 'A' }), delta('a', lines), end('a'));
      await shown(panel);
      const text = root(panel).querySelector('.chunk')!.firstChild!;
      getSelection()!.setBaseAndExtent(text, 0, text, 30);
      await eventually(() => part(panel, 'request'), 'the request');
      part<HTMLDetailsElement>(panel, 'menu')!.open = true;
    },
  ],
];

describe('The panel is accessible', () => {
  afterEach(() => {
    document.documentElement.style.colorScheme = '';
    document.documentElement.dir = '';
    getSelection()!.removeAllRanges();
  });

  for (const scheme of ['light', 'dark']) {
    for (const [title, reach] of STATES) {
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
