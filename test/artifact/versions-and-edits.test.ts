import { aTimeout, expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { artifactFile, fileName, withUniqueNames } from '../../src/artifact/artifact-file.js';
import { artifactPage } from '../../src/artifact/artifact-page.js';
import { changeRequest } from '../../src/artifact/panel/change-request.js';
import { diffRows, withGaps } from '../../src/artifact/views/code/diff-rows.js';
import { zipOf } from '../../src/artifact/artifact-download.js';
import { AiArtifactSelectEvent, type AiArtifactEditEvent } from '../../src/events.js';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import {
  ScriptedSession,
  button,
  codeText,
  delta,
  end,
  eventually,
  panelFor,
  part,
  shown,
  start,
} from './panel-fixture.js';

const root = (panel: AiArtifactPanel): ShadowRoot => panel.shadowRoot!;

const version = (content: string, origin: 'message' | 'edit' = 'message') => ({
  version: 2,
  origin,
  artifact: { id: 'a', kind: 'code', language: 'js', content, status: 'complete' as const },
});

const file = (kind: string, language?: string) =>
  artifactFile({ id: 'a', kind, title: 'x', content: '', status: 'complete', ...(language && { language }) }, 'y');

const page = (kind: string, content: string) => artifactPage({ id: 'a', kind, content, status: 'complete' }, '<T>');

const change = (value: string, kind?: 'added' | 'removed') => ({
  value,
  added: kind === 'added',
  removed: kind === 'removed',
});

async function withVersions(...contents: string[]): Promise<{ panel: AiArtifactPanel; session: ScriptedSession }> {
  const session = new ScriptedSession();
  const panel = await panelFor(session);
  contents.forEach((content, index) =>
    session.receive(`m${index}`, start('a', 'code', { language: 'js', title: 'It' }), delta('a', content), end('a')),
  );
  await shown(panel);
  return { panel, session };
}

async function edit(panel: AiArtifactPanel, text: string): Promise<void> {
  button(panel, 'Edit').click();
  const content = await eventually(() => root(panel).querySelector<HTMLElement>('.cm-content'), 'the editor');
  content.focus();
  document.execCommand('insertText', false, text);
  await aTimeout(50);
}

/** Of what is written in an editor that was just opened, in a page of this direction. */
async function directionIn(dir: 'ltr' | 'rtl', kind: string, content: string): Promise<string> {
  document.documentElement.dir = dir;
  const session = new ScriptedSession();
  const panel = await panelFor(session);
  session.receive('m', start('a', kind), delta('a', content), end('a'));
  await shown(panel);
  button(panel, 'Edit').click();
  const editor = await eventually(() => root(panel).querySelector('.cm-content'), 'the editor');
  return getComputedStyle(editor).direction;
}

/** What a reader presses that is not there any more then, and the way to it. */
const DEPARTURES: Record<string, (panel: AiArtifactPanel) => unknown> = {
  'Restore this version': (panel) => panel.show('a', 1),
  Cancel: (panel) => edit(panel, 'more'),
  'Save as a new version': (panel) => edit(panel, 'more'),
};

describe('The focus', () => {
  const focused = (panel: AiArtifactPanel): string => root(panel).activeElement?.textContent?.trim() ?? '';

  for (const [name, reach] of Object.entries(DEPARTURES)) {
    it(`is on the view’s tab when what had it is gone: ${name}`, async () => {
      const { panel } = await withVersions('one', 'two');
      await reach(panel);
      await shown(panel);
      button(panel, name).focus();
      await sendKeys({ press: 'Enter' });
      await shown(panel);
      expect(focused(panel)).to.equal('Code');
    });
  }

  it('is there, too, when Escape ends an edit', async () => {
    const { panel } = await withVersions('one');
    button(panel, 'Edit').focus();
    await sendKeys({ press: 'Enter' });
    await eventually(() => root(panel).querySelector('.cm-content:focus'), 'the editor');
    await sendKeys({ press: 'Escape' });
    await shown(panel);
    expect(focused(panel)).to.equal('Code');
    expect(panel.open).to.equal(true);
  });

  it('stays on the step that leads no further', async () => {
    const { panel } = await withVersions('one', 'two');
    const step = button(panel, 'Earlier version');
    step.focus();
    for (let count = 0; count < 3; count += 1) {
      await sendKeys({ press: 'Enter' });
      await shown(panel);
    }
    expect(root(panel).activeElement).to.equal(step);
    expect([step.disabled, step.ariaDisabled, codeText(panel)]).to.deep.equal([false, 'true', 'one']);
  });
});

describe('The editor', () => {
  after(() => document.documentElement.removeAttribute('dir'));

  it('shows code from left to right in a page that runs the other way', async () => {
    expect(await directionIn('rtl', 'code', 'sort(list, (a, b) => a - b);')).to.equal('ltr');
  });

  it('shows prose in its own direction', async () => {
    expect(await directionIn('ltr', 'document', 'שלום לכולם!')).to.equal('rtl');
    expect(await directionIn('rtl', 'markdown', '# Hello!')).to.equal('ltr');
  });
});

describe('Versions', () => {
  it('are picked from a list that says where each comes from', async () => {
    const { panel } = await withVersions('one', 'two');
    const picker = part(panel, 'versions')!.querySelector('select')!;
    expect([...picker.options].map((option) => option.textContent!.trim())).to.deep.equal([
      '1 of 2 · answer 1',
      '2 of 2 · answer 2',
    ]);
    picker.value = '1';
    picker.dispatchEvent(new Event('change'));
    await shown(panel);
    expect(codeText(panel)).to.equal('one');
  });

  it('are taken back as a new one, unless the host says no', async () => {
    const { panel } = await withVersions('one', 'two');
    panel.show('a', 1);
    await shown(panel);
    panel.addEventListener('ai-artifact-edit', (event) => event.preventDefault(), { once: true });
    button(panel, 'Restore this version').click();
    await shown(panel);
    expect(panel.artifacts[0]!.versions).to.have.length(2);
    button(panel, 'Restore this version').click();
    await shown(panel);
    expect(panel.artifacts[0]!.versions.map(({ artifact, origin }) => [artifact.content, origin])).to.deep.equal([
      ['one', 'message'],
      ['two', 'message'],
      ['one', 'restore'],
    ]);
    expect(codeText(panel)).to.equal('one');
  });

  for (const [title, messageId, shows] of [
    ['the one of that answer', 'm0', 'one'],
    ['the last one of several in that answer', 'm1', 'three'],
    ['what the reader has made of it', 'm2', 'mine four'],
    ['the newest where it is of that answer', 'm9', 'theirs'],
    ['the newest where no answer is named', undefined, 'theirs'],
    ['the newest where that answer is there no more', 'gone', 'theirs'],
  ] as const) {
    it(`are picked by their card in the thread: ${title}`, async () => {
      const { panel, session } = await withVersions('one', 'two');
      session.receive('m1', start('a'), delta('a', 'three'), end('a'));
      session.receive('m2', start('a'), delta('a', 'four'), end('a'));
      await shown(panel);
      await edit(panel, 'mine ');
      button(panel, 'Save as a new version').click();
      await shown(panel);
      session.receive('m9', start('a'), delta('a', 'theirs'), end('a'));
      session.dispatchEvent(new AiArtifactSelectEvent({ id: 'a', messageId }));
      await shown(panel);
      expect(codeText(panel)).to.equal(shows);
    });
  }

  it('of the reader keep their place when the model makes the next', async () => {
    const { panel, session } = await withVersions('one');
    await edit(panel, 'mine ');
    button(panel, 'Save as a new version').click();
    await shown(panel);
    session.receive('m9', start('a'), delta('a', 'theirs'), end('a'));
    await shown(panel);
    expect(panel.artifacts[0]!.versions.map(({ origin }) => origin)).to.deep.equal(['message', 'edit', 'message']);
  });

  it('of the reader go and come with the branch of the thread in which they were made', async () => {
    const { panel, session } = await withVersions('one', 'two');
    await edit(panel, 'mine ');
    button(panel, 'Save as a new version').click();
    await shown(panel);
    const contents = () => panel.artifacts[0]!.versions.map(({ artifact }) => artifact.content);
    const branch = session.messages;
    expect(contents()).to.deep.equal(['one', 'two', 'mine two']);
    session.messages = branch.slice(0, 1);
    session.receive('other', start('a'), delta('a', 'three'), end('a'));
    await shown(panel);
    expect([contents(), codeText(panel)]).to.deep.equal([['one', 'three'], 'three']);
    session.messages = branch;
    session.dispatchEvent(new Event('change'));
    await shown(panel);
    expect([contents(), codeText(panel)]).to.deep.equal([['one', 'two', 'mine two'], 'mine two']);
  });

  it('are compared, side by side and in one column, with what is unchanged folded', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => `line ${n}`);
    const changed = lines.with(20, 'line twenty').toSpliced(30, 1);
    const { panel } = await withVersions(lines.join('\n'), changed.join('\n'));
    panel.view = 'diff';
    await eventually(() => root(panel).querySelector('.diff tr'), 'the comparison');
    const texts = (): string[] =>
      [...root(panel).querySelectorAll('.diff :is(ins, del)')].map((each) => each.textContent!.trim());
    expect(texts()).to.have.members(['−line 20', '+line twenty', '−line 30']);
    const before = root(panel).querySelectorAll('.diff tr').length;
    root(panel).querySelector<HTMLButtonElement>('.gap button')!.click();
    expect(root(panel).querySelectorAll('.diff tr').length).to.be.greaterThan(before);
    const layout = root(panel).querySelector('.diff table')!.className;
    button(panel, 'Side by side').click();
    expect(root(panel).querySelector('.diff table')!.className).not.to.equal(layout);
    expect(texts()).to.have.members(['−line 20', '+line twenty', '−line 30']);
  });

  it('are compared with what hides in them', async () => {
    const { panel } = await withVersions('same\u200B\nif (a)\nold', 'same\u200B\nif (a\u202E)\nnew\u2066');
    panel.view = 'diff';
    await eventually(() => root(panel).querySelector('.diff tr'), 'the comparison');
    for (let layout = 0; layout < 2; layout += 1) {
      const rows = root(panel).querySelector('.diff .rows, .diff.rows, .rows')!;
      expect(rows.textContent).to.contain('same�').and.to.contain('if (a�)').and.to.contain('new�');
      button(panel, 'Side by side').click();
    }
  });

  it('have narrow columns of numbers side by side, where what comes first is folded', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => `line ${n}`);
    const { panel } = await withVersions(lines.join('\n'), lines.with(20, 'line twenty').join('\n'));
    panel.view = 'diff';
    await eventually(() => root(panel).querySelector('.diff tr'), 'the comparison');
    const table = (): HTMLElement => root(panel).querySelector<HTMLElement>('.diff table')!;
    if (!table().matches('.split')) button(panel, 'Side by side').click();
    expect(table().querySelector('tr')!.className).to.equal('gap');
    const [first, text, second] = table().querySelectorAll<HTMLElement>('tr:not(.gap) > td');
    expect([first!.offsetWidth, second!.offsetWidth]).to.deep.equal([64, 64]);
    expect(text!.offsetWidth).to.be.closeTo(table().offsetWidth / 2 - 64, 1);
  });
});

describe('The reader', () => {
  it('changes the code, and the change is a version and an event', async () => {
    const { panel } = await withVersions('old\r\ntext');
    const edits: AiArtifactEditEvent[] = [];
    panel.addEventListener('ai-artifact-edit', (event) => edits.push(event));
    await edit(panel, 'new ');
    button(panel, 'Save as a new version').click();
    await shown(panel);
    expect(codeText(panel)).to.equal('new old\r\ntext');
    const [{ id, version, text, range, request }] = edits as [AiArtifactEditEvent];
    expect({ id, version, text, range, request }).to.deep.equal({
      id: 'a',
      version: 1,
      text: 'new old\r\ntext',
      range: { from: 0, to: 9 },
      request: undefined,
    });
  });

  it('does not lose what was typed: not to Escape, not to a new version, not to another tab', async () => {
    const { panel, session } = await withVersions('old');
    await edit(panel, 'typed ');
    const content = root(panel).querySelector('.cm-content')!;
    content.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
    );
    expect(panel.open).to.equal(true);
    session.receive('m9', start('a'), delta('a', 'newer'), end('a'), start('b'), delta('b', 'other'), end('b'));
    await shown(panel);
    expect(root(panel).querySelector('.cm-content')!.textContent).to.equal('typed old');
    panel.show('b');
    await shown(panel);
    expect(codeText(panel)).to.equal('other');
    panel.show('a', 1);
    await eventually(() => root(panel).querySelector('.cm-content')?.textContent === 'typed old', 'the text again');
    button(panel, 'Cancel').click();
    await shown(panel);
    expect(codeText(panel)).to.equal('old');
  });

  it('asks for a change of what is selected', async () => {
    const { panel, session } = await withVersions('first\nsecond\nthird\n');
    const edits: AiArtifactEditEvent[] = [];
    panel.addEventListener('ai-artifact-edit', (event) => edits.push(event));
    const text = root(panel).querySelector('.chunk')!.firstChild!;
    getSelection()!.setBaseAndExtent(text, 6, text, 12);
    const form = await eventually(() => part<HTMLFormElement>(panel, 'request'), 'the request');
    expect(form.textContent).to.contain('Line 2 selected');
    form.querySelector('input')!.value = 'Make it louder';
    form.requestSubmit();
    expect(edits[0]!.range).to.deep.equal({ from: 6, to: 12 });
    expect(edits[0]!.text).to.equal('second');
    expect(edits[0]!.request).to.equal('Make it louder');
    expect(session.sent[0]).to.contain('line 2').and.to.contain('second').and.to.contain('Make it louder');
  });
});

describe('What is sent to the model', () => {
  it('quotes the passage in a fence that it cannot end', () => {
    const text = changeRequest(version('x\n````\ny\n'), { from: 2, to: 9 }, 'why');
    expect(text).to.contain('\n`````js\n````\ny\n`````\n');
  });
  it('does not repeat what the model wrote itself, but does what the reader changed', () => {
    expect(changeRequest(version('abc'), { from: 0, to: 3 }, 'why')).not.to.contain('abc');
    expect(changeRequest(version('abc', 'edit'), { from: 0, to: 3 }, 'why')).to.contain('abc');
  });
  it('is bounded', () => {
    expect(changeRequest(version('y'.repeat(500_000)), { from: 1, to: 500_000 }, 'why').length).to.be.lessThan(21_000);
  });
});

describe('Taken away', () => {
  const NAMES: [string, string, string][] = [
    ['Clock', 'html', 'Clock.html'],
    ['clock.html', 'html', 'clock.html'],
    ['../../etc/passwd', 'txt', 'etc passwd.txt'],
    ['con', 'js', 'artifact con.js'],
    ['Con.old', 'js', 'artifact Con.old.js'],
    ['com\u00B9', 'js', 'artifact com\u00B9.js'],
    ['contact', 'js', 'contact.js'],
    ['😀'.repeat(100), 'txt', `${'😀'.repeat(50)}.txt`],
    ['\uD800', 'txt', 'artifact.txt'],
    ['a:b*c?"<>|', 'md', 'a b c.md'],
    ['\u202Egnp.exe', 'png', 'gnp.exe.png'],
    ['', 'csv', 'artifact.csv'],
    ['...', 'csv', 'artifact.csv'],
    ['é'.repeat(300), 'txt', `${'é'.repeat(80)}.txt`],
    ['a\u0000b\nc', 'txt', 'a b c.txt'],
  ];
  for (const [title, extension, expected] of NAMES) {
    it(`a file has a name that no system trips over: ${JSON.stringify(title.slice(0, 20))}`, () => {
      expect(fileName(title, extension)).to.equal(expected);
    });
  }

  it('has the type and the extension of what it is', () => {
    expect(file('code', 'TypeScript')).to.include({ name: 'x.ts', type: 'text/plain' });
    expect(file('code', 'constructor')).to.include({ name: 'x.txt' });
    for (const language of ['exe', 'LNK', 'url', ' hta ', 'desktop'])
      expect(file('code', language), 'nothing that a system opens').to.include({ name: 'x.txt' });
    expect(file('code', '../x')).to.include({ name: 'x.txt' });
    expect(file('html')).to.include({ name: 'x.html', type: 'text/html' });
    expect(file('csv')).to.include({ name: 'x.csv', type: 'text/csv' });
  });

  it('has the name that its title says, where that is one of such a file', () => {
    const named = (kind: string, title: string, language?: string) =>
      artifactFile({ id: 'x', kind, title, content: '', status: 'complete', ...(language && { language }) }, 'x').name;
    expect(named('code', 'main.rs')).to.equal('main.rs');
    expect(named('code', 'config.yaml', 'yaml')).to.equal('config.yaml');
    expect(named('code', 'compose.yml', 'yaml')).to.equal('compose.yml');
    expect(named('html', 'index.htm')).to.equal('index.htm');
    expect(named('markdown', 'README.markdown')).to.equal('README.markdown');
    expect(named('code', 'setup.exe')).to.equal('setup.exe.txt');
    expect(named('text', 'About Node.js')).to.equal('About Node.js.txt');
    expect(named('code', 'archive.tar', 'python')).to.equal('archive.tar.py');
  });

  it('is in the language that its kind names, where that is no kind', () => {
    expect(file('python')).to.include({ name: 'x.py' });
    expect(file('text/x-python')).to.include({ name: 'x.py' });
    expect(file('application/javascript; charset=utf-8')).to.include({ name: 'x.js' });
    expect(file('text/html; charset=utf-8')).to.include({ name: 'x.html', type: 'text/html' });
  });

  it('holds a picture’s own bytes', () => {
    const bytes = (base64: string) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const image = (content: string) => {
      const { name, type, content: held } = artifactFile({ id: 'x', kind: 'image', content, status: 'complete' }, 'x');
      return [name, type, held];
    };
    expect(image('data:image/jpeg;base64,/9j/4AA=')).to.deep.equal(['x.jpg', 'image/jpeg', bytes('/9j/4AA=')]);
    expect(image('iVBORw0KGgo\n=')).to.deep.equal(['x.png', 'image/png', bytes('iVBORw0KGgo=')]);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
    expect(image(svg)).to.deep.equal(['x.svg', 'image/svg+xml', svg]);
    expect(image('https://a.example/1.png')).to.deep.equal(['x.txt', 'text/plain', 'https://a.example/1.png']);
    expect(image('data:image/png;base64,%%%')).to.deep.equal(['x.txt', 'text/plain', 'data:image/png;base64,%%%']);
  });

  it('is a zip with every artifact under a name of its own', async () => {
    const files = ['a.txt', 'A.txt', 'a.txt', 'b.txt'].map((name) => ({
      name,
      type: 'text/plain',
      content: `in ${name}`,
    }));
    expect(withUniqueNames(files).map(({ name }) => name)).to.deep.equal(['a.txt', 'A (2).txt', 'a (3).txt', 'b.txt']);
    const { unzipSync, strFromU8 } = await import('fflate');
    const entries = unzipSync(new Uint8Array(await (await zipOf(files)).arrayBuffer()));
    expect(Object.entries(entries).map(([name, bytes]) => [name, strFromU8(bytes)])).to.deep.equal([
      ['a.txt', 'in a.txt'],
      ['A (2).txt', 'in A.txt'],
      ['a (3).txt', 'in a.txt'],
      ['b.txt', 'in b.txt'],
    ]);
  });

  it('is one HTML file that needs nothing beside it and in which nothing of the model’s runs', async () => {
    const nasty = '</pre><script>alert(1)</script>,"<b>"\n';
    for (const kind of ['code', 'csv', 'markdown', 'svg', 'json', 'image']) {
      const parsed = new DOMParser().parseFromString(
        await page(kind, kind === 'svg' ? `<svg><text>${nasty}</text></svg>` : nasty),
        'text/html',
      );
      expect(parsed.querySelector('script'), kind).to.equal(null);
      expect(parsed.title, kind).to.equal('<T>');
    }
    expect(await page('html', '<p>as it is')).to.equal('<p>as it is');
  });

  it('is downloaded under its name', async () => {
    const { panel } = await withVersions('text');
    const taken: string[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      taken.push(this.download);
    };
    try {
      button(panel, 'Download').click();
      button(panel, 'Download as one HTML file').click();
      button(panel, 'Download as a zip file').click();
      await eventually(() => taken.length === 3, 'three files');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(taken).to.have.members(['It.js', 'It.html', 'artifacts.zip']);
  });
});

describe('A comparison', () => {
  it('pairs what was removed with what was added in its place', () => {
    const rows = diffRows([change('a\n'), change('b\nc\n', 'removed'), change('B\n', 'added'), change('d\n')]);
    expect(rows).to.deep.equal([
      { kind: 'same', before: { line: 1, text: 'a' }, after: { line: 1, text: 'a' } },
      { kind: 'changed', before: { line: 2, text: 'b' }, after: { line: 2, text: 'B' } },
      { kind: 'removed', before: { line: 3, text: 'c' } },
      { kind: 'same', before: { line: 4, text: 'd' }, after: { line: 3, text: 'd' } },
    ]);
  });
  it('takes passages of any length', () => {
    const LINES = 300_000;
    const lines = (of: string): string => `${of}\n`.repeat(LINES);
    const passages = [change(lines('a'), 'removed'), change(lines('b'), 'added'), change(lines('c'))];
    expect(withGaps(diffRows(passages))).to.have.length(LINES + 4);
  });
  it('folds what is far from any change, and loses nothing', () => {
    const same = Array.from({ length: 30 }, (_, n) => change(`${n}\n`));
    const rows = diffRows([...same, change('x\n', 'added'), ...same]);
    const folded = withGaps(rows);
    expect(folded).to.have.length(1 + 3 + 1 + 3 + 1);
    expect(folded.flatMap((row) => (row.kind === 'gap' ? row.rows : [row]))).to.deep.equal(rows);
  });
});
