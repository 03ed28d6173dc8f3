import { expect } from '@open-wc/testing';
import { ChatSession } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';
import { all, button, chatWith, nextFrame, one, press, shown, textsOfMessages, until, write } from './chat-fixture.js';

const hello = () => eventStream('data: {"text":"Hello"}\n\ndata: [DONE]\n\n');

describe('nothing is lost', () => {
  it('by setting any property in mid-stream', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    press(write(chat, 'one'), 'Enter');
    script.send({ text: 'Hel' });
    await shown(chat);
    write(chat, 'draft');
    const paragraph = one(chat, '.markdown > *');
    const settings = {
      placeholder: 'x',
      model: 'm',
      headers: { a: 'b' },
      body: { c: 1 },
      suggestions: ['s'],
      strings: { send: 'Senden' },
      endpoint: '/other',
      imageHosts: 'a.example',
      chatId: 'c',
    };
    for (const [name, value] of Object.entries(settings)) {
      Object.assign(chat, { [name]: value });
      await shown(chat);
      expect(textsOfMessages(chat), name).to.deep.equal(['one', 'Hel']);
      expect(one<HTMLTextAreaElement>(chat, 'textarea').value, name).to.equal('draft');
      // Another policy is the one thing that what stands must be rendered anew for.
      if (name !== 'imageHosts' && name !== 'chatId') expect(one(chat, '.markdown > *'), name).to.equal(paragraph);
    }
    script.send({ text: 'lo' });
    await until(() => textsOfMessages(chat).at(-1) === 'Hello');
    chat.stop();
  });

  it('by a host that sets the same messages at each render', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script), { messages: [] });
    press(write(chat, 'one'), 'Enter');
    script.send({ text: 'Hel' });
    await shown(chat);
    chat.messages = [];
    chat.messages = chat.session.messages;
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['one', 'Hel']);
    chat.stop();
  });

  it('by moving the element in mid-stream', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script);
    const chat = await chatWith(fetch);
    press(write(chat, 'one'), 'Enter');
    script.send({ text: '**Hel' });
    await shown(chat);
    write(chat, 'draft');
    const strong = one(chat, '.markdown strong');
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    elsewhere.append(chat);
    script.send({ text: 'lo**' });
    await until(() => textsOfMessages(chat).at(-1) === 'Hello');
    expect([fetch.sent.length, fetch.sent[0]!.signal.aborted]).to.deep.equal([1, false]);
    expect(textsOfMessages(chat)).to.deep.equal(['one', 'Hello']);
    expect(one(chat, '.markdown strong')).to.equal(strong);
    expect(one<HTMLTextAreaElement>(chat, 'textarea').value).to.equal('draft');
    elsewhere.remove();
  });

  it('but a removed element leaves no request behind', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script);
    const chat = await chatWith(fetch);
    press(write(chat, 'one'), 'Enter');
    script.send({ text: 'x' });
    await shown(chat);
    chat.remove();
    await settle();
    expect(fetch.sent[0]!.signal.aborted).to.equal(true);
    expect(script.cancelled).to.equal(true);
  });

  it('and a session that is the host’s own goes on without the element', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(script) });
    const chat = await chatWith(scriptedFetch());
    Object.assign(chat, { fetch: undefined, session });
    await shown(chat);
    const sent = chat.send('one');
    script.send({ text: 'Hel' });
    await shown(chat);
    chat.remove();
    script.send({ text: 'lo' });
    script.write('data: [DONE]\n\n');
    script.close();
    await sent;
    document.body.append(chat);
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['one', 'Hello']);
    chat.remove();
  });

  for (const persist of [false, true]) {
    it(`by an app that takes it out for a while${persist ? ', and keeps it' : ''}: a resumable answer goes on`, async () => {
      const rest = eventStream('data: {"text":"Hel"}\n\ndata: {"text":"lo"}\n\ndata: [DONE]\n\n');
      const nothing = new Response(null, { status: 204 });
      const script = new ScriptedResponse();
      const fetch = scriptedFetch(nothing, script, rest, nothing);
      const given = { fetch, endpoint: '/away', resumable: true, persist, chatId: `away-${persist}` };
      const chat = Object.assign(document.createElement('ai-stream-chat'), given);
      document.body.append(chat);
      await until(() => fetch.sent.length === 1 && !chat.session.busy);
      void chat.send('one');
      await until(() => fetch.sent.length === 2);
      script.send({ text: 'Hel' });
      await until(() => textsOfMessages(chat).join() === 'one,Hel');
      chat.remove();
      await settle();
      expect(script.cancelled).to.equal(true);
      document.body.append(chat);
      await until(() => textsOfMessages(chat).join() === 'one,Hello');
      await shown(chat);
      expect(all(chat, '.note, [role="alert"]')).to.deep.equal([]);
      chat.remove();
      await settle();
      document.body.append(chat);
      await shown(chat);
      const asked = fetch.sent.map(({ method }) => method);
      // What is kept, another page may have been left in the middle of.
      expect(persist ? asked.slice(0, 3) : asked).to.deep.equal(['GET', 'POST', 'GET']);
      chat.remove();
    });
  }

  it('by a fault: it is told in words, with a way on, and the thread stays usable', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script, hello()));
    press(write(chat, 'one'), 'Enter');
    script.send({ text: 'partial' });
    await shown(chat);
    script.fail();
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['one', 'partial']);
    expect(one(chat, '[role="alert"]').textContent).to.contain('connection was lost');
    expect(chat.matches(':state(error)')).to.equal(true);
    button(chat, 'Try again').click();
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['one', 'Hello']);
    expect(all(chat, '[role="alert"]')).to.deep.equal([]);
  });

  it('by a fault after a tool: tried again, the answer goes on, and the tool has run once', async () => {
    const call = { type: 'tool-input-available', toolCallId: 't', toolName: 'pay', input: {} };
    const stream = (...parts: object[]) =>
      eventStream([...parts, { type: 'finish' }].map((part) => `data: ${JSON.stringify(part)}\n\n`).join(''));
    const text = { type: 'text-delta', id: '1', delta: 'Paid.' };
    const fetch = scriptedFetch(stream(call), new Response('', { status: 500 }), stream(text));
    let payments = 0;
    const chat = await chatWith(fetch, { tools: { pay: () => (payments += 1) } });
    await chat.send('Pay');
    await until(() => chat.session.status === 'error');
    await shown(chat);
    button(chat, 'Try again').click();
    await until(() => fetch.sent.length === 3 && chat.session.status === 'ready');
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['Pay', 'Paid.']);
    expect(payments).to.equal(1);
  });

  it('where the host tells the reader itself', async () => {
    const chat = await chatWith(scriptedFetch(new TypeError('x')));
    chat.addEventListener('ai-error', (event) => event.preventDefault());
    await chat.send('one');
    await shown(chat);
    expect(all(chat, '[role="alert"]')).to.deep.equal([]);
  });
});

describe('following the end', () => {
  const line = { text: 'A line of text.\n\n' };

  it('not the place in the thread either, where a reader has scrolled up and the element is moved, or gone for a while', async () => {
    const chat = await chatWith(scriptedFetch());
    chat.style.blockSize = '20rem';
    chat.messages = Array.from({ length: 40 }, (_, at) => ({
      id: `m${at}`,
      role: at % 2 === 0 ? 'user' : 'assistant',
      parts: [{ type: 'text', text: 'Some words. '.repeat(30) }],
    }));
    await until(() => all(chat, '[data-rests]').length === 9);
    const message = all(chat, 'article')[10]!;
    message.scrollIntoView();
    await until(() => all(chat, '[part=jump]').length === 1);
    await nextFrame();
    const scroller = one(chat, '[part="thread"]');
    const offset = (): number => message.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    const before = offset();
    const isBack = (): boolean => Math.abs(offset() - before) < 4;
    const place = chat.parentElement!;
    place.append(chat);
    await until(isBack);
    chat.remove();
    await nextFrame();
    await nextFrame();
    place.append(chat);
    await until(isBack);
    await until(() => all(chat, '[data-rests]').length === 9);
    await nextFrame();
    expect(offset()).to.be.closeTo(before, 4);
  });

  it('lets go when the reader scrolls up, and takes hold again at the end', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    chat.style.height = '300px';
    void chat.send('one');
    const scroller = one(chat, '[part="thread"]');
    const distance = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    const drawn = (lines: number) => until(() => all(chat, '.markdown > p').length === lines).then(nextFrame);
    script.send(...Array.from({ length: 40 }, () => line));
    await drawn(40);
    expect(distance()).to.be.below(2);
    scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -100 }));
    scroller.scrollTop -= 200;
    await shown(chat);
    await nextFrame();
    const read = all(chat, '.markdown > p').find(
      (line) => line.getBoundingClientRect().top > scroller.getBoundingClientRect().top,
    )!;
    const { top } = read.getBoundingClientRect();
    script.send(...Array.from({ length: 40 }, () => line));
    await drawn(80);
    expect(read.getBoundingClientRect().top).to.be.closeTo(top, 2);
    expect(distance()).to.be.above(100);
    button(chat, 'Jump to the latest').click();
    scroller.scrollTop = scroller.scrollHeight;
    await shown(chat);
    script.send(...Array.from({ length: 40 }, () => line));
    await drawn(120);
    expect(distance()).to.be.below(2);
    chat.stop();
  });

  it('lets go when the reader selects something, which must not move away under the hand', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    chat.style.height = '300px';
    void chat.send('one');
    const scroller = one(chat, '[part="thread"]');
    const distance = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    const drawn = (lines: number) => until(() => all(chat, '.markdown > p').length === lines).then(nextFrame);
    script.send(...Array.from({ length: 40 }, () => line));
    await drawn(40);
    await nextFrame();
    const read = all(chat, '.markdown > p')[38]!;
    const { top } = read.getBoundingClientRect();
    getSelection()!.setBaseAndExtent(read.firstChild!, 0, read.firstChild!, 4);
    await nextFrame();
    script.send(...Array.from({ length: 40 }, () => line));
    await drawn(80);
    // Less than a line: blocks that go out of sight are as high as is remembered of them.
    expect(read.getBoundingClientRect().top).to.be.closeTo(top, 24);
    scroller.scrollTop = scroller.scrollHeight;
    await shown(chat);
    script.send(...Array.from({ length: 40 }, () => line));
    await drawn(120);
    expect(distance(), 'who goes back to the end follows it, with what is selected').to.be.below(2);
    chat.stop();
    getSelection()!.removeAllRanges();
  });
});
