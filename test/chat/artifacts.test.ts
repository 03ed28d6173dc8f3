import { expect } from '@open-wc/testing';
import { ChatSession, isArtifactPart, textOf, type AiArtifactStartEvent, type Message } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { scriptedFetch } from '../support/scripted-fetch.js';
import { all, chatWith, one, shown, textsOfMessages } from './chat-fixture.js';

const MARKED = 'Here:\\n<antArtifact identifier=\\"a\\" type=\\"text/html\\" title=\\"T\\"><b></antArtifact>';
const answer = () => eventStream(`data: {"text":"${MARKED}"}\n\ndata: [DONE]\n\n`);

const events = (...parts: object[]) =>
  eventStream([...parts, { type: 'finish' }].map((part) => `data: ${JSON.stringify(part)}\n\n`).join(''));

describe('artifacts that a server begins without an id', () => {
  const whole = (content: string, fields: object = {}) => [
    { type: 'artifact-start', kind: 'code', ...fields },
    { type: 'artifact-delta', delta: content },
    { type: 'artifact-end' },
  ];
  const start = { type: 'start' };
  const idsOf = (answers: Message[]) =>
    answers.flatMap(({ parts }) => parts.filter(isArtifactPart).map(({ data: { id, content } }) => [id, content]));

  for (const [title, first, second, ids] of [
    ['others in one answer', [...whole('a'), ...whole('b')], [], ['artifact', 'artifact-2']],
    ['others in two answers', whole('a'), whole('b'), ['artifact', 'artifact-2']],
    ['of one title', whole('a', { title: 'T' }), whole('b', { title: 'T' }), ['artifact', 'artifact']],
    [
      'of one title in one answer',
      [...whole('a', { title: 'T' }), ...whole('b', { title: 'T' })],
      [],
      ['artifact', 'artifact'],
    ],
    ['of two titles', whole('a', { title: 'T' }), whole('b', { title: 'U' }), ['artifact', 'artifact-2']],
    ['of two kinds', whole('a', { title: 'T' }), whole('b', { title: 'T', kind: 'html' }), ['artifact', 'artifact-2']],
    [
      'after one that has an id',
      whole('a', { id: 'artifact-2' }),
      [...whole('b'), ...whole('c')],
      ['artifact-2', 'artifact', 'artifact-3'],
    ],
  ] as const) {
    it(`are versions of one document, or documents of their own: ${title}`, async () => {
      const fetch = scriptedFetch(events(start, ...first), events(start, ...second, { type: 'custom', kind: 'x' }));
      const session = new ChatSession({ endpoint: '/c', fetch });
      const answers = [await session.send('A'), await session.send('B')];
      expect(idsOf(answers)).to.deep.equal(ids.map((id, index) => [id, 'abc'[index]]));
    });
  }

  it('are changed where a later answer names none: the latest is meant', async () => {
    const patch = { type: 'artifact-patch', edits: [{ find: 'b', replace: 'c' }] };
    const fetch = scriptedFetch(events(start, ...whole('a'), ...whole('b')), events(start, patch));
    const session = new ChatSession({ endpoint: '/c', fetch });
    const answers = [await session.send('A'), await session.send('B')];
    expect(idsOf(answers).at(-1)).to.deep.equal(['artifact-2', 'c']);
  });

  it('end where the next one begins, so that what follows that is text', async () => {
    const session = new ChatSession({
      endpoint: '/c',
      fetch: scriptedFetch(
        events(
          start,
          whole('')[0]!,
          { type: 'text-delta', id: 't', delta: 'a' },
          whole('')[0]!,
          { type: 'text-delta', id: 't', delta: 'b' },
          { type: 'artifact-end' },
          { type: 'text-delta', id: 't', delta: 'Done.' },
        ),
      ),
    });
    const answer = await session.send('A');
    expect(idsOf([answer])).to.deep.equal([
      ['artifact', 'a'],
      ['artifact-2', 'b'],
    ]);
    expect(textOf(answer)).to.equal('Done.');
  });
});

describe('the card of an artifact', () => {
  for (const [status, note] of [
    ['streaming', 'Writing html…'],
    ['complete', 'html'],
    ['error', 'html, not complete'],
    ['stopped', 'html, not complete'],
  ] as const) {
    it(`tells that it is ${status}`, async () => {
      const chat = await chatWith(scriptedFetch());
      const data = { id: 'a', kind: 'html', title: 'T', content: '<b>', status };
      chat.messages = [{ id: 'm', role: 'assistant', parts: [{ type: 'data-artifact', id: 'a', data }] }];
      await shown(chat);
      expect(one(chat, '.card-note').textContent).to.equal(note);
    });
  }
});

describe('the card of an artifact in an answer', () => {
  it('asks for what that answer made', async () => {
    const chat = await chatWith(scriptedFetch());
    const data = { id: 'a', kind: 'html', content: '<b>', status: 'complete' as const };
    chat.messages = ['1', '2'].map((id) => ({
      id,
      role: 'assistant',
      parts: [{ type: 'data-artifact', id: 'a', data }],
    }));
    await shown(chat);
    const asked: unknown[] = [];
    chat.addEventListener('ai-artifact-select', ({ detail }: any) => asked.push(detail));
    for (const card of all(chat, '[part~="artifact"]')) card.click();
    expect(asked).to.deep.equal([
      { id: 'a', messageId: '1' },
      { id: 'a', messageId: '2' },
    ]);
  });
});

describe('an artifact that an earlier answer made', () => {
  const first = () =>
    events(
      { type: 'start' },
      { type: 'artifact-start', id: 'a', kind: 'html', title: 'T' },
      { type: 'artifact-delta', id: 'a', delta: '<b>red</b>' },
      { type: 'artifact-end', id: 'a' },
    );

  for (const [change, content] of [
    [{ type: 'artifact-patch', id: 'a', edits: [{ find: 'red', replace: 'blue' }] }, '<b>blue</b>'],
    [{ type: 'artifact-replace', id: 'a', content: '<i>blue</i>' }, '<i>blue</i>'],
    [{ type: 'artifact-delta', id: 'a', delta: '<hr>' }, '<b>red</b><hr>'],
  ] as const) {
    it(`is changed in a new version of it, and the earlier one stands: ${change.type}`, async () => {
      const second = events({ type: 'start' }, change);
      const session = new ChatSession({ endpoint: '/c', fetch: scriptedFetch(first(), second) });
      const begun: string[] = [];
      session.addEventListener('ai-artifact-start', (event) => begun.push((event as AiArtifactStartEvent).artifact.id));
      const before = await session.send('A');
      const after = await session.send('B');
      const [old, changed] = [before, after].map(({ parts }) => parts.find(isArtifactPart)!.data);
      expect(old).to.include({ content: '<b>red</b>', status: 'complete' });
      expect(changed).to.deep.equal({ ...old, content });
      expect(begun).to.deep.equal(['a', 'a']);
    });
  }
});

describe('artifacts that a model marks in its text', () => {
  it('are text until the page asks for them', async () => {
    const chat = await chatWith(scriptedFetch(answer(), answer()));
    await chat.send('Hi');
    await shown(chat);
    expect(textsOfMessages(chat).at(-1)).to.contain('antArtifact');
    expect(all(chat, '[part~="artifact"]')).to.deep.equal([]);

    chat.setAttribute('artifact-markers', '');
    await chat.updateComplete;
    await chat.send('Again');
    await shown(chat);
    expect(textsOfMessages(chat).at(-1)).not.to.contain('antArtifact');
    expect(all(chat, '[part~="artifact"]')).to.have.lengthOf(1);
  });
});
