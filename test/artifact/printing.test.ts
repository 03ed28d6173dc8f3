import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { delta, end, eventually, panelFor, part, ScriptedSession, shown, start } from './panel-fixture.js';

const lines = (write: (index: number) => string) => Array.from({ length: 300 }, (_, index) => write(index)).join('\n');
const LONG = 'many words '.repeat(30);
const TEXTS: Record<string, string> = {
  code: lines((index) => `line(${index}); // ${LONG}${'x'.repeat(300)}`),
  markdown: lines((index) => `Paragraph ${index}\n`),
  csv: lines((index) => Array.from({ length: 14 }, (_, column) => `column-${column}-${index}`).join(',')),
};

describe('an artifact on paper', () => {
  afterEach(() => emulateMedia({ media: 'screen' }));

  async function printed(kind: string, selector: string, view?: 'diff') {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const content = TEXTS[kind]!;
    session.receive('m1', start('a', kind, { title: 'A name' }), delta('a', content), end('a'));
    if (view) session.receive('m2', start('a', kind, { title: 'A name' }), delta('a', content.toUpperCase()), end('a'));
    panel.show('a');
    if (view) panel.view = view;
    await shown(panel);
    const root = panel.shadowRoot!;
    await eventually(() => root.querySelectorAll(selector).length > 10, selector);
    await emulateMedia({ media: 'print' });
    return { panel, root, parts: [...root.querySelectorAll(selector)] };
  }

  for (const [kind, selector, view] of [
    ['code', '.chunk'],
    ['markdown', '.markdown > p'],
    ['csv', 'tr'],
    ['code', '.diff tr', 'diff'],
  ] as const) {
    it(`is all of it: ${view ?? kind}`, async () => {
      const { panel, root, parts } = await printed(kind, selector, view);
      const { width } = panel.getBoundingClientRect();
      const box = part(panel, 'panel')!.getBoundingClientRect();
      for (const each of parts) {
        const { top, bottom, right, height } = each.getBoundingClientRect();
        expect(height).to.be.greaterThan(10);
        expect(top).to.be.at.least(box.top);
        expect(bottom).to.be.at.most(box.bottom + 1);
        expect(right - box.left).to.be.at.most(width + 1);
        expect(each.checkVisibility({ contentVisibilityAuto: true })).to.equal(true);
        const text = new Range();
        text.selectNodeContents(each);
        expect(text.getBoundingClientRect().right - box.left).to.be.at.most(width + 1);
      }
      const cutting = [...root.querySelectorAll('.panel, #content, .code, .scroller, .preview')].filter(
        (each) => getComputedStyle(each).overflowY !== 'visible',
      );
      expect(cutting).to.deep.equal([]);
      expect(part(panel, 'title')!.checkVisibility()).to.equal(true);
      expect([...root.querySelectorAll('button')].filter((each) => each.checkVisibility())).to.deep.equal([]);
    });
  }
});
