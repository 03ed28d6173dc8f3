import { expect } from '@open-wc/testing';
import { isArtifactPart, readParts, textOf, type ReadPartsOptions } from '../../src/core.js';
import { collect, eventStream } from '../support/bytes.js';
import { readMessage } from '../support/read-message.js';

const chunk = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
const end = chunk({ type: 'finish' });

const data = (name: string, value: unknown) => ({ type: `data-${name}`, data: value, transient: true });
const head = (kind: string) => [data('kind', kind), data('id', 'd1'), data('title', 'T'), data('clear', null)];

const update = (toolCallId: string, pattern: string, replacement: string) => ({
  type: 'tool-input-available',
  toolCallId,
  toolName: 'canmore.update_textdoc',
  input: { updates: [{ pattern, multiple: false, replacement }] },
});

async function read(chunks: object[], options?: ReadPartsOptions) {
  const { message, error } = await readMessage(eventStream(chunks.map(chunk).join('') + end), options);
  expect(error).to.equal(undefined);
  return { text: textOf(message), artifacts: message.parts.filter(isArtifactPart).map(({ data }) => data) };
}

/** A text cut in two at every place, and into single code units, half surrogate pairs included. */
function cuts(text: string): string[][] {
  const units = Array.from({ length: text.length }, (_, at) => text[at]!);
  return [[text], units, ...units.slice(1).map((_, at) => [text.slice(0, at + 1), text.slice(at + 1)])];
}

describe('documents in the arguments of a tool', () => {
  const CONTENT = 'def größe():\n\treturn "\\u" + \'👩‍👧\'\n';
  const ESCAPED = JSON.stringify(CONTENT)
    .replaceAll('ö', String.raw`\u00f6`)
    .replaceAll('👧', String.raw`\ud83d\udc67`);
  const CASES: [string, string, object][] = [
    [
      'canmore.create_textdoc',
      `{"name":"a.py","type":"code/python","content":${ESCAPED}}`,
      { language: 'python', title: 'a.py' },
    ],
    [
      'createDocument',
      `{ "x": [1,{"content":"no"}], "title" : "T", "content" : ${ESCAPED} , "y": null}`,
      { kind: 'markdown', title: 'T' },
    ],
    ['create_artifact', `{"id":"own","kind":"svg","content":${ESCAPED}}`, { id: 'own', kind: 'svg' }],
    ['artifact', `{"title":"T","code":${ESCAPED}}`, { kind: 'html', title: 'T' }],
  ];
  const call = { toolCallId: 't1', dynamic: true };

  for (const [toolName, args, described] of CASES) {
    it(`${toolName}, wherever the arguments are cut`, async () => {
      for (const pieces of cuts(args)) {
        const { artifacts } = await read([
          { type: 'tool-input-start', ...call, toolName },
          ...pieces.map((inputTextDelta) => ({ type: 'tool-input-delta', toolCallId: 't1', inputTextDelta })),
          { type: 'tool-input-available', ...call, toolName, input: JSON.parse(args) },
        ]);
        expect(artifacts).to.have.lengthOf(1);
        expect(artifacts[0]).to.deep.include({ content: CONTENT, status: 'complete', ...described });
      }
    });

    it(`${toolName}, all at once`, async () => {
      const { artifacts } = await read([{ type: 'tool-input-available', ...call, toolName, input: JSON.parse(args) }]);
      expect(artifacts[0]).to.deep.include({ content: CONTENT, status: 'complete', ...described });
    });
  }

  it('an update of all of it is a new version, one of a passage changes it', async () => {
    const { artifacts } = await read([
      {
        type: 'tool-input-available',
        ...call,
        toolName: 'canmore.create_textdoc',
        input: { name: 'n', content: 'a b' },
      },
      update('t2', '.*', 'c d'),
      update('t3', 'd', 'e'),
      update('t4', '(x+)+', 'f'),
    ]);
    expect(artifacts.map(({ content }) => content)).to.deep.equal(['a b', 'c e']);
  });

  const create = (input: object, toolName = 'artifacts', toolCallId = 't1') => ({
    type: 'tool-input-available',
    toolCallId,
    toolName,
    dynamic: true,
    input,
  });
  const doc = (content: string) => create({ name: 'n', content }, 'canmore.create_textdoc');
  const contents = (all: { content: string }[]) => all.map(({ content }) => content);

  const PATTERNS: [string, string, string, string, boolean?][] = [
    ['a literal', 'a.b a', 'a\\.b', 'x a'],
    ['a class that repeats', 'v1.20 v3', 'v\\d+\\.\\d+', 'x v3'],
    ['a line', 'one\n## Two\nthree', '^## .*$', 'one\nx\nthree'],
    ['the shortest', '<b>1</b><b>2</b>', '<b>.*?</b>', 'x<b>2</b>'],
    ['every one', 'a1 a22', 'a\\d{1,2}', 'x x', true],
    ['only the first', 'a1 a22', '[a-z]\\d', 'x a22'],
    ['a group, which is not run', 'aaaa', '(a+)+$', 'aaaa'],
    ['a reference, which is not run', 'abab', '(ab)\\1', 'abab'],
    ['nothing that is there', 'abc', 'xyz', 'abc'],
  ];
  for (const [title, content, pattern, expected, multiple = false] of PATTERNS) {
    it(`an update finds its passage by ${title}`, async () => {
      const input = { updates: [{ pattern, multiple, replacement: 'x' }] };
      const { artifacts } = await read([doc(content), create(input, 'canmore.update_textdoc', 't2')]);
      expect(contents(artifacts)).to.deep.equal([expected]);
    });
  }

  it('a pattern of a model’s cannot hang the page', async () => {
    const evil = ['a*a*a*a*a*a*a*a*b', '.*.*.*=.*', '[^]*[^]*[^]*x', 'a{0,400}a{0,400}b', '(a|a)*b', '(?:a+)+b'];
    evil.push(`a{${'9'.repeat(300_000)}`, '['.repeat(490) + 'a'.repeat(900_000));
    for (const pattern of evil) {
      const before = performance.now();
      await read([doc('a'.repeat(100_000)), update('t2', pattern, 'x')]);
      expect(performance.now() - before, pattern.slice(0, 20)).to.be.below(10_000);
    }
  });

  it('Claude’s tool creates, changes a passage, and writes anew', async () => {
    const { artifacts } = await read([
      create({ command: 'create', id: 'a', type: 'text/html', title: 'T', content: '<b>1</b>' }),
      create({ command: 'update', id: 'a', old_str: '1', new_str: '$&2' }, 'artifacts', 't2'),
      create({ command: 'rewrite', id: 'a', content: '<i>' }, 'artifacts', 't3'),
    ]);
    expect(artifacts).to.deep.equal([
      { id: 'a', kind: 'text/html', title: 'T', content: '<b>$&2</b>', status: 'complete' },
      { id: 'a', kind: 'text/html', title: 'T', content: '<i>', status: 'complete' },
    ]);
  });

  it('assistant-ui’s update keeps what it does not change', async () => {
    const { artifacts } = await read([
      create({ title: 'T', code: '<b>' }, 'artifact'),
      create({ id: 't1', code: '<i>' }, 'update_artifact', 't2'),
      create({ title: 'U', code: '<u>' }, 'update_artifact', 't3'),
    ]);
    expect(artifacts.map(({ id, kind, title, content }) => [id, kind, title, content])).to.deep.equal([
      ['t1', 'html', 'T', '<b>'],
      ['t1', 'html', 'T', '<i>'],
      ['t1', 'html', 'U', '<u>'],
    ]);
  });

  it('other tools are left alone', async () => {
    const input = { content: 'x' };
    const { artifacts } = await read([{ type: 'tool-input-available', ...call, toolName: 'send_mail', input }]);
    expect(artifacts).to.deep.equal([]);
  });
});

describe('documents as the chatbot template streams them', () => {
  it('text comes in pieces, code as a whole each time', async () => {
    const text = await read([...head('text'), data('textDelta', 'a'), data('textDelta', 'b'), data('finish', null)]);
    expect(text.artifacts).to.deep.equal([
      { id: 'd1', kind: 'markdown', title: 'T', content: 'ab', status: 'complete' },
    ]);
    const code = await read([...head('code'), data('codeDelta', 'a'), data('codeDelta', 'ab'), data('finish', null)]);
    expect(code.artifacts[0]).to.deep.include({ kind: 'code', content: 'ab', status: 'complete' });
  });

  it('an update is a new version of the same document', async () => {
    const { artifacts } = await read([
      ...head('text'),
      data('textDelta', 'a'),
      data('finish', null),
      data('clear', null),
      data('textDelta', 'b'),
      data('finish', null),
    ]);
    expect(artifacts.map(({ id, content }) => [id, content])).to.deep.equal([
      ['d1', 'a'],
      ['d1', 'b'],
    ]);
  });

  it('data of the same name that is kept is the host’s own', async () => {
    const { artifacts } = await read([
      { type: 'data-clear', data: null },
      { type: 'data-textDelta', data: 'x' },
    ]);
    expect(artifacts).to.deep.equal([]);
  });
});

describe('artifacts that a model marks in its text', () => {
  const CASES: [string, string, string, object[]][] = [
    [
      'tags',
      'Here:\n<antArtifact type="text/html" identifier="a" title="T">\n<b>x</b>\n</antArtifact>\nDone < you.',
      'Here:\n\nDone < you.',
      [{ id: 'a', kind: 'text/html', title: 'T', content: '<b>x</b>' }],
    ],
    [
      'a directive with a fence inside',
      'Here:\n:::artifact{identifier="a" type="application/vnd.mermaid" title="T"}\n```mermaid\ngraph TD\n:: x\n```\n:::\nDone.',
      'Here:\nDone.',
      [{ id: 'a', kind: 'application/vnd.mermaid', title: 'T', content: 'graph TD\n:: x' }],
    ],
    [
      'a directive without a fence, and one more',
      ':::artifact{identifier="a" type="text/plain"}\nx\n:::\n:::artifact{identifier="b" type="text/plain"}\ny\n:::',
      '',
      [
        { id: 'a', kind: 'text/plain', content: 'x' },
        { id: 'b', kind: 'text/plain', content: 'y' },
      ],
    ],
    ['a fence of html', 'Look:\n```html\n<p>`x`</p>\n```\nok', 'Look:\nok', [{ kind: 'html', content: '<p>`x`</p>' }]],
    [
      'attributes with a mark’s own end in them',
      'a\n<antArtifact identifier="a" title="x > y" type="text/plain">z</antArtifact>\n:::artifact{identifier="b" type="text/plain" title="{}"}\nw\n:::\n',
      'a\n\n',
      [
        { id: 'a', title: 'x > y', content: 'z' },
        { id: 'b', title: '{}', content: 'w' },
      ],
    ],
    [
      'LobeChat’s, behind a thought',
      '<lobeThinking>Hm</lobeThinking>\n<lobeArtifact identifier="a" type="application/lobe.artifacts.code" language="python" title="T">\nx = 1\n</lobeArtifact>ok',
      '\nok',
      [{ id: 'a', kind: 'application/lobe.artifacts.code', language: 'python', content: 'x = 1' }],
    ],
    [
      'bolt’s bundle of files and commands',
      'I will:\n<boltArtifact id="app" title="App">\n  <boltAction type="file" filePath="src/a.ts">let a;\n</boltAction>\n  <boltAction type="shell">npm i</boltAction>\n</boltArtifact>\nDone.',
      'I will:\n\nDone.',
      [
        { id: 'src/a.ts', kind: 'code', title: 'src/a.ts', language: 'ts', content: 'let a;' },
        { kind: 'code', language: 'bash', content: 'npm i' },
      ],
    ],
    [
      'a directive without a fence whose content ends with one',
      ':::artifact{identifier="a" type="text/markdown"}\n# T\n\n```js\nx\n```\n:::\nDone.',
      'Done.',
      [{ id: 'a', content: '# T\n\n```js\nx\n```' }],
    ],
    [
      'a directive whose fence holds fences and colons',
      ':::artifact{identifier="a" type="text/markdown"}\n````markdown\n```js\nx\n```\n:::note\ny\n:::\n````\n:::\nDone.',
      'Done.',
      [{ id: 'a', content: '```js\nx\n```\n:::note\ny\n:::' }],
    ],
    [
      'a directive whose fence nobody closed',
      ':::artifact{identifier="a" type="text/html"}\n```html\n<p>\n:::\nDone.',
      'Done.',
      [{ id: 'a', content: '<p>' }],
    ],
    [
      'a directive without a fence whose content begins with one',
      ':::artifact{identifier="a" type="text/markdown"}\n```js\nx\n```\nText\n:::\nDone.',
      'Done.',
      [{ id: 'a', content: '```js\nx\n```\nText' }],
    ],
    [
      'longer fences, and drawings',
      'a\n````html\n```\nx\n```\n````\nb\n```SVG\n<svg/>\n```',
      'a\nb\n',
      [
        { kind: 'html', content: '```\nx\n```' },
        { kind: 'svg', content: '<svg/>' },
      ],
    ],
    [
      'what only looks like one',
      'a ::: b <antArt> ``` <ant\n::: c\n```js\nx\n```',
      'a ::: b <antArt> ``` <ant\n::: c\n```js\nx\n```',
      [],
    ],
  ];

  for (const [title, body, text, artifacts] of CASES) {
    it(`${title}, wherever it is cut`, async () => {
      for (const pieces of cuts(body)) {
        const found = await read(
          [
            { type: 'text-start', id: 't' },
            ...pieces.map((delta) => ({ type: 'text-delta', id: 't', delta })),
            { type: 'text-end', id: 't' },
          ],
          { artifactMarkers: true },
        );
        const where = JSON.stringify(pieces);
        expect(found.text, where).to.equal(text);
        expect(found.artifacts.length, where).to.equal(artifacts.length);
        for (const [at, artifact] of artifacts.entries()) {
          expect(found.artifacts[at], where).to.deep.include({ ...artifact, status: 'complete' });
        }
      }
    });

    it(`${title}: text where nobody has asked`, async () => {
      const found = await read([{ type: 'text-delta', id: 't', delta: body }]);
      expect(found).to.deep.equal({ text: body, artifacts: [] });
    });
  }

  it('stand between the text before and behind them', async () => {
    const delta = 'a\n<antArtifact identifier="a">x</antArtifact>b<antThinking>t</antThinking>c';
    const { message } = await readMessage(eventStream(chunk({ type: 'text-delta', id: 't', delta }) + end), {
      artifactMarkers: true,
    });
    const gist = message.parts.map((part) => [part.type, (part as { text?: string }).text]);
    expect(gist).to.deep.equal([
      ['text', 'a\n'],
      ['data-artifact', undefined],
      ['text', 'b'],
      ['reasoning', 't'],
      ['text', 'c'],
    ]);
  });

  it('cost no square, however many there are and however they are broken', async () => {
    const many = '<antArtifact identifier="a">x</antArtifact>'.repeat(20_000);
    const broken = '<antArtifact "<artifact \n:::artifact{ \n```html'.repeat(20_000);
    for (const delta of [many, broken, `\n:::artifact{a="b"}\n${'```\n'.repeat(100_000)}`]) {
      const before = performance.now();
      await collect(
        readParts(eventStream(chunk({ type: 'text-delta', id: 't', delta }) + end), { artifactMarkers: true }),
      );
      expect(performance.now() - before).to.be.below(10_000);
    }
  });

  it('one that never ends is kept, and is not complete', async () => {
    const delta = 'x\n<antArtifact identifier="a">\nabc</ant';
    const found = await read([{ type: 'text-delta', id: 't', delta }], { artifactMarkers: true });
    expect(found.text).to.equal('x\n');
    expect(found.artifacts).to.deep.include({ id: 'a', kind: 'code', content: 'abc</ant', status: 'stopped' });
  });
});
