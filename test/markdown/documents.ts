import * as fc from 'fast-check';
import { soups } from './soups.js';

const WORDS = [
  'alpha',
  'beta',
  'gamma delta',
  'x',
  'https://a.test/b',
  'www.a.test',
  'a@b.test',
  'snake_case',
  '2*3',
  'a|b',
  '&copy;',
  '&#38;',
  '模型逐字写出它的回答，',
  'モデル「答え」を書く。',
  'แบบจำลองเขียนคำตอบ',
  'ម៉ូដែលសរសេរ',
];
const INLINE = [
  '*em*',
  '**strong**',
  '***both***',
  '`code`',
  '``a ` b``',
  '~~gone~~',
  '~one~',
  '[link](https://a.test/x)',
  '[ref][r]',
  '[r]',
  '[R s][]',
  '![pic](https://a.test/p.png)',
  '![r]',
  '<https://a.test/auto>',
  '\\*',
  '\\',
  '**',
  '*',
  '_',
  '__',
  '`',
  '```',
  '[',
  ']',
  '](',
  '(',
  ')',
  '!',
  '~~',
  '<kbd>k</kbd>',
  '<br>',
  '<sub>2</sub>',
  '<b',
  '</b>',
  '&',
  '&amp',
  '  \n',
  '\\\n',
  '"',
  "'",
  '<',
  '>',
  '$x$',
  ':',
  'é',
  '👩‍👩‍👧',
  '[^1]',
  '[^note]',
  '[^a-z]',
  '[^',
  '[^1](u)',
  '\u200d',
];
const LINES = [
  '',
  '',
  '',
  ' ',
  '\t',
  'text',
  'more text here',
  '- item',
  '- ',
  '-',
  '* item',
  '+ item',
  '1. one',
  '2. two',
  '10) ten',
  '1.',
  '- [ ] task',
  '- [x] done',
  '  continued',
  '    four',
  '\ttab',
  '      six',
  '> quote',
  '>',
  '> > deep',
  '>quote',
  '> - a',
  '> 1. b',
  '- > q',
  '- - a',
  '- 1. b',
  '# head',
  '## head #',
  '#',
  '###### six',
  '===',
  '---',
  '- - -',
  '***',
  '```',
  '```js',
  '````',
  '~~~',
  '~~~ x',
  '    ```',
  '  ```',
  '| a | b |',
  '|---|---|',
  '| - | :-: |',
  '|1|2|',
  'a | b',
  '-|-',
  '| 1 |',
  '|1|2|3|4|',
  '[r]: https://a.test/r',
  '[r]: <https://a.test/s> "t"',
  '[R S]:',
  'https://a.test/u',
  '"title"',
  "'title",
  '[other]: /u',
  '[r]: x (y',
  '<div>',
  '</div>',
  '<details>',
  '<summary>s</summary>',
  '</details>',
  'a</details> [r]',
  '[r] b</div> [R S] `',
  '<!-- c -->',
  '<!-- open',
  '-->',
  '<pre>',
  '</pre>',
  '<script>',
  '</script>',
  '<b>x</b>',
  '<?php',
  '</a',
  '>',
  '<p>',
  '<span>',
  '- ```',
  '  ```',
  '- a\n\n  b',
  '1. a\n   - b\n   - c',
  'a  ',
  'b\\',
  '*em',
  'em*',
  '`code',
  'code`',
  '[link',
  '](u)',
  '*a **b* c**',
  '- # h',
  '- ---',
  '-\t x',
  '-  x',
  '-     code',
  '> ```',
  '> code',
  '> ===',
  '> | a |',
  '> |-|',
  '  - nested',
  '    - deeper',
  '   3 spaces',
  '[^1]: A note',
  '[^note]: Another *note* [^1]',
  '[^note]:',
  '> [^1]: quoted',
  '    of four',
  '[^1]: A\n\n    B\n\n    - C\n\n    D',
  '[^note]: A\n    b\nlazy',
];

const word = fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...INLINE));
const phrase = fc
  .array(word, { minLength: 1, maxLength: 7 })
  .chain((words) =>
    fc
      .array(fc.constantFrom(' ', ' ', ' ', '', '\n'), { minLength: words.length, maxLength: words.length })
      .map((gaps) => words.map((each, index) => each + gaps[index]).join('')),
  );
const indent = fc.constantFrom('', '', '', '', ' ', '  ', '   ', '    ', '\t', '> ', '>', '- ', '  > ');
const line = fc.tuple(
  indent,
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...LINES) }, { weight: 1, arbitrary: phrase }),
);

/** Lines of every kind in any order: what no person writes and what finds most. */
export const lineSoup = fc
  .array(line, { minLength: 1, maxLength: 14 })
  .map((lines) => lines.map(([space, text]) => space + text).join('\n'));

/** One paragraph of delimiters that match, half match and do not match. */
export const inlineSoup = fc.array(phrase, { minLength: 1, maxLength: 4 }).map((phrases) => phrases.join(' '));

const prefixLines = (text: string, first: string, rest: string): string =>
  text
    .split('\n')
    .map((each, index) => (index === 0 ? first : each === '' ? '' : rest) + each)
    .join('\n');

/** Blocks nested as a model nests them, well-formed for the most part. */
export const nested: fc.Arbitrary<string> = fc.letrec<{ block: string; flow: string }>((tie) => ({
  flow: fc
    .tuple(fc.array(tie('block'), { minLength: 1, maxLength: 4 }), fc.constantFrom('\n\n', '\n\n', '\n'))
    .map(([blocks, gap]) => blocks.join(gap)),
  block: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'nest' },
    phrase,
    fc.constantFrom(
      '# Title',
      'Title\n---',
      '---',
      '```js\nlet a = 1;\n\n  b();\n```',
      '~~~\nx\n~~~',
      '    code',
      '| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |',
      '[r]: https://a.test/r',
    ),
    fc
      .tuple(
        fc.array(tie('flow'), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('- ', '* ', '1. ', '- [ ] '),
        fc.constantFrom('\n', '\n\n'),
      )
      .map(([items, bullet, gap]) =>
        items.map((item) => prefixLines(item, bullet, ' '.repeat(bullet.startsWith('1') ? 3 : 2))).join(gap),
      ),
    tie('flow').map((text) =>
      text
        .split('\n')
        .map((each) => `> ${each}`.trimEnd())
        .join('\n'),
    ),
    fc
      .tuple(tie('flow'), fc.constantFrom('', '\n\n</details>', '</details>', '</details> and *more* [x]'))
      .map(([text, end]) => `<details>\n<summary>more</summary>\n\n${text}${end}`),
  ),
})).flow;

/** What gets into a text by accident or on purpose, and must not change how it is cut. */
const ODD = [
  '\uFEFF',
  '\u0000',
  '\uD83D',
  '\uDE00',
  '\u2028',
  '\u202E',
  '\u{E0041}',
  '\uFE0F',
  '\u0301',
  '\t',
  '\r',
  '\f',
  '\u00A0',
];

const oddities = fc
  .tuple(
    fc.oneof(lineSoup, nested, inlineSoup),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...ODD)), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([text, odd]) =>
    odd.reduce((all, [where, char]) => {
      const at = Math.floor(where * all.length);
      return all.slice(0, at) + char + all.slice(at);
    }, text),
  );

/** What comes before the first of such pieces. */
const LONG_STARTS: Record<string, string> = {
  '| a | b |\n': '| a | b |\n|---|---|\n',
  '  - [ ] a task below another\n': '- [x] a *task*\n  [r]\n',
  'words & <i>words</i>\n\n': '<pre>\n',
  'words <i>of it</i>\n\n': '<!-- ',
  '  a < b &amp;\n\n': '<script>\n',
};

/** Long enough for a block to be read piece by piece as shipped: a list that turns loose, a table, a paragraph. */
const long = fc
  .tuple(
    fc.constantFrom(
      '- item with some words in it\n',
      '1. item\n   more of it\n',
      '> a line of a quote\n',
      '| a | b |\n',
      'words that go on ',
      '  - [ ] a task below another\n',
      '<p>\n<b>words</b>\n',
      'words & <i>words</i>\n\n',
      'words <i>of it</i>\n\n',
      '  a < b &amp;\n\n',
      '    code\n\t  more\n \n',
    ),
    fc.integer({ min: 40, max: 70 }),
    fc.oneof(lineSoup, nested, inlineSoup),
    fc.constantFrom('', '\n', '\n\n- ', '   '),
  )
  .map(([piece, count, end, gap]) => `${LONG_STARTS[piece] ?? ''}${piece.repeat(count)}${gap}${end}`);

/** One block of raw HTML: elements that open and close in it, tags that are none, and what may hide others. */
const htmlBlock = fc
  .tuple(
    fc.constantFrom(
      ...(
        '<div>¦<table>¦<details>¦<pre>¦<b>¦<div class="¦</p>¦<x-y>¦<pre class="¦<script>¦ <style a>¦<textarea >¦<title>' +
        '¦<!--¦<!-- ¦<!-->¦<!---¦<?¦<?php¦<?>¦<!A¦<!A >¦<![CDATA[¦<![CDATA[ ]]>'
      ).split('¦'),
    ),
    fc.array(
      fc.constantFrom(
        ...(
          '<p>¦</p>¦<b>¦</b>¦<br>¦<tr>¦<td>¦</td>¦</tr>¦</table>¦</div>¦</details>¦<li>¦<ul>¦</ul>¦<a title="¦">¦<i x=\'' +
          '¦\'>¦<a href="/u">¦</a>¦<!--¦-->¦<?¦?>¦>¦->¦--¦]]>¦</script>¦</style>¦</textarea>¦<![CDATA[¦<item>¦</item>¦<script>¦</script>¦</pre>¦<pre>¦text¦a < b¦&am¦p;¦[r]¦  ' +
          '¦- a¦```¦\n¦\n¦\n¦\n\n¦\n \n¦<p dir=auto>¦<img src="/a">¦<summary>'
        ).split('¦'),
      ),
      { minLength: 1, maxLength: 24 },
    ),
    fc.constantFrom('', '\n', '\n\n', '\n\n- a', '\n\n[r]: /u'),
  )
  .map(([first, parts, end]) => `${first}\n${parts.join('')}${end}`);

/** Everything again inside of a quote, a list item, a note or `<details>`. */
export const within = fc
  .tuple(
    fc.oneof(...Object.values(soups), htmlBlock),
    fc.constantFrom('> ', '>', '- ', '  - ', '1. ', '[^1]: ', '> - ', '- > ', '<details>\n\n'),
    fc.boolean(),
  )
  .map(([text, marker, isLazy]) => {
    const isContainer = !marker.endsWith('\n');
    const rest = marker.startsWith('[') ? '    ' : marker.replace(/[^>\s]/g, ' ');
    return isContainer && !isLazy ? prefixLines(text, marker, rest) : marker + text;
  });

export const documents = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(...Object.values(soups)) },
  { weight: 1, arbitrary: htmlBlock },
  { weight: 2, arbitrary: within },
  { weight: 4, arbitrary: lineSoup },
  { weight: 2, arbitrary: nested },
  { weight: 2, arbitrary: inlineSoup },
  {
    weight: 1,
    arbitrary: fc.tuple(lineSoup, nested, fc.oneof(...Object.values(soups))).map((parts) => parts.join('\n\n')),
  },
  { weight: 1, arbitrary: lineSoup.map((text) => text.replaceAll('\n', '\r\n')) },
  { weight: 2, arbitrary: oddities },
  { weight: 1, arbitrary: long },
);

/** What plugins and directives read, whole, half and next to what only looks like it. */
const EXTENDED = [
  '$x_1$',
  '$a*b$ and $c*d$',
  '$5 and $6',
  '$',
  '$$',
  '$$\n= b\n$$',
  '$$x$$',
  '\\(y\\)',
  '\\(',
  '\\[',
  '\\]',
  '\\[\n- z\n\\]',
  ':smile:',
  ':',
  '::',
  ':::',
  '::: box {kind=x}',
  ':::other',
  '::leaf[text]{kind="a b"}',
  '::leaf{',
  ':mark[text]',
  ':mark[text]{kind=1}',
  ':mark[',
  ':no[text]',
  '```math\nx\n```',
];

export const extendedSoup = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...EXTENDED) },
        { weight: 1, arbitrary: phrase },
        { weight: 1, arbitrary: line.map((parts) => parts.join('')) },
      ),
      fc.constantFrom('\n', '\n', ' ', '\n\n'),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.flat().join(''));

/** How a text is cut: 1 is every code unit, 0 stands for pieces of changing size. */
export const cuts = fc.constantFrom(1, 1, 1, 2, 3, 7, 0);

export function cutInto(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let at = 0, step = 1; at < text.length; step = (step * 7 + 3) % 13) {
    const length = size === 0 ? 1 + step : size;
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}
