import { expect } from '@open-wc/testing';
import { ChatSession, isArtifactPart, type AiArtifactStartEvent } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { scriptedFetch } from '../support/scripted-fetch.js';
import { all, chatWith, shown, textsOfMessages } from './chat-fixture.js';

const MARKED = 'Here:\\n<antArtifact identifier=\\"a\\" type=\\"text/html\\" title=\\"T\\"><b></antArtifact>';
const answer = () => eventStream(`data: {"text":"${MARKED}"}\n\ndata: [DONE]\n\n`);

describe('an artifact that an earlier answer made', () => {
  const events = (...parts: object[]) =>
    eventStream([...parts, { type: 'finish' }].map((part) => `data: ${JSON.stringify(part)}\n\n`).join(''));
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
