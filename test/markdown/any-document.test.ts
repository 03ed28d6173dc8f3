import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { lexer } from 'marked';
import type { Token, Tokens } from 'marked';
import { thresholds } from '../../src/markdown/flow/open-block.js';
import { splitTuning } from '../../src/markdown/source/split-inline.js';
import { cutInto, cuts, documents, extendedSoup, inlineSoup, lineSoup, nested } from './documents.js';
import { markedStructure, outline, renderStreamed, renderWhole, structure } from './rendering.js';
import { emoji } from '../../src/plugins/emoji.js';
import { math } from '../../src/plugins/math.js';
import { addresses } from './oracle.js';
import { UrlPolicy } from '../../src/trust/url-policy.js';

/** `fuzz.config.mjs` sets these for a long run. */
const { runs: numRuns, seed } = (globalThis as { fuzz?: { runs: number; seed: number } }).fuzz ?? {
  runs: 120,
  seed: 20_261_122,
};

const shipped = { ...thresholds };
const shippedSplits = { ...splitTuning };
const eager = { list: 0, table: 0, quote: 0, item: 0, paragraph: 10, html: 0 };

/** Whether every block is read piece by piece, or only those that are long. */
function setSizes(isEager: boolean): void {
  Object.assign(thresholds, isEager ? eager : shipped);
  Object.assign(splitTuning, isEager ? { openLength: 5, lineLength: 12, wordLength: 60 } : shippedSplits);
}

/** Some quotes and lists in each other make marked fail: there the block stays text. Its titles go on over blank lines. */
function markedIfItCan(text: string): string | undefined {
  try {
    return lexer(text).some(hasBlankLineInTitle) ? undefined : markedStructure(text);
  } catch {
    return undefined;
  }
}

function hasBlankLineInTitle({ type, raw, ...rest }: Token): boolean {
  const children = (rest as Tokens.List).items ?? (rest as Tokens.Generic).tokens ?? [];
  return type === 'def' ? /\n[ \t]*\n./.test(raw) : children.some(hasBlankLineInTitle);
}

const extended = {
  plugins: [math(), emoji],
  directives: {
    box: { tag: 'x-box', attributes: ['kind'] },
    leaf: { tag: 'x-leaf', attributes: ['kind'] },
    mark: { tag: 'x-mark', attributes: ['kind'] },
  },
};

/** What the properties below have found, each as small as it gets. */
const FOUND: [rule: string, text: string][] = [
  ['white space that is no space goes on with a list, though marked trims it off', ' * aaa\n  --\u2028-'],
  ['white space that is no space begins the text of an item', '- \u3000a'],
  ['a line of white space that is no space goes on with a list', '+ a\u3000\n_'],
  ['a line of white space that is no space goes on with a quote', '>"\n\u00a0'],
  ['a line of white space that is no space goes on with an item of a quote', '> - a\n  \u00a0\n  c'],
  ['white space that is no space is text of a note', '[^a]:\u3000'],
  ['behind a separator, marked takes a marker of a quote for one', '>\u2028>'],
  ['a separator makes a heading none, and a part of the paragraph above', 'a\n# >\u2028'],
  ['white space that is no space makes a heading none', '/\n#\u2028'],
  ['a tag on a line of its own goes on with a settled paragraph', '|\n<a>\n-\n'],
  ['the title of a link is longer than what is held back', `[x](https://a.test "${'word '.repeat(500)}") end`],
  ['a line of a long paragraph is the head of a table', 'aaaa aaaa aaa\naaa a | b ccc ddd\n-|-\n'],
  ['a line of a long paragraph is code that has joined it', '3\n\t: *||a|\n-|'],
  ['a backtick in an address hides emphasis', 'www.a` *a* \\\n-||\n'],
  ['a bracket that closes nothing closes none that comes', '][ \\![](]()'],
  ['parentheses behind a bracket hide emphasis in it once they are closed', '[~~e~~](p 模test)'],
  ['so do those with others in them', '[~~e~~](p (q) 模test)'],
  ['a list with tabs is a part of a heading', '$\n-\ta\n-'],
  ['a table without a bar is a part of a heading', 'a\nb\n:-\nc\n==='],
  ['an indented line has a note below it', '[\n    ] a\n[^a]:'],
  ['marked fails at a list in a quote below a text', '- aaa\n  > 10) a > a\n\t\u00e9 '],
  ['behind a list in a quote stand paragraphs', '- =\n  >1. <div\n  .'],
  ['a sign behind another one is the partner of a later one', 'word and word ~~__~*\\ www.a.*'],
  ['a sign in emphasis decides with a later one what the emphasis is', '*__* a  __'],
  ['a tag on a line of its own below the text of a loose item', '* e\n\n  s\n  <b>\n  ]\n  <details>]'],
  ['a long paragraph has a mail address behind an underscore', '한_a@b.t c words that go on'],
  ['HTML closes what emphasis stands in', '<b>*x</b>* y'],
  ['a link that emphasis has opened holds no bare address', '**a <a href=x>b** c words that go on www.a.test d words'],
  ['the end of a link has a space in it', 'a <a href=x>b</a > words that go on www.a.test words that go on'],
  ['a label in the head of a long table is defined below it', `|[r]|\n|-|\n${'|1|\n'.repeat(200)}\n[r]: x`],
  ['a line of a tab is a row of a long table, whose head has a label', '|[r]|\n|-|\n|1|\n|1|\n\t\n|2|\n\n[r]: x'],
  ['a line of a tab is the last row of a table with a label', '||\n-|\n[x]\n\t\n\n[x]:t'],
  [
    'a label behind the end of an element is defined',
    '<details>\n\n[</details>[s]]\n>\n>[s]:~\n>.a *[a]* <a>[a]</a>\n:',
  ],
  ['code goes on behind blank lines with the text of an item', '- a\n\n  a\n      a\n\n      a\n\n      <'],
  ['what follows the name of an alert begins anew', '> [!NOTE]\n> [r]: x\n> ---\n> [r]\n> ==='],
  ['a name behind an empty quote is that of no alert', '>\n\n[!NOTE]\na'],
  ['a line of white space goes on with a paragraph of a quote in a quote', '> > a\n> b\n   '],
  ['the text of a quote ends with it, however it is indented', '>[\n    a\n\n'],
  ['an indented line goes on with the text of a loose item that has a label', '- a\n\n  [r]\n      b\n\n[r]: x'],
  ['a long label is that of a definition', `[${'word '.repeat(420)}]: /u\n\n[${'word '.repeat(420)}]`],
  ['a long label in many lines is that of one', `[${'some words\n'.repeat(160)}]:\n/u\n\n[x] a`],
  ['spaces below the last line of code are a part of it', '    a\n    b\n      '],
  ['spaces below a blank line are none', '    a\n    b\n\n      '],
  ['blank lines of code lose as much as others', '    a\n      \n \t \n  \n\t\tb\n    \n c'],
  ['a long word is the name of a mail address', `${'ab1'.repeat(50)}@x.test and so on`],
  ['a long word is the end of a mail address', `${'ab1'.repeat(10)}@${'ab1'.repeat(50)}.test and so on`],
  ['a long word is a reference to marked', `&amp${'ab1'.repeat(50)};${'ab1'.repeat(50)}`],
  ['a long word has a reference in it', `${'ab1'.repeat(30)}&amp;${'ab1'.repeat(30)}&lt;${'ab1'.repeat(30)}`],
  ['code ends where something stands at the margin', '    a\r\n\tb\r\n- c\r\n      d\r\n\r\n      e\r\n f'],
  ['code in an item in a quote has lines that are indented less', '> -     a\n>       b\n>\n>      c\n>     d'],
];

/** The same with plugins and directives. */
const FOUND_EXTENDED: [rule: string, text: string][] = [
  ['a line in an item of a quote reads as the last one does, which may be a directive', '>1. b\n::o\n::o'],
  ['a label that is defined above is defined again, over the end of a line', '[s]\n:::\n[s]:b\n\n[s]:a "\n"'],
];

describe('any document', function () {
  this.timeout(3_600_000);

  afterEach(() => {
    Object.assign(thresholds, shipped);
    Object.assign(splitTuning, shippedSplits);
  });

  for (const [rule, text] of FOUND) {
    it(`is the same in pieces and as a whole: ${rule}`, () => {
      const whole = outline(renderWhole(text));
      for (const isEager of [false, true]) {
        setSizes(isEager);
        for (const size of [1, 2, 3, 5]) expect(outline(renderStreamed(cutInto(text, size)))).to.equal(whole);
      }
    });
  }

  for (const [rule, text] of FOUND_EXTENDED) {
    it(`is the same in pieces and as a whole with directives: ${rule}`, () => {
      const whole = outline(renderWhole(text, extended));
      for (const size of [1, 2, 3, 5]) expect(outline(renderStreamed(cutInto(text, size), extended))).to.equal(whole);
    });
  }

  it('is the same in pieces and as a whole', () => {
    const property = fc.property(documents, cuts, fc.boolean(), (text, cut, isEager) => {
      setSizes(isEager);
      expect(outline(renderStreamed(cutInto(text, cut)))).to.equal(outline(renderWhole(text)));
    });
    fc.assert(property, { seed, numRuns, endOnFailure: true });
  });

  it('is the same in pieces and as a whole with plugins and directives', () => {
    const property = fc.property(extendedSoup, cuts, fc.boolean(), (text, cut, isEager) => {
      setSizes(isEager);
      expect(outline(renderStreamed(cutInto(text, cut), extended))).to.equal(outline(renderWhole(text, extended)));
    });
    fc.assert(property, { seed, numRuns: 3 * numRuns, endOnFailure: true });
  });

  /** Writes the text in pieces and looks for addresses that are none of those of the whole. */
  function expectOwnAddresses(text: string, cut: Parameters<typeof cutInto>[1]): void {
    const policy = new UrlPolicy({ imageHosts: '*' });
    const live = (root: ParentNode): string[] => [...addresses(root, 'href'), ...addresses(root, 'src')];
    const own = new Set(live(renderWhole(text, { policy })));
    renderStreamed(cutInto(text, cut), { policy }, (container, source) => {
      const foreign = live(container).filter((address) => !own.has(address));
      expect(foreign, JSON.stringify(source)).to.deep.equal([]);
    });
  }

  for (const text of [
    '__a@b.t\ne_',
    '_a@b.t c',
    '**x _a@b.t c',
    '_a@b.t_c',
    '___a@b.t c',
    '_x_a@b.t c',
    '한_a@b.t c_',
    '한_a@b.t **c**_',
    '- `\n      www.a\n\n      `',
    'a [ www.a.test![pic](https://a.test/p.png) words that go on and on and on',
    '[y`:_www.a.test words\nand words that go on] ``a`',
    `Some <a title="${'word '.repeat(410)} https://a.test/in x [y](https://b.test/y) z" href="https://c.test/x">x</a>`,
    `Some <!-- ${'word '.repeat(410)} https://a.test/in x --> words`,
  ])
    it(`shows no address on the way that is none of its own in the end: ${JSON.stringify(text)}`, () => {
      for (const size of [1, 2, 3]) expectOwnAddresses(text, size);
    });

  it('shows no address on the way that is none of its own in the end', () => {
    const property = fc.property(documents, cuts, fc.boolean(), (text, cut, isEager) => {
      setSizes(isEager);
      expectOwnAddresses(text, cut);
    });
    fc.assert(property, { seed, numRuns: Math.ceil(numRuns / 4), endOnFailure: true });
  });

  it('is what marked makes of it, where it holds no raw HTML', () => {
    const policy = new UrlPolicy({ imageHosts: '*' });
    const property = fc.property(fc.oneof(inlineSoup, lineSoup, nested), (text) => {
      fc.pre(!/<[a-z/!?]|\[\^/i.test(text));
      const theirs = markedIfItCan(text);
      fc.pre(theirs !== undefined);
      expect(structure(renderWhole(text, { policy }))).to.equal(theirs);
    });
    fc.assert(property, { seed, numRuns: 2 * numRuns, endOnFailure: true });
  });
});
