import { expect } from '@open-wc/testing';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import type { Message } from '../../src/core.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { all, chatWith, nextFrame, shown, until } from './chat-fixture.js';

const THREAD: Message[] = Array.from({ length: 60 }, (_, at) => ({
  id: `m${at}`,
  role: at % 2 === 0 ? 'user' : 'assistant',
  parts: [{ type: 'text', text: at % 2 === 0 ? `Question ${at}` : `## Answer ${at}\n\nSome words.\n\n- one\n- two` }],
}));

function isLaidOut(message: Element): boolean {
  return message.firstElementChild!.checkVisibility({ contentVisibilityAuto: true });
}

function resting(chat: AiStreamChat): HTMLElement[] {
  return all(chat, 'article').filter((message) => !isLaidOut(message));
}

describe('a long thread', () => {
  it('lays nothing out of what is out of sight, and keeps its height', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    chat.messages = THREAD;
    await until(() => resting(chat).length > 40);
    await nextFrame();
    const [first] = resting(chat);
    const height = first!.getBoundingClientRect().height;
    expect(isLaidOut(all(chat, 'article').at(-1)!)).to.equal(true);
    for (const message of all(chat, 'article')) message.removeAttribute('data-rests');
    await nextFrame();
    await nextFrame();
    expect(resting(chat)).to.have.lengthOf(0);
    expect(first!.getBoundingClientRect().height).to.be.closeTo(height, 0.5);
  });

  it('is found, read and copied all the same', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    chat.messages = THREAD;
    await until(() => resting(chat).length > 40);
    const [first] = resting(chat);
    expect(first!.textContent).to.contain('Question 0');
    first!.scrollIntoView();
    await until(() => isLaidOut(first!));
    getSelection()!.selectAllChildren(first!.querySelector('p')!);
    expect(getSelection()!.toString()).to.equal('Question 0');
    getSelection()!.removeAllRanges();
  });

  it('has a browser told a state once, not at each token', async () => {
    const told: string[] = [];
    const { add } = CustomStateSet.prototype;
    CustomStateSet.prototype.add = function (name) {
      told.push(name);
      return add.call(this, name);
    };
    try {
      const response = new ScriptedResponse();
      const chat = await chatWith(scriptedFetch(response));
      void chat.send('Hi');
      for (let at = 0; at < 5; at += 1) {
        response.send({ text: `word ${at} ` });
        await shown(chat);
      }
      await until(() => chat.session.status === 'streaming');
      expect(told.filter((name) => name === 'streaming')).to.have.lengthOf(1);
      chat.stop();
    } finally {
      CustomStateSet.prototype.add = add;
    }
  });

  it('writes what a tool gave once, and not with each word that comes after it', async () => {
    let written = 0;
    const output = { toJSON: () => ((written += 1), { found: 'it' }) };
    const call = { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: {} };
    const [asking, response] = [new ScriptedResponse(), new ScriptedResponse()];
    const chat = await chatWith(scriptedFetch(asking, response), { body: () => ({}) });
    const sent = chat.send('Hi');
    asking.send(call, { type: 'finish', finishReason: 'tool-calls' });
    asking.close();
    await sent;
    void chat.session.addToolOutput({ toolCallId: 't', output });
    response.send({ type: 'text-delta', id: '1', delta: 'words' });
    await shown(chat);
    expect(all(chat, '.value').map(({ textContent }) => textContent)).to.contain('{\n  "found": "it"\n}');
    const before = written;
    for (let at = 0; at < 5; at += 1) {
      response.send({ type: 'text-delta', id: '1', delta: `, word ${at}` });
      await shown(chat);
    }
    expect(written).to.equal(before);
    chat.stop();
    await shown(chat);
    expect(all(chat, '[part~="tool"]')).to.have.lengthOf(1);
  });

  it('passes over what has not changed in an answer of many parts, as words come at its end', async () => {
    let read = 0;
    const image = { url: 'https://a.test/p.png', mediaType: 'image/png' };
    const picture = {
      type: 'data-image',
      id: 'p',
      get data() {
        read += 1;
        return image;
      },
    };
    const words = Array.from({ length: 100 }, (_, at) => ({ type: 'text', text: `Step ${at}` }));
    const call = { type: 'tool-f', toolCallId: 't', state: 'input-available', input: {} };
    const response = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(response), { body: () => ({}) });
    chat.messages = [{ id: 'a', role: 'assistant', parts: [picture, ...words, call] } as unknown as Message];
    void chat.session.addToolOutput({ toolCallId: 't', output: 'it' });
    response.send({ type: 'text-delta', id: '1', delta: 'words' });
    await shown(chat);
    await until(() => all(chat, '[part~="text"]').length === 101);
    const before = read;
    for (let at = 0; at < 5; at += 1) {
      response.send({ type: 'text-delta', id: '1', delta: `, word ${at}` });
      await shown(chat);
    }
    expect(read).to.equal(before);
    chat.stop();
  });
});
