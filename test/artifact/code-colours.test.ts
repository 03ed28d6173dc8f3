import { expect } from '@open-wc/testing';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { ScriptedSession, codeText, delta, end, eventually, panelFor, part, shown, start } from './panel-fixture.js';

/** The passages of a colour that stand in the panel's code. */
function coloured(panel: AiArtifactPanel, name: string): string[] {
  const ranges = [...(CSS.highlights.get(`ai-code-${name}`) ?? [])];
  return ranges
    .filter(({ startContainer }) => part(panel, 'code')?.contains(startContainer))
    .map(({ startContainer, startOffset, endOffset }) => startContainer.textContent!.slice(startOffset, endOffset));
}

const lines = (count: number): string => Array.from({ length: count }, (_, n) => `const a${n} = 'b'; // c\n`).join('');

describe('The colours of an artifact’s code', () => {
  const CASES: [string, object, string][] = [
    ['code', { language: 'javascript' }, 'javascript by its language'],
    ['code', { title: 'adder.js' }, 'javascript by its title'],
    ['jsx', {}, 'jsx by its kind'],
  ];
  for (const [kind, more, title] of CASES) {
    it(`are those of ${title}, without a node of their own`, async () => {
      const session = new ScriptedSession();
      const panel = await panelFor(session);
      session.receive('m', start('a', kind, more), delta('a', 'const a = "b"; // c\n'), end('a'));
      await eventually(() => coloured(panel, 'keyword').includes('const'), 'the colours');
      expect(coloured(panel, 'string')).to.deep.equal(['"b"']);
      expect(coloured(panel, 'comment')).to.deep.equal(['// c']);
      expect(part(panel, 'code')!.querySelectorAll('.chunk *')).to.have.length(0);
      const chunk = part(panel, 'code')!.querySelector('.chunk')!;
      const shownColour = getComputedStyle(chunk, '::highlight(ai-code-keyword)').color;
      expect(shownColour).to.equal(getComputedStyle(chunk.closest('code')!, '::highlight(ai-code-keyword)').color);
      expect(shownColour).not.to.equal(getComputedStyle(chunk).color);
    });
  }

  it('follow the text while it is written, and stand only where it is drawn', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m', start('a', 'code', { language: 'ts' }), delta('a', lines(2000)));
    const chunks = (): number =>
      new Set([...(CSS.highlights.get('ai-code-keyword') ?? [])].map((range) => range.startContainer)).size;
    await eventually(() => coloured(panel, 'keyword').length > 10, 'the colours');
    session.receive('m', delta('a', 'let last = 1;\n'));
    await eventually(() => coloured(panel, 'keyword').includes('let'), 'the colour of what came');
    expect(chunks()).to.be.lessThan(40);
    part(panel, 'code')!.scrollTop = 0;
    await eventually(() => !coloured(panel, 'keyword').includes('let'), 'the end to lose its colours');
    await eventually(() => coloured(panel, 'keyword').length > 10, 'the colours of the beginning');
    expect(chunks()).to.be.lessThan(40);
    session.receive('m', { type: 'artifact-replace', id: 'a', content: 'return 5;' });
    await eventually(() => coloured(panel, 'keyword').join() === 'return', 'the colours of another text');
    expect(codeText(panel)).to.equal('return 5;');
  });

  it('leave nothing behind', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m', start('a', 'code', { language: 'js' }), delta('a', lines(50)), end('a'));
    await eventually(() => coloured(panel, 'keyword').length > 0, 'the colours');
    const { firstChild } = part(panel, 'code')!.querySelector('.chunk')!;
    panel.close();
    await shown(panel);
    const left = [...CSS.highlights.values()].flatMap((highlight) => Array.from(highlight));
    expect(left.filter(({ startContainer }) => startContainer === firstChild)).to.deep.equal([]);
  });
});
