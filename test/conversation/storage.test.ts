import { expect } from '@open-wc/testing';
import {
  ChatSession,
  persistSession,
  type Message,
  type PersistedSession,
  type ToolMessagePart,
} from '../../src/core.js';
import { toText } from '../../src/conversation/storage/stored-message.js';
import { createId } from '../../src/conversation/id.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';
import { until } from '../support/until.mjs';

const DONE = 'data: [DONE]\n\n';
const answered = (text: string) => eventStream(`data: ${JSON.stringify({ text })}\n\n${DONE}`);

let id: string;
let open: PersistedSession[];
beforeEach(() => {
  id = createId();
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((kept) => kept.close()));
});

interface Page {
  session: ChatSession;
  kept: PersistedSession;
  warnings: string[];
}

/** What a page does that shows the conversation. */
async function page(fetch: typeof globalThis.fetch = scriptedFetch(), options = {}): Promise<Page> {
  const session = new ChatSession({ endpoint: '/chat', id, fetch, ...options });
  const warnings: string[] = [];
  session.addEventListener('ai-warning', (event) => warnings.push((event as unknown as { code: string }).code));
  const kept = persistSession(session);
  open.push(kept);
  await kept.restored;
  return { session, kept, warnings };
}

const texts = ({ session }: Page) =>
  session.messages.map(({ parts }) => parts.map((part) => 'text' in part && part.text).join());

/** The database itself, as anybody on this origin has it. */
async function withRows<Result>(
  act: (store: IDBObjectStore) => IDBRequest<Result>,
  name = 'messages',
): Promise<Result> {
  const database = await request(indexedDB.open('ai-stream-elements'));
  try {
    return await request(act(database.transaction(name, 'readwrite').objectStore(name)));
  } finally {
    database.close();
  }
}

function request<Result>(asked: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () => reject(asked.error!));
  });
}

/** Keeps everybody else waiting for the store, until it has been held for so long. */
async function holdStore(): Promise<{ for(milliseconds: number): Promise<void> }> {
  const database = await request(indexedDB.open('ai-stream-elements'));
  const transaction = database.transaction(['chats', 'messages', 'drafts'], 'readwrite');
  const store = transaction.objectStore('drafts');
  let isHeld = true;
  const goOn = () => {
    if (isHeld) store.get('nothing').addEventListener('success', goOn);
  };
  goOn();
  return {
    async for(milliseconds) {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      isHeld = false;
      await new Promise((resolve) => transaction.addEventListener('complete', resolve));
      database.close();
    },
  };
}

const chat = () => `${new URL('/chat', location.href).href} ${id}`;

/** Counts what is written while the test runs. */
function countWrites(): { count: number; stop(): void } {
  const { transaction } = IDBDatabase.prototype;
  const counter = { count: 0, stop: () => Object.assign(IDBDatabase.prototype, { transaction }) };
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, names, mode, options) {
    if (mode === 'readwrite') counter.count += 1;
    return transaction.call(this, names, mode, options);
  };
  return counter;
}

describe('a kept conversation', () => {
  it('stands again with its draft, in a session that knows its id alone', async () => {
    const first = await page(scriptedFetch(answered('Hello')));
    await first.session.send('Hi');
    first.kept.draft = 'And then';
    await first.kept.close();
    const second = await page();
    expect(texts(second)).to.deep.equal(['Hi', 'Hello']);
    expect(second.kept.draft).to.equal('And then');
    expect(second.session.messages).to.deep.equal(first.session.messages);
    expect(await second.kept.restored).to.equal(true);
    expect([second.kept.interrupted, first.warnings, second.warnings]).to.deep.equal([false, [], []]);
  });

  it('is another one at another endpoint, of another id and in another namespace', async () => {
    const first = await page(scriptedFetch(answered('Hello')));
    await first.session.send('Hi');
    await first.kept.close();
    expect(texts(await page(undefined, { endpoint: '/other' }))).to.deep.equal([]);
    expect(texts(await page(undefined, { id: `${id}-2` }))).to.deep.equal([]);
    const session = new ChatSession({ endpoint: '/chat', id });
    const kept = persistSession(session, { namespace: 'app' });
    open.push(kept);
    expect(await kept.restored).to.equal(false);
    expect(texts(await page(undefined, { endpoint: '/chat?model=other' }))).to.deep.equal(['Hi', 'Hello']);
  });

  it('under a key of its own brings its random id back', async () => {
    const sessions = [
      new ChatSession({ endpoint: '/chat', messages: [userMessage('Hi')] }),
      new ChatSession({ endpoint: '/chat' }),
    ];
    for (const session of sessions) {
      const kept = persistSession(session, { key: `key-${id}` });
      await kept.restored;
      await kept.close();
    }
    expect(sessions[1]!.id).to.equal(sessions[0]!.id);
    expect(sessions[1]!.messages.length).to.equal(1);
  });

  it('has the partial answer of a page that ended in the middle, with every part settled', async () => {
    const script = new ScriptedResponse();
    const first = await page(scriptedFetch(script));
    void first.session.send('Hi');
    script.send({ type: 'reasoning-delta', id: 'r', delta: 'hm' }, { type: 'text-delta', id: 't', delta: 'Hel' });
    await until(() => texts(first).at(-1)!.includes('Hel'));
    await first.kept.flush();
    const second = await page();
    expect(texts(second)).to.deep.equal(['Hi', 'hm,Hel']);
    expect(second.kept.interrupted).to.equal(true);
    expect(second.session.messages.at(-1)!.parts.map((part) => 'state' in part && part.state)).to.deep.equal([
      'done',
      'done',
    ]);
    first.session.stop();
  });

  it('has the question of a page that ended before the first word of an answer', async () => {
    const first = await page(scriptedFetch(new ScriptedResponse()));
    void first.session.send('Hi');
    await first.kept.flush();
    const second = await page();
    expect(texts(second)).to.deep.equal(['Hi']);
    expect(second.kept.interrupted).to.equal(true);
    first.session.stop();
  });

  it('keeps the answer that is being asked for anew until there is another', async () => {
    const script = new ScriptedResponse();
    const first = await page(scriptedFetch(answered('old'), script));
    await first.session.send('Hi');
    await first.kept.flush();
    void first.session.regenerate();
    await first.kept.flush();
    expect(texts(await page())).to.deep.equal(['Hi', 'old']);
    script.send({ text: 'new' });
    await until(() => texts(first).at(-1) === 'new');
    await first.kept.flush();
    expect(texts(await page())).to.deep.equal(['Hi', 'new']);
    first.session.stop();
  });

  it('keeps a question that is being changed, and what followed it, until there is an answer to the other', async () => {
    const script = new ScriptedResponse();
    const first = await page(scriptedFetch(answered('old'), script));
    await first.session.send('Hi');
    await first.kept.flush();
    void first.session.edit(first.session.messages[0]!.id, 'Hello');
    await first.kept.flush();
    expect(texts(await page())).to.deep.equal(['Hi', 'old']);
    script.send({ text: 'new' });
    await until(() => texts(first).at(-1) === 'new');
    await first.kept.flush();
    expect(texts(await page())).to.deep.equal(['Hello', 'new']);
    first.session.stop();
  });

  it('says after a reload, too, from where an answer went on after its tools: none is asked a second time', async () => {
    const call = [
      { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: {} },
      { type: 'finish', finishReason: 'tool-calls' },
    ];
    const asking = eventStream(call.map((part) => `data: ${JSON.stringify(part)}\n\n`).join(''));
    const half = new ScriptedResponse();
    const first = await page(scriptedFetch(asking, half));
    await first.session.send('Hi');
    void first.session.addToolOutput({ toolCallId: 't', output: 2 });
    half.send({ type: 'text-delta', id: '1', delta: 'Hal' });
    await until(() => first.session.messages.at(-1)!.parts.length === 2);
    await first.kept.close();
    first.session.stop();

    const fetch = scriptedFetch(answered('Whole'));
    const { session, kept } = await page(fetch);
    expect(kept.interrupted).to.equal(true);
    session.interrupt();
    await session.retry();
    const [asked] = fetch.sent;
    expect(asked!.body.messages.at(-1).parts.map((part: ToolMessagePart) => part.output)).to.deep.equal([2]);
    expect(session.messages.at(-1)!.parts.map(({ type }) => type)).to.deep.equal(['tool-f', 'text']);
    await kept.flush();
    expect((await page()).session.settled).to.equal(0);
  });

  it('is not lost by a session that asks before it stands: the turn comes after it', async () => {
    const first = await page(scriptedFetch(answered('Hello')));
    await first.session.send('Hi');
    await first.kept.close();
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/chat', id, fetch: scriptedFetch(script) });
    const kept = persistSession(session);
    open.push(kept);
    const sent = session.send('More');
    script.send({ text: 'More it is' });
    await kept.restored;
    await until(() => session.messages.length === 2);
    await kept.flush();
    expect(texts(await page())).to.deep.equal(['Hi', 'Hello', 'More', 'More it is']);
    script.write(DONE);
    script.close();
    await sent;
  });

  it('keeps a picture’s fresh address', async () => {
    const image = { type: 'data-image', id: 'i', data: { url: 'https://a.example/1' } } as const;
    const message: Message = { id: 'm', role: 'assistant', parts: [image] };
    const first = await page(undefined, { messages: [message] });
    first.session.renewImage('https://a.example/1', { url: 'https://a.example/2', expiresAt: 1_893_456_000 });
    await first.kept.close();
    const { session } = await page();
    expect(session.messages[0]!.parts[0]).to.deep.include({
      data: { url: 'https://a.example/2', expiresAt: 1_893_456_000 },
    });
  });

  it('is gone with clear(), rows and all', async () => {
    const first = await page(scriptedFetch(answered('Hello')));
    await first.session.send('Hi');
    await first.kept.flush();
    first.session.clear();
    await first.kept.close();
    for (const name of ['chats', 'messages', 'drafts']) {
      const rows = (await withRows((store) => store.getAll(), name)) as { chat: string }[];
      expect(
        rows.filter((row) => row.chat === chat()),
        name,
      ).to.deep.equal([]);
    }
  });

  it('is joined with a thread of the host that has messages of it, and gives way to one that has none', async () => {
    const [a, b, c] = [userMessage('a'), userMessage('b'), userMessage('c')];
    await (await page(undefined, { messages: [a, b] })).kept.close();
    const joined = await page(undefined, { messages: [a, c] });
    expect(texts(joined)).to.deep.equal(['a', 'b', 'c']);
    await joined.kept.close();
    const other = await page(undefined, { messages: [userMessage('d')] });
    expect(texts(other)).to.deep.equal(['d']);
    await other.kept.close();
    expect(texts(await page())).to.deep.equal(['d']);
  });

  it('does not take part in what goes out: no header, no key of a service', async () => {
    const headers = { authorization: 'Bearer secret-1' };
    const first = await page(scriptedFetch(answered('Hello')), { headers, body: { key: 'secret-2' } });
    await first.session.send('Hi');
    await first.kept.close();
    for (const name of ['chats', 'messages', 'drafts'])
      expect(JSON.stringify(await withRows((store) => store.getAll(), name))).not.to.contain('secret');
  });
});

describe('writing costs little', () => {
  it('5,000 tokens are a handful of writes, at most two in a second', async () => {
    const script = new ScriptedResponse();
    const one = await page(scriptedFetch(script));
    const writes = countWrites();
    const begun = performance.now();
    const sent = one.session.send('Hi');
    for (let token = 0; token < 5000; token += 1) {
      script.send({ text: 'word ' });
      if (token % 10 === 9) await settle();
    }
    script.write(DONE);
    script.close();
    await sent;
    await one.kept.flush();
    const seconds = (performance.now() - begun) / 1000;
    writes.stop();
    expect(writes.count).to.be.above(0);
    expect(writes.count).to.be.at.most(3 + 2 * seconds);
    expect(texts(await page()).at(-1)!.length).to.equal(25_000);
  });

  it('a long thread is not written again for a token', async () => {
    const messages = Array.from({ length: 300 }, (_, index) => userMessage(`${index}`));
    const script = new ScriptedResponse();
    const one = await page(scriptedFetch(script), { messages });
    await one.kept.flush();
    const { put } = IDBObjectStore.prototype;
    const written: string[] = [];
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, value, key) {
      written.push(value.id);
      return put.call(this, value, key);
    };
    void one.session.send('Hi');
    script.send({ text: 'Hello' });
    await until(() => texts(one).at(-1) === 'Hello');
    await one.kept.flush();
    Object.assign(IDBObjectStore.prototype, { put });
    expect(written.filter((id) => messages.some((message) => message.id === id))).to.deep.equal([]);
    expect(written).to.include(one.session.messages.at(-1)!.id);
    one.session.stop();
  });

  it('arguments that stream are not parsed to be written, and stream on after they are read', async () => {
    const part = {
      type: 'tool-draw',
      toolCallId: 'c',
      state: 'input-streaming',
      inputText: '{"city":"Os',
      inputEncoding: 'json',
    };
    const lazy = Object.defineProperty({ ...part }, 'input', {
      enumerable: true,
      get: () => expect.fail('it was read'),
    }) as unknown as ToolMessagePart;
    const text = toText({ id: 'm', role: 'assistant', parts: [lazy] });
    expect(JSON.parse(text).parts).to.deep.equal([part]);
    const row = { id: 'm', order: 1, stamp: 's', text };
    await page();
    await withRows((store) => store.put({ ...row, chat: chat() }));
    const { session } = await page();
    expect(session.messages[0]!.parts[0]).to.deep.include({ input: { city: 'Os' }, inputText: '{"city":"Os' });
  });

  it('what JSON cannot hold costs its own part only', async () => {
    const circle: { type: 'data-x'; data: unknown } = { type: 'data-x', data: undefined };
    circle.data = circle;
    const messages: Message[] = [{ id: 'm', role: 'user', parts: [circle, { type: 'text', text: 'Hi' }] }];
    const first = await page(undefined, { messages });
    await first.kept.close();
    expect(first.warnings).to.deep.equal([]);
    expect(texts(await page())).to.deep.equal(['Hi']);
  });
});

describe('two pages with the same conversation', () => {
  it('an idle one shows the other’s turn, also while it is being written', async () => {
    const script = new ScriptedResponse();
    const [one, two] = [await page(scriptedFetch(script)), await page()];
    const sent = one.session.send('Hi');
    script.send({ text: 'Hel' });
    await until(() => texts(two).join() === 'Hi,Hel');
    script.send({ text: 'lo' });
    script.write(DONE);
    script.close();
    await sent;
    await until(() => texts(two).join() === 'Hi,Hello');
    expect(two.session.status).to.equal('ready');
  });

  it('turns of both stand, in both and in the store, whoever writes last', async () => {
    const scripts = [new ScriptedResponse(), new ScriptedResponse()];
    const [one, two] = [await page(scriptedFetch(scripts[0]!)), await page(scriptedFetch(scripts[1]!))];
    const sent = [one.session.send('from one'), two.session.send('from two')];
    for (const [index, script] of scripts.entries()) script.send({ text: `answer ${index + 1}` });
    await until(() => [one, two].every((one) => one.session.status === 'streaming'));
    for (const { kept } of [one, two, one]) await kept.flush();
    for (const script of scripts) {
      script.write(DONE);
      script.close();
    }
    await Promise.all(sent);
    const all = ['answer 1', 'answer 2', 'from one', 'from two'];
    await until(() => [one, two].every((one) => texts(one).toSorted().join() === all.join()));
    for (const page of [one, two]) {
      expect(texts(page).indexOf('answer 1')).to.be.above(texts(page).indexOf('from one'));
      expect(texts(page).indexOf('answer 2')).to.be.above(texts(page).indexOf('from two'));
    }
    expect(texts(await page()).toSorted()).to.deep.equal(all);
  });

  it('clear() in one empties the other, but for a turn that goes on there', async () => {
    const script = new ScriptedResponse();
    const [one, two] = [await page(scriptedFetch(answered('Hello'))), await page(scriptedFetch(script))];
    await one.session.send('Hi');
    await until(() => texts(two).length === 2);
    const sent = two.session.send('More');
    script.send({ text: 'More it is' });
    await until(() => texts(one).length === 4);
    one.session.clear();
    await one.kept.flush();
    await until(() => texts(one).join() === 'More,More it is');
    script.write(DONE);
    script.close();
    await sent;
    await until(() => texts(two).join() === 'More,More it is');
    expect(texts(await page())).to.deep.equal(['More', 'More it is']);
    two.session.clear();
    await until(() => texts(one).length === 0);
  });

  /** What an element does when it is shown. */
  async function comeIn(kept: PersistedSession): Promise<string[]> {
    const told: string[] = [];
    await kept.whenAlone(async () => void told.push(kept.interrupted ? 'cut off' : 'complete'));
    return told;
  }

  it('one that comes in the middle of the other’s answer waits for its last word', async () => {
    const script = new ScriptedResponse();
    const one = await page(scriptedFetch(script));
    const sent = one.session.send('Hi');
    script.send({ text: 'Hel' });
    await until(() => texts(one).length === 2);
    await one.kept.flush();
    const two = await page();
    let told: string[] = [];
    const come = comeIn(two.kept).then((all) => (told = all));
    script.send({ text: 'lo' });
    await until(() => texts(two).join() === 'Hi,Hello');
    expect(told).to.deep.equal([]);
    script.send({ text: '!' });
    script.write(DONE);
    script.close();
    await Promise.all([sent, come]);
    expect([told, texts(two)]).to.deep.equal([['complete'], ['Hi', 'Hello!']]);
  });

  it('one that comes between the other’s last word and its being written has that word', async () => {
    for (const pause of [0, 1, 5, 20]) {
      const script = new ScriptedResponse();
      const one = await page(scriptedFetch(script));
      one.session.clear();
      await one.kept.flush();
      const sent = one.session.send('Hi');
      script.send({ text: 'Hel' });
      await until(() => texts(one).length === 2);
      await one.kept.flush();
      script.send({ text: 'lo' });
      script.write(DONE);
      script.close();
      await sent;
      await new Promise((resolve) => setTimeout(resolve, pause));
      const two = await page();
      expect([await comeIn(two.kept), texts(two)], `${pause} ms`).to.deep.equal([['complete'], ['Hi', 'Hello']]);
      await Promise.all([one.kept.close(), two.kept.close()]);
    }
  });

  it('one that waits for a page that goes is told that the answer was cut off, with all that came of it', async () => {
    const script = new ScriptedResponse();
    const one = await page(scriptedFetch(script));
    void one.session.send('Hi');
    script.send({ text: 'Hel' });
    await until(() => texts(one).length === 2);
    await one.kept.flush();
    const two = await page();
    const come = comeIn(two.kept);
    script.send({ text: 'lo' });
    await until(() => texts(two).join() === 'Hi,Hello');
    // A page that is gone lets go of all its locks; here only what keeps it can.
    await one.kept.close();
    expect([await come, texts(two)]).to.deep.equal([['cut off'], ['Hi', 'Hello']]);
    one.session.stop();
  });

  it('one that waits sends in the meantime, and several of them come in one after another', async () => {
    const script = new ScriptedResponse();
    const one = await page(scriptedFetch(script));
    const sent = one.session.send('Hi');
    script.send({ text: 'Hello' });
    await until(() => texts(one).length === 2);
    await one.kept.flush();
    const [two, three] = [await page(scriptedFetch(answered('Well'))), await page()];
    const come = [comeIn(two.kept), comeIn(three.kept)];
    await two.session.send('Me too');
    script.write(DONE);
    script.close();
    await sent;
    expect((await Promise.all(come)).flat()).to.deep.equal(['complete', 'complete']);
    await until(() => [one, two, three].every((each) => texts(each).length === 4));
  });

  it('one that goes while it waits does nothing, and keeps nobody', async () => {
    const script = new ScriptedResponse();
    const one = await page(scriptedFetch(script));
    const sent = one.session.send('Hi');
    script.send({ text: 'Hello' });
    await until(() => texts(one).length === 2);
    await one.kept.flush();
    const [two, three] = [await page(), await page()];
    const come = [comeIn(two.kept), comeIn(three.kept)];
    await two.kept.close();
    script.write(DONE);
    script.close();
    await sent;
    expect(await Promise.all(come)).to.deep.equal([[], ['complete']]);
    const { held = [], pending = [] } = await navigator.locks.query();
    const ours = ({ name = '' }: LockInfo) => name.includes(id);
    expect(pending.filter(ours)).to.deep.equal([]);
    expect(held.filter(ours).length).to.be.at.most(1);
  });

  it('where there are no locks, nobody waits', async () => {
    const { locks } = navigator;
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
    try {
      const { kept } = await page();
      expect(await comeIn(kept)).to.deep.equal(['complete']);
    } finally {
      Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
    }
  });

  it('what is written before the thread has been read takes nothing of it away', async () => {
    const first = await page(scriptedFetch(answered('Hello')));
    await first.session.send('Hi');
    await first.kept.close();
    const hold = await holdStore();
    const session = new ChatSession({ endpoint: '/chat', id, fetch: scriptedFetch() });
    const kept = persistSession(session);
    open.push(kept);
    // A draft, and another page’s news, while the store is slow.
    kept.draft = 'quick';
    const news = new BroadcastChannel('ai-stream-elements');
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has the origin's own pages only
    news.postMessage({ chat: chat(), ids: ['x'] });
    news.close();
    await hold.for(100);
    await kept.restored;
    await kept.flush();
    const second = await page();
    expect([texts(second), second.kept.draft]).to.deep.equal([['Hi', 'Hello'], 'quick']);
  });

  it('an older draft of the one does not take the place of the other’s', async () => {
    const [one, two] = [await page(), await page(scriptedFetch(answered('Hello')))];
    one.kept.draft = 'a thought';
    await one.kept.flush();
    await two.session.send('Hi');
    await two.kept.flush();
    expect((await page()).kept.draft).to.equal('a thought');
  });
});

describe('a store that fails', () => {
  it('a full one is told once, loses nothing, and is written again once there is room', async () => {
    const { put } = IDBObjectStore.prototype;
    const one = await page(scriptedFetch(answered('Hello'), answered('Again')));
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    await one.session.send('Hi');
    await one.kept.flush();
    await one.kept.flush();
    Object.assign(IDBObjectStore.prototype, { put });
    expect(one.warnings).to.deep.equal(['storage-full']);
    expect(texts(one)).to.deep.equal(['Hi', 'Hello']);
    await one.session.send('Once more');
    await one.kept.flush();
    expect(texts(await page())).to.deep.equal(['Hi', 'Hello', 'Once more', 'Again']);
  });

  it('rows that are no messages are left out and told, and go with the conversation', async () => {
    const first = await page(undefined, { messages: [userMessage('Hi')] });
    await first.kept.close();
    const bad = [
      { id: 'a', order: 1, stamp: 's', text: '{' },
      { id: 'b', order: 2, stamp: 's', text: 17 },
      { id: 'c', order: 3, stamp: 's', text: '{"id":"other","role":"user","parts":[]}' },
      { id: 'd', order: 'x', stamp: 's', text: '{"id":"d","role":"user","parts":[]}' },
      { id: 'e', order: 5, stamp: 's', text: '{"id":"e","role":"root","parts":[]}' },
      { id: 'f', order: 6, stamp: 's', text: 'null' },
      {
        id: 'g',
        order: 7,
        stamp: 's',
        text: '{"id":"g","role":"user","parts":[null,1,{"type":"text","text":2},{"type":"text","text":"kept"}]}',
      },
    ];
    for (const row of bad) await withRows((store) => store.put({ ...row, chat: chat() }));
    await withRows(
      (store) => store.put({ chat: chat(), id: 5, unfinished: 'no', size: {}, updated: Date.now() }),
      'chats',
    );
    await withRows((store) => store.put({ chat: chat(), text: { draft: 1 } }), 'drafts');
    const one = await page();
    expect(texts(one).toSorted()).to.deep.equal(['Hi', 'kept']);
    expect([one.session.id, one.kept.draft, one.kept.interrupted]).to.deep.equal([id, '', false]);
    expect(one.warnings).to.deep.equal(['storage-damaged']);
    one.session.clear();
    await one.kept.close();
    const rows = (await withRows((store) => store.getAll())) as { chat: string }[];
    expect(rows.filter((row) => row.chat === chat())).to.deep.equal([]);
  });

  it('nothing is asked of it, and no timer runs, once it is closed', async () => {
    const one = await page(scriptedFetch(answered('Hello')));
    await one.kept.close();
    const writes = countWrites();
    one.kept.draft = 'x';
    await one.session.send('Hi');
    await one.kept.flush();
    await new Promise((resolve) => setTimeout(resolve, 50));
    writes.stop();
    expect(writes.count).to.equal(0);
  });

  it('keeps a hundred conversations: the oldest go, never the one on show', async () => {
    await (await page(undefined, { messages: [userMessage('Hi')] })).kept.close();
    await withRows((store) => store.put({ chat: chat(), id, unfinished: false, size: 10, updated: 1 }), 'chats');
    const older = `${chat()}-older`;
    await withRows((store) => store.put({ chat: older, id: 'm', order: 1, stamp: 's', text: '{}' }));
    await withRows((store) => store.put({ chat: older, id, unfinished: false, size: 10, updated: 2 }), 'chats');
    for (let index = 0; index < 100; index += 1) {
      const row = { chat: `${chat()}-${index}`, id, unfinished: false, size: 10, updated: Date.now() + index };
      await withRows((store) => store.put(row), 'chats');
    }
    const one = await page();
    expect(texts(one)).to.deep.equal(['Hi']);
    const mine = async (name: string) => {
      const rows = (await withRows((store) => store.getAll(), name)) as { chat: string }[];
      return rows.map((row) => row.chat).filter((name) => name.startsWith(chat()));
    };
    let left = await mine('chats');
    while (left.includes(older)) left = await mine('chats');
    expect(left).to.include(chat());
    expect(left.length).to.be.at.most(101);
    expect(await mine('messages')).to.deep.equal([chat()]);
    for (const name of left) if (name !== chat()) await withRows((store) => store.delete(name), 'chats');
  });
});

function userMessage(text: string): Message {
  return { id: createId(), role: 'user', parts: [{ type: 'text', text }] };
}

describe('the branches of a kept conversation', () => {
  const idOf = ({ session }: Page, at: number) => session.messages.at(at)!.id;
  const position = (kept: Page, at: number) => {
    const { index, count } = kept.session.branchesOf(idOf(kept, at));
    return `${index + 1}/${count}`;
  };
  const rows = async () => {
    const all = await withRows((store) => store.getAll(), 'branches');
    return (all as { chat: string }[]).filter((row) => row.chat === chat());
  };

  it('stand again, each with what followed it, and can be shown', async () => {
    const first = await page(scriptedFetch(...['a1', 'a2', 'b1', 'c1'].map(answered)));
    await first.session.send('q1');
    await first.session.send('q2');
    await first.session.regenerate(idOf(first, 1));
    await first.session.edit(idOf(first, 0), 'p1');
    await first.kept.close();
    const second = await page();
    expect([texts(second), position(second, 0)]).to.deep.equal([['p1', 'c1'], '2/2']);
    second.session.switchBranch(idOf(second, 0), 0);
    expect([texts(second), position(second, 1)]).to.deep.equal([['q1', 'b1'], '2/2']);
    second.session.switchBranch(idOf(second, 1), 0);
    await second.kept.close();
    const third = await page();
    expect([texts(third), position(third, 0), position(third, 1)]).to.deep.equal([
      ['q1', 'a1', 'q2', 'a2'],
      '1/2',
      '1/2',
    ]);
    expect(third.session.branches).to.deep.equal(second.session.branches);
    expect([second.warnings, third.warnings]).to.deep.equal([[], []]);
  });

  it('are written once: a message that is sent writes none of them again', async () => {
    const one = await page(scriptedFetch(...['a1', 'a2', 'a3', 'a4'].map(answered)));
    await one.session.send('q1');
    await one.session.regenerate();
    await one.session.regenerate();
    await one.kept.flush();
    const { put } = IDBObjectStore.prototype;
    const written: string[] = [];
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: [unknown]) {
      written.push(this.name);
      return put.apply(this, args);
    };
    await one.session.send('q2');
    await one.kept.flush();
    one.session.switchBranch(idOf(one, 1), 0);
    await one.kept.flush();
    Object.assign(IDBObjectStore.prototype, { put });
    expect(written.filter((name) => name === 'branches')).to.have.lengthOf(1);
    expect(await rows()).to.have.lengthOf(2);
  });

  it('are there from the first word of the other answer on', async () => {
    const script = new ScriptedResponse();
    const first = await page(scriptedFetch(answered('old'), script));
    await first.session.send('Hi');
    await first.kept.flush();
    void first.session.regenerate();
    await first.kept.flush();
    expect([texts(await page()), (await rows()).length]).to.deep.equal([['Hi', 'old'], 0]);
    script.send({ text: 'new' });
    await until(() => texts(first).at(-1) === 'new');
    await first.kept.flush();
    const second = await page();
    expect([texts(second), position(second, 1)]).to.deep.equal([['Hi', 'new'], '2/2']);
    first.session.stop();
  });

  it('are shown by other pages, too, as is a switch', async () => {
    const one = await page(scriptedFetch(answered('a1'), answered('a2')));
    await one.session.send('q1');
    await one.kept.flush();
    const other = await page();
    await one.session.regenerate();
    await one.kept.flush();
    await until(() => texts(other).at(-1) === 'a2');
    await until(() => position(other, 1) === '2/2');
    one.session.switchBranch(idOf(one, 1), 0);
    await one.kept.flush();
    await until(() => texts(other).at(-1) === 'a1');
    await until(() => position(other, 1) === '1/2');
    expect(await rows()).to.have.lengthOf(1);
    // What the one has written since it was opened stays, whatever else the other one tells.
    other.session.fetch = scriptedFetch(answered('a3'));
    await other.session.send('q2');
    await other.kept.flush();
    await until(() => texts(one).at(-1) === 'a3');
    expect(position(one, 1)).to.equal('1/2');
  });

  it('go with the conversation', async () => {
    const one = await page(scriptedFetch(answered('a1'), answered('a2')));
    await one.session.send('q1');
    await one.session.regenerate();
    await one.kept.flush();
    expect(await rows()).to.have.lengthOf(1);
    one.session.clear();
    await one.kept.flush();
    expect(await rows()).to.deep.equal([]);
  });

  it('are as many as there is room for: the oldest go, and nothing of what is shown', async () => {
    const long = (text: string) => answered(text.repeat(3 * 1024 * 1024));
    const one = await page(scriptedFetch(long('a'), long('b'), long('c'), answered('d')));
    await one.session.send('q1');
    for (let count = 0; count < 3; count += 1) {
      await one.kept.flush();
      await one.session.regenerate();
    }
    expect(position(one, 1)).to.equal('4/4');
    await one.kept.flush();
    expect(position(one, 1)).to.equal('3/3');
    // Writes of so much may overlap: what is written last is known once the one before is.
    await one.kept.close();
    expect(await rows()).to.have.lengthOf(2);
    const second = await page();
    const begins = () => texts(second).map((text) => String(text).slice(0, 2));
    expect([begins(), position(second, 1), one.warnings, second.warnings]).to.deep.equal([['q1', 'd'], '3/3', [], []]);
    second.session.switchBranch(idOf(second, 1), 0);
    expect(begins()).to.deep.equal(['q1', 'bb']);
  });

  it('are left out and told where a row is none, and go', async () => {
    const one = await page(scriptedFetch(answered('a1'), answered('a2')));
    await one.session.send('q1');
    await one.session.regenerate();
    await one.kept.close();
    for (const text of ['{', 7, '{"after":"x"}']) {
      const row = { chat: chat(), id: `bad ${text}`, order: 1, text };
      await withRows((store) => store.put(row), 'branches');
    }
    const second = await page();
    expect([position(second, 1), second.warnings]).to.deep.equal(['2/2', ['storage-damaged']]);
    await second.kept.flush();
    expect(await rows()).to.have.lengthOf(1);
  });

  it('are none in what an earlier version has kept, which is read', async () => {
    const one = await page(scriptedFetch(answered('a1')));
    await one.session.send('q1');
    await one.kept.close();
    const messages = await withRows((store) => store.getAll());
    const chats = await withRows((store) => store.getAll(), 'chats');
    await request(indexedDB.deleteDatabase('ai-stream-elements'));
    const opening = indexedDB.open('ai-stream-elements', 1);
    opening.addEventListener('upgradeneeded', () => {
      const { result } = opening;
      result.createObjectStore('chats', { keyPath: 'chat' }).createIndex('updated', 'updated');
      result.createObjectStore('messages', { keyPath: ['chat', 'id'] });
      result.createObjectStore('drafts', { keyPath: 'chat' });
    });
    (await request(opening)).close();
    for (const row of messages) await withRows((store) => store.put(row));
    for (const row of chats) await withRows((store) => store.put(row), 'chats');
    const second = await page(scriptedFetch(answered('a2')));
    expect(texts(second)).to.deep.equal(['q1', 'a1']);
    await second.session.regenerate();
    await second.kept.close();
    expect(position(await page(), 1)).to.equal('2/2');
  });
});
