import { expect, fixture, html } from '@open-wc/testing';
import { ChatSession, textOf, type Message } from '../../src/core.js';
import type { AiImage } from '../../src/define/ai-image.js';
import '../../src/define/ai-image.js';
import { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import { emoji } from '../../src/plugins/emoji.js';
import { math } from '../../src/plugins/math.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';
import { watchGlobals, type GlobalsWatch } from '../support/watch-globals.js';
import { all, button, chatWith, one, press, shown, textsOfMessages, until, write } from './chat-fixture.js';

const hello = () => eventStream('data: {"text":"Hello"}\n\ndata: [DONE]\n\n');
const thread: Message[] = [
  { id: 'q', role: 'user', parts: [{ type: 'text', text: 'Question' }] },
  { id: 'a', role: 'assistant', parts: [{ type: 'text', text: 'Answer', state: 'done' }] },
];
const events = (...list: object[]) => eventStream(list.map((one) => `data: ${JSON.stringify(one)}\n\n`).join(''));
const call = { type: 'tool-input-available', toolCallId: 't', toolName: 'add', input: { a: 1 } };
const finish = { type: 'finish', finishReason: 'stop' };

let globals: GlobalsWatch;
beforeEach(() => (globals = watchGlobals()));
afterEach(async () => {
  await settle();
  globals.stop();
  expect(globals.rejections).to.deep.equal([]);
  expect(globals.errors).to.deep.equal([]);
});

describe('properties', () => {
  it('that were set before the element was defined count', async () => {
    const early: any = document.createElement('ai-stream-chat-late');
    const tools = { add: () => 1 };
    const session = new ChatSession();
    Object.assign(early, {
      session,
      messages: thread,
      suggestions: ['s'],
      strings: { send: 'Go' },
      tools,
      placeholder: 'P',
    });
    document.body.append(early);
    customElements.define('ai-stream-chat-late', class extends AiStreamChat {});
    await shown(early);
    expect(early.session).to.equal(session);
    expect(textsOfMessages(early)).to.deep.equal(['Question', 'Answer']);
    expect(early.tools).to.equal(tools);
    expect(one<HTMLTextAreaElement>(early, 'textarea').placeholder).to.equal('P');
    button(early, 'Go');
    early.remove();
  });

  it('give the words of a picture of the thread, too', async () => {
    const chat = await chatWith(scriptedFetch(), { strings: { images: { expired: 'Abgelaufen' } } });
    const url = 'https://pictures.example/a.png';
    const parts = [{ type: 'data-image', id: 'i', data: { url, mediaType: 'image/png', expiresAt: '2020-01-01' } }];
    chat.messages = [{ id: 'm', role: 'assistant', parts: parts as never }];
    await shown(chat);
    const picture = one<AiImage>(chat, 'ai-image');
    await picture.updateComplete;
    expect(picture.shadowRoot!.textContent).to.contain('Abgelaufen');
    chat.strings = {};
    await shown(chat);
    await picture.updateComplete;
    expect(picture.shadowRoot!.textContent).to.contain('Image expired');
  });

  const names = [
    'suggestions',
    'strings',
    'tools',
    'headers',
    'body',
    'fetch',
    'placeholder',
    'model',
    'chatId',
    'imageHosts',
    'linkHosts',
    'endpoint',
    'protocol',
    'method',
  ] as const;
  for (const nothing of [undefined, null]) {
    for (const name of names) {
      it(`${name} may be ${nothing}, as frameworks leave what is not given`, async () => {
        const chat = await chatWith(scriptedFetch(hello(), hello()), { messages: thread });
        Object.assign(chat, { [name]: nothing });
        await shown(chat);
        expect(textsOfMessages(chat)).to.deep.equal(['Question', 'Answer']);
        if (name === 'fetch') return;
        await chat.send('Hi');
        await shown(chat);
        expect(textsOfMessages(chat)).to.have.lengthOf(name === 'endpoint' ? 3 : 4);
      });
    }

    it(`messages and session may be ${nothing}`, async () => {
      const chat = await chatWith(scriptedFetch(hello()), { messages: thread });
      Object.assign(chat, { messages: nothing });
      await shown(chat);
      expect(textsOfMessages(chat)).to.deep.equal([]);
      const before = chat.session;
      Object.assign(chat, { session: nothing });
      await chat.send('Hi');
      await shown(chat);
      expect(chat.session).not.to.equal(before);
      expect(textsOfMessages(chat)).to.deep.equal(['Hi', 'Hello']);
    });
  }

  it('that say the same as before, as new objects of each render, leave the thread as it stands', async () => {
    const settings = () => ({
      plugins: [emoji, math()],
      directives: { note: { tag: 'x-note' } },
      strings: { markdown: {} },
    });
    const chat = await chatWith(scriptedFetch(), { messages: thread, ...settings() });
    await shown(chat);
    const before = all(chat, '.markdown > *');
    expect(before).not.to.deep.equal([]);
    Object.assign(chat, settings());
    await shown(chat);
    expect(all(chat, '.markdown > *')).to.deep.equal(before);
    Object.assign(chat, { plugins: [] });
    await shown(chat);
    expect(all(chat, '.markdown > *')[0]).not.to.equal(before[0]);
  });

  it('that are something else than they should be are told in words, and the chat stands', async () => {
    const warnings: unknown[][] = [];
    const { warn } = console;
    console.warn = (...words) => void warnings.push(words);
    const chat = await chatWith(scriptedFetch(hello()));
    const own = chat.session;
    for (const session of [5, 'x', {}] as any[]) expect(() => (chat.session = session)).to.throw('a `ChatSession`');
    expect(chat.session).to.equal(own);
    for (const [suggestions, shownOnes] of [
      ['ab', []],
      [{}, []],
      [5, []],
      [['a', null, 1], ['a']],
    ] as any[]) {
      warnings.length = 0;
      chat.suggestions = suggestions;
      await shown(chat);
      chat.requestUpdate();
      await shown(chat);
      expect(all(chat, '.suggestion').map(({ textContent }) => textContent!.trim())).to.deep.equal(shownOnes);
      expect(warnings.map(([words]) => words)).to.deep.equal(['`suggestions` takes a list of texts:']);
    }
    Object.assign(chat, { endpoint: new URL('/chat', location.href), persist: true, method: 'get' });
    chat.session.timeouts = null as any;
    await chat.send('Hi');
    expect([chat.session.status, textOf(chat.messages.at(-1)!)]).to.deep.equal(['ready', 'Hello']);
    chat.clear();
    console.warn = warn;
  });

  it('messages of other shapes are shown as far as they can be read', async () => {
    const chat = await chatWith(scriptedFetch());
    const odd: any[] = [
      { role: 'user', content: 'content only' },
      { role: 'assistant', content: [{ type: 'text', text: 'list' }, { type: 'image_url' }] },
      {
        id: 'x',
        role: 'user',
        parts: [{ type: 'text', text: 'same id' }, null, { type: 'text' }, { type: 'data-artifact', data: null }],
      },
      { id: 'x', role: 'user', parts: [{ type: 'text', text: 'same id again' }] },
      null,
    ];
    chat.messages = odd;
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['content only', 'list', 'same id', 'same id again']);
    expect(new Set(chat.messages.map(({ id }) => id)).size).to.equal(4);
  });

  it('a copy of the thread that is streaming changes nothing', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    void chat.send('one');
    script.send({ text: 'Hel' });
    await shown(chat);
    chat.messages = [...chat.messages];
    await shown(chat);
    expect(chat.session.status).to.equal('streaming');
    chat.stop();
  });
});

/** What a framework makes of an object that it watches: another one, and others for whatever is in it. */
function watched<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, { get: (target, name) => watched(Reflect.get(target, name)) });
}

describe('a host that keeps the thread where its framework watches it, and gives it back at each render', () => {
  const answer = () => [
    { type: 'text-delta', id: '1', delta: 'Hel' },
    { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: { a: [{ b: 1 }] } },
    { type: 'text-delta', id: '1', delta: 'lo' },
  ];

  it('stops no answer by that', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    for (const type of ['ai-message', 'ai-status', 'ai-part'])
      chat.addEventListener(type, () => {
        const messages = watched([...chat.messages]);
        queueMicrotask(() => (chat.messages = messages));
      });
    const sent = chat.send('one');
    for (const part of answer()) {
      script.send(part);
      await shown(chat);
      expect(chat.session.status).to.equal('streaming');
    }
    script.send(...answer().slice(2), { type: 'finish', finishReason: 'tool-calls' });
    script.close();
    await sent;
    await shown(chat);
    expect([chat.session.status, textsOfMessages(chat)]).to.deep.equal(['ready', ['one', 'Hellolo']]);
    const own = chat.messages;
    chat.messages = watched(own.slice());
    expect(chat.messages).to.equal(own);
  });

  it('can still change it', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script), { messages: thread });
    void chat.send('one');
    script.send(...answer());
    await shown(chat);
    const [first] = chat.messages;
    chat.messages = watched([{ ...first!, parts: [{ type: 'text', text: 'other' }] }, ...chat.messages.slice(1)]);
    expect(chat.session.status).to.equal('ready');
    chat.messages = watched(chat.messages.slice(0, -2));
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['other', ...thread.slice(1).map(textOf)]);
  });

  it('can change the last answer, too, once that is complete, and its id at any time', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(hello(), script));
    await chat.send('one');
    const [question, last] = chat.messages;
    chat.messages = watched([question!, { ...last!, parts: [{ type: 'text', text: 'other' }] }]);
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['one', 'other']);
    chat.messages = [question!];
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['one']);
    void chat.send('two');
    script.send({ text: 'Hel' });
    await shown(chat);
    chat.messages = [...chat.messages.slice(0, -1), { ...chat.messages.at(-1)!, id: 'own' }];
    expect([chat.session.status, chat.messages.at(-1)!.id]).to.deep.equal(['ready', 'own']);
  });
});

/** Two elements on one session. */
async function two(session: ChatSession, tools = {}) {
  const section = await fixture(
    html`<section>
      <ai-stream-chat .session=${session} .tools=${tools}></ai-stream-chat>
      <ai-stream-chat .session=${session} .tools=${tools}></ai-stream-chat>
    </section>`,
  );
  const chats = [...section.querySelectorAll('ai-stream-chat')];
  for (const chat of chats) await chat.updateComplete;
  return chats as [AiStreamChat, AiStreamChat];
}

describe('a session and its elements', () => {
  for (const nothing of [undefined, null, '']) {
    it(`keeps what it was given where a framework leaves ${JSON.stringify(nothing)} on the element`, async () => {
      const fetch = scriptedFetch(hello());
      const given = {
        endpoint: '/given',
        protocol: 'generic',
        method: 'get' as const,
        headers: { 'x-given': '1' },
        body: {},
        model: 'm',
        id: 'i',
        resumable: true,
        artifactMarkers: true,
      };
      const session = new ChatSession({ ...given, fetch });
      const [chat] = await two(session);
      const { id: _, ...names } = { ...given, chatId: 'other', fetch };
      chat.chatId = 'other';
      await shown(chat);
      Object.assign(chat, Object.fromEntries(Object.keys(names).map((name) => [name, nothing])));
      await chat.send('Hi');
      await shown(chat);
      expect(session).to.deep.include({ ...given, fetch, id: 'other' });
      expect(textsOfMessages(chat)).to.deep.equal(['Hi', 'Hello']);
    });
  }

  it('is shown by each of two, and a tool of both runs once', async () => {
    const fetch = scriptedFetch(events(call, finish), events({ type: 'text-delta', id: '1', delta: '3' }, finish));
    let runs = 0;
    const [first, second] = await two(new ChatSession({ endpoint: '/chat', fetch }), { add: async () => (runs += 1) });
    await first.send('Hi');
    await until(() => fetch.sent.length === 2);
    await shown(first);
    await shown(second);
    expect([runs, fetch.sent.length]).to.deep.equal([1, 2]);
    for (const chat of [first, second]) expect(textsOfMessages(chat)).to.deep.equal(['Hi', '3']);
  });

  it('lets go of an element that was removed, and takes it back', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(script) });
    const [chat] = await two(session);
    let heard = 0;
    chat.addEventListener('ai-part', () => (heard += 1));
    const sent = session.send('one');
    script.send({ text: 'a' });
    await shown(chat);
    const parent = chat.parentElement!;
    const before = heard;
    chat.remove();
    await settle();
    script.send({ text: 'b' });
    await settle();
    expect(heard).to.equal(before);
    parent.append(chat);
    await shown(chat);
    script.send({ text: 'c' });
    script.write('data: [DONE]\n\n');
    script.close();
    await sent;
    await shown(chat);
    expect(heard).to.be.above(before);
    expect(textsOfMessages(chat)).to.deep.equal(['one', 'abc']);
  });

  it('runs no tool for an element that is gone', async () => {
    const fetch = scriptedFetch(events(call, finish));
    let finishTool!: (value: number) => void;
    const chat = await chatWith(fetch, { tools: { add: () => new Promise((resolve) => (finishTool = resolve)) } });
    await chat.send('Hi');
    await until(() => finishTool !== undefined);
    chat.remove();
    await settle();
    finishTool(1);
    await settle();
    expect(fetch.sent).to.have.lengthOf(1);
  });

  it('drops a tool’s result for a thread that is there no more', async () => {
    const fetch = scriptedFetch(events(call, finish));
    let finishTool!: (value: number) => void;
    const chat = await chatWith(fetch, { tools: { add: () => new Promise((resolve) => (finishTool = resolve)) } });
    await chat.send('Hi');
    await until(() => finishTool !== undefined);
    chat.clear();
    finishTool(1);
    await settle();
    expect([fetch.sent.length, chat.messages.length]).to.deep.equal([1, 0]);
  });

  it('is exchanged in mid-stream: nothing of the old one stays', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script);
    const chat = await chatWith(fetch);
    void chat.send('old');
    script.send({ text: 'old answer' });
    await shown(chat);
    chat.session = new ChatSession({ messages: thread });
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['Question', 'Answer']);
    expect([script.cancelled, fetch.sent[0]!.signal.aborted]).to.deep.equal([true, true]);
    expect(all(chat, '.note, [role="alert"], [part="working"]')).to.deep.equal([]);
    expect(chat.matches(':state(streaming)')).to.equal(false);
  });

  it('says that it was stopped only below the answer that was', async () => {
    const scripts = [new ScriptedResponse(), new ScriptedResponse()];
    const chat = await chatWith(scriptedFetch(...scripts));
    void chat.send('one');
    scripts[0]!.send({ text: 'x' });
    await shown(chat);
    chat.stop();
    await shown(chat);
    expect(all(chat, '.note')).to.have.lengthOf(1);
    void chat.send('two');
    scripts[1]!.send({ text: 'x' });
    await shown(chat);
    chat.clear();
    await shown(chat);
    expect(all(chat, '.note')).to.deep.equal([]);
    chat.messages = thread;
    await shown(chat);
    expect(all(chat, '.note')).to.deep.equal([]);
  });
});

describe('a reader who is quicker than the page', () => {
  it('presses “Try again” twice: one request', async () => {
    const fetch = scriptedFetch(new TypeError('x'), new ScriptedResponse());
    const chat = await chatWith(fetch);
    await chat.send('Hi');
    await shown(chat);
    const again = button(chat, 'Try again');
    again.click();
    again.click();
    await shown(chat);
    expect(fetch.sent).to.have.lengthOf(2);
    chat.stop();
  });

  it('presses “Allow” twice, or before the stream has ended: one request', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script, new ScriptedResponse());
    const chat = await chatWith(fetch);
    void chat.send('Hi');
    script.send(call, { type: 'tool-approval-request', toolCallId: 't', approvalId: 'p' });
    await shown(chat);
    const allow = button(chat, 'Allow');
    expect(allow.disabled).to.equal(true);
    script.send(finish);
    script.close();
    await shown(chat);
    const ready = button(chat, 'Allow');
    expect(ready.disabled).to.equal(false);
    ready.click();
    ready.click();
    await shown(chat);
    expect(fetch.sent).to.have.lengthOf(2);
    chat.stop();
  });

  it('means something else that stood there before: nothing is allowed by the second click of two, or too soon', async () => {
    const fetch = scriptedFetch(
      events(call, { type: 'tool-approval-request', toolCallId: 't', approvalId: 'p' }, finish),
      new ScriptedResponse(),
    );
    const chat = await chatWith(fetch);
    await chat.send('Hi');
    await shown(chat);
    const allow = button(chat, 'Allow');
    allow.dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
    await shown(chat);
    expect(fetch.sent).to.have.lengthOf(1);
    const [early] = allow.getAnimations();
    early!.currentTime = 0;
    expect(getComputedStyle(allow).pointerEvents).to.equal('none');
    early!.finish();
    expect(getComputedStyle(allow).pointerEvents).to.equal('auto');
    allow.dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true }));
    await shown(chat);
    expect(fetch.sent).to.have.lengthOf(2);
    chat.stop();
  });

  it('writes while the host begins a turn: the draft stays', async () => {
    const fetch = scriptedFetch(new ScriptedResponse());
    const chat = await chatWith(fetch, { suggestions: ['s'] });
    const suggestion = button(chat, 's');
    const input = write(chat, 'draft');
    await shown(chat);
    void chat.send('host');
    press(input, 'Enter');
    suggestion.click();
    await shown(chat);
    expect([fetch.sent.length, input.value]).to.deep.equal([1, 'draft']);
    chat.stop();
  });
});

describe('the clipboard', () => {
  const refusals: [string, unknown][] = [
    ['is missing', undefined],
    ['refuses', { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }],
  ];
  for (const [title, clipboard] of refusals) {
    it(`${title}: the reader is told`, async () => {
      const own = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')!;
      Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
      try {
        const chat = await chatWith(scriptedFetch(), { messages: thread });
        await shown(chat);
        button(chat, 'Copy').click();
        await shown(chat);
        expect(one(chat, '[role="status"]').textContent).to.match(/could not be copied/i);
        expect(one(chat, '[part~="actions"]').textContent).to.match(/could not be copied/i);
      } finally {
        delete (navigator as any).clipboard;
        expect(Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')).to.deep.equal(own);
      }
    });
  }
});

describe('a composer of the host’s', () => {
  it('is given the focus', async () => {
    const chat = await fixture<AiStreamChat>(
      html`<ai-stream-chat><textarea slot="composer" id="own"></textarea></ai-stream-chat>`,
    );
    await shown(chat);
    chat.focus();
    expect(document.activeElement?.id).to.equal('own');
  });
});
