import { executeServerCommand, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { expect } from '@open-wc/testing';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { ScriptedSession, delta, end, eventually, panelFor, part, shown, start } from './panel-fixture.js';

type Place = [x: number, y: number];

/** A panel at the end of a row, as beside a conversation. */
async function panelBeside(): Promise<AiArtifactPanel> {
  const session = new ScriptedSession();
  const panel = await panelFor(session);
  Object.assign(panel.parentElement!.style, { display: 'flex', justifyContent: 'flex-end' });
  session.receive('m', start('a', 'html'), delta('a', '<p>Under the pointer as it moves</p>'), end('a'));
  await eventually(() => panel.shadowRoot!.querySelector('iframe'), 'the preview');
  await shown(panel);
  return panel;
}

function handleOf(panel: AiArtifactPanel): Place {
  const { left, top, width, height } = part(panel, 'resizer')!.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}

async function dragMouse([x, y]: Place, by: Place): Promise<void> {
  await sendMouse({ type: 'move', position: [x, y] });
  await sendMouse({ type: 'down' });
  await sendMouse({ type: 'move', position: [x + Math.round(by[0] / 2), y + Math.round(by[1] / 2)] });
  await sendMouse({ type: 'move', position: [x + by[0], y + by[1]] });
  await sendMouse({ type: 'up' });
}

const dragFinger = ([x, y]: Place, by: Place): Promise<unknown> =>
  executeServerCommand('drag-finger', { from: [x, y], to: [x + by[0], y + by[1]] });

/** Each surrounding, with what makes the panel larger there. */
const PLACES = {
  'beside the conversation': { viewport: { width: 1280, height: 720 }, dir: 'ltr', larger: [-80, 0], key: 'ArrowLeft' },
  'from right to left': { viewport: { width: 1280, height: 720 }, dir: 'rtl', larger: [80, 0], key: 'ArrowRight' },
  'as a sheet': { viewport: { width: 360, height: 640 }, dir: 'ltr', larger: [0, 80], key: 'ArrowUp' },
} as const;

describe('The panel is resized', () => {
  afterEach(async () => {
    document.documentElement.dir = '';
    await setViewport({ width: 800, height: 600 });
  });

  for (const [title, { viewport, dir, larger, key }] of Object.entries(PLACES)) {
    const isSheet = larger[0] === 0;
    const sizeOf = (panel: AiArtifactPanel): number => (isSheet ? panel.offsetHeight : panel.offsetWidth);
    // The sheet begins high enough to be pulled down.
    const by: Place = isSheet ? [0, 80] : [larger[0], larger[1]];
    const change = isSheet ? -80 : 80;

    async function arranged(): Promise<AiArtifactPanel> {
      await setViewport(viewport);
      document.documentElement.dir = dir;
      const panel = await panelBeside();
      if (isSheet) panel.style.blockSize = '';
      await shown(panel);
      return panel;
    }

    for (const [pointer, drag] of [
      ['the mouse', dragMouse],
      ['a finger', dragFinger],
    ] as const) {
      it(`${title}, with ${pointer}, and back, over a preview that would take the pointer`, async () => {
        const panel = await arranged();
        const before = sizeOf(panel);
        await drag(handleOf(panel), by);
        await shown(panel);
        expect(sizeOf(panel)).to.be.closeTo(before + change, 2);
        const told = Number(part(panel, 'resizer')!.getAttribute('aria-valuenow'));
        expect(told).to.be.closeTo((sizeOf(panel) / (isSheet ? innerHeight : innerWidth)) * 100, 1);
        await drag(handleOf(panel), [-by[0], -by[1]]);
        await shown(panel);
        expect(sizeOf(panel)).to.be.closeTo(before, 2);
        await sendMouse({ type: 'move', position: [5, 5] });
        await shown(panel);
        expect(sizeOf(panel), 'let go').to.be.closeTo(before, 2);
      });
    }

    it(`${title}, with the keys, within its bounds`, async () => {
      const panel = await arranged();
      part(panel, 'resizer')!.focus();
      await sendKeys({ press: 'Home' });
      await shown(panel);
      const smallest = sizeOf(panel);
      await sendKeys({ press: key });
      await shown(panel);
      expect(sizeOf(panel)).to.equal(smallest + 32);
      await sendKeys({ press: 'End' });
      await shown(panel);
      expect(sizeOf(panel)).to.be.at.most(isSheet ? innerHeight : innerWidth);
      expect(document.documentElement.scrollWidth).to.be.at.most(innerWidth);
    });
  }
});
