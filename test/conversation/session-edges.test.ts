import { expect } from '@open-wc/testing';
import { ChatSession, isToolPart, textOf, type AiRequestEvent, type Message } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';

const says = (text: string) => eventStream(`data: ${JSON.stringify({ text })}\n\ndata: [DONE]\n\n`);
const parts = (...list: object[]) =>
  eventStream([...list, { type: 'finish' }].map((part) => `data: ${JSON.stringify(part)}\n\n`).join(''));
const sameId = () => parts({ type: 'start', messageId: 'same' }, { type: 'text-delta', id: '1', delta: 'x' });
const user = (id: string, text: string): Message => ({ id, role: 'user', parts: [{ type: 'text', text }] });
const assistant = (id: string, text: string): Message => ({ id, role: 'assistant', parts: [{ type: 'text', text }] });
const texts = (session: ChatSession) => session.messages.map(textOf);

async function rejection(promise: Promise<unknown>): Promise<any> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('answering again', () => {
  const thread = [user('1', 'one'), assistant('2', 'first'), user('3', 'two'), assistant('4', 'second')];

  for (const id of ['2', '4', '3', undefined]) {
    it(`keeps what was there where nothing comes instead (${id ?? 'the last'})`, async () => {
      const fetch = scriptedFetch(new TypeError('x'), new Response('no', { status: 500 }));
      const session = new ChatSession({ endpoint: '/chat', messages: thread, fetch });
      await session.regenerate(id);
      expect([texts(session), session.status]).to.deep.equal([thread.map(textOf), 'error']);
      await session.regenerate(id);
      expect(texts(session)).to.deep.equal(thread.map(textOf));
    });

    it(`keeps it where it is stopped before the first word (${id ?? 'the last'})`, async () => {
      const session = new ChatSession({
        endpoint: '/chat',
        messages: thread,
        fetch: scriptedFetch(new ScriptedResponse()),
      });
      const again = session.regenerate(id);
      await settle();
      session.stop();
      await again;
      expect(texts(session)).to.deep.equal(thread.map(textOf));
    });
  }

  it('gives it up for the first word, and for another thread', async () => {
    const session = new ChatSession({
      endpoint: '/chat',
      messages: thread,
      fetch: scriptedFetch(says('new'), new ScriptedResponse()),
    });
    await session.regenerate('2');
    expect(texts(session)).to.deep.equal(['one', 'new']);
    const again = session.regenerate();
    await settle();
    session.messages = [user('9', 'other')];
    await again;
    expect(texts(session)).to.deep.equal(['other']);
  });

  it('of a thread without an answer asks for one', async () => {
    const session = new ChatSession({
      endpoint: '/chat',
      messages: [user('1', 'one')],
      fetch: scriptedFetch(says('new')),
    });
    await session.regenerate();
    expect(texts(session)).to.deep.equal(['one', 'new']);
  });

  it('is refused in an empty thread: most services answer no request without a message', async () => {
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(says('new')) });
    for (const id of [undefined, '4'])
      expect(await rejection(session.regenerate(id))).to.include({ name: 'NotFoundError' });
    expect([session.status, texts(session)]).to.deep.equal(['ready', []]);
  });

  it('edits one of the reader’s messages only, and keeps its files', async () => {
    const file = { type: 'file' as const, url: 'https://f.example/x', mediaType: 'a/b' };
    const first: Message = { ...user('1', 'one'), parts: [file, { type: 'text', text: 'one' }] };
    const session = new ChatSession({
      endpoint: '/chat',
      messages: [first, assistant('2', 'x')],
      fetch: scriptedFetch(says('y')),
    });
    expect(await rejection(session.edit('2', 'no'))).to.include({ name: 'NotFoundError' });
    await session.edit('1', 'changed');
    expect(session.messages[0]).to.deep.equal({ ...first, parts: [file, { type: 'text', text: 'changed' }] });
    expect(texts(session)).to.deep.equal(['changed', 'y']);
  });
});

describe('a question that is changed', () => {
  const thread = [user('1', 'one'), assistant('2', 'first'), user('3', 'two'), assistant('4', 'second')];
  const texts4 = thread.map(textOf);

  it('takes nothing away where no answer comes, and the change is made by trying again', async () => {
    const fetch = scriptedFetch(new TypeError('x'), new Response('no', { status: 500 }), says('new'));
    const session = new ChatSession({ endpoint: '/chat', messages: thread, fetch });
    await session.edit('1', 'changed');
    expect([texts(session), session.status]).to.deep.equal([texts4, 'error']);
    expect(session.messages[0]).to.equal(thread[0]);
    await session.retry();
    expect([texts(session), session.status]).to.deep.equal([texts4, 'error']);
    await session.retry();
    expect([texts(session), session.status]).to.deep.equal([['changed', 'new'], 'ready']);
    expect(fetch.sent.map(({ body }) => body.messages.map(textOf))).to.deep.equal([
      ['changed'],
      ['changed'],
      ['changed'],
    ]);
  });

  it('is so, too, where a lost answer was looked for first, and not once another turn has begun', async () => {
    const nothing = () => new Response(null, { status: 204 });
    const fetch = scriptedFetch(new TypeError('x'), nothing(), new TypeError('x'), says('three'), new TypeError('x'));
    const session = new ChatSession({ endpoint: '/chat', messages: thread, fetch });
    await session.edit('3', 'changed');
    await session.resume();
    await session.retry();
    expect(fetch.sent.at(-1)!.body.messages.map(textOf)).to.deep.equal(['one', 'first', 'changed']);
    await session.send('Three');
    await session.retry();
    expect(texts(session)).to.deep.equal([...texts4, 'Three', 'three']);
    expect(fetch.sent.at(-1)!.body.messages.map(textOf)).to.deep.equal([...texts4, 'Three']);
  });

  it('is as it was where it is stopped before the first word, or kept from going out', async () => {
    const session = new ChatSession({
      endpoint: '/chat',
      messages: thread,
      fetch: scriptedFetch(new ScriptedResponse()),
    });
    const edited = session.edit('1', 'changed');
    await settle();
    session.stop();
    await edited;
    expect([texts(session), session.status]).to.deep.equal([texts4, 'ready']);
    session.addEventListener('ai-request', (event) => event.preventDefault());
    await session.edit('1', 'changed');
    expect([texts(session), session.status]).to.deep.equal([texts4, 'ready']);
  });
});

describe('ids of a server', () => {
  it('that are always the same do not make two answers one', async () => {
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(sameId(), sameId(), sameId()) });
    await session.send('one');
    await session.send('two');
    expect(new Set(session.messages.map(({ id }) => id)).size).to.equal(4);
    await session.regenerate();
    expect(new Set(session.messages.map(({ id }) => id)).size).to.equal(4);
  });
});

describe('resuming', () => {
  const half = assistant('h', 'The first half of a long');
  const options = { endpoint: '/chat?tenant=1', id: 'c', messages: [user('1', 'one'), half] };

  it('asks as every other request does: with headers, credentials and the host’s word', async () => {
    const fetch = scriptedFetch(new Response(null, { status: 204 }));
    const session = new ChatSession({ ...options, fetch, headers: async () => ({ authorization: 'Bearer x' }) });
    session.addEventListener('ai-request', (event) => (event as AiRequestEvent).request.headers.set('x-more', 'y'));
    await session.resume();
    const [{ url, method, headers, body }] = fetch.sent as any;
    expect([url, method, body]).to.deep.equal(['/chat/c/stream?tenant=1', 'GET', undefined]);
    expect([headers.get('authorization'), headers.get('x-more')]).to.deep.equal(['Bearer x', 'y']);
  });

  it('keeps the half answer where the stream breaks before it says anything', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ ...options, timeouts: { reconnect: 0 }, fetch: scriptedFetch(script) });
    const resumed = session.resume();
    script.send({ type: 'start', messageId: 'h', messageMetadata: { a: 1 } });
    await settle();
    script.fail();
    expect(textOf((await resumed)!)).to.equal(textOf(half));
    expect(texts(session)).to.deep.equal(['one', textOf(half)]);
  });

  it('takes a fresh address of a picture into the answer that it writes anew', async () => {
    const script = new ScriptedResponse();
    const picture = { type: 'data-image' as const, id: 'i', data: { url: 'https://i.example/old' } };
    const session = new ChatSession({
      ...options,
      messages: [{ ...half, parts: [picture] }],
      fetch: scriptedFetch(script),
    });
    const resumed = session.resume();
    await settle();
    session.renewImage('https://i.example/old', { url: 'https://i.example/new' });
    script.send({ type: 'text-delta', id: '1', delta: 'x' }, { type: 'finish' });
    script.close();
    await resumed;
    expect(session.messages.map(({ parts: list }) => list.length)).to.deep.equal([1]);
    expect(texts(session)).to.deep.equal(['x']);
  });

  it('without an address asks nobody', async () => {
    const fetch = scriptedFetch(says('x'));
    const session = new ChatSession({ id: 'c', fetch });
    await session.resume();
    expect(session.error?.remedy).to.contain('endpoint');
    expect(fetch.sent).to.deep.equal([]);
  });
});

describe('answers to tools that nobody waits for', () => {
  const call = { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: {} };
  const ask = { type: 'tool-approval-request', toolCallId: 't', approvalId: 'p' };

  it('are refused and change nothing: an unknown call, a second result, a call of nobody', async () => {
    const fetch = scriptedFetch(parts(call), says('done'));
    const session = new ChatSession({ endpoint: '/chat', fetch });
    expect(await rejection(session.addToolOutput({ toolCallId: 't', output: 1 }))).to.include({
      name: 'NotFoundError',
    });
    await session.send('Hi');
    const before = session.messages;
    expect(await rejection(session.addToolOutput({ toolCallId: 'x', output: 1 }))).to.include({
      name: 'NotFoundError',
    });
    expect(session.messages).to.equal(before);
    await session.addToolOutput({ toolCallId: 't', output: 1 });
    expect(await rejection(session.addToolOutput({ toolCallId: 't', output: 2 }))).to.include({
      name: 'NotFoundError',
    });
    expect(fetch.sent).to.have.lengthOf(2);
  });

  it('leave a call as it is where the answer goes on with another one of its id', async () => {
    const again = { ...call, input: { n: 2 } };
    const session = new ChatSession({
      endpoint: '/chat',
      fetch: scriptedFetch(parts(call), parts(again), says('done')),
    });
    await session.send('Hi');
    await session.addToolOutput({ toolCallId: 't', output: 'one' });
    await session.addToolOutput({ toolCallId: 't', output: 'two' });
    const calls = session.messages.at(-1)!.parts.filter(isToolPart);
    expect(calls.map(({ input, output }) => [input, output])).to.deep.equal([
      [{}, 'one'],
      [{ n: 2 }, 'two'],
    ]);
    expect(textOf(session.messages.at(-1)!)).to.equal('done');
  });

  it('are refused for approvals too, however often they are given', async () => {
    const fetch = scriptedFetch(parts(call, ask), says('done'));
    const session = new ChatSession({ endpoint: '/chat', fetch });
    await session.send('Hi');
    expect(await rejection(session.respondToApproval({ approvalId: 'x', approved: true }))).to.include({
      name: 'NotFoundError',
    });
    const first = session.respondToApproval({ approvalId: 'p', approved: true });
    const second = await rejection(session.respondToApproval({ approvalId: 'p', approved: false }));
    await first;
    expect(second).to.be.instanceOf(DOMException);
    expect(fetch.sent).to.have.lengthOf(2);
  });

  it('wait for the end of the stream', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(script) });
    const sent = session.send('Hi');
    script.send(call);
    await settle();
    expect(await rejection(session.addToolOutput({ toolCallId: 't', output: 1 }))).to.include({
      name: 'InvalidStateError',
    });
    session.stop();
    await sent;
  });
});

describe('what is given to a session', () => {
  const thread = [user('1', 'one'), assistant('2', 'first')];

  for (const given of [
    undefined,
    null,
    5,
    true,
    {},
    ['text'],
    { content: 'text' },
    { text: 5 },
    { files: 'a' },
  ] as any[]) {
    it(`is not sent without what was meant to be said: ${JSON.stringify(given)}`, async () => {
      const fetch = scriptedFetch();
      const session = new ChatSession({ endpoint: '/chat', messages: thread, fetch });
      expect(await rejection(session.send(given))).to.match(/TypeError: A message is given as text/);
      expect(await rejection(session.edit('1', given))).to.match(/TypeError: A message is given as text/);
      expect([fetch.sent.length, session.status, texts(session)]).to.deep.equal([0, 'ready', ['one', 'first']]);
    });
  }

  for (const given of [5, true, {}] as any[]) {
    it(`is no thread, and costs none: ${JSON.stringify(given)}`, async () => {
      const script = new ScriptedResponse();
      const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(script) });
      const sent = session.send('Hi');
      await settle();
      expect(() => (session.messages = given)).to.throw(/takes a list/);
      expect(session.status).to.equal('submitted');
      session.stop();
      await sent;
    });
  }

  for (const given of [5, true, {}, ['generic']] as any[]) {
    it(`is no dialect: ${JSON.stringify(given)}`, async () => {
      const session = new ChatSession({ endpoint: '/chat', protocol: given, fetch: scriptedFetch(says('Hello')) });
      await session.send('Hi');
      expect(session.error).to.include({ code: 'protocol' });
      expect(session.error!.remedy).to.include('auto, or one of');
    });
  }
});
