import { expect, fixture, html } from '@open-wc/testing';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import { KeptConversations } from '../../src/core.js';
import { createId } from '../../src/conversation/id.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';
import { all, button, one, press, shown, textsOfMessages, until, write } from './chat-fixture.js';

const answered = (text: string) => eventStream(`data: ${JSON.stringify({ text })}\n\ndata: [DONE]\n\n`);

let id: string;
beforeEach(() => (id = createId()));

/** A page that shows the conversation. It need not be in a hurry: what is kept takes a moment to come. */
async function open(
  fetch: typeof globalThis.fetch = scriptedFetch(),
  chatId: string | undefined = id,
  endpoint = '/kept',
): Promise<AiStreamChat> {
  const chat = await fixture<AiStreamChat>(
    html`<ai-stream-chat persist endpoint=${endpoint} .chatId=${chatId} .fetch=${fetch}></ai-stream-chat>`,
  );
  await chat.updateComplete;
  return chat;
}

/** The page is left. */
async function leave(chat: AiStreamChat): Promise<void> {
  chat.remove();
  await settle();
}

const field = (chat: AiStreamChat) => one<HTMLTextAreaElement>(chat, 'textarea');
const showsAll = (chat: AiStreamChat, ...texts: string[]) => until(() => textsOfMessages(chat).join() === texts.join());

describe('persist', () => {
  it('thread and draft stand again, the caret at the draft’s end, the focus where it was', async () => {
    const first = await open(scriptedFetch(answered('Hello')));
    press(write(first, 'Hi'), 'Enter');
    await showsAll(first, 'Hi', 'Hello');
    write(first, 'And then');
    await leave(first);
    const button = await fixture<HTMLButtonElement>(html`<button>elsewhere</button>`);
    button.focus();
    const second = await open();
    await showsAll(second, 'Hi', 'Hello');
    await until(() => field(second).value === 'And then');
    expect([field(second).selectionStart, field(second).selectionEnd]).to.deep.equal([8, 8]);
    expect(document.activeElement).to.equal(button);
    press(field(second), 'Enter');
    await leave(second);
    const third = await open();
    await showsAll(third, 'Hi', 'Hello', 'And then');
    expect(field(third).value).to.equal('');
  });

  it('what the reader has written in the meantime is not overwritten', async () => {
    const first = await open();
    write(first, 'old');
    await leave(first);
    const second = await open();
    write(second, 'new');
    // A turn waits until what is kept stands.
    await second.send('Hi');
    expect(field(second).value).to.equal('new');
    await leave(second);
    const third = await open();
    await showsAll(third, 'Hi');
    expect(field(third).value).to.equal('new');
  });

  it('a question that the host sends at once goes out with what was said before', async () => {
    const first = await open(scriptedFetch(answered('Hello')));
    await first.send('Hi');
    await leave(first);
    const fetch = scriptedFetch(answered('Again'));
    const second = document.createElement('ai-stream-chat');
    Object.assign(second, { persist: true, endpoint: '/kept', chatId: id, fetch });
    document.body.append(second);
    await second.send('More');
    const sent = fetch.sent[0]!.body.messages as { content: string }[];
    expect(sent.map(({ content }) => content)).to.deep.equal(['Hi', 'Hello', 'More']);
    second.remove();
  });

  it('another chat-id is another conversation, and back again it stands, also one that was being answered', async () => {
    const script = new ScriptedResponse();
    const chat = await open(scriptedFetch(script));
    press(write(chat, 'Hi'), 'Enter');
    script.send({ text: 'Hel' });
    await showsAll(chat, 'Hi', 'Hel');
    chat.chatId = createId();
    await showsAll(chat);
    expect(script.cancelled).to.equal(true);
    expect(all(chat, '[role="alert"]')).to.deep.equal([]);
    chat.chatId = id;
    await showsAll(chat, 'Hi', 'Hel');
  });

  it('an answer that another page leaves in the middle is said to be cut off where it is shown, too', async () => {
    const script = new ScriptedResponse();
    const second = await open(scriptedFetch(answered('Whole')));
    const first = await open(scriptedFetch(answered('Hello'), script));
    await first.send('Hi');
    await showsAll(second, 'Hi', 'Hello');
    press(write(first, 'More'), 'Enter');
    script.send({ text: 'Hel' });
    await showsAll(second, 'Hi', 'Hello', 'More', 'Hel');
    expect(all(second, '[role="alert"]'), 'while it is written').to.deep.equal([]);
    await leave(first);
    await until(() => all(second, '[role="alert"]').length === 1);
    button(second, 'Try again').click();
    await showsAll(second, 'Hi', 'Hello', 'More', 'Whole');
  });

  it('is left to the page that is looked at, and taken up in one that is hidden when that is seen again', async () => {
    const script = new ScriptedResponse();
    const second = await open();
    const first = await open(scriptedFetch(script));
    // What a page looks for as it comes, it looks for at once.
    await new Promise((resolve) => setTimeout(resolve, 500));
    press(write(first, 'Hi'), 'Enter');
    script.send({ text: 'Hel' });
    await showsAll(second, 'Hi', 'Hel');
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    try {
      await leave(first);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect(second.session.status).to.equal('ready');
    } finally {
      Reflect.deleteProperty(document, 'hidden');
    }
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => all(second, '[role="alert"]').length === 1);
  });

  const failing = (asked: string[]): typeof globalThis.fetch => {
    return async (_, { method = 'GET' } = {}) => {
      asked.push(method);
      const text = `Hello for the ${asked.length}. time`;
      const events = [{ text }, { error: { message: 'Out of order' } }].map(
        (data) => `data: ${JSON.stringify(data)}\n\n`,
      );
      return eventStream(events.join(''));
    };
  };

  it('that fails wherever it is taken up is taken up once in each of the pages that show it', async () => {
    const asked: string[] = [];
    const fetch = failing(asked);
    const pages = [await open(fetch), await open(fetch)];
    await shown(pages[1]!);
    press(write(pages[0]!, 'Hi'), 'Enter');
    await until(() => asked.length > 0);
    for (const page of pages) page.resumable = true;
    await until(() => asked.length > 1);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(asked.filter((method) => method === 'GET').length).to.be.within(1, 4);
    await until(() => pages.every((page) => all(page, '[role="alert"]').length === 1));
  });

  it('so is one whose question was never kept', async () => {
    const asked: string[] = [];
    const fetch = failing(asked);
    for (const _ of [1, 2])
      await fixture(
        html`<ai-stream-chat persist resumable endpoint="/kept" .chatId=${id} .fetch=${fetch}></ai-stream-chat>`,
      );
    await until(() => asked.length > 1);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(asked.length).to.equal(2);
  });

  it('a page that stood still while it wrote shows what another has written as soon as it is seen again', async () => {
    const { now } = performance;
    const { commit } = IDBTransaction.prototype;
    const first = await open();
    await shown(first);
    // Frozen by the browser, or asleep with the machine.
    let still = 0;
    performance.now = () => now.call(performance) + still;
    IDBTransaction.prototype.commit = function () {
      still = 60_000;
      commit.call(this);
    };
    try {
      write(first, 'a draft');
      await until(() => still > 0);
      const second = await open(scriptedFetch(answered('Hello')));
      await second.send('Hi');
      await leave(second);
      await until(() => {
        document.dispatchEvent(new Event('visibilitychange'));
        return textsOfMessages(first).join() === 'Hi,Hello';
      });
    } finally {
      Object.assign(performance, { now });
      Object.assign(IDBTransaction.prototype, { commit });
    }
  });

  it('each conversation has a draft of its own', async () => {
    const chat = await open();
    write(chat, 'first');
    chat.chatId = createId();
    await shown(chat);
    expect(field(chat).value).to.equal('');
    write(chat, 'second');
    const second = chat.chatId;
    chat.chatId = id;
    await until(() => field(chat).value === 'first');
    chat.chatId = second;
    await until(() => field(chat).value === 'second');
    chat.chatId = id;
    await until(() => field(chat).value === 'first');
    write(chat, 'first, changed');
    await leave(chat);
    const [again, other] = [await open(), await open(undefined, second)];
    await until(() => field(again).value === 'first, changed' && field(other).value === 'second');
  });

  it('and finds it again where it is left and opened at once', async () => {
    const chat = await open();
    for (const draft of ['one', 'two', 'three', 'four', 'five']) {
      write(chat, draft);
      for (const chatId of [createId(), id]) {
        chat.chatId = chatId;
        await chat.updateComplete;
      }
      await until(() => field(chat).value !== '');
      expect(field(chat).value).to.equal(draft);
    }
  });

  it('a file that was attached in one conversation does not go out with another', async () => {
    const chat = await open();
    chat.accept = '';
    await until(() => all(chat, '.attach').length === 1);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['hello'], 'note.txt'));
    chat.dispatchEvent(new DragEvent('drop', { dataTransfer }));
    await until(() => all(chat, '.attachment').length === 1);
    const attached = () => all(chat, '.attachment bdi').map(({ textContent }) => textContent);
    await until(() => all(chat, '.attachment.reading').length === 0);
    for (const other of [createId(), createId()]) {
      chat.chatId = other;
      await shown(chat);
      expect(attached(), 'in another one').to.deep.equal([]);
      chat.chatId = id;
      await until(() => attached().join() === 'note.txt');
      // Left before it stood, and opened again.
      for (const chatId of [other, id, other, id]) {
        chat.chatId = chatId;
        await chat.updateComplete;
      }
      await until(() => attached().join() === 'note.txt');
    }
  });

  it('thread and draft stay in their conversation, where another one is opened while it is out of the page', async () => {
    const chat = await open(scriptedFetch(answered('Hello')));
    await chat.send('Hi');
    write(chat, 'draft');
    const place = chat.parentElement!;
    await leave(chat);
    chat.chatId = createId();
    place.append(chat);
    await chat.updateComplete;
    await settle();
    expect([textsOfMessages(chat), field(chat).value]).to.deep.equal([[], '']);
    chat.chatId = id;
    await showsAll(chat, 'Hi', 'Hello');
    await until(() => field(chat).value === 'draft');
  });

  it('a thread that comes with another chat-id does not get into the one before', async () => {
    const chat = await open(scriptedFetch(answered('Hello')));
    await chat.send('Hi');
    await until(() => textsOfMessages(chat).length === 2);
    await leave(chat);
    document.body.append(chat);
    await showsAll(chat, 'Hi', 'Hello');
    chat.messages = [{ id: 'other', role: 'user', parts: [{ type: 'text', text: 'Other' }] }];
    chat.chatId = createId();
    await showsAll(chat, 'Other');
    await leave(chat);
    await showsAll(await open(), 'Hi', 'Hello');
  });

  it('nor does it cost the one before its last words, where it comes at once', async () => {
    const chat = await open(scriptedFetch(answered('Hello')));
    await chat.send('Hi');
    chat.messages = [{ id: 'other', role: 'user', parts: [{ type: 'text', text: 'Other' }] }];
    chat.chatId = createId();
    await showsAll(chat, 'Other');
    await leave(chat);
    await showsAll(await open(), 'Hi', 'Hello');
  });

  it('nor is it lost, or kept with the one before, where a question follows at once', async () => {
    const chat = await open(scriptedFetch(answered('Hello'), answered('More')));
    await chat.send('Hi');
    await leave(chat);
    document.body.append(chat);
    await showsAll(chat, 'Hi', 'Hello');
    chat.messages = [{ id: 'other', role: 'user', parts: [{ type: 'text', text: 'Other' }] }];
    chat.chatId = createId();
    await chat.send('And then');
    expect(textsOfMessages(chat)).to.deep.equal(['Other', 'And then', 'More']);
    await leave(chat);
    const again = await open();
    await showsAll(again, 'Hi', 'Hello');
  });

  it('a question that waits for what is kept does not go out in another conversation', async () => {
    const fetch = scriptedFetch(answered('Hello'));
    const chat = await open(fetch);
    const asked = chat.send('Hi').catch(({ name }: Error) => name);
    chat.chatId = createId();
    expect(await asked).to.equal('AbortError');
    expect([chat.messages.length, fetch.sent.length]).to.deep.equal([0, 0]);
    await chat.send('Hi');
    expect(textsOfMessages(chat)).to.deep.equal(['Hi', 'Hello']);
  });

  for (const [title, turn] of [
    ['another conversation is opened', (chat: AiStreamChat) => (chat.chatId = createId())],
    ['the chat is taken away', (chat: AiStreamChat) => chat.remove()],
  ] as const)
    it(`what the reader sends before the conversation stands stays in it where ${title} at once`, async () => {
      const first = await open(scriptedFetch(answered('Hello')));
      await first.send('Hi');
      await leave(first);
      const fetch = scriptedFetch(answered('Again'));
      const chat = await open(fetch);
      press(write(chat, 'And then'), 'Enter');
      turn(chat);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(fetch.sent).to.have.lengthOf(0);
      const again = await open();
      await showsAll(again, 'Hi', 'Hello');
      await until(() => field(again).value === 'And then');
    });

  it('and leaves what is written behind it in the field', async () => {
    const chat = await open(scriptedFetch(answered('Hello')));
    press(write(chat, 'Hi'), 'Enter');
    press(write(chat, 'Hi, and'), 'Enter');
    await showsAll(chat, 'Hi', 'Hello');
    expect(field(chat).value).to.equal(', and');
  });

  it('it waits anew where that conversation was left and opened again in the meantime', async () => {
    const first = await open(scriptedFetch(answered('Hello')));
    await first.send('Hi');
    await leave(first);
    const fetch = scriptedFetch(answered('More'));
    const chat = await open(fetch);
    const asked = chat.send('And then');
    for (const chatId of [createId(), id]) {
      chat.chatId = chatId;
      await chat.updateComplete;
    }
    await asked;
    expect(fetch.sent[0]!.body.messages.length).to.equal(3);
    await showsAll(chat, 'Hi', 'Hello', 'And then', 'More');
  });

  it('without a chat-id the endpoint’s one conversation stands, under the id that the server knows', async () => {
    const endpoint = `/kept/${id}`;
    const fetch = scriptedFetch(answered('Hello'), answered('Again'));
    const page = async () => {
      const chat = await fixture<AiStreamChat>(
        html`<ai-stream-chat persist endpoint=${endpoint} .fetch=${fetch}></ai-stream-chat>`,
      );
      return chat;
    };
    const first = await page();
    await first.send('Hi');
    await leave(first);
    const second = await page();
    await second.send('More');
    expect(fetch.sent[0]!.body.id).to.equal(fetch.sent[1]!.body.id);
    expect(second.messages.length).to.equal(4);
  });

  it('one with a chat-id and the one without have each the id that the server knows', async () => {
    const fetch = scriptedFetch(answered('One'), answered('Two'), answered('Three'), answered('Four'));
    const chat = await open(fetch, '', `/kept/${id}`);
    const ask = (text: string) => chat.send(text).then(() => chat.session.id);
    const show = async (chatId: string | undefined, ...texts: string[]) => {
      chat.chatId = chatId;
      await chat.updateComplete;
      await showsAll(chat, ...texts);
    };
    const other = createId();
    const own = await ask('1');
    await show(other);
    expect(await ask('2')).to.equal(other);
    await show('', '1', 'One');
    expect(await ask('3')).to.equal(own);
    await show(other, '2', 'Two');
    expect(await ask('4')).to.equal(other);
    expect(fetch.sent.map(({ body }) => body.id)).to.deep.equal([own, other, own, other]);
  });

  it('the one without a chat-id has an id of its own, also where it comes after another', async () => {
    const fetch = scriptedFetch(answered('One'), answered('Two'));
    const chat = await open(fetch, id, `/kept/${id}`);
    await chat.send('1');
    chat.chatId = undefined;
    await chat.updateComplete;
    await showsAll(chat);
    await chat.send('2');
    expect(fetch.sent.map(({ body }) => body.id === id)).to.deep.equal([true, false]);
  });

  it('clear() empties the thread for good and leaves the draft', async () => {
    const first = await open(scriptedFetch(answered('Hello')));
    await first.send('Hi');
    write(first, 'draft');
    first.clear();
    await leave(first);
    const second = await open();
    await until(() => field(second).value === 'draft');
    expect(textsOfMessages(second)).to.deep.equal([]);
  });

  it('forgetting the conversation takes what is being written out of the field', async () => {
    const endpoint = `/kept/${id}`;
    const kept = new KeptConversations({ endpoint });
    const chat = await open(scriptedFetch(answered('Hello')), id, endpoint);
    await chat.send('Hi');
    write(chat, 'And then');
    await kept.remove(id);
    await showsAll(chat);
    await until(() => field(chat).value === '');
    await leave(chat);
    expect(await kept.list()).to.deep.equal([]);
    kept.close();
  });

  it('is told in words where it cannot be, and what is there stays', async () => {
    const chat = await open(scriptedFetch(answered('Hello')));
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const codes: string[] = [];
    chat.addEventListener('ai-warning', ({ code }) => codes.push(code));
    await chat.send('Hi');
    await until(() => all(chat, '[part="notice"]').length === 1);
    expect(one(chat, '[part="notice"]').textContent).to.contain('no room left');
    expect(one(chat, '[role="status"]').textContent).to.contain('no room left');
    expect([codes, textsOfMessages(chat)]).to.deep.equal([['storage-full'], ['Hi', 'Hello']]);
    await expect(chat).to.be.accessible();
    button(chat, 'Dismiss').click();
    await shown(chat);
    Object.assign(IDBObjectStore.prototype, { put });
    expect(all(chat, '[part="notice"]')).to.deep.equal([]);
    expect(chat.shadowRoot!.activeElement).to.equal(field(chat));
  });

  for (const [title, goOn] of [
    ['there is room again', (chat: AiStreamChat) => write(chat, 'More')],
    ['another conversation is opened', (chat: AiStreamChat) => (chat.chatId = createId())],
  ] as const)
    it(`is told no more once ${title}, and the focus stays in the chat`, async () => {
      const chat = await open(scriptedFetch(answered('Hello')));
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      const ended: string[] = [];
      chat.addEventListener('ai-warning-end', ({ code }) => ended.push(code));
      await chat.send('Hi');
      await until(() => all(chat, '[part="notice"]').length === 1);
      Object.assign(IDBObjectStore.prototype, { put });
      button(chat, 'Dismiss').focus();
      goOn(chat);
      await until(() => all(chat, '[part="notice"]').length === 0);
      await shown(chat);
      expect(ended).to.deep.equal(['storage-full']);
      expect(document.activeElement).to.equal(chat);
    });

  it('a host that tells the reader itself prevents the note', async () => {
    const chat = await open(scriptedFetch(answered('Hello')));
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const told = new Promise((resolve) =>
      chat.addEventListener('ai-warning', (event) => {
        event.preventDefault();
        resolve(event);
      }),
    );
    void chat.send('Hi');
    await told;
    Object.assign(IDBObjectStore.prototype, { put });
    await shown(chat);
    expect(all(chat, '[part="notice"]')).to.deep.equal([]);
  });

  it('leaves nothing behind: no connection, no channel, no listener of the page', async () => {
    const connections = new Set<IDBDatabase>();
    const live = { channels: 0, listeners: 0 };
    const { close } = IDBDatabase.prototype;
    const { open: openDatabase } = IDBFactory.prototype;
    const NativeChannel = BroadcastChannel;
    const { addEventListener } = EventTarget.prototype;
    IDBFactory.prototype.open = function (this: IDBFactory, ...args) {
      const opening = openDatabase.apply(this, args);
      opening.addEventListener('success', () => connections.add(opening.result));
      return opening;
    };
    IDBDatabase.prototype.close = function (this: IDBDatabase) {
      connections.delete(this);
      close.call(this);
    };
    globalThis.BroadcastChannel = class extends NativeChannel {
      constructor(name: string) {
        super(name);
        live.channels += 1;
      }
      override close(): void {
        live.channels -= 1;
        super.close();
      }
    };
    EventTarget.prototype.addEventListener = function (this: EventTarget, type, listener, options) {
      const signal = typeof options === 'object' ? options.signal : undefined;
      if ((this === document || this === window) && (type === 'visibilitychange' || type === 'pagehide') && signal) {
        live.listeners += 1;
        addEventListener.call(signal, 'abort', () => (live.listeners -= 1));
      }
      addEventListener.call(this, type, listener, options);
    };
    try {
      const chat = await open(scriptedFetch(answered('Hello')));
      await chat.send('Hi');
      expect([connections.size, live]).to.deep.equal([1, { channels: 1, listeners: 2 }]);
      chat.remove();
      await until(() => connections.size === 0);
      expect(live).to.deep.equal({ channels: 0, listeners: 0 });
    } finally {
      Object.assign(IDBFactory.prototype, { open: openDatabase });
      Object.assign(IDBDatabase.prototype, { close });
      Object.assign(EventTarget.prototype, { addEventListener });
      globalThis.BroadcastChannel = NativeChannel;
    }
  });

  it('a chat without it asks nothing of the store', async () => {
    const { open: openDatabase } = IDBFactory.prototype;
    let asked = 0;
    IDBFactory.prototype.open = function (this: IDBFactory, ...args) {
      asked += 1;
      return openDatabase.apply(this, args);
    };
    const chat = await open(scriptedFetch(answered('Hello')));
    chat.persist = false;
    await shown(chat);
    asked = 0;
    await chat.send('Hi');
    write(chat, 'draft');
    await shown(chat);
    Object.assign(IDBFactory.prototype, { open: openDatabase });
    expect(asked).to.equal(0);
  });
});
