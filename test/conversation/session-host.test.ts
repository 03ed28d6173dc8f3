import { expect } from '@open-wc/testing';
import { ChatSession, textOf, type AiRequestEvent, type ChatSessionOptions } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';
import { watchGlobals } from '../support/watch-globals.js';

const hello = () => eventStream('data: {"text":"Hello"}\n\ndata: [DONE]\n\n');
const never = () => new Promise<never>(() => {});
const circular: Record<string, unknown> = {};
circular['self'] = circular;

function answering(respond: (event: AiRequestEvent) => void, options: ChatSessionOptions = {}): ChatSession {
  const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(), ...options });
  session.addEventListener('ai-request', (event) => respond(event as AiRequestEvent));
  return session;
}

function used(): Response {
  const response = hello();
  void response.text();
  return response;
}

describe('a host that answers in the server’s place', () => {
  const bad: [string, unknown, string][] = [
    ['a promise that is rejected', () => Promise.reject(new Error('no')), 'network'],
    ['a body that was read', used, 'content-type'],
    ['text', () => 'data: x', 'content-type'],
    ['an object', () => ({}), 'content-type'],
    ['an error page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'content-type'],
  ];
  for (const [title, make, code] of bad) {
    it(`with ${title} gets a worded error and can go on`, async () => {
      let first = true;
      const session = answering((event) => {
        event.respondWith(first ? ((make as () => Response)() as Response) : hello());
        first = false;
      });
      await session.send('Hi');
      expect([session.status, session.error?.code]).to.deep.equal(['error', code]);
      expect(session.messages).to.have.lengthOf(1);
      await session.send('again');
      expect(session.messages.map(textOf)).to.deep.equal(['Hi', 'again', 'Hello']);
    });
  }

  it('does so once and at once, as with a FetchEvent: the first answer counts, and the others hear of it', async () => {
    const errors: string[] = [];
    const attempt = (event: AiRequestEvent, answer: Response) => {
      try {
        event.respondWith(answer);
      } catch (error) {
        errors.push((error as DOMException).name);
      }
    };
    let asked!: AiRequestEvent;
    const session = answering((event) => {
      asked = event;
      attempt(event, hello());
      attempt(event, new Response('<html>'));
    });
    await session.send('Hi');
    attempt(asked, hello());
    expect(session.messages.map(textOf)).to.deep.equal(['Hi', 'Hello']);
    expect(errors).to.deep.equal(['InvalidStateError', 'InvalidStateError']);
    const late = answering((event) => queueMicrotask(() => attempt(event, hello())));
    late.fetch = async () => hello();
    await late.send('Hi');
    expect(errors).to.have.lengthOf(3);
  });

  it('but never does can be stopped, and times out', async () => {
    const session = answering((event) => event.respondWith(never()), { timeouts: { connect: 20 } });
    await session.send('Hi');
    expect(session.error).to.include({ code: 'timeout' });
    const sent = session.send('again');
    await settle();
    session.stop();
    expect(textOf(await sent)).to.equal('');
    expect(session.status).to.equal('ready');
  });

  it('too late has its response let go', async () => {
    const script = new ScriptedResponse();
    let answer!: (response: Response) => void;
    const session = answering((event) => event.respondWith(new Promise((resolve) => (answer = resolve))));
    const sent = session.send('Hi');
    await settle();
    session.stop();
    answer(script.response);
    await sent;
    await settle();
    expect(script.cancelled).to.equal(true);
  });

  it('and stops in the same breath leaves no rejection behind', async () => {
    const globals = watchGlobals();
    const session = answering((event) => {
      event.respondWith(Promise.reject(new Error('no')));
      session.stop();
    });
    await session.send('Hi');
    await settle();
    globals.stop();
    expect(globals.rejections).to.deep.equal([]);
    expect(session.status).to.equal('ready');
  });

  it('with an error page that never ends can be stopped', async () => {
    const script = new ScriptedResponse({ status: 500 });
    const session = answering((event) => event.respondWith(script.response));
    const sent = session.send('Hi');
    await settle();
    session.stop();
    await sent;
    expect(script.cancelled).to.equal(true);
  });
});

describe('a host’s own functions', () => {
  const bad: [string, Partial<ChatSessionOptions>, RegExp][] = [
    [
      'headers that throw',
      {
        headers: () => {
          throw new Error('no token');
        },
      },
      /headers.*no token/,
    ],
    ['headers that are rejected', { headers: () => Promise.reject(new Error('no token')) }, /headers.*no token/],
    ['headers that are none', { headers: { 'bad name': 'x' } }, /headers/],
    [
      'a body that throws',
      {
        body: () => {
          throw new Error('no body');
        },
      },
      /body.*no body/,
    ],
    ['a body that contains itself', { body: circular }, /JSON/],
  ];
  for (const [title, options, remedy] of bad) {
    it(`${title} are named, and nothing is sent`, async () => {
      const fetch = scriptedFetch(hello());
      const session = new ChatSession({ endpoint: '/chat', fetch, ...options });
      await session.send('Hi');
      expect(session.error).to.include({ code: 'http' });
      expect(session.error!.remedy).to.match(remedy);
      expect(fetch.sent).to.deep.equal([]);
      expect(session.status).to.equal('error');
    });
  }

  it('headers that never come time out', async () => {
    const session = new ChatSession({ endpoint: '/chat', headers: never, timeouts: { connect: 20 } });
    await session.send('Hi');
    expect(session.error).to.include({ code: 'timeout' });
  });

  it('a body may be a promise', async () => {
    const fetch = scriptedFetch(hello());
    await new ChatSession({ endpoint: '/chat', fetch, body: async () => ({ late: true }) }).send('Hi');
    expect(fetch.sent[0]!.body).to.deep.equal({ late: true });
  });

  it('a form keeps its own type', async () => {
    const fetch = scriptedFetch(hello());
    const session = answering((event) => (event.request.body = new FormData()), { fetch });
    await session.send('Hi');
    expect(fetch.sent[0]!.body).to.be.instanceOf(FormData);
    expect(fetch.sent[0]!.headers.has('content-type')).to.equal(false);
  });

  it('a listener that throws changes nothing', async () => {
    const globals = watchGlobals();
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(hello()) });
    for (const type of [
      'ai-request',
      'ai-open',
      'ai-event',
      'ai-part',
      'ai-message',
      'ai-status',
      'ai-finish',
      'change',
    ])
      session.addEventListener(type, () => {
        throw new Error(type);
      });
    await session.send('Hi');
    globals.stop();
    expect(session.messages.map(textOf)).to.deep.equal(['Hi', 'Hello']);
    expect(session.status).to.equal('ready');
    expect(globals.errors).not.to.deep.equal([]);
  });
});

describe('a listener that acts in the middle of things', () => {
  const types = [
    'ai-status',
    'ai-message',
    'ai-request',
    'ai-open',
    'ai-event',
    'ai-part',
    'ai-artifact-start',
    'ai-artifact-end',
    'change',
  ];
  const body =
    'data: {"type":"artifact-start","id":"a","kind":"code"}\n\ndata: {"text":"x"}\n\ndata: {"type":"artifact-end","id":"a"}\n\ndata: {"text":"y"}\n\ndata: [DONE]\n\n';
  for (const type of types) {
    it(`stops at the first ${type} once and for all`, async () => {
      const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(eventStream(body)) });
      const after: string[] = [];
      let stopped = false;
      for (const seen of ['ai-event', 'ai-part', 'ai-error', 'ai-finish']) {
        session.addEventListener(seen, () => stopped && after.push(seen));
      }
      session.addEventListener(type, () => {
        if (stopped || !session.busy) return;
        stopped = true;
        session.stop();
      });
      await session.send('Hi');
      await settle();
      expect(session.status).to.equal('ready');
      expect(after).to.deep.equal(['ai-finish']);
      for (const message of session.messages) expect(JSON.stringify(message)).not.to.contain('"streaming"');
    });
  }

  it('sends again from a message of its own: one turn, one request', async () => {
    const fetch = scriptedFetch(hello(), hello());
    const session = new ChatSession({ endpoint: '/chat', fetch });
    let inner: Promise<unknown> | undefined;
    session.addEventListener('ai-message', () => (inner = session.send('inner')), { once: true });
    let refused: any;
    await session.send('outer').catch((error) => (refused = error));
    await inner;
    expect(refused).to.include({ name: 'InvalidStateError' });
    expect(fetch.sent).to.have.lengthOf(1);
    expect(session.status).to.equal('ready');
  });

  it('replaces the thread while an answer streams', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(script) });
    const sent = session.send('Hi');
    script.send({ text: 'x' });
    await settle();
    const other = [{ id: 'o', role: 'user' as const, parts: [{ type: 'text' as const, text: 'Other' }] }];
    session.messages = other;
    await sent;
    await settle();
    expect([session.messages.map(textOf), session.status, script.cancelled]).to.deep.equal([['Other'], 'ready', true]);
  });
});

describe('a request that never went out', () => {
  it('has no end', async () => {
    const session = answering((event) => event.preventDefault());
    const seen: string[] = [];
    for (const type of ['ai-finish', 'ai-error', 'ai-open']) session.addEventListener(type, () => seen.push(type));
    await session.send('Hi');
    expect([session.status, seen]).to.deep.equal(['ready', []]);
  });

  it('nor has a resumption that found nothing', async () => {
    const fetch = scriptedFetch(new Response(null, { status: 204 }));
    const session = new ChatSession({ endpoint: '/chat', fetch });
    session.addEventListener('ai-finish', () => expect.fail('nothing came to an end'));
    expect(await session.resume()).to.equal(null);
    expect(session.status).to.equal('ready');
  });
});
