import { expect } from '@open-wc/testing';
import { ChatSession, isArtifactPart, textOf, type Message } from '../../src/core.js';
import type { AiEventEvent, AiFinishEvent, AiPartEvent, AiRequestEvent } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';

const HELLO = 'data: {"text":"Hello"}\n\nevent: done\ndata: {}\n\n';
const hello = () => eventStream(HELLO);
const texts = (session: ChatSession) => session.messages.map((message) => [message.role, textOf(message)]);

describe('a turn', () => {
  it('adds the question and the answer, and ends ready', async () => {
    const fetch = scriptedFetch(hello());
    const session = new ChatSession({ endpoint: '/chat', fetch });
    const answer = await session.send('Hi');
    expect(texts(session)).to.deep.equal([
      ['user', 'Hi'],
      ['assistant', 'Hello'],
    ]);
    expect(session.messages[1]).to.equal(answer);
    expect(session.status).to.equal('ready');
    expect(fetch.sent).to.have.lengthOf(1);
    expect(fetch.sent[0]!.headers.get('content-type')).to.equal('application/json');
  });

  it('is not sent where it came to nothing: servers and models refuse an answer without content', async () => {
    const fetch = scriptedFetch(eventStream('event: done\ndata: {}\n\n'), hello());
    const session = new ChatSession({ endpoint: '/chat', fetch });
    await session.send('Hi');
    await session.send('Still there?');
    expect(session.messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'user', 'assistant']);
    expect(fetch.sent[1]!.body.messages.map(({ role }: Message) => role)).to.deep.equal(['user', 'user']);
  });

  it('tells its course by events, in this order', async () => {
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(hello()) });
    const seen: string[] = [];
    const types = ['ai-message', 'ai-request', 'ai-open', 'ai-event', 'ai-part', 'ai-status', 'ai-finish', 'ai-error'];
    for (const type of types)
      session.addEventListener(type, (event) => seen.push(`${type} ${(event as any).status ?? ''}`.trim()));
    await session.send('Hi');
    expect(seen).to.deep.equal([
      'ai-message',
      'ai-status submitted',
      'ai-request',
      'ai-open',
      'ai-event',
      'ai-event',
      'ai-status streaming',
      'ai-part',
      'ai-part',
      'ai-message',
      'ai-part',
      'ai-part',
      'ai-message',
      'ai-status ready',
      'ai-finish',
    ]);
  });

  it('changes at most once for each network read', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(script) });
    const sent = session.send('Hi');
    await settle();
    let changes = 0;
    session.addEventListener('change', () => (changes += 1));
    script.write('data: {"text":"x"}\n\n'.repeat(1000));
    await settle();
    expect(changes).to.equal(1);
    script.write('data: [DONE]\n\n');
    script.close();
    expect(textOf(await sent)).to.have.lengthOf(1000);
  });

  it('shows text while it comes', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(script) });
    const sent = session.send('Hi');
    for (const text of ['a', 'b', 'c']) {
      script.send({ text });
      await settle();
      expect(textOf(session.messages[1]!).endsWith(text)).to.equal(true);
      expect(session.status).to.equal('streaming');
    }
    script.write('data: [DONE]\n\n');
    script.close();
    await sent;
  });

  it('refuses a second turn while one is streaming', async () => {
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(new ScriptedResponse()) });
    void session.send('one');
    let error: any;
    await session.send('two').catch((thrown) => (error = thrown));
    expect(error).to.include({ name: 'InvalidStateError' });
    expect(session.messages).to.have.lengthOf(1);
    session.stop();
  });

  it('reads a stream that the host has opened', async () => {
    const session = new ChatSession();
    await session.consume(hello());
    await session.consume(hello().body!);
    expect(texts(session)).to.deep.equal([
      ['assistant', 'Hello'],
      ['assistant', 'Hello'],
    ]);
  });

  it('sends files as an input has them, beside parts', async () => {
    const fetch = scriptedFetch(hello());
    const session = new ChatSession({ endpoint: '/chat', fetch });
    const big = new Uint8Array(100_000).fill(65);
    const chosen = new DataTransfer();
    chosen.items.add(new File(['ABC'], 'a.png', { type: 'image/png' }));
    chosen.items.add(new File([big], 'b'));
    const part = { type: 'file' as const, mediaType: 'text/plain', url: 'https://a.example/c' };
    await session.send({ text: 'Look', files: [...chosen.files, part] });
    const { parts } = fetch.sent[0]!.body.messages[0];
    expect(parts[0]).to.deep.equal({
      type: 'file',
      mediaType: 'image/png',
      filename: 'a.png',
      url: 'data:image/png;base64,QUJD',
    });
    expect(atob(parts[1].url.split(',')[1])).to.equal('A'.repeat(100_000));
    expect(parts[1].url).to.match(/^data:application\/octet-stream;base64,/);
    expect(parts.slice(2)).to.deep.equal([part, { type: 'text', text: 'Look' }]);
  });

  it('sends them in a page that has put another class in the place of `Promise`', async () => {
    const { Promise: own } = globalThis;
    globalThis.Promise = class Replaced<T> extends own<T> {};
    try {
      const fetch = scriptedFetch(hello());
      const session = new ChatSession({ endpoint: '/chat', fetch });
      await session.send({ text: 'Look', files: [new File(['ABC'], 'a.txt', { type: 'text/plain' })] });
      const { parts } = fetch.sent[0]!.body.messages[0];
      expect(parts.map(({ type }: { type: string }) => type)).to.deep.equal(['file', 'text']);
    } finally {
      globalThis.Promise = own;
    }
  });

  it('takes a FileList, and none', async () => {
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(hello(), hello()) });
    const chosen = new DataTransfer();
    chosen.items.add(new File(['ABC'], 'a.txt', { type: 'text/plain' }));
    await session.send({ files: chosen.files });
    await session.send({ text: 'x', files: null } as never);
    expect(session.messages.map(({ parts }) => parts.map(({ type }) => type))).to.deep.equal([
      ['file'],
      ['text'],
      ['text'],
      ['text'],
    ]);
  });

  it('refuses a turn for which files were being read when another one began', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(script) });
    const late = session.send({ files: [new Blob(['x'])] }).catch((error: unknown) => error);
    const first = session.send('one');
    expect(await late).to.include({ name: 'InvalidStateError' });
    script.write(HELLO);
    script.close();
    await first;
    expect(texts(session)).to.deep.equal([
      ['user', 'one'],
      ['assistant', 'Hello'],
    ]);
  });

  for (const [title, turn] of [
    ['another conversation was opened', (session: ChatSession) => (session.id = 'other')],
    ['it was stopped', (session: ChatSession) => session.stop()],
    ['what shows it was gone', (session: ChatSession) => session.letGo()],
    ['the thread was emptied', (session: ChatSession) => session.clear()],
  ] as const)
    it(`asks nothing whose files were being read when ${title}`, async () => {
      const fetch = scriptedFetch(hello());
      const session = new ChatSession({ endpoint: '/chat', fetch });
      const late = session.send({ files: [new Blob(['x'])] }).catch((error: unknown) => error);
      turn(session);
      expect(await late).to.include({ name: 'AbortError' });
      expect([session.messages.length, fetch.sent.length, session.status]).to.deep.equal([0, 0, 'ready']);
    });

  it('asks what has files where more of the thread came while they were read', async () => {
    const fetch = scriptedFetch(hello());
    const session = new ChatSession({ endpoint: '/chat', fetch });
    const sent = session.send({ text: 'More', files: [new Blob(['x'])] });
    session.messages = [{ id: 'q', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }];
    await sent;
    expect(fetch.sent[0]!.body.messages).to.have.lengthOf(2);
  });

  it('takes the server’s id for the answer', async () => {
    const body =
      'data: {"type":"start","messageId":"srv"}\n\ndata: {"type":"text-delta","id":"t","delta":"x"}\n\ndata: {"type":"finish"}\n\n';
    const session = new ChatSession();
    expect((await session.consume(eventStream(body))).id).to.equal('srv');
    expect(session.messages).to.have.lengthOf(1);
  });
});

describe('the host’s word', () => {
  it('answers in the server’s place', async () => {
    const fetch = scriptedFetch();
    const session = new ChatSession({ endpoint: '/chat', fetch });
    session.addEventListener('ai-request', (event) => (event as AiRequestEvent).respondWith(hello()));
    await session.send('Hi');
    expect(textOf(session.messages[1]!)).to.equal('Hello');
    expect(fetch.sent).to.deep.equal([]);
  });

  it('changes the request', async () => {
    const fetch = scriptedFetch(hello());
    const session = new ChatSession({ endpoint: '/chat', fetch });
    session.addEventListener('ai-request', (event) => {
      const { request } = event as AiRequestEvent;
      request.headers.set('x-token', 'secret');
      request.body = { prompt: 'changed' };
    });
    await session.send('Hi');
    expect(fetch.sent[0]!.headers.get('x-token')).to.equal('secret');
    expect(fetch.sent[0]!.body).to.deep.equal({ prompt: 'changed' });
  });

  it('keeps a request from going out', async () => {
    const fetch = scriptedFetch();
    const session = new ChatSession({ endpoint: '/chat', fetch });
    session.addEventListener('ai-request', (event) => event.preventDefault());
    await session.send('Hi');
    expect(fetch.sent).to.deep.equal([]);
    expect([session.status, session.messages.length]).to.deep.equal(['ready', 1]);
  });

  it('takes an event for itself', async () => {
    const session = new ChatSession();
    const taken: unknown[] = [];
    session.addEventListener('ai-event', (event) => {
      const { name, json } = event as AiEventEvent;
      if (name !== 'progress') return;
      taken.push(json);
      event.preventDefault();
    });
    await session.consume(eventStream(`event: progress\ndata: {"text":"50 %"}\n\n${HELLO}`));
    expect(taken).to.deep.equal([{ text: '50 %' }]);
    expect(textOf(session.messages[0]!)).to.equal('Hello');
  });

  it('keeps a part out of the message', async () => {
    const session = new ChatSession();
    session.addEventListener('ai-part', (event) => {
      const { part } = event as AiPartEvent;
      if (part.type === 'text-delta' && part.delta === 'Hello') event.preventDefault();
    });
    await session.consume(eventStream(`data: {"text":"x"}\n\n${HELLO}`));
    expect(textOf(session.messages[0]!)).to.equal('x');
  });

  it('gives headers anew for each request', async () => {
    let token = 0;
    const fetch = scriptedFetch(hello(), hello());
    const session = new ChatSession({
      endpoint: '/chat',
      fetch,
      headers: async () => ({ authorization: `${(token += 1)}` }),
    });
    await session.send('a');
    await session.send('b');
    expect(fetch.sent.map(({ headers }) => headers.get('authorization'))).to.deep.equal(['1', '2']);
  });
});

describe('the request', () => {
  const shapes = [
    {
      title: 'of an endpoint whose dialect is not known',
      options: { endpoint: '/chat' },
      check: (body: any) => {
        expect(body).to.include({ id: 'c', trigger: 'submit-message', stream: true });
        expect(body.messages[0]).to.deep.include({
          role: 'user',
          content: 'Hi',
          parts: [{ type: 'text', text: 'Hi' }],
        });
      },
    },
    {
      title: 'of the AI SDK',
      options: { endpoint: '/chat', protocol: 'ai-sdk' },
      check: (body: any) => {
        expect(Object.keys(body)).to.have.members(['id', 'messages', 'trigger']);
        expect(Object.keys(body.messages[0])).to.have.members(['id', 'role', 'parts']);
      },
    },
    {
      title: 'of OpenAI, by its address',
      options: { endpoint: 'https://x.example/v1/chat/completions', model: 'm' },
      check: (body: any) => {
        expect(body).to.deep.equal({
          model: 'm',
          messages: [{ role: 'user', content: 'Hi' }],
          stream: true,
          stream_options: { include_usage: true },
        });
      },
    },
    {
      title: 'of Anthropic, with the host’s own fields',
      options: { endpoint: '/x', protocol: 'anthropic', model: 'm', body: { max_tokens: 9 } },
      check: (body: any) => {
        expect(body).to.deep.equal({
          model: 'm',
          max_tokens: 9,
          messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
          stream: true,
        });
      },
    },
    {
      title: 'that the host makes whole',
      options: { endpoint: '/x', body: () => ({ q: 1 }) },
      check: (body: any) => expect(body).to.deep.equal({ q: 1 }),
    },
  ];
  for (const { title, options, check } of shapes) {
    it(`has the shape ${title}`, async () => {
      const fetch = scriptedFetch(hello());
      await new ChatSession({ id: 'c', fetch, ...options }).send('Hi');
      check(fetch.sent[0]!.body);
    });
  }

  it('is a GET with the text in its query where that is asked for', async () => {
    const fetch = scriptedFetch(hello());
    await new ChatSession({ id: 'c', endpoint: '/sse?x=1', method: 'get', fetch }).send('Hi & bye');
    expect(fetch.sent[0]).to.include({ method: 'GET', url: '/sse?x=1&id=c&message=Hi+%26+bye' });
  });

  it('is not sent without an address, and says so', async () => {
    const session = new ChatSession({ fetch: scriptedFetch() });
    await session.send('Hi');
    expect(session.error).to.include({ code: 'http' });
    expect(session.error!.remedy).to.contain('endpoint');
  });
});

async function thread(...answers: Response[]) {
  const fetch = scriptedFetch(hello(), hello(), ...answers);
  const session = new ChatSession({ endpoint: '/chat', fetch });
  await session.send('one');
  await session.send('two');
  return { session, fetch };
}

describe('going back', () => {
  it('answers the last question again', async () => {
    const { session, fetch } = await thread(eventStream('data: {"text":"Other"}\n\ndata: [DONE]\n\n'));
    const old = session.messages[3]!;
    await session.regenerate();
    expect(texts(session).slice(2)).to.deep.equal([
      ['user', 'two'],
      ['assistant', 'Other'],
    ]);
    expect(fetch.sent[2]!.body).to.include({ trigger: 'regenerate-message', messageId: old.id });
    expect(fetch.sent[2]!.body.messages).to.have.lengthOf(3);
  });

  it('answers an earlier one again, without what followed', async () => {
    const { session } = await thread(hello());
    await session.regenerate(session.messages[1]!.id);
    expect(session.messages).to.have.lengthOf(2);
  });

  const begins = [
    { type: 'start', messageId: 'new', messageMetadata: { model: 'm' } },
    { type: 'start-step' },
    { type: 'text-start', id: 't' },
  ];
  for (const [how, end] of [
    ['fails', (script) => script.fail()],
    ['ends too early', (script) => script.close()],
    ['reports an error', (script) => script.send({ type: 'error', errorText: 'No.' })],
    ['is ended by the server', (script) => script.send({ type: 'abort' })],
    ['is stopped', (_script, session) => session.stop()],
  ] as [string, (script: ScriptedResponse, session: ChatSession) => void][]) {
    it(`keeps what stood where the other answer ${how} before its first word`, async () => {
      const script = new ScriptedResponse();
      const { session } = await thread(script.response);
      const before = session.messages;
      const asked = session.regenerate(before[1]!.id);
      script.send(...begins);
      await settle();
      end(script, session);
      if (how.startsWith('reports') || how.startsWith('is ended')) script.close();
      await asked;
      expect(session.messages).to.deep.equal(before);
    });
  }

  it('keeps what stood, whatever became of its pictures in the meantime', async () => {
    const file = (url: string) => ({ type: 'file' as const, url, mediaType: 'image/png' });
    const fetch = scriptedFetch(new TypeError('offline'));
    const asking = { role: 'user' as const, parts: [file('https://a.example/1')], id: 'q' };
    const session = new ChatSession({
      endpoint: '/chat',
      fetch,
      messages: [asking, { id: 'a', role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] }],
    });
    const asked = session.regenerate();
    session.renewImage('https://a.example/1', { url: 'https://a.example/2' });
    await asked;
    expect(session.messages.map(({ id }) => id)).to.deep.equal(['q', 'a']);
    expect(session.messages[0]!.parts[0]).to.include({ url: 'https://a.example/2' });
  });

  it('changes a question and asks anew from there', async () => {
    const { session } = await thread(hello());
    await session.edit(session.messages[0]!.id, 'changed');
    expect(texts(session)).to.deep.equal([
      ['user', 'changed'],
      ['assistant', 'Hello'],
    ]);
  });

  it('knows no message that is not there', async () => {
    const { session } = await thread();
    for (const call of [session.regenerate('nobody'), session.edit('nobody', 'x')]) {
      let error: any;
      await call.catch((thrown) => (error = thrown));
      expect(error).to.include({ name: 'NotFoundError' });
    }
    expect(session.messages).to.have.lengthOf(4);
  });
});

describe('tools', () => {
  const call =
    'data: {"type":"tool-input-available","toolCallId":"t","toolName":"f","input":{"x":1}}\n\ndata: {"type":"finish","finishReason":"tool-calls"}\n\n';
  const after =
    'data: {"type":"text-start","id":"a"}\n\ndata: {"type":"text-delta","id":"a","delta":"Two"}\n\ndata: {"type":"finish"}\n\n';

  it('go on with the same answer once their output is there', async () => {
    const fetch = scriptedFetch(eventStream(call), eventStream(after));
    const session = new ChatSession({ endpoint: '/chat', fetch });
    await session.send('Hi');
    await session.addToolOutput({ toolCallId: 't', output: 2 });
    expect(session.messages).to.have.lengthOf(2);
    expect(session.messages[1]!.parts.map(({ type }) => type)).to.deep.equal(['tool-f', 'text']);
    expect(fetch.sent[1]!.body.messages[1].parts[0]).to.include({ state: 'output-available', output: 2 });
  });

  it('wait until the last one has its output', async () => {
    const two = `data: {"type":"tool-input-available","toolCallId":"u","toolName":"f","input":{}}\n\n${call}`;
    const fetch = scriptedFetch(eventStream(two), eventStream(after));
    const session = new ChatSession({ endpoint: '/chat', fetch });
    await session.send('Hi');
    expect(await session.addToolOutput({ toolCallId: 't', output: 2 })).to.equal(null);
    expect(fetch.sent).to.have.lengthOf(1);
    await session.addToolOutput({ toolCallId: 'u', output: 2 });
    expect(fetch.sent).to.have.lengthOf(2);
  });

  for (const [how, failing] of [
    ['at once', () => new Response('', { status: 500 })],
    ['in the middle', () => eventStream(after.replace(/data: {"type":"finish"}\n\n$/, ''))],
  ] as const) {
    it(`have their outcomes kept where the answer fails to go on ${how} and is tried again`, async () => {
      const fetch = scriptedFetch(eventStream(call), failing(), new TypeError('offline'), eventStream(after));
      const session = new ChatSession({ endpoint: '/chat', fetch });
      await session.send('Hi');
      await session.addToolOutput({ toolCallId: 't', output: 2 });
      const failed = session.messages.at(-1);
      await session.retry();
      expect([session.status, session.messages.at(-1)]).to.deep.equal(['error', failed]);
      await session.retry();
      expect(session.status).to.equal('ready');
      expect(texts(session).slice(1)).to.deep.equal([['assistant', 'Two']]);
      const asked = fetch.sent.slice(1).map(({ body }) => body.messages.at(-1).parts);
      expect(asked.map((parts) => parts.length)).to.deep.equal([1, 1, 1]);
      expect(asked[2][0]).to.include({ state: 'output-available', output: 2 });
    });
  }

  it('have their outcomes kept where the rest is first looked for in vain', async () => {
    const nothing = new Response(null, { status: 204 });
    const fetch = scriptedFetch(eventStream(call), new Response('', { status: 500 }), nothing, eventStream(after));
    const session = new ChatSession({ endpoint: '/chat', fetch });
    await session.send('Hi');
    await session.addToolOutput({ toolCallId: 't', output: 2 });
    expect(await session.resume()).to.equal(null);
    await session.retry();
    expect(fetch.sent.map(({ body }) => body?.messages.at(-1).role)).to.deep.equal([
      'user',
      'assistant',
      undefined,
      'assistant',
    ]);
  });

  for (const how of ['fails', 'is let go']) {
    it(`have their outcomes kept where the answer that goes on ${how} in the middle and its rest is taken up`, async () => {
      const [half, rest] = [new ScriptedResponse(), new ScriptedResponse()];
      const nothing = how === 'fails' ? [new Response(null, { status: 204 })] : [];
      const fetch = scriptedFetch(eventStream(call), half, ...nothing, rest);
      const session = new ChatSession({ endpoint: '/chat', fetch, resumable: true, timeouts: { reconnect: 1 } });
      await session.send('Hi');
      const going = session.addToolOutput({ toolCallId: 't', output: 2 });
      half.write(after.slice(0, after.indexOf('Two') + 2) + '"}\n\n');
      await settle();
      if (how === 'fails') half.fail();
      else session.letGo();
      await going;
      const stood = session.messages.at(-1)!;
      expect(stood.parts.map(({ type }) => type)).to.deep.equal(['tool-f', 'text']);
      const resumed = session.resume();
      rest.write(after);
      rest.close();
      await resumed;
      const answer = session.messages.at(-1)!;
      expect(session.messages).to.have.lengthOf(2);
      expect(answer.id).to.equal(stood.id);
      expect(answer.parts.map(({ type }) => type)).to.deep.equal(['tool-f', 'text']);
      expect([textOf(answer), session.settled]).to.deep.equal(['Two', 0]);
    });
  }

  it('are asked anew where it was their answer that failed, or where the thread is another one', async () => {
    const fetch = scriptedFetch(
      eventStream(call),
      new TypeError('offline'),
      eventStream(after),
      new TypeError('offline'),
      eventStream(after),
    );
    const session = new ChatSession({ endpoint: '/chat', fetch });
    await session.send('Hi');
    await session.addToolOutput({ toolCallId: 't', output: 2 });
    session.messages = session.messages.slice();
    await session.retry();
    await session.send('And?');
    await session.retry();
    expect(fetch.sent.map(({ body }) => body.trigger)).to.deep.equal([
      'submit-message',
      'submit-message',
      'regenerate-message',
      'submit-message',
      'regenerate-message',
    ]);
  });

  it('can be read while their arguments stream', async () => {
    const script = new ScriptedResponse();
    const session = new ChatSession();
    const consumed = session.consume(script.response);
    script.send({ type: 'tool-input-start', toolCallId: 't', toolName: 'f' });
    script.send({ type: 'tool-input-delta', toolCallId: 't', inputTextDelta: '{"city":"Zü' });
    await settle();
    const part: any = (session.messages[0] as Message).parts[0];
    expect(part).to.deep.include({ state: 'input-streaming', input: { city: 'Zü' } });
    expect(JSON.parse(JSON.stringify(part)).input).to.deep.equal({ city: 'Zü' });
    script.write(call.replace('{"x":1}', '{"city":"Zürich"}'));
    script.close();
    expect((await consumed).parts[0]).to.deep.include({ state: 'input-available', input: { city: 'Zürich' } });
  });
});

it('finishes with the reason that the stream gave', async () => {
  const session = new ChatSession();
  let finished: AiFinishEvent | undefined;
  session.addEventListener('ai-finish', (event) => (finished = event as AiFinishEvent));
  await session.consume(
    eventStream(
      'data: {"type":"text-delta","id":"a","delta":"x"}\n\ndata: {"type":"finish","finishReason":"length"}\n\n',
    ),
  );
  expect(finished).to.include({ finishReason: 'length', stopped: false });
});

describe('a document of an earlier turn', () => {
  const call = (toolName: string, input: object, toolCallId: string) =>
    `data: ${JSON.stringify({ type: 'tool-input-available', toolCallId, toolName, input })}\n\n`;
  const answer = (...calls: string[]) =>
    eventStream(`data: {"type":"start"}\n\n${calls.join('')}data: {"type":"finish","finishReason":"stop"}\n\n`);
  const create = call('create_textdoc', { name: 'n.py', type: 'code/python', content: 'a = 1\nb = 2\n' }, 'c1');
  const update = (pattern: string, replacement: string, id = 'c2') =>
    call('update_textdoc', { updates: [{ pattern, multiple: false, replacement }] }, id);
  const artifactsIn = (message: Message) => message.parts.filter(isArtifactPart).map(({ data }) => data);

  async function asked(...answers: Response[]) {
    const session = new ChatSession({ endpoint: '/chat', fetch: scriptedFetch(...answers) });
    const told: string[] = [];
    for (const type of ['ai-artifact-start', 'ai-artifact-end'])
      session.addEventListener(type, (event) => told.push(`${type} ${(event as any).artifact.content}`));
    for (const _ of answers) await session.send('Hi');
    return { session, told, last: artifactsIn(session.messages.at(-1)!) };
  }

  it('is changed by a tool that names none: a version in the later answer, the earlier one stands', async () => {
    const { session, told, last } = await asked(answer(create), answer(update('a = \\d', 'a = 3')));
    expect(last).to.deep.equal([
      { id: 'c1', kind: 'code', language: 'python', title: 'n.py', content: 'a = 3\nb = 2\n', status: 'complete' },
    ]);
    expect(artifactsIn(session.messages[1]!)[0]?.content).to.equal('a = 1\nb = 2\n');
    expect(told.filter((one) => one.startsWith('ai-artifact-end'))).to.have.lengthOf(2);
  });

  it('is changed as the turn between has left it, and by several calls of one answer', async () => {
    const { last } = await asked(
      answer(create),
      answer(update('1', '5')),
      answer(update('5', '6'), update('b = 2', 'c = 7', 'c3')),
    );
    expect(last.map(({ content }) => content)).to.deep.equal(['a = 6\nc = 7\n']);
  });

  it('is written anew, and keeps its name', async () => {
    const { last } = await asked(answer(create), answer(update('.*', 'x')));
    expect(last[0]).to.include({ id: 'c1', title: 'n.py', language: 'python', content: 'x', status: 'complete' });
  });

  it('is rewritten by a tool that says no more than the content', async () => {
    const rewrite = call('update_artifact', { code: 'x' }, 'c2');
    const { last } = await asked(answer(create), answer(rewrite));
    expect(last[0]).to.include({ id: 'c1', kind: 'code', title: 'n.py', content: 'x' });
  });

  it('is that of the answers before, where one is asked for anew', async () => {
    const { session } = await asked(answer(create), answer(update('1', '5')));
    session.fetch = scriptedFetch(answer(update('1', '6')));
    await session.regenerate();
    expect(artifactsIn(session.messages.at(-1)!).map(({ content }) => content)).to.deep.equal(['a = 6\nb = 2\n']);
  });
});
