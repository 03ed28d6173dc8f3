import { expect } from '@open-wc/testing';
import { Lexer } from 'marked';
import '../../src/define/ai-markdown.js';
import { thresholds } from '../../src/markdown/flow/open-block.js';
import { isCostly } from '../../src/markdown/source/inline-budget.js';
import { MarkdownRenderer } from '../../src/markdown/markdown-renderer.js';
import { emoji } from '../../src/plugins/emoji.js';
import { math } from '../../src/plugins/math.js';
import { costlySyntax, costlyTexts } from './costly-texts.js';
import { outline, renderStreamed, renderWhole } from './rendering.js';
import { cutInto } from './documents.js';

const SEVERE = [
  'an address that never comes',
  'strong and emphasis without end',
  'openers, then half of their closers',
  'strong in emphasis, closed',
  'one run of stars',
  'an address that ends in brackets',
  'spaced quotes in quotes',
  'bullets in bullets',
  'ragged items in quotes',
  'elements in elements',
  'elements in elements in a line',
  'ends of rows in a formatted line',
  'open details',
  'links without end',
  'brackets and parentheses',
  'pictures in pictures',
  'a title below that is never closed',
  'backslashes',
  'comments in a tag',
];

const SIZE = 12_000;

function letters(text: string): string {
  return text.replace(/[^ax]/g, '');
}

function inside(element: Element): string {
  return [...element.childNodes].map(outline).join('');
}

/** How many times as many characters as it has are read of a text that comes a hundred at a time. */
function timesRead(text: string, settings?: Parameters<typeof renderStreamed>[1]): number {
  const { blockTokens } = Lexer.prototype;
  let read = 0;
  Lexer.prototype.blockTokens = function (this: Lexer, source: string, ...rest: never[]) {
    read += source.length;
    return blockTokens.call(this, source, ...rest);
  } as typeof blockTokens;
  try {
    renderStreamed(cutInto(text, 100), settings);
  } finally {
    Lexer.prototype.blockTokens = blockTokens;
  }
  return read / text.length;
}

/** How many times as many characters as it has are looked through for all of a pattern, of a text that comes so. */
function timesMatched(text: string): number {
  const { matchAll } = String.prototype;
  let looked = 0;
  const counting = function (this: string, pattern: RegExp) {
    looked += this.length;
    return matchAll.call(this, pattern);
  };
  try {
    Object.assign(String.prototype, { matchAll: counting });
    renderStreamed(cutInto(text, 100));
  } finally {
    Object.assign(String.prototype, { matchAll });
  }
  return looked / text.length;
}

/** How many times as many characters as it has are looked at or written in texts of the page, of a text that comes so. */
function timesWritten(text: string): number {
  const { get, set } = Object.getOwnPropertyDescriptor(CharacterData.prototype, 'data')!;
  let written = 0;
  const count = (data: string): string => ((written += data.length), data);
  Object.defineProperty(CharacterData.prototype, 'data', {
    configurable: true,
    get(this: CharacterData) {
      return count(get!.call(this) as string);
    },
    set(this: CharacterData, data: string) {
      set!.call(this, count(data));
    },
  });
  try {
    renderStreamed(cutInto(text, 100));
  } finally {
    Object.defineProperty(CharacterData.prototype, 'data', { configurable: true, enumerable: true, get, set });
  }
  return written / text.length;
}

const shipped = { ...thresholds };

describe('no text holds a page up', () => {
  afterEach(() => Object.assign(thresholds, shipped));

  for (const char of ['_', '*', '~'])
    it(`nor one run of ${char}, which closes at the end of the text: each level would be read in the one before it`, () => {
      const run = char.repeat(4000);
      expect(isCostly(`${run}a${run}`)).to.equal(true);
    });

  it('counts the signs in a long word, not its length: behind each, marked tries the rest as an address', () => {
    const word = 'aB3xY9'.repeat(10_000);
    for (const text of [word, `[x](https://a.test/${word})`, `<https://a.test/${word}>`, `\`${word}\``])
      expect(isCostly(text), text.slice(0, 20)).to.equal(false);
    for (const sign of ['_', '!', '*b', '~', '``b', 'www.', '&amp;'])
      expect(isCostly(`a${sign}`.repeat(30_000)), sign).to.equal(true);
    expect(isCostly(`${word}@`), 'and with a sign of mail, behind each letter').to.equal(true);
  });

  for (const name of SEVERE) {
    it(`not ${name}`, () => {
      const text = costlyTexts[name]!(SIZE);
      const container = document.createElement('div');
      const renderer = new MarkdownRenderer(container);
      for (let at = 0; at < text.length; at += 3000) {
        renderer.write(text.slice(at, at + 3000));
        renderer.flush();
      }
      renderer.end();
      expect(container.querySelectorAll('*').length).to.be.below(text.length / 2);
      expect(container.innerHTML.length).to.be.below(8 * text.length + 65_536);
      expect(letters(container.textContent ?? '').length).to.be.at.least(letters(text).length * 0.9);
      renderer.destroy();
    });
  }

  for (const signs of ['_', '**'])
    it(`shows as it is written what would be a thousand elements in one another: ${signs}`, () => {
      for (const length of [1500, 2500, 5000]) {
        const text = `${signs.repeat(length / signs.length)}a${signs.repeat(length / signs.length)}`;
        const shown = renderStreamed(text.match(/[^]{1,100}/g)!);
        expect(shown.textContent!.trim()).to.equal(text);
      }
    });

  for (const [name, text] of [
    ['opens behind a sign and has no partner', '.**a b '],
    ['opens behind a quote and has no partner', '"_a b '],
  ] as const)
    it(`does not look for the partner of each mark through all the rest, where every one ${name}`, () => {
      let warnings = 0;
      const onWarning = (): void => void (warnings += 1);
      expect(renderWhole(text.repeat(100), { onWarning }).textContent!.trim()).to.include(text.trim());
      expect(warnings).to.equal(0);
      const long = text.repeat(1000);
      expect(renderWhole(long, { onWarning }).textContent!.trim()).to.equal(long.trim());
      expect(warnings).to.equal(1);
    });

  for (const [how, sizes] of [
    ['as shipped', shipped],
    ['with every block read piece by piece', { list: 0, table: 0, quote: 0, item: 0, paragraph: 0, html: 0 }],
  ] as const) {
    it(`and what is read more simply is told from the text alone, ${how}`, function () {
      this.timeout(60_000);
      Object.assign(thresholds, sizes);
      const differ = Object.entries(costlyTexts).filter(([, create]) => {
        const text = create(1500);
        return outline(renderStreamed(cutInto(text, 61))) !== outline(renderWhole(text));
      });
      expect(differ.map(([name]) => name)).to.deep.equal([]);
    });
  }

  for (const [how, length] of [
    ['short', 1500],
    ['crowded', 7000],
  ] as const) {
    it(`and so is what is read beside markdown’s own, where it is ${how}`, function () {
      this.timeout(60_000);
      const settings = {
        plugins: [math(), emoji],
        directives: { box: { tag: 'x-box' }, leaf: { tag: 'x-leaf', attributes: ['b'] }, mark: { tag: 'x-mark' } },
      };
      const differ = Object.entries(costlySyntax).filter(([, create]) => {
        const text = create(length);
        const streamed = renderStreamed(cutInto(text, length / 25), settings);
        return outline(streamed) !== outline(renderWhole(text, settings));
      });
      expect(differ.map(([name]) => name)).to.deep.equal([]);
    });
  }

  for (const [what, text] of [
    ['emphasis', '**w** *w* `w` ~~w~~ w '],
    ['tags', 'H<sub>2</sub>O some words <kbd>Ctrl</kbd><br> '],
    ['emphasis in tags', 'some <b>words *and* </b>more **H<sub>2</sub>O** '],
    ['names with underscores', 'a snake_case_name and __init__ in it '],
    ['pictures', '![a](https://a.test/b.png) '],
    ['addresses, each in a line of its own', 'https://a.test/some/words\n'],
    ['verses', '*some words*  \n'],
    ['verses that end in a backslash', '**some**\\\n'],
    ['lines without a space', 'some,words,1\n'],
    ['Chinese with code', '模型逐字写出`回答`，每个字一到就显示。'],
    ['Japanese with emphasis', 'モデルは**一字ずつ**答えを書き、'],
    ['Thai with code', 'แบบจำลอง`คำตอบ`เขียนทีละตัวอักษร'],
    ['Thai with links', 'แบบจำลอง[คำตอบ](https://a.test/b)เขียนทีละตัวอักษร'],
    ['Khmer with code', 'ម៉ូដែល`ចម្លើយ`សរសេរចម្លើយរបស់វា'],
    ['Burmese with emphasis', 'မော်ဒယ်**စာလုံး**ရေးသားပြသည်'],
    ['Chinese with emphasis that signs keep from being any', '模型**“逐字”**写出回答，'],
    ['stars for notes', 'some price* per unit '],
    ['tildes for about', 'some ~5 minutes '],
    ['stars and tildes that open and never close', 'some *words and ~~more '],
    ['tildes and addresses', 'some ~5 minutes at https://a.test/b '],
    ['arrows to both sides', 'a -> b and c <- d '],
    ['brackets that do not close', 'x in [0, 1) and y '],
    ['labels that nothing defines', 'some [words of it][1] '],
    ['types with types in them', 'a Map<String, List<int>> of words '],
    ['places to fill in', 'run --id <ID_1> and some words '],
    ['names that begin with an underscore', 'a _private name in it '],
    ['brackets in brackets', '"key": ["a", {"b": [1, 2, 3]}, "words"],\n'],
    ['rows without a line below the first', '| some | words |\n'],
  ] as const)
    it(`reads a long paragraph of ${what} a piece at a time`, () => {
      expect(timesRead(text.repeat(16_000 / text.length))).to.be.below(20);
    });

  it('reads a long line that begins with a tag a piece at a time', () => {
    expect(timesRead(`<think>${'some words '.repeat(1500)}`)).to.be.below(20);
  });

  for (const start of ['- ', '12) ', '- a\n\n- ', '> - a\n>   - ', '- a\n  1. '])
    it(`reads the long line of an item behind ${JSON.stringify(start)} a piece at a time`, () => {
      for (const words of ['some words ', 'me@a.test ', '**w** *w* `w` '])
        expect(timesRead(start + words.repeat(16_000 / words.length)), words).to.be.below(20);
    });

  it('reads the tasks below one task as they come', () => {
    const text = `- [ ] all\n${'  - [x] some words of **one** of them\n'.repeat(400)}`;
    expect(timesRead(text)).to.be.below(20);
    expect(outline(renderStreamed(cutInto(text, 100)))).to.equal(outline(renderWhole(text)));
  });

  for (const [what, text] of [
    ['tasks with code', '> - [ ] a\n>\n>       code\n'],
    ['lines', '> some words\n'],
  ] as const)
    it(`reads ${what} of one alert as they come`, () => {
      expect(timesRead(`> [!NOTE]\n${text.repeat(16_000 / text.length)}`)).to.be.below(20);
    });

  for (const [what, start, text] of [
    ['a table', '<table>\n', '<tr>\n  <td>some words</td>\n  <td>1</td>\n</tr>\n'],
    ['a table in one line', '<table>', '<tr><td>some words</td><td>1</td></tr>'],
    ['lines in an element that is open', '<details>\n<summary>more</summary>\n', 'some words<br>\n'],
    ['an element in an item', '- a\n\n  <div>\n', '  <p>some words</p>\n'],
  ] as const)
    it(`reads and writes a block of HTML as it comes: ${what}`, () => {
      const { createElement } = document;
      let written = 0;
      document.createElement = (name: string) => ((written += 1), createElement.call(document, name));
      try {
        const long = start + text.repeat(16_000 / text.length);
        expect(timesRead(long)).to.be.below(20);
        expect(written / renderWhole(long).querySelectorAll('*').length).to.be.below(6);
      } finally {
        document.createElement = createElement;
      }
    });

  it('shows a line as it was written that holds a thousand formulas, notes or directives, and warns of it', () => {
    const settings = { plugins: [math()], directives: { mark: { tag: 'x-mark' } } };
    for (const piece of ['$a$ ', '[^1] ', ':mark[a] ', '\\(a\\) ']) {
      let warnings = 0;
      const container = document.createElement('div');
      const renderer = new MarkdownRenderer(container, { ...settings, onWarning: () => (warnings += 1) });
      const note = '\n\n[^1]: a';
      renderer.set(piece.repeat(400) + note, false);
      renderer.flush();
      expect(container.querySelector('p')!.childElementCount, piece).to.equal(400);
      expect(warnings).to.equal(0);
      renderer.set(piece.repeat(1100) + note, false);
      renderer.flush();
      expect(container.querySelector('p')!.childElementCount, piece).to.equal(0);
      expect(container.querySelector('p')!.textContent!.trim()).to.equal(piece.repeat(1100).trim());
      expect(warnings).to.equal(1);
      renderer.destroy();
    }
  });

  it('shows a paragraph of hardly anything but pictures as it was written, and one of many as pictures', () => {
    for (const picture of ['![](//a.test/b) ', '<img src="//a.test/b"> ']) {
      const [some, many] = [`x ${picture.repeat(1000)}`, `x ${picture.repeat(2000)}`];
      expect(renderWhole(some).querySelectorAll('p > button').length, picture).to.equal(1000);
      const whole = renderWhole(many);
      expect(whole.querySelector('p')!.childElementCount, picture).to.equal(0);
      expect(outline(renderStreamed(cutInto(many, 997))), picture).to.equal(outline(whole));
    }
  });

  it('draws what is long over some frames, and all of it for who asks', async function () {
    this.timeout(60_000);
    const text = costlyTexts['plain paragraphs']!(300_000);
    const element = document.createElement('ai-markdown');
    document.body.append(element);
    await element.updateComplete;
    const content = element.shadowRoot!.querySelector('.markdown')!;
    const whole = inside(renderWhole(text));
    element.value = text;
    element.end();
    expect(content.childElementCount).to.be.above(0);
    expect(inside(content).length).to.be.below(whole.length);
    await element.updateComplete;
    expect(inside(content)).to.equal(whole);
    element.value = `${text}more`;
    element.end();
    element.flush();
    expect(inside(content)).to.equal(inside(renderWhole(`${text}more`)));
    element.value = text;
    element.end();
    element.write('and more');
    element.end();
    await element.updateComplete;
    expect(inside(content)).to.equal(inside(renderWhole(`${text}and more`)));
    element.remove();
  });

  it('draws on where a page has no frames', async function () {
    this.timeout(60_000);
    const { requestAnimationFrame: real } = globalThis;
    const element = document.createElement('ai-markdown');
    document.body.append(element);
    await element.updateComplete;
    globalThis.requestAnimationFrame = () => 0;
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    try {
      const text = costlyTexts['plain paragraphs']!(500_000);
      for (let at = 0; at < text.length; at += 5000) element.write(text.slice(at, at + 5000));
      expect(element.value).to.equal(text);
      element.end();
      await element.updateComplete;
      expect(inside(element.shadowRoot!.querySelector('.markdown')!)).to.equal(inside(renderWhole(text)));
    } finally {
      globalThis.requestAnimationFrame = real;
      delete (document as { hidden?: boolean }).hidden;
      element.remove();
    }
  });

  it('goes on with each frame where one came late', async function () {
    this.timeout(20_000);
    const { requestAnimationFrame: real } = globalThis;
    const element = document.createElement('ai-markdown');
    document.body.append(element);
    await element.updateComplete;
    const text = costlyTexts['plain paragraphs']!(600_000);
    globalThis.requestAnimationFrame = (task) => (setTimeout(() => void real(task), 700), 0);
    element.value = text;
    element.end();
    globalThis.requestAnimationFrame = real;
    let shares = 0;
    const observer = new MutationObserver(() => (shares += 1));
    observer.observe(element.shadowRoot!, { childList: true, subtree: true });
    const start = performance.now();
    await element.updateComplete;
    const perShare = (performance.now() - start - 700) / shares;
    observer.disconnect();
    element.remove();
    expect(shares).to.be.above(2);
    // Half a second each, of what can be ten of them, if it waited for frames that nobody asked for.
    expect(perShare).to.be.below(350);
  });

  it('draws less at a time where words are followed by hardly anything but signs', async function () {
    this.timeout(60_000);
    const container = document.createElement('div');
    document.body.append(container);
    const renderer = new MarkdownRenderer(container);
    const rules: number[] = [];
    const observer = new MutationObserver(() => rules.push(container.getElementsByTagName('hr').length));
    observer.observe(container, { childList: true });
    renderer.set(`${'some words '.repeat(10)}\n\n`.repeat(2000) + '********\n\n'.repeat(9000), false);
    await renderer.complete;
    observer.disconnect();
    renderer.destroy();
    container.remove();
    const added = rules.map((count, index) => count - (rules[index - 1] ?? 0)).filter((count) => count > 0);
    expect(added.sort((one, other) => one - other)[Math.floor(added.length / 2)]).to.be.below(450);
  });

  it('keeps a wide head over many short rows as text', () => {
    const text = `${'|a'.repeat(150)}|\n${'|-'.repeat(150)}|\n${'a\n'.repeat(3000)}`;
    const container = document.createElement('div');
    new MarkdownRenderer(container).set(text, false);
    expect(container.querySelectorAll('*').length).to.be.below(100);
    expect(container.textContent).to.include('|a|a|a');
  });

  for (const [where, gap] of [
    ['one paragraph', ' '],
    ['paragraphs', '\n\n'],
    ['emphasis', '* *'],
    ['items', '\n- '],
  ] as const) {
    for (const last of [false, true]) {
      it(`does not let a short label in ${where} stand for a long address, defined ${last ? 'last' : 'first'}`, () => {
        const definition = `[r]: https://a.test/${'x'.repeat(3000)} "${'t'.repeat(1000)}"`;
        const uses = `${gap.trimStart()}[r]${`${gap}[r]`.repeat(400)}`;
        const text = last ? `${uses}\n\n${definition}` : `${definition}\n\n${uses}`;
        const whole = renderWhole(text);
        const links = whole.querySelectorAll('a');
        expect([...links].reduce((sum, { href, title }) => sum + href.length + title.length, 0)).to.be.below(36_000);
        if (gap.includes('\n')) expect(links.length).to.be.above(4);
        expect(whole.textContent).to.include('[r]');
        expect(outline(renderStreamed(cutInto(text, 53)))).to.equal(outline(whole));
      });
    }
  }

  it('shows emphasis that is hundreds deep as it was written, by long runs of signs as by many pairs', () => {
    const deep = ['_', '*', '**'].map((sign) => `${sign.repeat(3000)}a${sign.repeat(3000)}`);
    for (const text of [...deep, `${'*a '.repeat(390)}b${' a*'.repeat(390)}`]) {
      let warnings = 0;
      const pieces = [...cutInto(text, 600)];
      const container = renderStreamed(pieces, { onWarning: () => (warnings += 1) });
      expect(container.querySelector('em, strong')).to.equal(null);
      expect(container.textContent!.trim()).to.equal(text);
      expect(warnings).to.equal(1);
      expect(outline(container)).to.equal(outline(renderWhole(text)));
    }
  });

  it('tells the page that something is shown as plain text', async () => {
    const element = document.createElement('ai-markdown');
    const codes: string[] = [];
    element.addEventListener('ai-warning', (event) => codes.push(event.code));
    document.body.append(element);
    await element.updateComplete;
    element.value = `${'> '.repeat(2000)}x`;
    element.end();
    element.value = costlyTexts['strong and emphasis without end']!(SIZE);
    element.end();
    await element.updateComplete;
    expect(codes).to.deep.equal(['markdown-budget']);
    element.remove();
  });
});

describe('nothing is read again', () => {
  for (const word of ['0a1b2c3d', 'aB3x_Y9-'])
    it(`reads one long word as it comes: ${word}`, () => {
      const text = word.repeat(3000);
      expect(timesRead(text)).to.be.below(20);
      expect(timesRead(`${word.repeat(400)} ${'and a mail to a@b.test '.repeat(600)}`)).to.be.below(20);
      expect(outline(renderStreamed(cutInto(text, 100)))).to.equal(outline(renderWhole(text)));
    });

  it('nor laid out while it is drawn, as a browser does for whoever asks what is selected', () => {
    let asked = 0;
    const counting = (): null => ((asked += 1), null);
    Object.assign(document, { getSelection: counting });
    try {
      renderStreamed(
        cutInto('some _words at https://a.test/b_c and `code`, **more** of [them](https://a.test)\n'.repeat(99), 700),
      );
      expect(asked).to.equal(0);
    } finally {
      delete (document as Partial<Document>).getSelection;
    }
  });

  for (const [open, close] of [
    ['$$', '$$'],
    ['\\[', '\\]'],
  ] as const)
    it(`reads formulas right below their words as they come, between ${open} and ${close}`, () => {
      const text = `some words\n${open}\nx_1 = y\n${close}\n`.repeat(400);
      const settings = { plugins: [math()] };
      expect(timesRead(text, settings)).to.be.below(20);
      expect(outline(renderStreamed(cutInto(text, 100), settings))).to.equal(outline(renderWhole(text, settings)));
    });

  for (const [what, start, text] of [
    ['words', '<think>\n', 'some words\n'],
    ['tags that are shown', '<svg>\n', '  <path d="M0 0"/>\n'],
    ['tags that close nothing', '<div>\n', 'some words</span>\n'],
    ['words in one line', '<think>\n', 'some words '],
    ['preformatted words', '<pre>\n', 'some words & a < b\n\n  of <b>it</b>\n'],
    ['a script', '<script>\n', 'if (a < b) go("<b>");\n\n'],
    ['a style', '<head>\n</head>\n\n  <style media=all>\n', '  a > b {}\n\n'],
    ['a line behind a style', '<style>\n</style>', 'some <b>words</b> '],
    ['a line behind a comment', '<!--\na\n-->', 'some words '],
    ['a field', '<textarea>\n', 'some words & more\n\n'],
    ['a title', '<title>\n', 'some words & <b>more</b>\n'],
    ['a comment', '<!--\n', 'some words\n\n<b>of it</b>\n'],
    ['a comment in an element', '<div>\n<!--\n', 'some words\n<b>of it</b>\n'],
    ['an instruction', '<?php\n', 'echo "<b>";\n\n'],
  ] as const)
    it(`looks for tags in a block of HTML as it comes, and writes it so: ${what}`, () => {
      const long = start + text.repeat(16_000 / text.length);
      for (const times of [timesRead, timesMatched, timesWritten]) expect(times(long), times.name).to.be.below(20);
      expect(outline(renderStreamed(cutInto(long, 100)))).to.equal(outline(renderWhole(long)));
    });

  for (const [what, start, text] of [
    ['whose first line is empty', '-\n', '  some words\n\n'],
    ['whose first line is empty, with items in it', '1. \n', '   - some words\n'],
    ['whose first line is empty, with code in it', '- a\n- b\n-\n  ```\n', '  code\n'],
    ['whose lines are not indented', '- a\n', 'some words that go on\n'],
    ['in a quote whose lines are not indented', '> - a\n', '> some words that go on\n'],
    ['whose lines are not indented below the last of its paragraphs', '1. a\n\n   b\n', 'some words that go on\n'],
  ] as const)
    it(`reads an item ${what} as it comes`, () => {
      const long = start + text.repeat(16_000 / text.length);
      expect(timesRead(long)).to.be.below(20);
      expect(outline(renderStreamed(cutInto(long, 100)))).to.equal(outline(renderWhole(long)));
    });

  for (const [what, start, text] of [
    ['tasks, apart', '- [ ] all\n\n', '  - [x] some words of **one**\n\n'],
    ['items in a loose list', '- [ ] a\n\n- [x] all\n', '  - some words\n'],
    ['paragraphs', '- [ ] all\n\n', '  some words\n\n'],
    ['paragraphs, some with a label', '- [ ] all of [r]\n\n  [r]\n\n', '  some words\n\n'],
    ['code', '1. [x] all\n   ```\n', '   code\n'],
    ['code, apart', '- [ ] all\n\n  ```\n', '  code\n'],
  ] as const)
    it(`reads what is below one task as it comes: ${what}`, () => {
      const long = `${start}${text.repeat(16_000 / text.length)}\n\n[r]: https://a.test`;
      expect(timesRead(long)).to.be.below(20);
      expect(outline(renderStreamed(cutInto(long, 100)))).to.equal(outline(renderWhole(long)));
    });

  for (const [where, start, text] of [
    ['', '', '    some words\n'],
    [' behind text', 'a\n\n', '\tsome words\n\n\t  of code\n     \n'],
    [' in an item', '- a\n\n', '      some words\n\n'],
    [' that begins an item', '1.     a\n', '       some words\n'],
    [' in a quote', '> a\n>\n', '>     some words\n>\n'],
  ] as const)
    it(`lines of code by its indentation${where}, nor are they written again`, () => {
      const long = `${start}${text.repeat(16_000 / text.length)}\n\nb`;
      for (const times of [timesRead, timesWritten]) expect(times(long), times.name).to.be.below(20);
      expect(outline(renderStreamed(cutInto(long, 100)))).to.equal(outline(renderWhole(long)));
    });

  for (const [start, text] of [
    ['see [this ', 'some words of it [1] and '],
    ['see [this ', 'a claim [[2]](https://a.test/b) and '],
    ['see [this ', 'some [words](https://a.test/b) '],
    ['[', '"some words", '],
    ['{"all": [', '{"key": ["a", {"b": [1, [2, "c\\n"]]}]}, '],
    ['**', 'some words and `code` of it '],
    ['*', 'some [words](https://a.test/b) '],
    ['~~', 'some words and `code` of it '],
    ['a __', 'some words and `code` of it '],
    ['a `', 'some words of _it_ that go on '],
  ] as const)
    it(`behind a sign that never closes: ${start}${text}`, () => {
      const long = start + text.repeat(16_000 / text.length);
      expect(timesRead(long)).to.be.below(25);
      expect(outline(renderStreamed(cutInto(long, 100)))).to.equal(outline(renderWhole(long)));
    });

  for (const text of ['some words – and more\n', '模型逐字写出回答，每个字一到就显示，'])
    it(`nor written again what has settled of a long paragraph: ${text}`, () => {
      const long = text.repeat(16_000 / text.length);
      expect(timesWritten(long)).to.be.below(20);
      expect(outline(renderStreamed(cutInto(long, 100)))).to.equal(outline(renderWhole(long)));
    });

  it('a long paragraph for each of the labels in it that are defined behind it', () => {
    const labels = Array.from({ length: 300 }, (_, index) => index);
    const text = labels.map((label) => `some words [of it][${label}] and `).join('');
    const definitions = labels.map((label) => `[${label}]: https://a.test/${label}\n`).join('');
    const long = `${text}\n\n${definitions}`;
    expect(timesRead(long)).to.be.below(20);
    expect(outline(renderStreamed(cutInto(long, 100)))).to.equal(outline(renderWhole(long)));
  });

  for (const [what, text] of [
    ['an item of an item', '- a\n  - b'],
    ['a fence that begins an item', '- ```\n  a'],
    ['a note', 'a[^1]\n\n[^1]: b'],
    ['a block of HTML', '<div>'],
    ['lines of code', '    a\n    b'],
  ] as const)
    it(`for each of the blank lines behind ${what}`, () => {
      expect(timesRead(text + '\n'.repeat(16_000))).to.be.below(20);
    });
});
