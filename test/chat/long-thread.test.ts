import { expect } from '@open-wc/testing';
import { render } from 'lit';
import { MessageGroups } from '../../src/chat/templates/message-groups.js';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import type { Message } from '../../src/core.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { all, chatWith, nextFrame, one, shown, until } from './chat-fixture.js';

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
    const whole = one(chat, '.thread').offsetHeight;
    expect(isLaidOut(all(chat, 'article').at(-1)!)).to.equal(true);
    for (const box of all(chat, '[data-rests]')) box.removeAttribute('data-rests');
    await nextFrame();
    await nextFrame();
    expect(resting(chat)).to.have.lengthOf(0);
    expect(first!.getBoundingClientRect().height).to.be.closeTo(height, 0.5);
    expect(one(chat, '.thread').offsetHeight).to.be.closeTo(whole, 1);
  });

  it('rests in groups, of which a browser looks after one box for each', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    chat.messages = THREAD;
    await until(() => resting(chat).length > 40);
    expect(all(chat, '[data-rests]').length).to.be.lessThan(20);
    const remembers = (element: Element) => getComputedStyle(element).containIntrinsicBlockSize !== 'none';
    const rested = all(chat, '[data-rests]').filter((box) => box.matches(':not(article)'));
    expect(rested).to.have.lengthOf(3);
    expect(rested.every(remembers)).to.equal(true);
    const within = rested.flatMap((group) => Array.from(group.querySelectorAll('article, .markdown > *')));
    expect(within.filter(remembers)).to.have.lengthOf(0);
  });

  it('is not looked through for what hangs on a state of the element, with each change of which it would be', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    const rules = chat.shadowRoot!.adoptedStyleSheets.flatMap(({ cssRules }) => Array.from(cssRules));
    expect(rules.length).to.be.greaterThan(100);
    expect(
      rules.map(({ cssText }) => cssText).filter((text) => /:host\(:state[^{]*?\)\s+[^\s{]/.test(text)),
    ).to.deep.equal([]);
  });

  it('is gone through no further than to the groups in which something is another', () => {
    const groups = new MessageGroups();
    const read = new Set<string>();
    const viewOf = (message: Message) => ({
      id: message.id,
      by: [message],
      get draw() {
        read.add(message.id);
        return () => message.id;
      },
    });
    const place = document.createElement('div');
    render(groups.render(THREAD, viewOf), place);
    expect(read.size).to.equal(60);
    read.clear();
    const [last] = THREAD.slice(-1);
    const after = [...THREAD.slice(0, -1), { ...last! }];
    render(groups.render(after, viewOf), place);
    expect([...read]).to.deep.equal(THREAD.slice(48).map(({ id }) => id));
    expect(place.children).to.have.lengthOf(4);
  });

  it('leaves each message the element that it has, whatever comes before, between or behind it, or goes', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    chat.messages = THREAD;
    await chat.updateComplete;
    const elements = new Map(all(chat, 'article').map((element) => [element.dataset['id'], element]));
    const more = (name: string): Message[] =>
      THREAD.slice(0, 20).map(({ id, role, parts }) => ({ id: `${name}-${id}`, role, parts }));
    const between = [...THREAD.slice(0, 30), ...more('between'), ...THREAD.slice(30, 50)];
    for (const messages of [[...more('older'), ...THREAD, ...more('newer')], between, THREAD.slice(0, 25)]) {
      chat.messages = messages;
      await chat.updateComplete;
      const shownNow = all(chat, 'article');
      expect(shownNow.map(({ dataset }) => dataset['id'])).to.deep.equal(messages.map(({ id }) => id));
      const known = shownNow.filter(({ dataset }) => elements.has(dataset['id']));
      expect(known.filter((element) => elements.get(element.dataset['id']) !== element)).to.have.lengthOf(0);
    }
  });

  it('has nothing left in the page of what was there before', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    const nodesOf = async (messages: Message[]): Promise<number> => {
      chat.messages = messages;
      await chat.updateComplete;
      return one(chat, '.thread').childNodes.length;
    };
    const before = await nodesOf(THREAD);
    for (let at = 0; at < 5; at += 1) for (const messages of [[], THREAD]) await nodesOf(messages);
    expect(await nodesOf(THREAD)).to.equal(before);
  });

  it('has its end laid out where what came after it is taken away', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    chat.messages = THREAD;
    await until(() => resting(chat).length > 40);
    chat.messages = THREAD.slice(0, 20);
    await chat.updateComplete;
    expect(all(chat, '.group').map((group) => group.hasAttribute('data-rests'))).to.deep.equal([true, false]);
  });

  it('keeps its height where others come after it, go again, or are put in between', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    const text = 'Some words. '.repeat(150);
    const messages = (from: number, to: number): Message[] =>
      Array.from({ length: to - from }, (_, at) => ({
        id: `${from + at}`,
        role: 'assistant',
        parts: [{ type: 'text', text }],
      }));
    let height = 0;
    const between = [...messages(0, 8), ...messages(100, 105), ...messages(8, 40)];
    for (const thread of [messages(0, 12), messages(0, 24), messages(0, 12), messages(0, 40), between]) {
      chat.messages = thread;
      await chat.updateComplete;
      const whole = all(chat, '.group').reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);
      height ||= whole / thread.length;
      expect(whole / thread.length).to.be.closeTo(height, 5);
      await until(() => all(chat, '.group:not([data-rests])').length === 1);
      await until(() => all(chat, '.group.last > :not([data-rests])').length === 1);
      await nextFrame();
    }
  });

  it('comes to rest where as many others have taken the place of some, as another branch does', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    chat.messages = THREAD;
    await until(() => resting(chat).length > 40);
    chat.messages = THREAD.map((message, at) => (at < 2 ? message : { ...message, id: `other-${at}` }));
    await chat.updateComplete;
    await until(() => resting(chat).length > 40);
  });

  it('stays in few groups where messages change their places, and in none without an end', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    const sizes = async (messages: Message[]): Promise<number[]> => {
      chat.messages = messages;
      await chat.updateComplete;
      return all(chat, '.group').map(({ childElementCount }) => childElementCount);
    };
    const { length } = await sizes(THREAD);
    const moved = [...THREAD.slice(0, 4), ...THREAD.slice(20, 24), ...THREAD.slice(4, 20), ...THREAD.slice(24)];
    expect(await sizes(moved)).to.have.lengthOf.at.most(length + 3);
    const many = Array.from({ length: 200 }, (_, at): Message => ({ ...THREAD[1]!, id: `older-${at}` }));
    expect(Math.max(...(await sizes([...moved.slice(0, 2), ...many, ...moved.slice(2)])))).to.be.at.most(64);
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

  it('lays nothing out of the calls of an answer that are out of sight, while others come', async () => {
    const response = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(response));
    void chat.send('Hi');
    const send = (from: number, to: number) => {
      for (let at = from; at < to; at += 1)
        response.send({ type: 'tool-input-available', toolCallId: `${at}`, toolName: 'f', input: { at } });
    };
    const rows = () => all(chat, 'details[part="tool"]');
    send(0, 100);
    await until(() => rows().length === 100);
    await shown(chat);
    const before = rows();
    const height = before[99]!.getBoundingClientRect().top - before[0]!.getBoundingClientRect().top;
    send(100, 300);
    await until(() => rows().length === 300);
    const isOut = (row: Element) => !row.checkVisibility({ contentVisibilityAuto: true });
    await until(() => rows().slice(64, 128).every(isOut));
    expect(isOut(rows().at(-1)!)).to.equal(false);
    expect(rows().slice(0, 100)).to.deep.equal(before);
    expect(rows()[99]!.getBoundingClientRect().top - rows()[0]!.getBoundingClientRect().top).to.be.closeTo(height, 1);
    chat.stop();
  });

  it('has the end of an answer laid out that goes on with fewer parts than it had', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    const parts = Array.from({ length: 200 }, (_, at) => ({
      type: 'tool-f' as const,
      toolCallId: `${at}`,
      state: 'output-available' as const,
      input: {},
      output: at,
    }));
    const thread = (count: number): Message[] => [{ id: 'a', role: 'assistant', parts: parts.slice(0, count) }];
    const runs = () => all(chat, '.run').map((run) => run.hasAttribute('data-rests'));
    chat.messages = thread(200);
    await until(() => runs().filter(Boolean).length > 1);
    const { length } = runs();
    chat.messages = thread(70);
    await chat.updateComplete;
    expect(runs().length).to.be.lessThan(length);
    expect(runs().at(-1)).to.equal(false);
  });

  it('writes its sources once, and not with each word that comes beside them', async () => {
    let read = 0;
    const source = {
      type: 'source-url',
      sourceId: 's',
      url: 'https://a.test/',
      get title() {
        read += 1;
        return 'One';
      },
    };
    const call = { type: 'tool-f', toolCallId: 't', state: 'input-available', input: {} };
    const response = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(response), { body: () => ({}) });
    chat.messages = [{ id: 'a', role: 'assistant', parts: [source, call] } as unknown as Message];
    void chat.session.addToolOutput({ toolCallId: 't', output: 'it' });
    response.send({ type: 'text-delta', id: '1', delta: 'words' });
    await shown(chat);
    await until(() => all(chat, '[part~="text"]').length === 1);
    const [before, list] = [read, one(chat, '[part="sources"]')];
    for (let at = 0; at < 100; at += 1) response.send({ type: 'text-delta', id: `block ${at}`, delta: 'more' });
    await until(() => all(chat, '[part~="text"]').length === 101);
    expect(read).to.equal(before);
    expect(one(chat, '[part="sources"]')).to.equal(list);
    response.send({ type: 'source-url', sourceId: 'z', url: 'https://b.test/', title: 'Two' });
    await until(() => all(chat, '[part="sources"] a').length === 2);
    expect(one(chat, '[part="sources"]')).to.equal(list);
    chat.stop();
  });
});
