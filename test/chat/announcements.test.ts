import { expect } from '@open-wc/testing';
import { SentenceAnnouncer } from '../../src/chat/reader/sentence-announcer.js';
import { FakeClock } from '../image/fake-clock.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';
import { all, chatWith, one, shown } from './chat-fixture.js';

const events = (...list: object[]) => eventStream(list.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
const finish = { type: 'finish', finishReason: 'stop' };
const says = (delta: string) => ({ type: 'text-delta', id: '1', delta });

/** Everything that the live region of a chat says, one after another. */
function listenTo(region: HTMLElement): string[] {
  const said: string[] = [];
  const take = () => said.push(region.textContent!.trim());
  new MutationObserver(take).observe(region, { childList: true, characterData: true, subtree: true });
  return said;
}

describe('what a screen reader is told', () => {
  it('is the answer in whole sentences, without marks, and that it is complete', async () => {
    const chat = await chatWith(
      scriptedFetch(events(says('**One** [two](https://x.example). '), says('Three?'), finish)),
    );
    const said = listenTo(one(chat, '[role="status"]'));
    await chat.send('Hi');
    await shown(chat);
    expect(said.at(-1)).to.equal('One two. Three? The answer is complete.');
  });

  it('is not begun anew when an answer goes on after a tool', async () => {
    const call = { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: {} };
    const fetch = scriptedFetch(events(says('Let me look.'), call, finish), events(says('It is 3.'), finish));
    const chat = await chatWith(fetch);
    const said = listenTo(one(chat, '[role="status"]'));
    await chat.send('Hi');
    await shown(chat);
    await chat.session.addToolOutput({ toolCallId: 't', output: 3 });
    await shown(chat);
    expect(said.filter((text) => text.includes('Let me look'))).to.have.lengthOf(1);
    expect(said.at(-1)).to.equal('It is 3. The answer is complete.');
  });

  it('is what the answer waits for, where it does', async () => {
    const call = { type: 'tool-input-available', toolCallId: 't', toolName: 'pay', input: {} };
    const ask = { type: 'tool-approval-request', toolCallId: 't', approvalId: 'p' };
    for (const [parts, last] of [
      [[call], 'Using pay…'],
      [[call, ask], 'May pay be used?'],
      [[{ ...call, providerExecuted: true }], 'The answer is complete.'],
    ] as const) {
      const chat = await chatWith(scriptedFetch(events(...parts, finish)));
      await chat.send('Hi');
      await shown(chat);
      expect(one(chat, '[role="status"]').textContent).to.equal(last);
    }
  });

  it('leaves code out, and nothing else, where it comes between two announcements', async () => {
    const clock = new FakeClock();
    const said: string[] = [];
    const announcer = new SentenceAnnouncer((text) => said.push(text));
    let text = '';
    for (const piece of ['Here it is:\n\n```js\nlet a = 1. \nlet b', ' = 2.\n```\n\nThat was it. It ', 'works.']) {
      text += piece;
      announcer.update('m', () => text);
      clock.tick(3000);
    }
    announcer.finish('Done.');
    clock.restore();
    expect(said.join(' | ')).to.equal('Here it is: | … That was it. | It works. Done.');
  });

  it('is nothing of an answer whose chat shows another session by now', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    void chat.send('Hi');
    script.send(says('Old sentence. And'));
    await shown(chat);
    Object.assign(chat, { session: undefined });
    const said = listenTo(one(chat, '[role="status"]'));
    await shown(chat);
    expect(said.join(' ')).not.to.contain('Old');
    expect(all(chat, 'article')).to.deep.equal([]);
  });

  it('is said a second time where the same happens again', async () => {
    const chat = await chatWith(scriptedFetch());
    chat.messages = ['a', 'b'].map((id) => ({ id, role: 'user' as const, parts: [{ type: 'text', text: id }] }));
    await shown(chat);
    const said = listenTo(one(chat, '[role="status"]'));
    const pressed = all(chat, '[data-action=copy]');
    for (const copy of pressed) {
      copy.click();
      await shown(chat);
      await shown(chat);
    }
    expect([said.length, new Set(said).size]).to.deep.equal([2, 1]);
  });

  it('looks through no picture that is all in its address, however slowly that comes', () => {
    const clock = new FakeClock();
    const said: string[] = [];
    const announcer = new SentenceAnnouncer((text) => said.push(text));
    const { segment } = Intl.Segmenter.prototype;
    let looked = 0;
    Intl.Segmenter.prototype.segment = function (text) {
      looked += text.length;
      return segment.call(this, text);
    };
    let text = 'Here it is. ![A fox](data:image/png;base64,';
    for (const piece of [
      'AAAA',
      'A'.repeat(1000),
      'AAAA',
      ') It is red. It',
      ' runs ![So](data:image/png;base64,AAAA',
    ]) {
      text += piece;
      announcer.update('m', () => text);
      clock.tick(3000);
    }
    announcer.finish('Done.');
    clock.restore();
    Intl.Segmenter.prototype.segment = segment;
    expect(said.join(' | ')).to.equal('Here it is. | A fox It is red. | It runs ![So]( Done.');
    expect(looked).to.be.below(200);
  });

  it('waits its time also where an answer begins soon after the end of another', () => {
    const clock = new FakeClock();
    const said: string[] = [];
    const announcer = new SentenceAnnouncer((text) => said.push(text));
    announcer.update('a', () => 'One. Two');
    clock.tick(1000);
    announcer.finish('Done.');
    announcer.update('b', () => 'Three. Four. Five');
    clock.tick(2000);
    const before = [...said];
    clock.tick(1000);
    clock.restore();
    expect([before, said]).to.deep.equal([['One. Two Done.'], ['One. Two Done.', 'Three. Four.']]);
    announcer.stop();
  });

  it('comes at most once in an interval, and leaves no timer after the end', async () => {
    const said: string[] = [];
    const announcer = new SentenceAnnouncer((text) => said.push(text));
    let text = '';
    for (let index = 0; index < 50; index += 1) {
      text += `Sentence ${index}. `;
      announcer.update('m', () => text);
    }
    await settle();
    expect(said).to.deep.equal([]);
    announcer.finish('Done.');
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.match(/^Sentence 0\. .*Sentence 49\. Done\.$/);
  });
});
