import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { plainTuning } from '../../src/markdown/flow/plain-tail.js';
import { documents } from './documents.js';
import { outline, renderStreamed } from './rendering.js';

const shipped = plainTuning.maxAppended;

/** What is shown after each piece; a space at the end may wait for what follows it. */
function states(pieces: readonly string[]): string[] {
  const seen: string[] = [];
  renderStreamed(pieces, {}, (container) =>
    seen.push(outline(container).replace(/ +"((?:<\/[a-z]+>|"\\n")*)$/, '"$1')),
  );
  return seen;
}

/** Where it shows something else to append words than to read all of the source again. */
function differences(pieces: readonly string[]): string[] {
  plainTuning.maxAppended = 0;
  const read = states(pieces);
  plainTuning.maxAppended = shipped;
  const appended = states(pieces);
  return read.flatMap((state, index) =>
    state === appended[index]
      ? []
      : [`${JSON.stringify(pieces.slice(0, index + 1).join(''))}\n  read     ${state}\n  appended ${appended[index]}`],
  );
}

const LINES = [
  '- \n  2*3 alpha gamma delta   \n \n*em* ',
  'Some **bold words and more** of them, see [the page](https://a.test/some page) here.',
  '- an item with words\n- another: with `code and` more\n  - nested item here\n\n  and a paragraph',
  '> a quote of words\n> over lines\nand lazily on',
  'visit www.example.com today or mail some one@example.com now',
  'alpha delta__www.a.test and snake_www.a.test more',
  '# A title of words\nText below it\n---\nmore text',
  '1. first word\n2. second word\n\n   with more words',
  'words\nwith | bars in | them\n--|--|--\na b | c d | e f\n',
  'a [label with words][some ref] and [other words] then\n\n[some ref]: https://a.test/words "a title of words"\n',
  '<kbd>some words</kbd> and <b>bold words',
  'x *a|b <b\nbeta gamma ',
  '>[r]: https://a.test/r\n> "title"',
  'text  \nafter a break\\\nand after another',
  '    code with words\n\ntext again',
  'a cat ![a photo (taken there)](https://a.test/p.png) and <b title="a > (d e">x</b>',
  'fish &amp chips, 3 < 5 words and (words in brackets) too',
  'ein Wort, das 中文 字 и слова עוד מילים',
];

describe('plain words behind plain words', () => {
  afterEach(() => {
    plainTuning.maxAppended = shipped;
  });

  for (const line of LINES) {
    it(`show what reading all would: ${JSON.stringify(line.slice(0, 30))}`, () => {
      for (const cut of [/[^]/gu, /[^]{1,3}/gu, /[^]{1,4}/gu])
        expect(differences(line.match(cut)!).slice(0, 3).join('\n')).to.equal('');
    });
  }

  it('in any document, cut anywhere', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(documents, (text) => {
        const short = text.slice(0, 400);
        expect(
          differences(short.match(/[\s\S]{1,4}/gu) ?? [])
            .slice(0, 1)
            .join('\n'),
        ).to.equal('');
      }),
      { numRuns: 150, seed: 20_261_122 },
    );
  });
});
