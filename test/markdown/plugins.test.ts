import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import type { MarkdownPlugin } from '../../src/markdown/plugin.js';
import { toMarkdown } from '../../src/markdown/reader/to-markdown.js';
import { emoji } from '../../src/plugins/emoji.js';
import { math } from '../../src/plugins/math.js';
import { copyMathML } from '../../src/plugins/mathml.js';
import { findings } from './oracle.js';
import { renderStreamed, renderWhole } from './rendering.js';

const content = (element: AiMarkdown): HTMLElement => element.shadowRoot!.querySelector('.markdown')!;

function mathOf(inner: string): Element {
  const box = document.createElement('template');
  box.innerHTML = `<math>${inner}</math>`;
  return box.content.firstElementChild!;
}

async function create(value: string, plugins: readonly MarkdownPlugin[]): Promise<AiMarkdown> {
  const element = await fixture<AiMarkdown>(html`<ai-markdown></ai-markdown>`);
  element.plugins = plugins;
  element.value = value;
  await element.updateComplete;
  return element;
}

/** As soon as everything in it is drawn or known not to be. */
async function drawn(element: AiMarkdown): Promise<HTMLElement> {
  const box = content(element);
  await waitUntil(() => !box.querySelector('.construct:not([data-state])'), 'all is drawn', { timeout: 10_000 });
  return box;
}

const formulasIn = (text: string, plugins: readonly MarkdownPlugin[] = [math()]): string[] =>
  [...renderWhole(text, { plugins }).querySelectorAll<HTMLElement>('.construct')].map(
    (holder) => `${holder.classList[1]} ${holder.dataset['markdown']}`,
  );

const READ_AS: [text: string, formulas: string[]][] = [
  ['$x$ and $y_1$.', ['span $x$', 'span $y_1$']],
  ['It costs $5.', []],
  ['From $5 to $10.', []],
  ['$20,000 and $30,000', []],
  ['$5M in revenue and 10$ of cost', []],
  ['US$5 and A$6', []],
  ['I had 5$ and now 3$.', []],
  ['between $HOME and $PATH', []],
  ['$5-10 and then $20', []],
  ['$5$', ['span $5$']],
  ['$2x + 1$', ['span $2x + 1$']],
  ['$ x $', []],
  ['\\$x$', []],
  ['`$x$` and ``$y$``', []],
  ['$a*b$ and $c*d$', ['span $a*b$', 'span $c*d$']],
  ['*$a$*', ['span $a$']],
  ['$a', []],
  ['a $x\\$y$ b', ['span $x\\$y$']],
  ['\\(x\\) and \\[y = 1\\] there', ['span \\(x\\)', 'span \\[y = 1\\]']],
  ['as shown \\[1\\].', []],
  ['$$x$$', ['block $$x$$']],
  ['Text\n$$\nx\n$$\nmore', ['block $$\nx\n$$']],
  ['$$\na\n- b\n= c\n$$', ['block $$\na\n- b\n= c\n$$']],
  ['$$\na\n\nb\n$$', []],
  ['- item\n\n  $$\n  x\n  $$', ['block $$\nx\n$$']],
  ['> $$\n> x\n> $$', ['block $$\nx\n$$']],
  ['| a |\n|---|\n| $x$ |', ['span $x$']],
  ['```\n$x$\n```', []],
  ['```math\nx^2\n```', ['fence undefined']],
  ['[$x$](https://a.test/)', ['span $x$']],
  ['[a](https://a.test/$b$c)', []],
  ['He earns $$ and spends $$ daily.', []],
];

describe('plugins: math', () => {
  for (const [text, formulas] of READ_AS) {
    it(`reads ${JSON.stringify(text)} as ${formulas.length} formulas`, () => {
      expect(formulasIn(text)).to.deep.equal(formulas);
    });
  }

  for (const formula of ['$$\n  x\n  $$', '\\[\n  x\n  \\]', '$$x$$'])
    it(`behind a blank line ${JSON.stringify(formula)} stands apart from an item’s text, from its first sign on`, () => {
      const kinds = new Set<string>();
      const shown = renderStreamed(`- a\n- b\n\n  ${formula}\n- c`.split(''), { plugins: [math()] }, (box, source) => {
        if (source.includes('\n\n  $$') || source.includes('\n\n  \\[')) kinds.add(box.querySelector('li')!.innerHTML);
      });
      expect([...kinds]).to.deep.equal(['<p dir="auto">a</p>\n']);
      expect(shown.querySelector('li:nth-child(2) > .construct.block')).not.to.equal(null);
    });

  for (const start of ['', '> ', '- '])
    it(`is never shown as it is written where its last sign begins a line of a text in ${JSON.stringify(start)}`, () => {
      const rest = start.replace('-', ' ');
      const text = `${start}so $$\n${rest}x = 1\n${rest}$$ it is`;
      renderStreamed(text.split(''), { plugins: [math()] }, (box, source) => {
        for (const construct of box.querySelectorAll('.construct')) construct.remove();
        expect(box.textContent, source).not.to.match(/[x$]/);
      });
    });

  it('is drawn as MathML, which a page needs no style and no font for', async () => {
    const box = await drawn(await create('So $\\frac{a}{b}$.\n\n$$\nx^2\n$$', [math()]));
    expect(box.querySelectorAll('math mfrac').length).to.equal(1);
    expect(box.querySelector('math[display=block] msup')).not.to.equal(null);
    expect(box.querySelector('[style], [class*=katex]')).to.equal(null);
    expect(box.querySelector('math')!.namespaceURI).to.equal('http://www.w3.org/1998/Math/MathML');
  });

  it('copies nothing of what drew a formula that does more than show it', () => {
    const box = document.createElement('div');
    box.innerHTML =
      '<math href="javascript:1" class="a" onclick="1" style="position:fixed" id="x" xlink:href="y"><mi mathvariant="bold" href="x">x\u202Ey</mi></math>';
    expect((copyMathML(box.firstElementChild) as Element).outerHTML).to.equal(
      '<math><mi mathvariant="bold">xy</mi></math>',
    );
    for (const other of ['<maction>x</maction>', '<mglyph src="x">', '<annotation-xml><b>x</b></annotation-xml>'])
      for (const around of ['', 'mtext'])
        expect(copyMathML(mathOf(around ? `<${around}>${other}</${around}>` : other)), other).to.equal(null);
    expect(copyMathML(mathOf('<mtext><img src="x"></mtext>'))).to.equal(null);
  });

  it('shows as it was written what cannot be drawn', async () => {
    const texts = ['$\\nothing{x}$', '$\\def\\a{\\a\\a}\\a$', `$${'x^{'.repeat(100)}x${'}'.repeat(100)}$`];
    for (const text of texts) {
      const box = await drawn(await create(text, [math()]));
      expect(box.querySelectorAll('math').length).to.equal(0);
      expect(box.textContent!.trim()).to.equal(text);
    }
  });

  it('runs nothing, styles nothing and leads nowhere, whatever a formula asks for', async () => {
    const asks = ['\\href{javascript:alert(1)}{x}', '\\htmlStyle{position:fixed}{x}', '\\htmlId{a}{x}'];
    const more = [
      '\\includegraphics{https://evil.test/x}',
      '\\url{https://evil.test}',
      '\\rule{900em}{900em}',
      'x\\char"202E y\\char"E0041 z\\text{\\char"E0142}',
      '<img src=x onerror=alert(1)>',
    ];
    for (const ask of [...asks, ...more]) {
      const box = await drawn(await create(`$$\n${ask}\n$$`, [math()]));
      for (const formula of box.querySelectorAll('math')) {
        const attributes = [formula, ...formula.querySelectorAll('*')].flatMap((part) => Array.from(part.attributes));
        const named = attributes.map(({ name, value }) => `${name}=${value}`);
        expect(named.filter((each) => /^(?:on|(?:style|id|class|href|src)=|\w+=\d{3,})/.test(each))).to.deep.equal([]);
        expect(formula.textContent).not.to.match(/[\u202A-\u202E\u{E0000}-\u{E0FFF}]/u);
        formula.remove();
      }
      expect(findings(box)).to.deep.equal([]);
      expect(box.querySelector('a, img, [href], [src]')).to.equal(null);
    }
  });

  for (const formula of [
    '\\raisebox{60em}{x}',
    '\\raisebox{-300pt}{x}',
    `${'\\raisebox{.9em}{'.repeat(15)}x${'}'.repeat(15)}`,
    '\\smash{\\raisebox{9em}{x}}',
    `\\smash{\\begin{matrix}${'x\\\\'.repeat(30)}x\\end{matrix}}`,
    '\\rule{9em}{9em}',
    '\\rule[9em]{1em}{1em}',
    '\\rule[-9em]{1em}{1em}',
    '\\vcenter{\\raisebox{-30em}{x}}',
  ]) {
    it(`draws nothing over what stands around it: ${formula.slice(0, 30)}`, async () => {
      const box = await drawn(await create(`a $${formula}$ b`, [math()]));
      const around = box.querySelector('p')!.getBoundingClientRect();
      const places = [...box.querySelectorAll('mtext, mi, mspace')].map((part) => part.getBoundingClientRect());
      expect(places).not.to.deep.equal([]);
      const outside = places.filter(({ top, bottom }) => top < around.top - 20 || bottom > around.bottom + 20);
      expect(outside).to.deep.equal([]);
    });
  }

  for (const formula of [
    '\\mathllap{\\text{far}}x',
    'x\\mathrlap{\\text{far}}',
    '\\mathclap{\\text{far}}x',
    'x\\llap{far}',
    '\\boxed{\\rlap{far}}x',
    '\\sum_{\\mathclap{1\\le i\\le n}}x',
    'x\\hspace{-5em}\\text{far}',
    '\\kern-5em x',
    'x\\mkern-60mu\\text{far}',
    '\\rule{-2em}{1em}x',
  ]) {
    it(`draws each sign in the formula's own box, and nowhere over another: ${formula}`, async () => {
      const box = await drawn(await create(`a $${formula}$ b`, [math()]));
      const holder = box.querySelector('.construct')!.getBoundingClientRect();
      const signs = [...box.querySelectorAll('mtext, mi, mn, mo')].filter((sign) => sign.textContent!.trim());
      const places = signs.map((sign) => sign.getBoundingClientRect());
      expect(places).not.to.deep.equal([]);
      expect(places.filter(({ left, right }) => left < holder.left - 1 || right > holder.right + 1)).to.deep.equal([]);
      for (const { width } of places) expect(width).to.be.above(0);
      // Browsers differ in what they do with less than no room.
      const less = [...box.querySelectorAll('mspace, mpadded')].flatMap((part) => Array.from(part.attributes));
      expect(less.filter(({ value }) => value.startsWith('-'))).to.deep.equal([]);
    });
  }

  it('is raised a little, and keeps the room of what is not drawn', async () => {
    const box = await drawn(await create('$a\\raisebox{0.25em}{b}\\hphantom{c}$', [math()]));
    expect([...box.querySelectorAll('mpadded')].map((part) => part.cloneNode() as Element)).to.satisfy(
      ([raised, phantom]: Element[]) =>
        raised!.getAttribute('voffset') === '0.25em' && phantom!.getAttribute('height') === '0px',
    );
  });

  it('is held back while it is written', () => {
    const text = 'So $\\frac{a}{b}$ and \\(\\alpha\\) is\n\n$$\n\\sqrt{x}\n$$\n\nas it costs $5 now.';
    const plugins = [{ ...math(), render: () => 'DRAWN' }];
    renderStreamed(text.split(''), { plugins }, (container) => {
      expect(container.textContent).not.to.match(/[\\{}]|\$(?!5)|frac|sqrt|alpha/);
    });
  });

  it('keeps about its room until it is drawn', async () => {
    const element = await create('Above.\n\n$$\nx\n$$\n\nBelow.', [{ ...math(), render: () => new Promise(() => {}) }]);
    const waiting = content(element).querySelector('.construct')!.getBoundingClientRect().height;
    const box = await drawn(await create('Above.\n\n$$\nx = \\frac{a}{b}\n$$\n\nBelow.', [math()]));
    const { height } = box.querySelector('.construct')!.getBoundingClientRect();
    expect(Math.abs(height - waiting)).to.be.below(12);
  });

  it('does not hold a price back for long', () => {
    const text = 'It costs $5 per month and that is all.';
    const late = renderStreamed(text.split(''), { plugins: [math()] }, (container, source) => {
      const hidden = source.trimEnd().length - container.textContent!.trimEnd().length;
      expect(hidden).to.be.at.most(5);
    });
    expect(late.textContent!.trim()).to.equal(text);
  });

  it('keeps its number in one piece, beside it', async () => {
    const box = await drawn(await create('$$\nE = mc^2 \\tag{12}\n$$', [math()]));
    const range = document.createRange();
    range.selectNodeContents(box.querySelector('mtext')!.firstChild!);
    expect(range.toString()).to.equal('(12)');
    // Of what is broken into lines, a browser shows the first: a bracket.
    const { width, right } = range.getBoundingClientRect();
    expect(width).to.be.greaterThan(20);
    expect(right).to.be.at.most(box.getBoundingClientRect().right);
  });

  it('has its columns one below the other, whichever of its rows are numbered', async () => {
    const text = '$$\n\\begin{align} x+y &= z \\\\ a &= b \\notag \\\\ c + d &= e \\end{align}\n$$';
    const box = await drawn(await create(text, [math()]));
    const cells = [...box.querySelectorAll('mtr')].map(({ children }) =>
      Array.from(children, (cell) => cell.getAttribute('columnalign')),
    );
    expect(cells).to.deep.equal(Array.from({ length: 3 }, () => ['right', 'left']));
  });

  it('has its lines meet at their signs', async () => {
    const text = '$$\n\\begin{aligned} x+y &= z \\\\ a &= bcd \\end{aligned}\n$$';
    const box = await drawn(await create(text, [math()]));
    const [first, second] = [...box.querySelectorAll('mtr')].map(({ children }) =>
      Array.from(children, (cell) => cell.firstElementChild!.getBoundingClientRect()),
    );
    expect(first![0]!.width - second![0]!.width, 'they differ').to.be.greaterThan(10);
    expect(first![0]!.right).to.be.closeTo(second![0]!.right, 1);
    expect(first![1]!.left).to.be.closeTo(second![1]!.left, 1);
  });

  it('is copied as it was written', () => {
    const text = 'So $x_1$ is\n\n$$\ny\n$$';
    expect(toMarkdown(renderWhole(text, { plugins: [math()] }))).to.equal(text);
  });
});

describe('plugins: emoji', () => {
  const READ: [text: string, shown: string][] = [
    [':tada: done :+1:', '🎉 done 👍'],
    ['at 10:30:45', 'at 10:30:45'],
    [':no_such_name:', ':no_such_name:'],
    [':constructor: :toString:', ':constructor: :toString:'],
    ['a:100:b', 'a:100:b'],
    ['note: this: that', 'note: this: that'],
    ['`:tada:`', ':tada:'],
    ['std::vector::begin', 'std::vector::begin'],
  ];
  for (const [text, shown] of READ) {
    it(`shows ${text} as ${shown}`, () => {
      expect(renderWhole(text, { plugins: [emoji] }).textContent!.trim()).to.equal(shown);
    });
  }

  it('shows no name on its way', () => {
    renderStreamed('so :tada: it is'.split(''), { plugins: [emoji] }, (container) => {
      expect(container.textContent).not.to.match(/tad?|:/);
    });
  });
});

describe('plugins: of a host', () => {
  const highlight: MarkdownPlugin = {
    name: 'highlight',
    spans: [{ open: '==', close: '==' }],
    render: (source) => Object.assign(document.createElement('mark'), { textContent: source }),
  };

  it('draw their own syntax, once it is whole', () => {
    const seen: string[] = [];
    const plugin: MarkdownPlugin = { ...highlight, render: (source) => (seen.push(source), source.toUpperCase()) };
    const box = document.createElement('div');
    document.body.append(box);
    const streamed = renderStreamed('a ==b <i>c</i>== d'.split(''), { plugins: [plugin] });
    expect(streamed.querySelector('.construct')!.textContent).to.equal('B <I>C</I>');
    expect(seen).to.deep.equal(['b <i>c</i>']);
    box.remove();
  });

  it('draw fenced code when it is complete, and the code stays at hand', () => {
    let drawings = 0;
    const chart: MarkdownPlugin = {
      name: 'chart',
      languages: ['chart'],
      render: (source) => ((drawings += 1), `chart of ${source.trim()}`),
    };
    const text = 'See:\n\n```chart\n1 2 3\n```\n\nAnd on.';
    const box = renderStreamed(text.split(''), { plugins: [chart] }, (container, source) => {
      if (!source.includes('3\n```\n')) expect(container.querySelector('.construct')).to.equal(null);
    });
    expect(drawings).to.equal(1);
    expect(box.querySelector('.construct')!.textContent).to.equal('chart of 1 2 3');
    expect(box.querySelector('code')!.textContent).to.equal('1 2 3\n');
    const button = box.querySelector<HTMLElement>('[data-action=source]')!;
    document.body.append(box);
    button.click();
    expect(box.querySelector('.code-block')!.hasAttribute('data-reader-source')).to.equal(true);
    box.remove();
  });

  for (const [what, given] of [
    ['no list', highlight],
    ['a function that was not called', [math]],
    ['null', [null]],
    ['spans that are no list', [{ name: 'x', spans: '==' }]],
    ['a span that does not close', [{ name: 'x', spans: [{ open: '==' }] }]],
    ['a span of nothing', [{ name: 'x', spans: [{ open: '', close: '' }] }]],
    ['languages that are no list', [{ name: 'x', languages: 'chart' }]],
    ['nothing to draw', [{ name: 'x' }]],
  ] as [string, any][]) {
    it(`are left out, with a word, where they are none: ${what}`, () => {
      const { warn } = console;
      const warnings: unknown[] = [];
      console.warn = (words) => void warnings.push(words);
      try {
        const plugins = Array.isArray(given) ? [...given, highlight] : given;
        const boxes = [1, 2].map(() => renderStreamed(['a ==b== $c$'], { plugins }));
        const drawn = Array.isArray(given) ? 1 : 0;
        for (const box of boxes) expect(box.querySelectorAll('.construct').length).to.equal(drawn);
      } finally {
        console.warn = warn;
      }
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0]).to.match(/takes a list.*\[math\(\)/);
    });
  }

  it('cost the text nothing when they fail', async () => {
    const failing: MarkdownPlugin = {
      name: 'failing',
      spans: [{ open: '%%', close: '%%' }],
      languages: ['x'],
      render: (source) => {
        if (source === 'now') throw new Error('<img src=x onerror=alert(1)>');
        return Promise.reject(new Error('later'));
      },
    };
    const box = await drawn(await create('a %%now%% b %%later%% c\n\n```x\ncode\n```', [failing]));
    expect(box.querySelector('p')!.textContent).to.equal('a %%now%% b %%later%% c');
    expect(box.querySelector('pre')!.textContent).to.equal('code\n');
    expect(box.querySelector('img')).to.equal(null);
  });

  it('leave as it was written what they cannot read, and the text around it is drawn', async () => {
    const fail = (): never => {
      throw new Error('no');
    };
    for (const syntax of [{ accepts: fail }, { text: fail }, { text: () => 7 as never }]) {
      const failing: MarkdownPlugin = { name: 'failing', spans: [{ open: '%%', close: '%%', block: true, ...syntax }] };
      for (const box of [
        renderWhole('**a** %%b%% c\n\n%%d%%\n\n# e', { plugins: [failing] }),
        renderStreamed([...'**a** %%b%% c\n\n%%d%%\n\n# e'], { plugins: [failing] }),
      ]) {
        expect([...box.children].map(({ textContent }) => textContent)).to.deep.equal(['a %%b%% c', '%%d%%', 'e']);
        expect(box.querySelector('strong, h1')).to.not.equal(null);
      }
    }
  });

  it('may draw later in a page that has put another class in the place of `Promise`', async () => {
    const late: MarkdownPlugin = {
      name: 'late',
      spans: [{ open: '%%', close: '%%' }],
      render: async (source) => source.toUpperCase(),
    };
    const { Promise: own } = globalThis;
    globalThis.Promise = class Replaced<T> extends own<T> {};
    try {
      const box = await drawn(await create('a %%b%% c', [late]));
      expect(box.querySelector('p')!.textContent).to.equal('a B c');
    } finally {
      globalThis.Promise = own;
    }
  });

  it('keep what they drew while the text around it goes on', () => {
    const nodes = new Set<Element>();
    renderStreamed('one ==two== three *four* five\n\nsix'.split(''), { plugins: [highlight] }, (container) => {
      const drawing = container.querySelector('mark');
      if (drawing) nodes.add(drawing);
    });
    expect(nodes.size).to.equal(1);
  });

  it('draw five thousand things in a document, and leave the rest as it was written', async () => {
    const element = await create('', [highlight]);
    let warnings = 0;
    element.addEventListener('ai-warning', () => (warnings += 1));
    element.value = '==a==\n\n'.repeat(5003);
    await element.updateComplete;
    const box = await drawn(element);
    expect(box.querySelectorAll('mark').length).to.equal(5000);
    const texts = [...box.querySelectorAll('p')].slice(-4).map(({ textContent }) => textContent);
    expect(texts).to.deep.equal(['a', '==a==', '==a==', '==a==']);
    expect(warnings).to.equal(1);
  });

  it('draw no more in one frame than it has time for, however often text is drawn in it', async () => {
    let drawings = 0;
    let now = performance.now();
    // A clock of its own: on a busy machine a drawing would take longer than its five milliseconds.
    const slow: MarkdownPlugin = {
      ...highlight,
      render(source) {
        now += 5;
        drawings += 1;
        return source;
      },
    };
    const element = await create('', [slow]);
    Object.defineProperty(performance, 'now', { value: () => now, configurable: true });
    for (let count = 0; count < 4; count += 1) {
      element.write('==a== '.repeat(5));
      element.flush();
    }
    delete (performance as { now?: unknown }).now;
    expect(drawings).to.equal(2);
    element.end();
    expect((await drawn(element)).querySelectorAll('.construct').length).to.equal(20);
    expect(drawings).to.equal(20);
  });

  it('are told when what they drew has left', async () => {
    let signal: AbortSignal | undefined;
    const plugin: MarkdownPlugin = { ...highlight, render: (_, info) => ((signal = info.signal), 'x') };
    const element = await create('==a==', [plugin]);
    await drawn(element);
    expect(signal!.aborted).to.equal(false);
    element.value = 'other';
    await element.updateComplete;
    element.flush();
    expect(signal!.aborted).to.equal(true);
  });
});
