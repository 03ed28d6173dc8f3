import { expect } from '@open-wc/testing';
import {
  chunkEnd,
  commonPrefix,
  commonSuffix,
  countLines,
  LINES_PER_CHUNK,
  LONGEST_LINE,
} from '../../src/artifact/views/code/code-chunks.js';
import { CodeView } from '../../src/artifact/views/code/code-view.js';
import type { AiPartEvent } from '../../src/events.js';
import type { Artifact } from '../../src/message.js';
import { ScriptedSession, codeText, delta, end, eventually, panelFor, part, shown, start } from './panel-fixture.js';

const lines = (count: number, text = 'const a = 1;'): string =>
  Array.from({ length: count }, (_, n) => `${text} // ${n}\n`).join('');

const SHAPES: Record<string, string> = {
  nothing: '',
  'one line': 'a',
  'many lines': lines(120),
  'no end of line': lines(45).trimEnd(),
  'blank lines': '\n'.repeat(100),
  'one endless line': 'x'.repeat(LONGEST_LINE * 2 + 7),
  'an endless line of surrogate pairs': 'a' + '🧪'.repeat(LONGEST_LINE),
  'a line that is exactly as long as the limit': `${'x'.repeat(LONGEST_LINE)}\nnext\n`,
  'long lines among short ones': lines(5) + 'y'.repeat(LONGEST_LINE + 1) + '\n' + lines(30),
  'carriage returns': 'a\r\nb\r\n'.repeat(50),
};

function chunksOf(text: string): string[] {
  const chunks: string[] = [];
  for (let from = 0; from < text.length;) {
    const to = chunkEnd(text, from);
    chunks.push(text.slice(from, to));
    from = to;
  }
  return chunks;
}

function artifact(content: string, status: Artifact['status'] = 'streaming'): Artifact {
  return { id: 'a', kind: 'code', content, status };
}

function standing(view: CodeView): string[] {
  return [...view.element.querySelectorAll('.chunk')].map((chunk) => chunk.textContent ?? '');
}

function preventSecrets(event: AiPartEvent): void {
  if (event.part.type === 'artifact-delta' && event.part.delta.includes('secret')) event.preventDefault();
}

function withView(use: (view: CodeView) => void): void {
  const container = document.createElement('div');
  document.body.append(container);
  const view = new CodeView(container, { label: 'Code', wrap: false });
  use(view);
  view.destroy();
  container.remove();
}

describe('Code that streams', () => {
  describe('is cut into blocks', () => {
    for (const [title, text] of Object.entries(SHAPES)) {
      it(`of bounded size: ${title}`, () => {
        const chunks = chunksOf(text);
        expect(chunks.join('')).to.equal(text);
        for (const chunk of chunks) {
          expect(countLines(chunk)).to.be.at.most(LINES_PER_CHUNK);
          expect(/[\ud800-\udbff]$/.test(chunk), 'half a character').to.equal(false);
        }
      });

      it(`which are the same however the text was cut: ${title}`, () => {
        withView((view) => {
          let seed = 7;
          for (let at = 0; at < text.length;) {
            seed = (seed * 48_271) % 2_147_483_647;
            at = Math.min(text.length, at + 1 + (seed % 700));
            view.update(artifact(text.slice(0, at)));
          }
          expect(standing(view)).to.deep.equal(chunksOf(text));
        });
      });
    }
  });

  it('never touches what stands', () => {
    withView((view) => {
      const text = lines(100);
      view.update(artifact(text.slice(0, 900)));
      const first = view.element.querySelector('.chunk')!.firstChild;
      const changed: MutationRecord[] = [];
      const observer = new MutationObserver((records) => changed.push(...records));
      view.update(artifact(text.slice(0, 1000)));
      const before = [...view.element.querySelectorAll('.chunk')].slice(0, -1);
      observer.observe(view.element, { subtree: true, childList: true, characterData: true });
      for (let at = 1000; at <= text.length; at += 37) view.update(artifact(text.slice(0, at)));
      const removed = [...changed, ...observer.takeRecords()].filter((record) => record.removedNodes.length > 0);
      expect(removed).to.deep.equal([]);
      expect(view.element.querySelector('.chunk')!.firstChild).to.equal(first);
      expect([...view.element.querySelectorAll('.chunk')].slice(0, before.length)).to.deep.equal(before);
    });
  });

  describe('takes a patch', () => {
    const text = lines(200);
    const middle = text.indexOf('// 90\n');
    const CASES: [string, string][] = [
      ['in the middle', text.slice(0, middle) + 'CHANGED\nAND MORE\n' + text.slice(middle)],
      ['that takes lines out', text.slice(0, middle) + text.slice(middle + 300)],
      ['at the beginning', `// first\n${text}`],
      ['at the end', text.slice(0, -20) + 'END'],
      ['that replaces all', lines(50, 'other')],
      ['that empties it', ''],
      ['that joins two lines', text.slice(0, middle + 5) + text.slice(middle + 6)],
    ];
    for (const [title, patched] of CASES) {
      it(title, () => {
        withView((view) => {
          view.update(artifact(text));
          const before = new Set(view.element.querySelectorAll('.chunk'));
          view.update(artifact(patched));
          view.update(artifact(`${patched}\nand it goes on\n`));
          expect(standing(view).join('')).to.equal(`${patched}\nand it goes on\n`);
          const kept = [...view.element.querySelectorAll('.chunk')].filter((chunk) => before.has(chunk)).length;
          if (title === 'in the middle') expect(kept, 'chunks kept').to.be.at.least(8);
          expect(lineNumbers(view)).to.deep.equal(expectedNumbers(view));
        });
      });
    }
  });

  it('follows the end until the reader scrolls, and again once the reader is back', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m', start('a'), delta('a', lines(100)));
    await shown(panel);
    const code = part(panel, 'code')!;
    const gap = (): number => code.scrollHeight - code.scrollTop - code.clientHeight;
    expect(code.scrollHeight).to.be.greaterThan(code.clientHeight);
    expect(gap()).to.be.lessThan(2);
    code.scrollTop = 10;
    await shown(panel);
    session.receive('m', delta('a', lines(50)));
    await shown(panel);
    expect(code.scrollTop).to.equal(10);
    code.scrollTop = code.scrollHeight;
    await shown(panel);
    session.receive('m', delta('a', lines(50)));
    await shown(panel);
    expect(gap()).to.be.lessThan(2);
  });

  it('stays where it is while the reader selects something of it', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m', start('a'), delta('a', lines(100)));
    await shown(panel);
    const code = part(panel, 'code')!;
    // Until it has been on screen, a browser reckons with many more lines.
    await eventually(() => code.scrollHeight < 4000, 'the lines to have been drawn');
    const { scrollTop } = code;
    const words = [...code.querySelectorAll('.chunk')].at(-1)!.firstChild!;
    getSelection()!.setBaseAndExtent(words, 0, words, 4);
    await shown(panel);
    session.receive('m', delta('a', lines(50)));
    await shown(panel);
    expect(code.scrollTop).to.equal(scrollTop);
    getSelection()!.removeAllRanges();
  });

  it('shows the same text in the end as it would at once', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const text = SHAPES['long lines among short ones']!;
    session.receive('m', start('a'));
    for (let at = 0; at < text.length; at += 1999) {
      session.receive('m', delta('a', text.slice(at, at + 1999)));
      await shown(panel);
    }
    session.receive('m', end('a'));
    await shown(panel);
    expect(codeText(panel)).to.equal(text);
  });

  it('shows what is in the message, whatever parts were prevented, replaced or not seen', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m', start('a'), delta('a', 'one '));
    await shown(panel);
    session.addEventListener('ai-part', preventSecrets as unknown as EventListener);
    session.receive('m', delta('a', 'secret '), delta('a', 'two '), delta('a', 'secrets'));
    await shown(panel);
    expect(codeText(panel)).to.equal('one two ');
    session.receive(
      'm',
      delta('a', 'three '),
      { type: 'artifact-replace', id: 'a', content: 'ONE TWO THREE ' },
      delta('a', 'four '),
    );
    await shown(panel);
    expect(codeText(panel)).to.equal('ONE TWO THREE four ');
    session.receive('m', delta('a', 'five '));
    session.receive('m', { type: 'artifact-patch', id: 'a', edits: [{ find: 'five ', replace: 'FIVE ' }] });
    session.receive('m', delta('a', 'six'));
    await shown(panel);
    expect(codeText(panel)).to.equal('ONE TWO THREE four FIVE six');
    expect(panel.artifacts).to.have.length(1);
    session.receive('m', delta('a', ' seven'));
    void panel.artifacts;
    session.receive('m', delta('a', ' eight'));
    await shown(panel);
    expect(codeText(panel)).to.equal('ONE TWO THREE four FIVE six seven eight');
  });

  it('finds what two texts share', () => {
    expect(commonPrefix('abcdef', 'abcxef')).to.equal(3);
    expect(commonPrefix('abc', 'abcdef')).to.equal(3);
    expect(commonPrefix('', 'a')).to.equal(0);
    expect(commonPrefix('xa', 'ya')).to.equal(0);
    expect(commonSuffix('abcdef', 'abcxef', 3)).to.equal(2);
    expect(commonSuffix('aaa', 'aa', 2)).to.equal(0);
  });
});

function lineNumbers(view: CodeView): number[] {
  return [...view.element.querySelectorAll<HTMLElement>('.chunk')].flatMap(({ dataset }) =>
    (dataset['lines'] || '').split('\n').filter(Boolean).map(Number),
  );
}

function expectedNumbers(view: CodeView): number[] {
  const text = standing(view).join('');
  return Array.from({ length: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) }, (_, index) => index + 1);
}
