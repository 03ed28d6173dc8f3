import * as fc from 'fast-check';

/** What models write within a line. All of it is whole: what nothing closes can be known by nobody before its block ends. */
const SPANS = [
  '**bold words**',
  '**Note:**',
  '**Key**: value',
  '*emphasised*',
  '_under_',
  '***both at once***',
  '**bold *and em* inside**',
  '**`code`** bold',
  '~~gone~~',
  '`code`',
  '`a`, `b`, and `c`',
  '`x[0]`',
  '`<div>`',
  '`**kwargs`',
  '`C:\\Users\\me`',
  '``a `tick` b``',
  '[the docs](https://docs.test/a/b)',
  '[Foo (bar)](https://wiki.test/Foo_(bar))',
  '[a page](https://a.test/x?a=1&b=2 "A title")',
  '[`fetch()`](https://a.test/fetch)',
  '**[bold link](https://a.test/b)**',
  '*see [docs](https://a.test/d)*',
  '[Guide](./guide.md#intro)',
  '![alt text](https://img.test/p.png)',
  '[![badge](https://img.test/b.svg)](https://a.test/c)',
  '<https://a.test/auto>',
  'https://a.test/x?a=1&b=2#c.',
  '(see https://wiki.test/Foo_(bar)), www.a.test, http://localhost:3000',
  '**https://a.test/b.**',
  '见https://a.test/x。 和',
  'snake_case_name',
  '__init__.py',
  '2 * 3 * 4 = 24',
  '$5 and $10',
  '~5 minutes',
  '~5~',
  'C:\\Users\\name\\file.txt',
  '\\*not em\\*',
  '\\[no link\\]',
  'wait \\![no picture](https://a.test/x)',
  'AT&amp;T',
  '&lt;tag&gt;',
  'R&D',
  'a < b && c > d',
  'Map<String, List<Integer>>',
  '<kbd>Ctrl</kbd>+<kbd>C</kbd>',
  'H<sub>2</sub>O',
  'first<br>second',
  'arr[i] = f(x)[0]',
  '[0, 1)',
  '[Your Name]',
  'so [1]',
  '!important',
  '#hashtag',
  'C# and F#',
  '👍🏽',
  '👩‍👩‍👧',
  '🇩🇪',
  '**中文粗体**',
  '这是**重要**的',
  '模型`逐字`写出**它的回答**，每个字一到就[显示](https://a.test/b)出来',
  'แบบจำลอง`เขียน`คำตอบ**ทีละตัวอักษร**',
  'هذا **نص** عربي',
  'one [^1]',
];
const WORDS = [
  'the model writes',
  'its answer',
  'word by word',
  'and each',
  'of them',
  'is shown',
  'as it comes',
  'Note that',
];
const CODE = [
  'const a = 1;',
  '  return `x`;',
  '',
  '# comment',
  '- no list',
  '| no table |',
  '<div>',
  '$ npm i',
  '**no bold**',
  '---',
];

const span = fc.constantFrom(...SPANS);
const words = fc.constantFrom(...WORDS);
const phrase = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: words }, { weight: 1, arbitrary: span }), { minLength: 2, maxLength: 6 }),
    fc.constantFrom('.', ':', '!', '?', ''),
  )
  .map(([parts, end]) => parts.join(' ') + end);
const line = fc.oneof(
  phrase,
  fc.tuple(span, phrase).map((parts) => parts.join(' ')),
);
const paragraph = fc
  .tuple(line, fc.option(line), fc.constantFrom('\n', '  \n', '\\\n'))
  .map(([first, second, end]) => (second === null ? first : first + end + second));
const heading = fc.tuple(fc.integer({ min: 1, max: 4 }), line).map(([depth, text]) => `${'#'.repeat(depth)} ${text}`);
const code = fc
  .tuple(
    fc.constantFrom('```', '````', '~~~'),
    fc.constantFrom('', 'js', 'c++', 'tsx title="a.tsx"'),
    fc.array(fc.constantFrom(...CODE), { minLength: 1, maxLength: 4 }),
  )
  .map(([fence, language, lines]) => [fence + language, ...lines, fence].join('\n'));
const cell = fc.oneof(
  words,
  span.filter((text) => !text.includes('`') || !text.includes('|')),
);
/** In code, too, a bar ends a cell. */
const cellWithBar = fc.constantFrom('`string | null`', '`string \\| null` or `x`', 'so `a || b`');
const row = fc.tuple(cell, fc.oneof({ weight: 4, arbitrary: cell }, { weight: 1, arbitrary: cellWithBar }));
const table = fc
  .tuple(
    fc.tuple(cell, cell),
    fc.array(row, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('|---|:-:|', '| --- | --- |', '|:--|--:'),
  )
  .map(([heads, rows, rule]) => {
    const [head, ...body] = [heads, ...rows].map((cells) => `| ${cells.join(' | ')} |`);
    return [head, rule, ...body].join('\n');
  });

function indented(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((each, index) => (index === 0 ? first : each === '' ? '' : rest) + each)
    .join('\n');
}

const lead = fc.oneof(fc.constant(''), fc.constantFrom('**Key**: ', '**Key:** ', '`code` – ', '[ ] ', '[x] '));

/** Lists that are tight: whether one is loose is known by nobody before its first blank line. */
const list = fc.letrec<{ list: string; item: string }>((tie) => ({
  list: fc
    .tuple(fc.array(tie('item'), { minLength: 1, maxLength: 4 }), fc.constantFrom('- ', '* ', '1. '))
    .map(([items, bullet]) => items.map((item) => indented(item, bullet, ' '.repeat(bullet.length))).join('\n')),
  item: fc
    .tuple(
      lead,
      line,
      fc.oneof({ maxDepth: 2, depthIdentifier: 'list' }, fc.constant(''), fc.constant(''), code, tie('list')),
    )
    .map(([start, text, below]) => start + text + (below && `\n${below}`)),
})).list;
/** Behind another list, it would be a part of that, and make it a loose one. */
const led = fc.tuple(phrase, list, fc.constantFrom('\n', '\n\n')).map(([text, below, gap]) => text + gap + below);
const quote = fc
  .tuple(fc.constantFrom('', '', '[!NOTE]\n', '[!WARNING]\n'), fc.oneof(paragraph, list, code))
  .map(([name, text]) => (name + text).replace(/^/gm, '> '));
const details = fc
  .tuple(phrase, fc.oneof(paragraph, list, code))
  .map(([summary, text]) => `<details>\n<summary>${summary}</summary>\n\n${text}\n\n</details>`);

/** Answers as models write them, with nothing in them that could not be known at once. */
export const answers = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: paragraph },
      { weight: 2, arbitrary: heading },
      { weight: 3, arbitrary: led },
      { weight: 2, arbitrary: code },
      { weight: 2, arbitrary: table },
      { weight: 1, arbitrary: quote },
      { weight: 1, arbitrary: fc.constantFrom('---', '***') },
      { weight: 1, arbitrary: details },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((blocks) =>
    [...blocks, ...(blocks.some((each) => each.includes('[^1]')) ? ['[^1]: The note.'] : [])].join('\n\n'),
  );
