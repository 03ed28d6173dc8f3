import { expect } from '@open-wc/testing';
import { ChatSession, textOf, type ChatSessionOptions } from '../../src/core.js';
import { FIXTURES } from '../fixtures/streams.js';
import { eventStream } from '../support/bytes.js';
import { resumableFetch, type Repetition, type ResumableServer } from '../support/resumable-server.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';
import { until } from '../support/until.mjs';

/** Attempts follow one another at once. */
const QUICK = { reconnect: 1 };

const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const says = (text: string) => data({ text });
const DONE = 'data: [DONE]\n\n';

function sessionWith(server: ResumableServer, options: ChatSessionOptions = {}) {
  const fetch = resumableFetch(server);
  const session = new ChatSession({
    endpoint: '/chat',
    id: 'c',
    resumable: true,
    timeouts: QUICK,
    fetch,
    ...options,
  });
  return { session, fetch };
}

/** Each state of the last answer that a reader could have seen. */
function watchTexts(session: ChatSession): string[] {
  const seen: string[] = [];
  session.addEventListener('change', () => {
    const last = session.messages.at(-1);
    const text = last?.role === 'assistant' ? textOf(last) : '';
    if (text !== seen.at(-1)) seen.push(text);
  });
  return seen;
}

/** Once the last message reads so. */
const hasSaid = (session: ChatSession, text: string) =>
  new Promise<void>((resolve) => {
    session.addEventListener('change', () => textOf(session.messages.at(-1)!) === text && resolve());
  });

const isGrowing = (texts: string[]) => texts.every((text, index) => text.startsWith(texts[index - 1] ?? ''));

const EVENTS = ['Once', ' upon', ' a', ' a', ' time', '.'].map(says).concat(DONE);
const WHOLE = 'Once upon a a time.';

const WAYS: { title: string; repetition: Repetition; idOf?: ResumableServer['idOf'] }[] = [
  { title: 'the whole again, without ids', repetition: 'whole' },
  { title: 'the whole again, though ids would tell', repetition: 'whole', idOf: (index) => `${index}` },
  { title: 'what came after the last id', repetition: 'after', idOf: (index) => `${index}` },
  { title: 'some events twice', repetition: 2, idOf: (index) => `${index}` },
  { title: 'the last one twice', repetition: 1, idOf: (index) => `${index}` },
  {
    title: 'what came after the last of ids that stand here and there',
    repetition: 'after',
    idOf: (index) => (index % 3 === 1 ? `${index}` : undefined),
  },
  {
    title: 'the whole again, with ids here and there',
    repetition: 'whole',
    idOf: (index) => (index % 3 === 1 ? `${index}` : undefined),
  },
  { title: 'what came after ids that are out of order', repetition: 1, idOf: (index) => `${(index * 5) % 7}` },
];

describe('an answer whose connection is lost', () => {
  for (const { title, repetition, idOf } of WAYS) {
    it(`is the same as without the loss, wherever it was, where the server sends ${title}`, async () => {
      for (let cut = 0; cut < EVENTS.length; cut += 1) {
        for (const cleanly of [true, false]) {
          const { session, fetch } = sessionWith({ events: EVENTS, repetition, idOf, cuts: [cut], cleanly });
          const texts = watchTexts(session);
          const parts: string[] = [];
          session.addEventListener('ai-part', (event) => parts.push((event as any).part.type));
          const answer = await session.send('Hi');
          expect(textOf(answer), `cut after ${cut}`).to.equal(WHOLE);
          expect(session.status, `cut after ${cut}`).to.equal('ready');
          expect(isGrowing(texts), texts.join('|')).to.equal(true);
          expect(
            parts.filter((type) => type === 'text-delta'),
            `cut after ${cut}`,
          ).to.have.lengthOf(6);
          expect(fetch.sent.map(({ method }) => method)).to.deep.equal(['POST', 'GET']);
          expect(fetch.sent[1]!.url).to.equal('/chat/c/stream');
        }
      }
    });
  }

  it('is the same where it is lost after each event and in the middle of it', async () => {
    for (const more of [0, 3, 14]) {
      const cuts = EVENTS.map((_, index) => index);
      const { session, fetch } = sessionWith({ events: EVENTS, repetition: 'after', idOf: String, cuts, more });
      expect(textOf(await session.send('Hi'))).to.equal(WHOLE);
      expect(fetch.sent.map(({ headers }) => headers.get('last-event-id'))).to.deep.equal([
        null,
        null,
        '0',
        '1',
        '2',
        '3',
        '4',
        '5',
      ]);
    }
  });

  for (const { name, body, text } of FIXTURES) {
    const events = body.split(/(?<=\n\n)/);
    if (!body.includes('data:') || events.length < 3) continue;
    it(`is the same in the dialect ${name}`, async () => {
      for (const repetition of ['whole', 'after'] as const) {
        for (let cut = 1; cut < events.length; cut += 1) {
          const idOf = repetition === 'after' ? String : undefined;
          const plain = new ChatSession();
          await plain.consume(eventStream(body));
          const { session } = sessionWith({ events, repetition, idOf, cuts: [cut] });
          expect(textOf(await session.send('Hi')), `${repetition} ${cut}`).to.equal(text);
          // Not the metadata: a count of tokens may follow the end of the answer, which is not asked for again.
          expect(session.messages.at(-1)!.parts, `${repetition} ${cut}`).to.deep.equal(plain.messages.at(-1)!.parts);
        }
      }
    });
  }

  it('is the same over lines of JSON, which have no ids', async () => {
    const line = (content: string, done = false) => `${JSON.stringify({ model: 'm', message: { content }, done })}\n`;
    const lines = [...['Once', ' upon', ' a', ' a', ' time'].map((word) => line(word)), line('.', true)];
    for (let cut = 0; cut < lines.length; cut += 1) {
      const body = (text: string) => new Response(text, { headers: { 'content-type': 'application/x-ndjson' } });
      const fetch = scriptedFetch(body(lines.slice(0, cut).join('')), body(lines.join('')));
      const session = new ChatSession({ endpoint: '/c', resumable: true, timeouts: QUICK, fetch });
      expect(textOf(await session.send('Hi')), `cut after ${cut}`).to.equal(WHOLE);
      expect(session.error).to.equal(undefined);
    }
  });

  it('is read anew where the server repeats it in other words, and the reader sees nothing of that', async () => {
    const first = new ScriptedResponse();
    const second = new ScriptedResponse();
    const session = new ChatSession({
      endpoint: '/c',
      resumable: true,
      timeouts: QUICK,
      fetch: scriptedFetch(first, second),
    });
    const texts = watchTexts(session);
    const sent = session.send('Hi');
    first.send({ text: 'Once' }, { text: ' upon' }, { text: ' a' });
    await settle();
    const { id } = session.messages.at(-1)!;
    first.fail();
    second.send({ text: 'Once up' });
    await until(() => session.status === 'streaming' && !session.interruption);
    second.send({ text: 'on a ti' }, { text: 'me.' }, '[DONE]');
    second.write(DONE);
    second.close();
    await sent;
    expect(session.messages.map(textOf)).to.deep.equal(['Hi', 'Once upon a time.[DONE]']);
    expect(isGrowing(texts), texts.join('|')).to.equal(true);
    expect(session.messages.at(-1)!.id).to.equal(id);
  });

  it('is kept as it stood where the repetition breaks before it has come as far', async () => {
    const half = new ScriptedResponse();
    const less = new ScriptedResponse();
    const fetch = scriptedFetch(half, less, new Response(null, { status: 204 }));
    const session = new ChatSession({ endpoint: '/c', resumable: true, timeouts: QUICK, fetch });
    const sent = session.send('Hi');
    half.send({ text: 'Once upon a' });
    await settle();
    half.fail();
    less.send({ text: 'Twi' });
    await until(() => fetch.sent.length === 2);
    await settle();
    less.fail();
    await sent;
    expect(session.messages.map(textOf)).to.deep.equal(['Hi', 'Once upon a']);
    expect(session.error).to.include({ code: 'network' });
    expect(session.error!.remedy).to.contain('nothing to resume');
  });

  it('is kept as it stood where it is stopped before the repetition has come as far', async () => {
    const half = new ScriptedResponse();
    const less = new ScriptedResponse();
    const fetch = scriptedFetch(half, less, new Response(null, { status: 204 }));
    const session = new ChatSession({ endpoint: '/c', resumable: true, timeouts: QUICK, fetch });
    const deltas: string[] = [];
    session.addEventListener('ai-part', (event) => deltas.push((event as any).part.delta));
    const sent = session.send('Hi');
    half.send({ text: 'Once upon a' });
    await settle();
    half.fail();
    less.send({ text: 'Twi' });
    await until(() => deltas.includes('Twi'));
    session.stop();
    await sent;
    expect(session.messages.map(textOf)).to.deep.equal(['Hi', 'Once upon a']);
  });

  for (const status of [204, 404, 410, 422]) {
    it(`tells of the loss where there is nothing to resume (${status})`, async () => {
      const script = new ScriptedResponse();
      const fetch = scriptedFetch(script, new Response(null, { status }));
      const session = new ChatSession({ endpoint: '/c', resumable: true, timeouts: QUICK, fetch });
      const sent = session.send('Hi');
      script.send({ text: 'Once' });
      script.close();
      await sent;
      expect([session.error!.code, session.messages.map(textOf)]).to.deep.equal(['truncated', ['Hi', 'Once']]);
    });
  }

  it('is given up after five attempts, with what was lost first', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script);
    const session = new ChatSession({ endpoint: '/c', resumable: true, timeouts: QUICK, fetch });
    const attempts: number[] = [];
    session.addEventListener('ai-reconnect', (event) => attempts.push((event as any).attempt));
    const sent = session.send('Hi');
    script.send({ text: 'Once' });
    await settle();
    script.close();
    await sent;
    expect(attempts).to.deep.equal([1, 2, 3, 4, 5]);
    expect(session.error).to.include({ code: 'truncated' });
    expect(fetch.sent.map(({ method }) => method)).to.deep.equal(['POST', 'GET', 'GET', 'GET', 'GET', 'GET']);
  });

  it('is not asked for again without end where each answer is another one', async () => {
    let count = 0;
    const fetch = async () => {
      count += 1;
      return eventStream(says(`answer ${'!'.repeat(count)}`) + says(` number ${count}`));
    };
    const session = new ChatSession({ endpoint: '/c', method: 'get', timeouts: QUICK, fetch });
    await session.send('Hi');
    expect(count).to.equal(6);
    expect(session.error).to.include({ code: 'truncated' });
  });

  it('waits as long as a busy server asks for, and no longer than a minute', async () => {
    const lost = () => eventStream(says('Once'));
    const busy = (headers: HeadersInit) => new Response('', { status: 503, headers });
    const rest = () => eventStream(says('Once') + says(' upon') + DONE);
    const fetch = scriptedFetch(
      lost(),
      busy({ 'retry-after-ms': '40' }),
      rest(),
      lost(),
      busy({ 'retry-after': '61' }),
    );
    const session = new ChatSession({ endpoint: '/c', resumable: true, timeouts: QUICK, fetch });
    const delays: number[] = [];
    session.addEventListener('ai-reconnect', (event) => delays.push((event as any).delay));
    await session.send('Hi');
    expect(textOf(session.messages.at(-1)!)).to.equal('Once upon');
    expect(delays[1]).to.equal(40);
    await session.send('again');
    expect(session.error).to.include({ code: 'http', status: 503, retryAfter: 61_000 });
  });

  it('stays lost where the host says so', async () => {
    const fetch = scriptedFetch(eventStream(says('Once')));
    const session = new ChatSession({ endpoint: '/c', resumable: true, timeouts: QUICK, fetch });
    session.addEventListener('ai-reconnect', (event) => event.preventDefault());
    await session.send('Hi');
    expect([session.error!.code, fetch.sent.length]).to.deep.equal(['truncated', 1]);
  });

  it('is let go by Stop: while it waits, while it asks, and while it reads', async () => {
    for (const stage of ['waits', 'asks', 'reads']) {
      const resumed = new ScriptedResponse();
      let answers = 0;
      const signals: AbortSignal[] = [];
      const fetch = async (_url: unknown, init?: RequestInit): Promise<Response> => {
        // What the server is told of a Stop is no question.
        if (init!.method === 'DELETE') return new Response(null, { status: 204 });
        signals.push(init!.signal!);
        answers += 1;
        if (answers === 1) return eventStream(says('Once'));
        if (stage === 'asks') return new Promise(() => {});
        resumed.send({ text: 'Once' }, { text: ' upon' });
        return resumed.response;
      };
      const reconnect = stage === 'waits' ? 60_000 : 1;
      const session = new ChatSession({ endpoint: '/c', resumable: true, timeouts: { reconnect }, fetch });
      const sent = session.send('Hi');
      await until(() => (stage === 'waits' ? session.interruption !== undefined : answers === 2));
      if (stage === 'reads') await until(() => textOf(session.messages.at(-1)!) === 'Once upon');
      session.stop();
      await sent;
      expect([session.status, session.interruption], stage).to.deep.equal(['ready', undefined]);
      if (stage !== 'waits') expect(signals[1]!.aborted, stage).to.equal(true);
      if (stage === 'reads') expect(resumed.cancelled).to.equal(true);
      await settle();
      expect(answers, stage).to.equal(stage === 'waits' ? 1 : 2);
    }
  });

  it('is not asked for by GET where it never began: that would be the answer to another question', async () => {
    const fetch = scriptedFetch(new TypeError('x'));
    const session = new ChatSession({ endpoint: '/c', resumable: true, timeouts: QUICK, fetch });
    await session.send('Hi');
    expect(fetch.sent.map(({ method }) => method)).to.deep.equal(['POST']);
    expect(session.error).to.include({ code: 'network' });
  });
});

describe('a POST', () => {
  const stages: [string, () => Response | Error][] = [
    ['no connection', () => new TypeError('x')],
    ['a connection that breaks', () => broken()],
    ['an end without an end mark', () => eventStream(says('Once'))],
    ['an empty body', () => eventStream('')],
    ['429', () => new Response('', { status: 429, headers: { 'retry-after': '0' } })],
    ['503', () => new Response('', { status: 503 })],
    ['408', () => new Response('', { status: 408 })],
  ];
  for (const resumable of [false, true]) {
    for (const [title, make] of stages) {
      it(`is sent once: ${title}${resumable ? ', resumable' : ''}`, async () => {
        const fetch = scriptedFetch(make());
        const session = new ChatSession({ endpoint: '/c', resumable, timeouts: QUICK, fetch });
        await session.send('Hi');
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(fetch.sent.filter(({ method }) => method === 'POST')).to.have.lengthOf(1);
        expect(session.status).to.equal('error');
      });
    }
  }
});

function broken(): Response {
  const script = new ScriptedResponse();
  script.send({ text: 'Once' });
  queueMicrotask(() => script.fail());
  return script.response;
}

describe('method="get", as EventSource', () => {
  const get = (fetch: typeof globalThis.fetch, options: ChatSessionOptions = {}) =>
    new ChatSession({ endpoint: '/sse', id: 'c', method: 'get', timeouts: QUICK, fetch, ...options });

  it('asks the same address again with Last-Event-ID, also where nothing answered at first', async () => {
    const fetch = scriptedFetch(
      new TypeError('x'),
      eventStream(`id: 7\n${says('a')}`),
      eventStream(`id: 8\n${says('b')}${DONE}`),
    );
    const session = get(fetch);
    expect(textOf(await session.send('Hi'))).to.equal('ab');
    expect(new Set(fetch.sent.map(({ url }) => url)).size).to.equal(1);
    expect(fetch.sent.map(({ method, headers }) => [method, headers.get('last-event-id')])).to.deep.equal([
      ['GET', null],
      ['GET', null],
      ['GET', '7'],
    ]);
  });

  it('remembers an id that came without data', async () => {
    const fetch = scriptedFetch(eventStream(`${says('a')}id: 9\n\n`), eventStream(`${says('b')}${DONE}`));
    await get(fetch).send('Hi');
    expect(fetch.sent[1]!.headers.get('last-event-id')).to.equal('9');
  });

  it('sends ids that are no Latin-1 as the bytes that they are', async () => {
    const id = '…日本 ü';
    const fetch = scriptedFetch(eventStream(`id: ${id}\n${says('a')}`), eventStream(`${says('b')}${DONE}`));
    await get(fetch).send('Hi');
    const sent = fetch.sent[1]!.headers.get('last-event-id')!;
    const bytes = Uint8Array.from(sent, (char) => char.charCodeAt(0));
    expect(new TextDecoder().decode(bytes)).to.equal(id);
  });

  it('ends with 204: the answer is complete', async () => {
    const fetch = scriptedFetch(eventStream(says('a')), new Response(null, { status: 204 }));
    const session = get(fetch);
    expect(textOf(await session.send('Hi'))).to.equal('a');
    expect([session.status, session.error, fetch.sent.length]).to.deep.equal(['ready', undefined, 2]);
  });

  const finals: [string, () => Response, string][] = [
    ['503', () => new Response('', { status: 503 }), 'http'],
    ['404', () => new Response('', { status: 404 }), 'http'],
    ['201', () => new Response(says('x'), { status: 201, headers: { 'content-type': 'text/event-stream' } }), 'http'],
    ['an HTML page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'content-type'],
  ];
  for (const [title, make, code] of finals) {
    for (const first of [true, false]) {
      it(`ends with an error at ${title}${first ? '' : ' in the place of the rest'}`, async () => {
        const fetch = first ? scriptedFetch(make()) : scriptedFetch(eventStream(says('a')), make());
        const session = get(fetch);
        await session.send('Hi');
        expect([session.error!.code, fetch.sent.length]).to.deep.equal([code, first ? 1 : 2]);
      });
    }
  }

  for (const [wish, least, most] of [
    ['0', 250, 400],
    ['1000', 1000, 1300],
    ['99999999', 60_000, 75_001],
  ] as const) {
    it(`heeds retry: ${wish} within its bounds`, async () => {
      const fetch = scriptedFetch(eventStream(`retry: ${wish}\n${says('a')}`));
      const session = get(fetch);
      let delay = 0;
      session.addEventListener('ai-reconnect', (event) => {
        delay = (event as any).delay;
        event.preventDefault();
      });
      await session.send('Hi');
      expect(delay).to.be.within(least, most);
    });
  }
});

describe('a stream that has said that it is complete', () => {
  it('is, whether its connection then breaks or stays open', async () => {
    for (const after of ['breaks', 'stays open']) {
      const script = new ScriptedResponse();
      const session = new ChatSession({ endpoint: '/c', fetch: scriptedFetch(script) });
      const sent = session.send('Hi');
      script.send({ text: 'Once' });
      script.write('event: done\ndata: {}\n\n');
      await settle();
      if (after === 'breaks') script.fail();
      await sent;
      expect([session.status, session.messages.map(textOf)], after).to.deep.equal(['ready', ['Hi', 'Once']]);
      if (after === 'stays open') expect(script.cancelled).to.equal(true);
    }
  });
});

describe('a stream that goes on after an end mark', () => {
  it('is read to its end, however long its server takes: the AI SDK’s `finish` is one answer’s of several', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/c', fetch: scriptedFetch(script) });
    const sent = session.send('Hi');
    script.send({ type: 'start' }, { type: 'text-delta', id: '1', delta: 'One' }, { type: 'finish' });
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(session.status).to.equal('streaming');
    script.send({ type: 'data-questions', data: ['And?'] }, { type: 'text-delta', id: '2', delta: 'Two' });
    script.write('data: [DONE]\n\n');
    await sent;
    expect([session.status, textOf(session.messages.at(-1)!), script.cancelled]).to.deep.equal([
      'ready',
      'OneTwo',
      true,
    ]);
    expect(session.messages.at(-1)!.parts.map(({ type }) => type)).to.deep.equal(['text', 'data-questions', 'text']);
  });

  const named = (event: { type: string }) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  const events = (...all: object[]) => all.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('');
  const AGAIN: [string, (text: string) => string][] = [
    [
      'a response of OpenAI’s, by the name of its last event',
      (text) =>
        [
          { type: 'response.created', response: { id: text } },
          { type: 'response.output_text.delta', item_id: text, output_index: 0, content_index: 0, delta: text },
          { type: 'response.completed', response: { id: text, status: 'completed', output: [] } },
        ]
          .map(named)
          .join(''),
    ],
    ...['final', 'is_final', 'is_end', 'finished'].map((flag): (typeof AGAIN)[number] => [
      `a block, by the flag ${flag}`,
      (text) => events({ text, [flag]: true }),
    ]),
    ...['completed', 'response_end'].map((type): (typeof AGAIN)[number] => [
      `a block, by the name ${type}`,
      (text) => events({ type: 'token', content: text }, { type }),
    ]),
  ];
  for (const [title, write] of AGAIN)
    it(`is read to its end where that mark may be of a part: ${title}`, async () => {
      const script = new ScriptedResponse();
      const session = new ChatSession({ endpoint: '/c', fetch: scriptedFetch(script) });
      const sent = session.send('Hi');
      script.write(write('One'));
      await new Promise((resolve) => setTimeout(resolve, 700));
      script.write(write('Two'));
      script.close();
      await sent;
      expect([session.status, textOf(session.messages.at(-1)!)]).to.deep.equal(['ready', 'OneTwo']);
    });

  const run = (text: string) => [
    { type: 'RUN_STARTED', threadId: 't', runId: text },
    { type: 'TEXT_MESSAGE_START', messageId: text, role: 'assistant' },
    { type: 'TEXT_MESSAGE_CONTENT', messageId: text, delta: text },
  ];
  const end = { type: 'RUN_FINISHED', threadId: 't', runId: 'x' };

  it('and is lost in the middle of that is lost, not complete', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/c', fetch: scriptedFetch(script) });
    const sent = session.send('Hi');
    script.send(...run('One'), end, ...run('Two'));
    await hasSaid(session, 'OneTwo');
    script.fail();
    await sent;
    expect([session.error?.code, textOf(session.messages.at(-1)!)]).to.deep.equal(['network', 'OneTwo']);
  });

  it('of a graph, too, whose dialect takes its first end for the last', async () => {
    const chunk = (id: string, content: string, finish_reason?: string) =>
      `event: messages\ndata: ${JSON.stringify([{ type: 'AIMessageChunk', id, content, response_metadata: { finish_reason } }, {}])}\n\n`;
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/c', protocol: 'langgraph', fetch: scriptedFetch(script) });
    const sent = session.send('Hi');
    script.write(chunk('1', 'One') + chunk('1', '', 'stop') + chunk('2', 'Two'));
    await hasSaid(session, 'OneTwo');
    script.fail();
    await sent;
    expect([session.error?.code, textOf(session.messages.at(-1)!)]).to.deep.equal(['network', 'OneTwo']);
  });
});

describe('resuming after a reload', () => {
  const half = { id: 'h', role: 'assistant' as const, parts: [{ type: 'text' as const, text: 'Once upon' }] };

  it('keeps the half answer in sight until the whole one has come as far', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({
      endpoint: '/c',
      messages: [half],
      timeouts: QUICK,
      fetch: scriptedFetch(script),
    });
    const texts = watchTexts(session);
    const resumed = session.resume();
    for (const text of ['Once', ' up', 'on', ' a', ' time.']) {
      script.send({ text });
      await settle();
    }
    script.write(DONE);
    script.close();
    expect(textOf((await resumed)!)).to.equal('Once upon a time.');
    expect(isGrowing(texts), texts.join('|')).to.equal(true);
    expect(session.messages.map(({ id }) => id)).to.deep.equal(['h']);
  });

  it('does not make two of an answer that is complete', async () => {
    const whole = { ...half, metadata: { finishReason: 'stop' as const } };
    const again = [
      { type: 'start', messageId: 'h' },
      { type: 'text-delta', id: '1', delta: 'Once upon' },
      { type: 'finish', finishReason: 'stop' },
    ];
    const session = new ChatSession({
      endpoint: '/c',
      messages: [whole],
      fetch: scriptedFetch(eventStream(again.map(data).join(''))),
    });
    await session.resume();
    expect(session.messages.map(({ id, parts }) => [id, parts.map((part: any) => part.text)])).to.deep.equal([
      ['h', ['Once upon']],
    ]);
  });

  for (const [id, segment] of [
    ['.', '%252E'],
    ['..', '%252E%252E'],
    ['a/b?c#d', 'a%2Fb%3Fc%23d'],
    ['ä \uD800', '%C3%A4%20%EF%BF%BD'],
  ]) {
    it(`stays below its endpoint with the id ${JSON.stringify(id)}`, async () => {
      const fetch = scriptedFetch(new Response(null, { status: 204 }));
      await new ChatSession({ endpoint: 'https://s.example/chat', id, fetch }).resume();
      const { pathname } = new URL(fetch.sent[0]!.url);
      expect(pathname).to.equal(`/chat/${segment}/stream`);
    });
  }
});
