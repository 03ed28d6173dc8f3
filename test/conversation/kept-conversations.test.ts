import { expect } from '@open-wc/testing';
import { openDB } from 'idb';
import { ChatSession, KeptConversations, persistSession, type PersistedSession } from '../../src/core.js';
import type { AiWarningEvent } from '../../src/events.js';
import { createId } from '../../src/conversation/id.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { until } from '../support/until.mjs';

const answered = (text: string) => eventStream(`data: ${JSON.stringify({ text })}\n\ndata: [DONE]\n\n`);

let endpoint: string;
let open: { close(): unknown }[];
let kept: KeptConversations;
beforeEach(() => {
  endpoint = `/chat-${createId()}`;
  kept = new KeptConversations({ endpoint });
  open = [kept];
});
afterEach(async () => {
  await Promise.all(open.map((one) => one.close()));
});

interface Shown {
  session: ChatSession;
  store: PersistedSession;
}

async function show(id: string, fetch: typeof globalThis.fetch = scriptedFetch(answered('Yes.'))): Promise<Shown> {
  const session = new ChatSession({ endpoint, id, fetch });
  const store = persistSession(session);
  open.push(store);
  await store.restored;
  return { session, store };
}

/** A conversation of one question, kept and left. */
async function ask(id: string, text: string): Promise<void> {
  const { session, store } = await show(id);
  await session.send(text);
  await store.close();
}

/** What is on the disk, of whichever conversation. */
async function allRows(): Promise<unknown[][]> {
  const database = await openDB('ai-stream-elements');
  const rows = await Promise.all([...database.objectStoreNames].map((name) => database.getAll(name)));
  database.close();
  return rows;
}

const titles = async () => (await kept.list()).map(({ title }) => title);

/** Firefox refuses both to a page whose reader lets it keep nothing. */
async function keepingNothing(act: () => Promise<void>): Promise<void> {
  const { BroadcastChannel: channel } = globalThis;
  const { open: openDatabase } = IDBFactory.prototype;
  function refuse(): never {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  }
  globalThis.BroadcastChannel = refuse as unknown as typeof BroadcastChannel;
  IDBFactory.prototype.open = refuse;
  try {
    await act();
  } finally {
    globalThis.BroadcastChannel = channel;
    IDBFactory.prototype.open = openDatabase;
  }
}

describe('a page that may keep nothing', () => {
  it('says of a list why it is none, and goes on', () =>
    keepingNothing(async () => {
      const list = new KeptConversations({ endpoint });
      const code = await list.list().catch((error: { code: string }) => error.code);
      expect(code).to.equal('storage-unavailable');
      list.close();
    }));

  it('warns once of a conversation that is not kept, and of the reason', () =>
    keepingNothing(async () => {
      const session = new ChatSession({ endpoint, fetch: scriptedFetch(answered('Yes.')) });
      const warnings: string[] = [];
      session.addEventListener('ai-warning', (event) => warnings.push((event as AiWarningEvent).message));
      const store = persistSession(session);
      await store.restored;
      await session.send('Is it?');
      await store.flush();
      await store.close();
      expect(session.messages).to.have.length(2);
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.contain('IndexedDB');
    }));
});

describe('a list of what is kept', () => {
  it('has the conversations of the endpoint by their first question, the latest first', async () => {
    const before = Date.now();
    await ask('one', 'What is the capital of France?');
    await ask('two', '  And\nof   Spain? ');
    await ask('one', 'And of Italy?');
    const list = await kept.list();
    expect(list.map(({ chatId, title, unfinished }) => [chatId, title, unfinished])).to.deep.equal([
      ['one', 'What is the capital of France?', false],
      ['two', 'And of Spain?', false],
    ]);
    for (const { updatedAt } of list) expect(updatedAt.getTime()).to.be.within(before, Date.now());
  });

  it('has nothing of another endpoint or namespace, whatever they begin with', async () => {
    await ask('one', 'Here');
    for (const namespace of ['app', 'app two']) {
      const session = new ChatSession({ endpoint, id: 'x', fetch: scriptedFetch(answered('Yes.')) });
      const store = persistSession(session, { namespace });
      await session.send(`In ${namespace}`);
      await store.close();
    }
    const app = new KeptConversations({ namespace: 'app' });
    open.push(app);
    expect((await app.list()).map(({ title }) => title)).to.deep.equal(['In app']);
    await app.removeAll();
    expect(await app.list()).to.deep.equal([]);
    const other = new KeptConversations({ namespace: 'app two' });
    open.push(other);
    expect((await other.list()).map(({ title }) => title)).to.deep.equal(['In app two']);
    await other.removeAll();
    expect(await titles()).to.deep.equal(['Here']);
  });

  it('has an endpoint’s one conversation without an id, and that whose address differs in its query alone', async () => {
    const session = new ChatSession({ endpoint: `${endpoint}?model=x`, fetch: scriptedFetch(answered('Yes.')) });
    const store = persistSession(session, { key: '' });
    await session.send('Without an id');
    await store.close();
    expect((await kept.list()).map(({ chatId, title }) => [chatId, title])).to.deep.equal([['', 'Without an id']]);
    await ask('one', 'With one');
    await kept.remove(undefined);
    expect(await titles()).to.deep.equal(['With one']);
  });

  it('calls one by what is being written, by its file, and by no more than eighty characters', async () => {
    const { store } = await show('draft');
    store.draft = 'Not yet asked';
    await store.close();
    expect(await titles()).to.deep.equal(['Not yet asked']);
    const { session, store: second } = await show('file');
    await session.send({ text: '', files: [new File(['x'], 'plan.txt', { type: 'text/plain' })] });
    await second.close();
    await ask('long', `${'a'.repeat(79)}😀${'b'.repeat(400_000)}`);
    expect((await titles()).toSorted()).to.deep.equal([`${'a'.repeat(79)}…`, 'Not yet asked', 'plan.txt'].toSorted());
  });

  it('says which answer is being written or was left', async () => {
    const answer = new ScriptedResponse();
    const { session, store } = await show('one', scriptedFetch(answer.response));
    const asked = session.send('Hi');
    answer.write('data: {"text":"Hel"}\n\n');
    await until(() => session.status === 'streaming');
    await store.flush();
    expect((await kept.list())[0]?.unfinished).to.equal(true);
    answer.write('data: [DONE]\n\n');
    answer.close();
    await asked;
    await store.flush();
    expect((await kept.list())[0]?.unfinished).to.equal(false);
  });
});

describe('forgetting what is kept', () => {
  it('takes away one, and shows it empty where it is shown', async () => {
    await ask('one', 'First');
    await ask('two', 'Second');
    const { session, store } = await show('two');
    expect(session.messages.length).to.equal(2);
    await kept.remove('two');
    expect(await titles()).to.deep.equal(['First']);
    await until(() => session.messages.length === 0);
    await store.close();
    expect(await titles()).to.deep.equal(['First']);
  });

  it('takes away all of them, with drafts and branches', async () => {
    const { session, store } = await show('one', scriptedFetch(answered('Yes.'), answered('No.')));
    await session.send('First');
    await session.regenerate();
    store.draft = 'And then';
    await store.close();
    await ask('two', 'Second');
    await kept.removeAll();
    expect(await kept.list()).to.deep.equal([]);
    for (const rows of await allRows()) expect(JSON.stringify(rows)).not.to.include(endpoint);
    const again = await show('one');
    expect([again.session.messages, again.session.branches, again.store.draft]).to.deep.equal([[], [], '']);
  });

  it('takes away the draft, too, that is written while the other page hears of it', async () => {
    const { store } = await show('one');
    const { postMessage } = BroadcastChannel.prototype;
    const channel = new BroadcastChannel('ai-stream-elements');
    BroadcastChannel.prototype.postMessage = function (this: BroadcastChannel, news: { forgotten?: true }) {
      if (!news.forgotten) return postMessage.call(this, news);
      store.draft = 'And then';
      void store.flush().then(() => postMessage.call(channel, news));
    };
    try {
      await kept.remove('one');
      await until(() => store.draft === '');
    } finally {
      BroadcastChannel.prototype.postMessage = postMessage;
      channel.close();
    }
    await store.close();
    expect((await show('one')).store.draft).to.equal('');
  });

  it('stops the answer that is being written, wherever it is, and nothing of it is written again', async () => {
    const answer = new ScriptedResponse();
    const { session, store } = await show('one', scriptedFetch(answer.response));
    const asked = session.send('Hi').catch(() => {});
    answer.write('data: {"text":"Hel"}\n\n');
    await until(() => session.status === 'streaming');
    store.draft = 'And then';
    await store.flush();
    await kept.removeAll();
    await until(() => answer.cancelled && session.messages.length === 0);
    await asked;
    await store.close();
    expect(await kept.list()).to.deep.equal([]);
    const again = await show('one');
    expect([again.session.messages, again.store.draft]).to.deep.equal([[], '']);
  });
});

describe('news of what is kept', () => {
  it('comes when a conversation is written or removed, and of no other endpoint', async () => {
    let count = 0;
    kept.addEventListener('change', () => (count += 1));
    const other = new KeptConversations({ endpoint: `${endpoint}-other` });
    open.push(other);
    let others = 0;
    other.addEventListener('change', () => (others += 1));
    await ask('one', 'Hi');
    await until(() => count > 0);
    count = 0;
    await kept.remove('one');
    expect(count).to.be.greaterThan(0);
    expect(others).to.equal(0);
  });

  it('comes when there is no more of it than what is being written', async () => {
    let list: string[] = [];
    kept.addEventListener('change', () => void titles().then((now) => (list = now)));
    const { store } = await show('one');
    store.draft = 'Not yet asked';
    await store.close();
    await until(() => list.join() === 'Not yet asked');
  });

  it('comes no more after close()', async () => {
    let count = 0;
    kept.addEventListener('change', () => (count += 1));
    kept.close();
    await ask('one', 'Hi');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(count).to.equal(0);
  });
});

describe('where nothing can be kept', () => {
  it('the list says so with the code of `ai-warning`', async () => {
    const { open: openDatabase } = IDBFactory.prototype;
    IDBFactory.prototype.open = () => {
      throw new DOMException('not here', 'SecurityError');
    };
    try {
      const error = await kept.list().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).to.include({ code: 'storage-unavailable' });
    } finally {
      IDBFactory.prototype.open = openDatabase;
    }
  });
});
