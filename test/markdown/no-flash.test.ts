import { expect, waitUntil } from '@open-wc/testing';
import { MarkdownRenderer } from '../../src/markdown/markdown-renderer.js';
import { renderStreamed } from './rendering.js';

/** Every text that is shown while this is written a character at a time. */
function states(text: string): string[] {
  const seen: string[] = [];
  renderStreamed(text.split(''), {}, (container) => seen.push(container.textContent ?? ''));
  return seen;
}

const CASES: [what: string, text: string, never: RegExp][] = [
  ['emphasis', 'some **bold** and *more* here', /\*/],
  ['code', 'call `load()` now', /`/],
  ['a link', 'see [the page](https://a.test/page) now', /[[\]()]|https/],
  ['a link whose words are code', 'see [`the page` here](https://a.test/page) now', /[[\]()`]|https/],
  ['a link with emphasis in it', 'see [the *page* here](https://a.test/page) now', /[[\]()*]|https/],
  ['a link in emphasis', 'see **[the page](https://a.test/page) here** now', /[[\]()*]|https/],
  ['a picture in a link', 'see [![a](https://a.test/p.png) page](https://a.test/x) now', /[[\]()!]|https/],
  ['a sign in an address', 'see http://a.test/2*3 and www.a.test/`b now', /3\*|b`/],
  ['a sign between two numbers', 'so 2*3 = 6, and 2**3 = 8, too', /23/],
  ['a sign in a word', 'Nutzer*innen sind da', /Nutzeri/],
  ['a sign in bold words', 'the **area of 2*3 cm** is', /\*\*|23/],
  ['emphasis in a word', 'un*believ*able, un**believ**able', /\*/],
  ['a break before a picture', 'some\\\n![words](https://a.test/p.png)', /\\/],
  ['a break before a link in bold letters', 'some\\\n**[words](https://a.test/) more**', /\\|\*/],
  ['a break before a reference in bold letters', '**some\\\n&amp; more**', /\\|\*|amp/],
  ['a pattern for the names of files', 'all *.js or **/*.md here', /(?<!\*)\.|(?<!\*)\//],
  ['a file in bold letters', 'the **.env** and **/etc/hosts** of *.git* here', /\*/],
  ['a function of a library', 'use _.map(x), or _.filter, if so', /(?<!_)\./],
  ['a face that shrugs', 'so it is ¯\\_(ツ)_/¯ and more', /\)\/|\\/],
  ['a face that smiles', 'so it is ^_^ and more', /\^\^/],
  ['signs in parentheses', 'the signs (**), (*) and (__) are', /\(\)/],
  ['an escaped exclamation mark before a link', 'so \\![the page](https://a.test/page) is', /\\|[[\]()]|https/],
  ['struck text with one tilde', 'H~2~O and ~gone~ here', /~/],
  ['the number of a source', 'so [1] it [12][3] is [4](https://a.test/)', /(?<![[\d])[123]|https/],
  ['numbers in brackets', 'the list [-1, 2.5, 3] is [2024 in short](https://a.test/)', /(?<!\[)-1|\[2024|https/],
  ['a placeholder', 'Dear [Last Name], the **[Topic]** of [Date].', /(?<!\[)(?:Last|Topic|Date)/],
  ['a source in words', 'so it is [Smith, 2020] and [sic] was', /(?<!\[)(?:Smith|sic)/],
  ['an index, and rows of numbers', 'take arr[i][j] of [[1, 2], [3, 4]] now', /arr[ij]|(?<![[ ])[1-4]|of \[1/],
  ['a label without a definition', 'see [page][r] and [page][] now', /(?<!\[)page/],
  ['an interval, which leaves its bracket open', 'in [0, 1) or **[0, 1)**, so it is', /(?<!\[)0|\*/],
  ['a sign in the label of a link in emphasis', 'so *a [b*c d](https://a.test/) e* now', /\*a|[[\]()]|https/],
  ['signs on both sides of an opening bracket', 'see *[*。x y* and](https://a.test/) more', /\*\[|see \*|https/],
  ['the end of struck text behind a bracket', 'so ~~b [c~~ d] e', /~/],
  ['a bracket behind an asterisk', 'a *[[]2*3 and more', /pending/],
  ['HTML on one line', '<details><summary>More</summary>\n\nText\n\n</details>', /[<>]|summary|details/],
  [
    'a tag on more than one line',
    '<details\n open>\n<summary\ntitle="a > b\nc">More</summary>\n\nText\n\n</details\n>',
    /[<>]|summary|details|open|title/,
  ],
  ['the end of an element in a line of text', '<details>\n\nText</details>\n\nmore', /[<>]|details/],
  ['a picture', 'see ![the page](https://a.test/page.png) now', /[[\]()!]/],
  ['struck text', 'this ~~gone~~ here', /~/],
  ['a heading', '## Title here', /#/],
  ['a list', '- one\n- two\n- three', /-/],
  ['emphasis over a line of an item that ends with a space', '- some **words \n  in bold** here', /\*|-/],
  ['a numbered list', '1. one\n2. two', /[12.]/],
  ['a task list', '- [ ] one\n- [x] two', /[[\]]/],
  ['a fence', '```js\nlet a = 1\n```\n', /`|js/],
  ['a table', '| a | b |\n|---|---|\n| 1 | 2 |\n', /[|-]/],
  ['a table whose rows begin with no bar', 'some\n\nName | `a` | *b*\n---|:-:|---\n1 | 2 | 3\n', /[|*:-]/],
  ['a table in a quote whose rows begin with no bar', '> some\n>\n> Name | a\n> ---|---\n> 1 | 2\n', /[|>-]/],
  ['a table in an item whose rows begin with no bar', '- some\n\n  Name | a\n  ---|---\n  1 | 2\n', /[|-]/],
  ['two tables in a quote', '> | a |\n> |---|\n> | 1 |\n>\n> | b |\n> |---|\n> | 2 |', /[|-]/],
  ['a table whose head is empty', '|  |   |\n|---|---|\n| 1 | 2 |\n', /[|-]/],
  ['a quote', '> said so', />/],
  ['an alert', '> [!NOTE]\n> said so', /NOTE|!/],
  ['an alert whose text is underlined', '> [!NOTE]\n> said so\n> ---\n> more', /NOTE|!/],
  ['a definition', 'text [x][r]\n\n[r]: https://a.test/x\n', /https/],
  ['a title below its definition', 'text\n\n[r]: https://a.test/x\n"and its\ntitle"\n\nmore', /https|"|title/],
  [
    'a title below its definition in a quote',
    '> text\n>\n> [r]: https://a.test/x\n> "and its\n> title"\n>\n> more',
    /https|"|title/,
  ],
  ['a title below its definition in an item', '- text\n- [r]: https://a.test/x\n  "title"\n- more', /https|"|title/],
  [
    'an address below its label in an item of a quote',
    '> - text\n>\n>   [r]:\n>   https://a.test/x\n>\n>   more',
    /https|\[/,
  ],
  ['an address below its label', 'text\n\n[r]:\nhttps://a.test/x\n\nmore', /https|\[/],
  ['a tag', 'press <kbd>K</kbd> now', /[<>]|kbd/],
  ['a reference', 'fish &amp; chips', /amp/],
  ['a reference in a block of HTML', '<details>\n<summary>Q&amp;A</summary>\n\nText\n\n</details>', /&a/],
  ['a rule', 'text\n\n---\n\nmore', /-/],
  ['a note', 'see [^note] and\n\n[^note]: so', /\^|note/],
  ['a note in brackets', 'see [[^note]] and [at [^note], too]\n\n[^note]: so', /\^|note|see (?!\[)/],
];

describe('no flash of raw syntax', () => {
  for (const [what, text, never] of CASES) {
    it(`for ${what}`, () => {
      for (const state of states(text)) expect(state).not.to.match(never);
    });
  }

  for (const [what, text] of [
    ['a block of HTML', '<p align="center">\nSome words'],
    ['a line that begins with a link', '<a href="https://a.test/">Some</a> words'],
    ['a line in a block of HTML', '<p>\n<span title=\'x\'>Some <b title="y">words</b>'],
  ] as const)
    it(`and what stands behind a tag with quotes in ${what} is shown as it comes`, () => {
      const seen = states(text).map((state) => state.replace(/\s*(\S+)\s*/g, '$1 ').trim());
      for (const part of ['S', 'Some', 'Some wo', 'Some words']) expect(seen).to.include(part);
    });

  for (const text of [
    '**注意：**这是一段中文，没有空格。',
    '说明**“重点”**内容，后面还有文字。',
    '**「強調」**です、*「強調」*です。',
    '- **Note:**no space, **(b)**c and so on',
  ])
    it(`and what a sign has opened is no emphasis any more when the one that was to close it cannot: ${text}`, () => {
      const end = text.lastIndexOf('*') + 2;
      renderStreamed(text.split(''), {}, (container, source) => {
        if (source.length > end) expect(container.querySelector('strong, em'), source).to.equal(null);
      });
    });

  for (const start of ['', '- ', '> '])
    it(`and a note of one word in ${JSON.stringify(start)} is not taken away at the end of its line`, () => {
      const seen = states(`text[^1]\n\n${start}[^1]: note\n\nmore`);
      for (const state of seen.slice(seen.findIndex((each) => each.includes('note')))) expect(state).to.include('note');
    });

  it('and a line of a long item that is indented with a tab is shown as it comes', () => {
    const seen = states(`1. an item\n\n${'\twords of it\n\n'.repeat(80)}\tSome more`);
    expect(seen.filter((state) => /Some m?o?r?e?$/.test(state.trim())).length).to.be.at.least(4);
  });

  for (const text of [
    '# One | two',
    '- one | two',
    'some words\nOne | two',
    'so `one | two',
    'one|two',
    `${'so many words '.repeat(6)}| two`,
  ])
    it(`and a bar is shown as it comes where it is hardly one of a table: ${text}`, () => {
      const end = text.endsWith('two') ? text.slice(-5).trimStart() : text;
      expect(states(text).at(-1)).to.include(end);
    });

  for (const text of ['for n <m and so', '<m and so', '- a<b and so'])
    it(`and what follows a sign for less than is shown as it comes, once it is longer than a tag: ${text}`, () => {
      expect(
        states(text + ' on and on and on without an end'.repeat(2))
          .at(-1)!
          .trim(),
      ).to.match(/<[mb] and so on.* an end$/);
    });

  it('and the rest of a line that is the head of no table is shown when the next one begins', () => {
    const [, shown] = states('One | two\nm').slice(-2);
    expect(shown!.trim()).to.equal('One | two\nm');
  });

  it('and an address between the quotation marks of a tag leads nowhere where that tag ends as one does that is open', () => {
    renderStreamed('<h1><a "><a href="https://a.test/"><i">', {}, (container, source) => {
      expect(container.querySelector('[href]'), source).to.equal(null);
    });
  });

  it('and what was shown as text is not taken away', () => {
    const text = 'A plain paragraph, with **strong** words and `code`.\n\nAnother one: 5 * 3 < 20 & more.';
    let shown = '';
    for (const state of states(text)) {
      expect(state.startsWith(shown.trimEnd().slice(0, -1)), `${shown} → ${state}`).to.equal(true);
      shown = state;
    }
  });

  const table = `| a | b |\n|---|---|\n${'| some words | and more of them |\n'.repeat(30)}`;
  for (const [what, first, rest] of [
    ['an item', '- text\n  ', '  '],
    ['an item with a blank line in it', '- text\n\n  ', '  '],
    ['the second item', '- a\n- text\n  ', '  '],
    ['a quote in an item', '- > text\n  >\n  > ', '  > '],
    ['an item in a quote', '> - text\n>   ', '>   '],
  ] as const)
    it(`and no row of a table in ${what} is taken away, however long that gets`, () => {
      const lengths = states(first + table.trimEnd().replaceAll('\n', `\n${rest}`)).map((state) => state.length);
      expect(lengths.filter((length, at) => length < lengths[at - 1]!)).to.deep.equal([]);
    });

  for (const start of ['', '- ', '> ', '> - '])
    it(`and no row without a cell is shown in ${JSON.stringify(start)}`, () => {
      const rest = start.replace('-', ' ');
      renderStreamed(`${start}| a |\n${rest}|---|\n${rest}| b |\n${rest}| c |\n`, {}, (container, source) => {
        expect(container.querySelector('td:empty'), JSON.stringify(source)).to.equal(null);
      });
    });

  for (const emoji of ['👩‍👩‍👧‍👦', '🇩🇪', '👍🏽', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}', '❤️', '🇩🇪🇫🇷']) {
    it(`and ${emoji} is never shown in part, however it is cut`, () => {
      const seen = new Set(states(`so ${emoji} it is`).map((state) => state.replace(/[a-z\s]/g, '')));
      seen.delete('🇩🇪');
      expect([...seen]).to.deep.equal(emoji === '🇩🇪' ? [''] : ['', emoji]);
    });
  }

  it('and emphasis whose beginning has settled as text shows before its paragraph is a third longer', () => {
    const words = 'some words '.repeat(160);
    const text = `2*3 ${words}4*5 `;
    renderStreamed(`${text}${words}`.match(/[^]{1,100}/g)!, {}, (container, source) => {
      const isDue = source.length > text.length * 1.33;
      if (isDue) expect(container.querySelectorAll('em').length, `${source.length}`).to.equal(1);
    });
  });

  it('and no link in a tag that is open leads anywhere, where what stands before it is not to be completed', () => {
    renderStreamed('~~a ~~b <a title="c [d](https://a.test/) e'.split(''), {}, (container, source) =>
      expect(container.querySelector('a[href]'), source).to.equal(null),
    );
  });

  it('and an emoji at the end is shown after a moment', async () => {
    const container = document.createElement('div');
    document.body.append(container);
    const renderer = new MarkdownRenderer(container);
    renderer.write('Hello 👋');
    renderer.flush();
    expect(container.textContent!.trim()).to.equal('Hello');
    await waitUntil(() => container.textContent!.trim() === 'Hello 👋', 'it is shown', { timeout: 5000 });
    renderer.destroy();
    container.remove();
  });
});
