import { expect } from '@open-wc/testing';
import { kindOf, registerKind } from '../../src/artifact/artifact-kinds.js';
import { DelimitedText } from '../../src/artifact/views/delimited-text.js';
import { setMermaidSource } from '../../src/artifact/preview/mermaid-source.js';
import { pictureOf } from '../../src/artifact/views/picture-source.js';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { ScriptedSession, codeText, delta, end, eventually, panelFor, part, shown, start } from './panel-fixture.js';

/** Every way in which a preview can stand: the frame's document says what it holds through its console. */
async function streamed(
  kind: string,
  content: string,
  cuts: number[],
): Promise<{ panel: AiArtifactPanel; told: string[] }> {
  const session = new ScriptedSession();
  const panel = await panelFor(session);
  const told: string[] = [];
  panel.addEventListener('ai-artifact-console', (event) => told.push(event.args.join(' ')));
  session.receive('m', start('a', kind, { title: 'It' }));
  let from = 0;
  for (const cut of [...cuts, content.length]) {
    if (cut <= from || cut > content.length) continue;
    session.receive('m', delta('a', content.slice(from, cut)));
    from = cut;
    await shown(panel);
  }
  session.receive('m', end('a'));
  await shown(panel);
  return { panel, told };
}

const root = (panel: AiArtifactPanel): ShadowRoot => panel.shadowRoot!;
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

interface Case {
  kind: string;
  content: string;
  /** What must stand in the panel in the end. */
  shows(panel: AiArtifactPanel, told: string[]): unknown;
}

const CASES: Case[] = [
  {
    kind: 'code',
    content: 'const a = "</script><b>";\n',
    shows: (panel) => codeText(panel) === 'const a = "</script><b>";\n',
  },
  {
    kind: 'text',
    content: 'Plain words, é 🧪.',
    shows: (panel) => codeText(panel) === 'Plain words, é 🧪.' && part(panel, 'code')!.hasAttribute('data-wrap'),
  },
  { kind: 'react', content: 'export default () => <p>hi</p>', shows: (panel) => codeText(panel).includes('<p>hi</p>') },
  { kind: 'never-heard-of', content: '<x>', shows: (panel) => codeText(panel) === '<x>' },
  {
    kind: 'code',
    content: 'if (a\u202E \u2066// b\u2069) \u200Bc\u{E0041} "שלום 🏴\u{E0067}\u{E0062}\u{E007F} 👩‍👧"\n',
    shows: (panel) => codeText(panel) === 'if (a� �// b�) �c�� "שלום 🏴\u{E0067}\u{E0062}\u{E007F} 👩‍👧"\n',
  },
  {
    kind: 'json',
    content: '{"a\u202E": "b\u2066"}',
    shows: (panel) => root(panel).querySelector('.json')!.textContent!.includes('a�: "b�"'),
  },
  {
    kind: 'csv',
    content: 'a\u202E,b\n1,\u200B2',
    shows: (panel) =>
      [...root(panel).querySelectorAll('th, td')].map((cell) => cell.textContent).join() === 'a�,b,1,�2',
  },
  { kind: '__proto__', content: 'x', shows: (panel) => codeText(panel) === 'x' },
  {
    kind: 'html',
    content:
      '<!doctype html><html lang="en"><head><title>T</title></head><body><p id="x">hé 🧪</p><script>console.log(document.title, x.textContent, document.compatMode)</script>',
    shows: (_, told) => told.includes('T hé 🧪 CSS1Compat'),
  },
  {
    kind: 'text/html',
    content: "<script>console.log('media type')</script>",
    shows: (_, told) => told.includes('media type'),
  },
  {
    kind: 'svg',
    content:
      '<svg viewBox="0 0 9 9" width="9" height="9"><script>top.hacked = 1</script><rect width="9" height="9"/></svg>',
    shows: (panel) => (root(panel).querySelector('img') as HTMLImageElement | null)?.naturalWidth === 9,
  },
  {
    kind: 'image',
    content: PIXEL,
    shows: (panel) => (root(panel).querySelector('img') as HTMLImageElement | null)?.naturalWidth === 1,
  },
  {
    kind: 'image',
    content: 'https://pictures.example/a.png',
    shows: (panel) =>
      !root(panel).querySelector('img') && root(panel).textContent?.includes('Load the picture from pictures.example'),
  },
  {
    kind: 'image',
    content: 'javascript:alert(1)',
    shows: (panel) => !root(panel).querySelector('img') && root(panel).textContent?.includes('not a picture'),
  },
  {
    kind: 'markdown',
    content: '# Title\n\n- one\n- **two**\n\n<img src=x onerror="top.hacked=1">',
    shows: (panel) =>
      root(panel).querySelector('.markdown h1')?.textContent === 'Title' &&
      root(panel).querySelectorAll('.markdown li').length === 2 &&
      !root(panel).querySelector('[onerror]'),
  },
  {
    kind: 'csv',
    content: 'name,said\n"Ann ""A""","a, b\nc"\n<b>Bob</b>,2\n',
    shows: (panel) =>
      JSON.stringify(tableOf(panel)) ===
      JSON.stringify([
        ['name', 'said'],
        ['Ann "A"', 'a, b\nc'],
        ['<b>Bob</b>', '2'],
      ]),
  },
  {
    kind: 'tsv',
    content: 'a\tb\r\n1\t2',
    shows: (panel) =>
      JSON.stringify(tableOf(panel)) ===
      JSON.stringify([
        ['a', 'b'],
        ['1', '2'],
      ]),
  },
  {
    kind: 'json',
    content: '{"a":[1,{"b":null}],"__proto__":"<i>"}',
    shows: (panel) =>
      root(panel).querySelector('.json details') && root(panel).querySelector('.json')!.textContent!.includes('"<i>"'),
  },
  {
    kind: 'json',
    content: '{"a": oops',
    shows: (panel) => root(panel).textContent!.includes('not valid JSON') && root(panel).textContent!.includes('oops'),
  },
];

function tableOf(panel: AiArtifactPanel): string[][] {
  return [...root(panel).querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent ?? ''));
}

const of = (kind: string, language?: string): [string, boolean] => {
  const { kind: found, previewFirst } = kindOf({
    id: 'a',
    kind,
    content: '',
    status: 'complete',
    ...(language && { language }),
  });
  return [found.names[0]!, previewFirst];
};

describe('Each kind of artifact', () => {
  beforeEach(() => sessionStorage.clear());

  for (const { kind, content, shows } of CASES) {
    it(`is shown however its stream was cut: ${kind}: ${content.slice(0, 30).replaceAll('\n', ' ')}`, async () => {
      const half = Math.floor(content.length / 2);
      for (const cuts of [[], [1, 2, 3, 5, 8, 13], [half, half + 1], [content.length - 1]]) {
        const { panel, told } = await streamed(kind, content, cuts);
        await eventually(() => shows(panel, told), `${kind} cut at ${cuts.join(', ')}`);
        expect((window as { hacked?: unknown }).hacked).to.equal(undefined);
        panel.remove();
      }
    });
  }

  it('mermaid is drawn in the sandbox, from a script that is loaded on first use', async () => {
    let loads = 0;
    setMermaidSource(async () => {
      loads += 1;
      return `window.mermaid = {initialize() {}, async render(id, text) { console.log('drew ' + text); return {svg: '<svg></svg>'}; }}; // </script>`;
    });
    const source = 'graph TD\n A["</script><!--"] --> B';
    const { told } = await streamed('mermaid', source, [10]);
    await eventually(() => told.length > 0, 'the drawing');
    expect(told[0]).to.equal(`drew ${source}`);
    expect(loads).to.equal(1);
  });

  it('mermaid whose script cannot be loaded leaves the source and says so', async () => {
    setMermaidSource(() => Promise.reject(new Error('offline')));
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const errors: string[] = [];
    panel.addEventListener('ai-artifact-error', (event) => errors.push(`${event.code}: ${event.message}`));
    session.receive('m', start('a', 'mermaid'), delta('a', 'graph TD'), end('a'));
    await eventually(() => errors.length > 0, 'the error');
    expect(errors).to.deep.equal(['render: offline']);
    await shown(panel);
    expect(root(panel).textContent).to.contain('cannot be shown as a preview');
  });

  it('is taught by the host, as a document for the sandbox or as a view of its own', async () => {
    registerKind({
      names: ['test-jsx'],
      extension: 'jsx',
      mediaType: 'text/jsx',
      document: ({ content }) => `<script>console.log('host ' + ${JSON.stringify(content)})</script>`,
    });
    const document = await streamed('TEST-JSX', 'one', []);
    await eventually(() => document.told.includes('host one'), 'the host’s document');
    registerKind({
      names: ['test-shout'],
      extension: 'txt',
      mediaType: 'text/plain',
      live: true,
      view: (container) => ({
        update: ({ content }) => (container.textContent = content.toUpperCase()),
        destroy: () => container.replaceChildren(),
      }),
    });
    const view = await streamed('test-shout', 'quiet', [2]);
    expect(part(view.panel, 'preview')!.textContent).to.equal('QUIET');
  });

  it('may fail in the host’s own code: that is contained and told', async () => {
    registerKind({
      names: ['test-broken'],
      extension: 'txt',
      mediaType: 'text/plain',
      view: () => {
        throw new Error('<img src=x onerror=alert(1)>');
      },
    });
    const { panel } = await streamed('test-broken', 'x', []);
    await eventually(() => root(panel).textContent?.includes('cannot be shown'), 'the note');
    expect(root(panel).querySelector('img')).to.equal(null);
  });

  it('may fail in the host’s own code when it is taken away: what comes after is shown', async () => {
    registerKind({
      names: ['test-stuck'],
      extension: 'txt',
      mediaType: 'text/plain',
      view: () => ({
        update: () => {},
        destroy: () => {
          throw new Error('stuck');
        },
      }),
    });
    const { panel } = await streamed('test-stuck', 'x', []);
    await eventually(() => part(panel, 'preview'), 'the view');
    const errors: string[] = [];
    panel.addEventListener('ai-artifact-error', ({ code, message }) => errors.push(`${code}: ${message}`));
    panel.apply({ type: 'artifact-start', id: 'b', kind: 'code' });
    panel.apply({ type: 'artifact-delta', id: 'b', delta: 'next' });
    await shown(panel);
    expect(part(panel, 'code')!.textContent).to.equal('next');
    expect(errors).to.deep.equal(['render: stuck']);
  });

  it('is let go of where it fails to be brought up to date', async () => {
    let isGone = false;
    registerKind({
      names: ['test-weak'],
      extension: 'txt',
      mediaType: 'text/plain',
      view: () => ({
        update: () => {
          throw new Error('weak');
        },
        destroy: () => (isGone = true),
      }),
    });
    await streamed('test-weak', 'x', []);
    await eventually(() => isGone, 'the view gone');
  });

  it('may come, or be another, after it is shown', async () => {
    const { panel } = await streamed('test-late', 'text', []);
    for (const sign of ['!', '?']) {
      registerKind({
        names: ['test-late'],
        extension: 'txt',
        mediaType: 'text/plain',
        view: (container) => ({
          update: ({ content }) => (container.textContent = content + sign),
          destroy: () => {},
        }),
      });
      await eventually(() => part(panel, 'preview')?.textContent === `text${sign}`, sign);
    }
  });

  it('is found by its language where the kind says only code, and then stays code until asked', () => {
    expect(of('code', 'html')).to.deep.equal(['html', false]);
    expect(of('code', 'python')).to.deep.equal(['code', false]);
    expect(of('application/vnd.ant.code', 'svg')).to.deep.equal(['svg', false]);
    expect(of('application/vnd.ant.mermaid')).to.deep.equal(['mermaid', true]);
    expect(of('toString')).to.deep.equal(['code', false]);
  });
});

/** Where a sign of a text stands. */
function leftOf(text: Text, at: number): number {
  const range = document.createRange();
  range.setStart(text, at);
  range.setEnd(text, at + 1);
  return range.getBoundingClientRect().left;
}

describe('Source in other writing', () => {
  it('has its full stops behind its sentences, where it is prose', async () => {
    const { panel } = await streamed('text', 'مرحبا.\nHello.\n', [3]);
    const text = root(panel).querySelector('.chunk')!.firstChild as Text;
    expect(leftOf(text, 5)).to.be.lessThan(leftOf(text, 0));
    expect(leftOf(text, 7)).to.be.lessThan(leftOf(text, 12));
  });
});

describe('A table in other writing', () => {
  const tableOf = async (content: string) => {
    const { panel } = await streamed('csv', content, [5]);
    return eventually(() => root(panel).querySelector('table'), 'the table');
  };

  for (const dir of ['ltr', 'rtl'])
    it(`begins at the side of its first name, in a page from ${dir}`, async () => {
      document.documentElement.dir = dir;
      try {
        const sides = [',الاسم,العدد\nأ,ب,1\n', 'id,الاسم\n1,ب\n'].map(async (content) => {
          const table = await tableOf(content);
          const [first, second] = table.rows[0]!.cells;
          return first!.getBoundingClientRect().left < second!.getBoundingClientRect().left ? 'left' : 'right';
        });
        expect(await Promise.all(sides)).to.deep.equal(['right', 'left']);
      } finally {
        document.documentElement.dir = '';
      }
    });

  it('has its full stops behind its sentences', async () => {
    const table = await tableOf('name,text\na,مرحبا.\n');
    const text = table.rows[1]!.cells[1]!.firstChild as Text;
    expect(leftOf(text, text.length - 1)).to.be.lessThan(leftOf(text, 0));
  });

  it('has no column as narrow as a letter', async () => {
    const long = '日本の首都であり、世界最大級の都市圏を形成している。';
    const table = await tableOf(`都市,${'説明,'.repeat(9)}年\n東京都,${`${long},`.repeat(9)}2024年\n`);
    const [city, about] = table.rows[1]!.cells;
    const em = parseFloat(getComputedStyle(table).fontSize);
    expect(city!.clientWidth).to.be.at.least(3 * em);
    expect(about!.clientWidth).to.be.at.least(6 * em);
  });
});

describe('Delimited text', () => {
  const CASES: [string, string, string[][]][] = [
    [
      'plain',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'empty fields',
      ',a,\n,,\n',
      [
        ['', 'a', ''],
        ['', '', ''],
      ],
    ],
    ['quotes', '"a,b","c""d","e\nf"\n', [['a,b', 'c"d', 'e\nf']]],
    ['a quote within a field', 'a"b,c\n', [['a"b', 'c']]],
    ['text after a closing quote', '"a"b,c\n', [['ab', 'c']]],
    ['every line end', 'a\r\nb\rc\nd', [['a'], ['b'], ['c'], ['d']]],
    ['blank lines', '\n\na\n\nb\n', [['a'], ['b']]],
    ['a quote that never ends', '"a,b\nc', [['a,b\nc']]],
    ['nothing', '', []],
  ];
  for (const [title, text, rows] of CASES) {
    it(`is read the same at every cut: ${title}`, () => {
      for (let cut = 0; cut <= text.length; cut++) {
        const reader = new DelimitedText(',');
        reader.write(text.slice(0, cut));
        reader.write(text.slice(cut));
        expect([...reader.rows, ...(reader.openRow ? [reader.openRow] : [])]).to.deep.equal(rows);
      }
    });
  }
});

describe('A picture’s source', () => {
  const CASES: [string, string | undefined][] = [
    ['data:image/png;base64,AAAA', 'url'],
    ['data:image/svg+xml,<svg/>', 'url'],
    ['data:text/html,<b>', undefined],
    [PIXEL, 'url'],
    ['<svg></svg>', 'blob'],
    ['<?xml version="1.0"?><svg/>', 'blob'],
    ['https://a.example/x.png', 'remote'],
    ['http://a.example/x.png', undefined],
    ['blob:https://a.example/1', undefined],
    ['file:///etc/passwd', undefined],
    ['', undefined],
  ];
  for (const [content, expected] of CASES) {
    it(`${content.slice(0, 30) || 'nothing'} is ${expected ?? 'none'}`, () => {
      const picture = pictureOf(content);
      expect(picture && Object.keys(picture)[0]).to.equal(expected);
    });
  }
});
