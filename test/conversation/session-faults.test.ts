import { expect } from '@open-wc/testing';
import { ChatSession, textOf } from '../../src/core.js';
import { FIXTURES } from '../fixtures/streams.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';
import { until } from '../support/until.mjs';

const hello = () => eventStream('data: {"text":"Hello"}\n\ndata: [DONE]\n\n');

interface Fault {
  title: string;
  code: string;
  run(script: ScriptedResponse): void;
}

const FAULTS: Fault[] = [
  { title: 'the connection breaks', code: 'network', run: (script) => script.fail() },
  {
    title: 'a signal of the host’s stops it',
    code: 'aborted',
    run: (script) => script.fail(new DOMException('', 'AbortError')),
  },
  {
    title: 'the body ends in mid-event',
    code: 'truncated',
    run: (script) => (script.write('data: {"te'), script.close()),
  },
  { title: 'the body ends without an end mark', code: 'truncated', run: (script) => script.close() },
  {
    title: 'the stream reports an error',
    code: 'protocol',
    run: (script) => (script.send({ error: 'Overloaded' }), script.close()),
  },
  {
    title: 'twenty events in a row are unreadable',
    code: 'protocol',
    run: (script) => (script.write('data: {"x\n\n'.repeat(20)), script.close()),
  },
];

describe('a fault in mid-stream', () => {
  for (const { title, code, run } of FAULTS) {
    it(`${title}: what had arrived is kept, and the next turn works`, async () => {
      const script = new ScriptedResponse();
      const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(script, hello()) });
      const codes: string[] = [];
      session.addEventListener('ai-error', (event) => codes.push((event as any).code));
      const sent = session.send('Hi');
      script.send({ text: 'par' }, { text: 'tial' });
      // A connection that breaks takes with it what nobody has read, and what reads a dialect may be loaded first.
      await until(() => session.messages.some((message) => textOf(message) === 'partial'));
      run(script);
      const answer = await sent;
      expect(textOf(answer)).to.equal('partial');
      expect(answer.parts[0]).to.include({ state: 'done' });
      expect([session.status, session.error?.code, codes]).to.deep.equal(['error', code, [code]]);
      await session.send('again');
      expect([session.status, session.error]).to.deep.equal(['ready', undefined]);
      expect(session.messages.map(textOf)).to.deep.equal(['Hi', 'partial', 'again', 'Hello']);
    });
  }

  it('closes an artifact that was being written, and says so', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession();
    const ended: string[] = [];
    session.addEventListener('ai-artifact-end', (event) => ended.push((event as any).artifact.status));
    const consumed = session.consume(script.response);
    script.send({ text: '…' }, { type: 'artifact-start', id: 'a', kind: 'code' }, { text: 'let' });
    await until(() => session.messages[0]?.parts.length === 2);
    script.fail();
    await consumed;
    expect(ended).to.deep.equal(['error']);
  });

  it('cannot reach the server: says so in words of its own', async () => {
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(new TypeError('Failed to fetch')) });
    await session.send('Hi');
    expect(session.error).to.include({ code: 'network', message: 'The server could not be reached.' });
    expect(session.messages).to.have.lengthOf(1);
  });

  it('stalls: gives up after the time that is set, comments being signs of life', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ timeouts: { idle: 60 } });
    const consumed = session.consume(script.response);
    script.send({ text: 'x' });
    for (let beat = 0; beat < 4; beat += 1) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      script.write(': still here\n\n');
    }
    expect(session.status).to.equal('streaming');
    await consumed;
    expect(session.error).to.include({ code: 'timeout' });
    expect(script.cancelled).to.equal(true);
    expect(textOf(session.messages[0]!)).to.equal('x');
  });
});

describe('stop', () => {
  it('ends the request, keeps the text and is no error', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script);
    const session = new ChatSession({ endpoint: '/chat', fetch });
    let finish: any;
    session.addEventListener('ai-finish', (event) => (finish = event));
    session.addEventListener('ai-error', () => expect.fail('a stop is no error'));
    const sent = session.send('Hi');
    script.send({ text: 'par' });
    await settle();
    session.stop();
    expect(session.status).to.equal('ready');
    const answer = await sent;
    expect(textOf(answer)).to.equal('par');
    expect(finish).to.include({ stopped: true });
    expect(fetch.sent[0]!.signal.aborted).to.equal(true);
    expect(script.cancelled).to.equal(true);
  });

  it('works before the response is there', async () => {
    const session = new ChatSession({ endpoint: '/chat', fetch: () => new Promise(() => {}) });
    void session.send('Hi');
    await settle();
    session.stop();
    session.stop();
    expect([session.status, session.messages.length]).to.deep.equal(['ready', 1]);
  });

  it('lets a new turn begin at once, into which nothing of the old one falls', async () => {
    const first = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(first, hello()) });
    void session.send('one');
    first.send({ text: 'old' });
    await settle();
    session.stop();
    const second = session.send('two');
    try {
      first.send({ text: 'LATE' });
    } catch {
      // The body is cancelled, which is as good.
    }
    await second;
    expect(session.messages.map(textOf)).to.deep.equal(['one', 'old', 'two', 'Hello']);
  });

  it('may come from a listener in the middle of a batch', async () => {
    const session = new ChatSession();
    session.addEventListener('ai-part', (event) => {
      if ((event as any).part.delta === 'b') session.stop();
    });
    await session.consume(eventStream('data: {"text":"a"}\n\ndata: {"text":"b"}\n\ndata: {"text":"c"}\n\n'));
    expect(session.messages.map(textOf)).to.deep.equal(['a']);
    expect(session.status).to.equal('ready');
  });

  it('by a signal of the host’s is no loss to be made up for', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script, hello());
    const session = new ChatSession({ endpoint: '/chat', fetch, resumable: true });
    const sent = session.send('q');
    script.send({ text: 'a' });
    await until(() => session.messages.length === 2);
    script.fail(new DOMException('', 'AbortError'));
    await sent;
    expect([session.error?.code, fetch.sent.length]).to.deep.equal(['aborted', 1]);
  });

  for (const resumable of [false, true])
    it(`at an event keeps what the events before it said, however they came${resumable ? ', where it is resumable' : ''}`, async () => {
      const answer = () => eventStream('data: {"text":"a"}\n\ndata: {"text":"b"}\n\ndata: {"text":"c"}\n\n');
      const fetch = scriptedFetch(answer(), new Response(null, { status: 204 }));
      const session = new ChatSession({ endpoint: '/chat', fetch, resumable });
      session.addEventListener('ai-event', (event) => {
        if ((event as any).json.text === 'c') session.stop();
      });
      await session.send('q');
      expect(session.messages.map(textOf)).to.deep.equal(['q', 'ab']);
      expect(session.status).to.equal('ready');
      expect(session.messages[1]!.parts.map((part) => (part as any).state)).to.deep.equal(['done']);
    });

  it('survives any interleaving of sends and stops', async () => {
    const session = new ChatSession({
      endpoint: '/chat',
      fetch: async (_url, init) => {
        await settle();
        if (init?.signal?.aborted) throw new DOMException('', 'AbortError');
        return hello();
      },
    });
    let seed = 7;
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 200; round += 1) {
      session.stop();
      void session.send(`${round}`);
      for (let wait = Math.floor(random() * 4); wait > 0; wait -= 1) await settle();
    }
    while (session.busy) await settle();
    expect(session.status).to.equal('ready');
    const answers = session.messages.filter(({ role }) => role === 'assistant');
    expect(answers.every((answer) => ['Hello', ''].includes(textOf(answer)))).to.equal(true);
    expect(session.messages.filter(({ role }) => role === 'user')).to.have.lengthOf(200);
  });
});

describe('clear', () => {
  it('empties the thread and stops what streams', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession();
    const consumed = session.consume(script.response);
    script.send({ text: 'x' });
    await settle();
    session.clear();
    await consumed;
    expect([session.messages.length, session.status, script.cancelled]).to.deep.equal([0, 'ready', true]);
  });
});

describe('resume', () => {
  it('is null where there is nothing', async () => {
    const fetch = scriptedFetch(new Response(null, { status: 204 }));
    const session = new ChatSession({ endpoint: '/chat', id: 'a/b', fetch });
    expect(await session.resume()).to.equal(null);
    expect(fetch.sent[0]).to.include({ url: '/chat/a%2Fb/stream', method: 'GET' });
    expect([session.status, session.messages.length]).to.deep.equal(['ready', 0]);
  });

  it('replaces the half answer by the whole one', async () => {
    const half = { id: 'h', role: 'assistant' as const, parts: [{ type: 'text' as const, text: 'Hel' }] };
    const session = new ChatSession({ endpoint: '/chat', messages: [half], fetch: scriptedFetch(hello()) });
    await session.resume();
    expect(session.messages.map(textOf)).to.deep.equal(['Hello']);
  });
});

it('reads every dialect into the same conversation', async () => {
  const session = new ChatSession({
    endpoint: '/chat',
    fetch: scriptedFetch(...FIXTURES.map(({ body }) => eventStream(body))),
  });
  for (const { name } of FIXTURES) await session.send(name);
  expect(session.messages.filter(({ role }) => role === 'assistant').map(textOf)).to.deep.equal(
    FIXTURES.map(({ text }) => text),
  );
});
