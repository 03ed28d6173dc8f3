import { expect } from '@open-wc/testing';
import { TextIntake } from '../../src/markdown/source/text-intake.js';
import { tableToCsv, toMarkdown } from '../../src/markdown/reader/to-markdown.js';
import { outline, renderWhole } from './rendering.js';

const ROUND_TRIPS = [
  '# A title',
  'Some **strong**, *em*, ~~gone~~ and `code` text.',
  'A [link](https://a.test/x) and <https://a.test/y>.',
  '- a\n- b\n  - c\n  - d\n- e',
  '1. one\n2. two',
  '3. three\n4. four',
  '> quoted\n> text',
  '> [!NOTE]\n> said so',
  '```js\nlet a = "`";\n```',
  '| a | b |\n| --- | --: |\n| 1 | 2 |',
  'above\n\n---\n\nbelow',
  '- [x] done\n- [ ] open',
];

/** What a reader cannot see is not there; what languages and emoji need is. */
const SEEN: [written: string, shown: string][] = [
  ['a\u{E0069}\u{E0067}b', 'ab'],
  ['a\u{E0101}\u{E0102}\u{E0103}', 'a\u{E0101}'],
  ['invoice\u202Egpj.exe', 'invoicegpj.exe'],
  ['\u001b[31mred', '\uFFFD[31mred'],
  ['a\u0000b', 'a\uFFFDb'],
  ['a\u2060\u2062b', 'ab'],
  ['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
  ['می‌خواهم', 'می‌خواهم'],
  [
    '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
    '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
  ],
  ['❤️ ☎️', '❤️ ☎️'],
  ['pass\u00ADword', 'pass\u00ADword'],
  ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
  [`a${'\u0301'.repeat(500)}b`, `a${'\u0301'.repeat(40)}b`],
];

describe('copied text', () => {
  for (const text of ROUND_TRIPS) {
    it(`is markdown again: ${JSON.stringify(text)}`, () => {
      expect(outline(renderWhole(toMarkdown(renderWhole(text))))).to.equal(outline(renderWhole(text)));
    });
  }

  it('is CSV that a spreadsheet reads as text', () => {
    const box = renderWhole('| a | b |\n|---|---|\n| 1,5 | "q" |\n| =cmd() | -3 |\n| -x | +1 |');
    expect(tableToCsv(box)).to.equal('a,b\r\n"1,5","""q"""\r\n\'=cmd(),-3\r\n\'-x,\'+1');
  });

  for (const [written, shown] of SEEN) {
    it(`holds nothing unseen: ${JSON.stringify(written.slice(0, 20))}`, () => {
      const whole = new TextIntake();
      whole.add(written);
      expect(whole.takeAll()).to.equal(shown);
      const cut = new TextIntake();
      let text = '';
      for (const unit of written.split('')) {
        cut.add(unit);
        text += cut.take(Infinity);
      }
      expect(text + cut.takeAll()).to.equal(shown);
    });
  }
});
