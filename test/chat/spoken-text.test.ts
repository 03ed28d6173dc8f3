import { expect } from '@open-wc/testing';
import { lengthBeforeOpenCode, spokenText } from '../../src/chat/reader/spoken-text.js';

/** Markdown, and what a screen reader says of it. */
const SPOKEN: [title: string, markdown: string, spoken: string][] = [
  ['a product keeps its sign', '2*3 is 6, and 2 * 3 too.', '2*3 is 6, and 2 * 3 too.'],
  ['a comparison keeps its sign', '5 > 3, a < b, and x|y.', '5 > 3, a < b, and x|y.'],
  ['names keep their signs', 'C#, issue #5, snake_case, ~5 km', 'C#, issue #5, snake_case, ~5 km'],
  [
    'emphasis loses its marks',
    '**Bold**, *slanted*, __bold__, _slanted_, ~~gone~~.',
    'Bold, slanted, bold, slanted, gone.',
  ],
  ['emphasis without spaces does', '这是**重点**内容。', '这是重点内容。'],
  ['emphasis around code does', '**`a_b`** and ``c*d``.', 'a_b and c*d.'],
  ['marks that are escaped stay', '\\*not slanted\\*', '*not slanted*'],
  ['titles and quotes lose their signs', '# A title\n\n> A quote\n', 'A title. A quote'],
  ['an alert is its text', '> [!NOTE]\n> Mind it.', 'Mind it.'],
  ['items are apart', 'These:\n- one\n- [x] two\n\n1. three\n2. four', 'These: one. two. 1. three. 2. four'],
  ['rows are apart, and so are cells', '| a | b |\n|---|--:|\n| 1 | 2 |', 'a, b. 1, 2.'],
  ['links and pictures are their text', 'See [a](https://x.test/(y) "t"), ![b](c.png), [d][e].', 'See a, b, d.'],
  ['an address in brackets is one', 'At <https://x.test>.', 'At https://x.test .'],
  ['where a link leads is not said', '[e]: https://x.test "t"\nText.', 'Text.'],
  ['a note loses its label', 'So[^1].\n\n[^1]: Said by her.', 'So. Said by her.'],
  ['tags are not said', 'a<br>b, x<sub>2</sub>', 'a b, x 2'],
  ['lines across are not said', 'a.\n\n---\n\nb.\n\n* * *\n\nc.', 'a. b. c.'],
  ['code is mentioned', 'So:\n\n```js\nlet a;\n```\n\nand\n\n~~~\nb\n```\n~~~\nDone.', 'So: … and. … Done.'],
  ['code in an item is mentioned', '- ```\n  a\n  ```\n- b', '… b'],
];

describe('what is read out of an answer', () => {
  for (const [title, markdown, spoken] of SPOKEN) it(title, () => void expect(spokenText(markdown)).to.equal(spoken));

  it('ends before code that has no end yet', () => {
    for (const [text, before] of [
      ['Text.\n```js\nlet a', 'Text.\n'],
      ['Text.\n```js\nlet a\n```\n', 'Text.\n```js\nlet a\n```\n'],
      ['Text.\n~~~~\n~~~\n', 'Text.\n'],
      ['No code', 'No code'],
    ] as const)
      expect(text.slice(0, lengthBeforeOpenCode(text))).to.equal(before);
  });

  it('is found in a time that grows with its length alone', () => {
    const start = performance.now();
    for (const piece of ['[', '`', '*', '<a', ' ', '>', '|', '- ', '[a](', '**a', '```\n', 'a\n'])
      spokenText(`${piece.repeat(50_000)}\nx`);
    expect(performance.now() - start).to.be.lessThan(3000);
  });
});
