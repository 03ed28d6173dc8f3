import { expect } from '@open-wc/testing';
import { Marked } from 'marked';
import { TextIntake } from '../../src/markdown/source/text-intake.js';
import { tableToCsv } from '../../src/markdown/reader/table-text.js';
import { toMarkdown } from '../../src/markdown/reader/to-markdown.js';
import { math } from '../../src/plugins/math.js';
import { sharedJson } from '../support/shared.js';
import { UrlPolicy } from '../../src/trust/url-policy.js';
import { outline, renderWhole, structure } from './rendering.js';

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
  '- loose\n\n- items\n\n  of two paragraphs',
  '- a\n\n1. b\n\n- c',
  '- a\n- b\n\n* another list\n* of it',
  '1. one\n\n   ```js\n   code\n\n   more\n   ```\n2. two\n   > quoted\n   > - in it',
  '> a\n>\n> > b\n>\n> - c\n>\n>   d',
  '```\n```',
  '````md\n```\n````',
  'It is 2 \\* 3 \\* 4 and \\*not em\\*, snake_case, \\_not em\\_, \\`not code\\`, \\~\\~not gone\\~\\~.',
  '\\# no title\n\n1\\. no item\n\n\\- no item\n\n\\> no quote\n\ntext\n\\---',
  'No \\[link](https://a.test), \\<kbd>, &amp;amp; or C:\\\\dir.',
  'H<sub>2</sub>O, <kbd>Ctrl</kbd> and <mark>*marked*</mark>.',
  '<strong>(a)</strong>b **c** *d*e',
  '[*text* with \\`](https://a.test/a_(b) "a \\"title\\"") and ![pic](https://a.test/x.png "t")',
  '`` a ` b `` and ``` `` ``` and `` ` ``',
  'one  \ntwo\nthree',
  '| a \\| b | c |\n|:--|:-:|\n| x<br>y | `p \\| q` |\n| **b** | |',
  '<details open><summary>More *now*</summary>\n\nHidden.\n\n- a\n\n</details>\n\nAfter.',
  'A claim[^1] and[^b].\n\n[^1]: First.\n\n    - with a list\n\n[^b]: Second.',
  // What was no markup here must be none where the copy is pasted.
  '\\<img src=x onerror=alert(1)> and <script>alert(1)</script>',
  '\\![x](https://a.test/y.png) and \\[x](https://a.test/y) and \\[x][y] and \\[^1]',
  '[x\\](javascript:alert\\(1\\))](https://a.test/)',
  '[a](https://a.test/x\\)y) and [b](<https://a.test/(z>)',
  '![x\\](https://b.test/)](https://a.test/x.png)',
  '[a](https://a.test/ "\\"onclick=alert(1) [x](javascript:y)")',
  '2\\*3\\*4 and \\*not em\\* and \\~\\~not gone\\~\\~ and \\~1 and \\~2 and snake_case_name and a * b * c',
  '\\`no code\\` and &amp;lt; and \\\\* and C:\\\\dir',
  '\\- no list\n\\> no quote\n1\\. no number\n\\=== no line',
  '| a\\|b | x\\\\ |\n| --- | --- |\n| 1<br>2 | \\<b> |',
];

/** The same, where white space and elements without anything in them may be lost. */
const HARMLESS = [
  '<a href="https://a.test/" title="x&#10;&#10;![p](https://b.test/t.png)">y</a>',
  '<a href="https://a.test/" title="x&#10;- y&#10;&amp;quot;z">y</a>',
  '![x](https://a.test/x.png "t&#10;&#10;\\<img src=x onerror=alert(1)>")',
  '<img src="https://a.test/x.png" alt="x&#10;&#10;# y&#10;&#10;<img src=x onerror=alert(1)> `a` *b* [c](d)">',
  '| a |\n|---|\n| [x](https://a.test/?a\\|b "c&#10;d \\| e") ![f&#10;\\|g](https://a.test/h.png) |',
  '!\\[r] and \\[r]\n\n\\[r]: x',
  '!\\[*r* s]\n\n- \\[*r* s]: x\n- a\n\n> \\[r\n> s]: x',
  '\\[a *b*](https://a.test/x) and !\\[a `b`](https://a.test/x.png)',
  'a!<b></b>[x](https://a.test/) b!<wbr>[x](https://a.test/) <small>c!</small>[x](https://a.test/) d![^1]\n\n[^1]: N.',
  '&lt;<b></b>img src=x onerror=alert(1)> &lt;<span></span>b> &lt;<small>i></small> &amp;<wbr>lt;',
  '~~~ a`b\n<img src=x onerror=alert(1)>\n\n```\n~~~',
  '~~~~ a`b\n~~~\n~~~~',
  '<details><summary>a&#10;&#10;![x](https://a.test/x.png)&#10;&#10;b</summary>\n\nx\n\n</details>',
  '[![a\\](https://b.test/x\\)](https://a.test/i.png)](https://a.test/)',
  'a&#10;&#10;b',
];

/** What a reader cannot see is not there; what languages and emoji need is. */
const SEEN: [written: string, shown: string][] = [
  ['a\u{E0069}\u{E0067}b', 'ab'],
  ['a\u{E0101}\u{E0102}\u{E0103}', 'a'],
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

/** White space that a reader does not see, and a block without anything in it, are not copied. */
const LOST = [
  '## \n#\n### ###\n',
  '[foo]\n\n> [foo]: /url\n',
  '>\n',
  '>\n>  \n> \n',
  // What is no address because of the character behind it.
  'a.b-c_d@a.b\n\na.b-c_d@a.b.\n\na.b-c_d@a.b-\n\na.b-c_d@a.b_',
  'mailto:foo@bar.baz\n\nmailto:a.b-c_d@a.b\n\nmailto:a.b-c_d@a.b.\n\nmailto:a.b-c_d@a.b/\n\nmailto:a.b-c_d@a.b-\n\nmailto:a.b-c_d@a.b_\n\nxmpp:foo@bar.baz\n\nxmpp:foo@bar.baz.',
];

/** What is more than text, with where it leads. */
function live(root: ParentNode): string[] {
  const found = [...root.querySelectorAll('a, button.image-ask, pre, h1, ul, blockquote, kbd, table, .footnotes')];
  return found.map((node) => `${node.localName} ${node.getAttribute('href') ?? node.getAttribute('data-url')}`);
}

describe('copied text', () => {
  for (const text of ROUND_TRIPS) {
    it(`is markdown again: ${JSON.stringify(text)}`, () => {
      expect(outline(renderWhole(toMarkdown(renderWhole(text))))).to.equal(outline(renderWhole(text)));
    });
  }

  for (const text of HARMLESS) {
    it(`makes nothing live that was text: ${JSON.stringify(text.slice(0, 60))}`, () => {
      const copied = toMarkdown(renderWhole(text));
      expect(live(renderWhole(copied)), copied).to.deep.equal(live(renderWhole(text)));
      // Where it is pasted, nobody may sanitize it.
      const pasted = new DOMParser().parseFromString(new Marked().parse(copied, { async: false }), 'text/html');
      expect([...pasted.querySelectorAll('script, [onerror]')], copied).to.deep.equal([]);
    });
  }

  it('is markdown again, whatever the text is: the examples of the specification', async () => {
    const examples = await sharedJson<{ input: string }[]>('vectors/commonmark-gfm-spec.json');
    if (!examples) return;
    const policy = new UrlPolicy({ base: 'https://a.test/' });
    const shape = (text: string): string =>
      structure(renderWhole(text, { policy })).replace(/\s*(<\/?[^>]+>)\s*|\s+/g, '$1');
    const lost = examples
      .map(({ input }) => input)
      // Raw HTML may open what no markdown can say.
      .filter((text) => !text.includes('<') && shape(toMarkdown(renderWhole(text, { policy }))) !== shape(text));
    expect(lost).to.deep.equal(LOST);
  });

  it('takes no time, whatever a model has put between words', () => {
    const spaces = ' '.repeat(100_000);
    const code = `\` ${'a'.repeat(100_000)}\``;
    const texts = [`x **a${spaces}b** y`, `|a|\n|-|\n|x${spaces}y|`, code, `# a ${'#'.repeat(100_000)}b`];
    for (const text of texts) {
      const rendered = renderWhole(text);
      const start = performance.now();
      toMarkdown(rendered);
      expect(performance.now() - start, text.slice(0, 10)).to.be.below(1000);
    }
  });

  it('is CSV whose cells no separator of another country, no tab and no wide sign makes into formulas', () => {
    const box = renderWhole('| a |\n|---|\n| x;=cmd() |\n| x\t=cmd() |\n| ＝cmd() |\n| 1<br>=2 |');
    expect(tableToCsv(box)).to.equal('a\r\n"x;=cmd()"\r\nx =cmd()\r\n\'＝cmd()\r\n"1\n=2"');
  });

  it('is CSV that a spreadsheet reads as text', () => {
    const box = renderWhole('| a | b |\n|---|---|\n| 1,5 | "q" |\n| =cmd() | -3 |\n| -x | +1 |');
    expect(tableToCsv(box)).to.equal('a,b\r\n"1,5","""q"""\r\n\'=cmd(),-3\r\n\'-x,\'+1');
  });

  it('is CSV of what is seen: breaks, descriptions, formulas as written, no numbers of notes', () => {
    const box = renderWhole(
      '| a | b |\n|---|---|\n| x<br>y | ![A chart](https://p.test/c.png) |\n| $x^2$ | said[^1] |\n| \uFF1Dcmd() | مرحبا |\n\n[^1]: N.',
      { plugins: [math()] },
    );
    expect(tableToCsv(box.querySelector('.table-block')!)).to.equal(
      'a,b\r\n"x\ny",A chart\r\n$x^2$,said\r\n\'\uFF1Dcmd(),مرحبا',
    );
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
