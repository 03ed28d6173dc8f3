import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import { executeServerCommand, setViewport } from '@web/test-runner-commands';
import { delta, end, eventually, panelFor, part, ScriptedSession, shown, start } from './panel-fixture.js';

/** A panel with two versions, of which the second was stopped. */
async function panelIn(size: { width: number; height: number }, view: 'code' | 'diff') {
  await setViewport(size);
  const session = new ScriptedSession();
  const panel = await panelFor(session);
  panel.style.blockSize = '';
  session.receive('m1', start('a', 'code', { title: 'A name' }), delta('a', 'let a;\n'.repeat(30)), end('a'));
  session.receive('m2', start('a'), delta('a', 'let b;\n'.repeat(30)), {
    type: 'artifact-end',
    id: 'a',
    status: 'stopped',
  });
  panel.show('a');
  panel.view = view;
  await shown(panel);
  await eventually(() => panel.shadowRoot!.querySelector(view === 'diff' ? '.diff' : '.code'), view);
  await aTimeout(50);
  return panel;
}

const box = (element: Element | null) => element!.getBoundingClientRect();

describe('a panel in a small window', () => {
  after(() => setViewport({ width: 800, height: 600 }));

  for (const view of ['code', 'diff'] as const)
    it(`has room for ${view} where a page is enlarged four times, and all of it can be scrolled to`, async () => {
      const panel = await panelIn({ width: 320, height: 256 }, view);
      const content = part(panel, 'content');
      expect(box(content).height).to.be.at.least(200);
      const rows = panel.shadowRoot!.querySelector('.rows, .code');
      expect(box(rows).bottom).to.be.at.most(box(content).bottom + 1);
      expect(box(part(panel, 'notice')).top).to.be.at.least(box(content).bottom - 1);
      const frame = part(panel, 'panel')!;
      frame.scrollTop = frame.scrollHeight;
      expect(box(part(panel, 'notice')).bottom).to.be.at.most(box(panel).bottom + 1);
    });

  /** In how many lines the toolbar's parts stand, and whether each is in the panel. */
  const toolbarOf = (panel: Awaited<ReturnType<typeof panelIn>>) => {
    const bar = part(panel, 'toolbar')!;
    const buttons = [...bar.querySelectorAll('button, summary, select')].filter((each) => each.checkVisibility());
    return {
      lines: Math.round(bar.clientHeight / box(buttons[0]!).height - 0.2),
      reach: Math.max(...buttons.map((each) => box(each).right)) - box(panel).right,
    };
  };

  it('has its toolbar in two lines on a phone, with the versions and all that can be done', async () => {
    expect(toolbarOf(await panelIn({ width: 360, height: 700 }, 'diff')).lines).to.equal(2);
  });

  it('keeps all that can be done with an earlier version within a phone', async () => {
    for (const width of [320, 360]) {
      const panel = await panelIn({ width, height: 700 }, 'code');
      panel.show('a', 1);
      await shown(panel);
      expect(toolbarOf(panel).reach, `${width}`).to.be.at.most(0);
    }
  });

  it('gives changes most of a phone’s width, and not the numbers of their lines', async () => {
    const panel = await panelIn({ width: 320, height: 700 }, 'diff');
    const rows = await eventually(() => panel.shadowRoot!.querySelector('.rows table'), 'the changes');
    expect(box(rows.querySelector('ins')).width).to.be.at.least(240);
  });

  it('has one thing that scrolls in an ordinary window, which is its content', async () => {
    const panel = await panelIn({ width: 1280, height: 600 }, 'code');
    expect(getComputedStyle(part(panel, 'panel')!).overflowY).not.to.equal('auto');
  });

  it('keeps to itself what a finger does in it: the page behind it stays where it is', async () => {
    const panel = await panelIn({ width: 360, height: 700 }, 'code');
    const page = await fixture<HTMLElement>(html`<div style="block-size: 3000px"></div>`);
    page.after(panel);
    const code = part(panel, 'code')!;
    code.scrollTop = code.scrollHeight;
    for (const from of [box(code).bottom - 40, box(part(panel, 'header')).bottom - 10]) {
      await aTimeout(50);
      await executeServerCommand('drag-finger', { from: [180, from], to: [180, from - 120] });
      await aTimeout(300);
      expect(scrollY, `from ${from}`).to.equal(0);
    }
  });

  it('has a handle for a finger, which covers no button', async () => {
    const panel = await panelIn({ width: 360, height: 700 }, 'code');
    const handle = box(part(panel, 'resizer'));
    expect(handle.height).to.be.at.least(24);
    expect(box(part(panel, 'close')).top).to.be.at.least(handle.bottom);
  });
});
