import { expect } from '@open-wc/testing';
import { ChatSession } from '../../src/conversation/chat-session.js';
import type { ChatSessionOptions } from '../../src/conversation/session-options.js';
import { textOf } from '../../src/message.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { until } from '../support/until.mjs';

const block = (index: number, content_block: object, ...deltas: object[]) => [
  { type: 'content_block_start', index, content_block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
  { type: 'content_block_stop', index },
];
const text = (index: number, said: string) =>
  block(index, { type: 'text', text: '' }, { type: 'text_delta', text: said });
const search = (index: number, id: string) =>
  block(
    index,
    { type: 'server_tool_use', id, name: 'web_search', input: {}, caller: { type: 'direct' } },
    { type: 'input_json_delta', partial_json: '{"query":"q"}' },
  );
const result = (index: number, tool_use_id: string, content: unknown) =>
  block(index, { type: 'web_search_tool_result', tool_use_id, content });

function answer(stop_reason: string | undefined, ...blocks: object[][]): Response {
  const delta = { stop_reason, ...(stop_reason === 'pause_turn' && { container: { id: 'c1' } }) };
  const start = { type: 'message_start', message: { content: [] } };
  const events = [start, ...blocks.flat(), { type: 'message_delta', delta }, { type: 'message_stop' }];
  return eventStream(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
}

/** One that tells what it has cost, as the API does: at its beginning and, as what it has come to, at its end. */
function counted(input_tokens: number, output_tokens: number, stop_reason: string, ...blocks: object[][]): Response {
  const events = [
    { type: 'message_start', message: { content: [], usage: { input_tokens, output_tokens: 1 } } },
    ...blocks.flat(),
    { type: 'message_delta', delta: { stop_reason }, usage: { output_tokens } },
    { type: 'message_stop' },
  ];
  return eventStream(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
}

const question = { id: 'q', role: 'user' as const, parts: [{ type: 'text' as const, text: 'Look' }] };

const PAGES = [{ type: 'web_search_result', url: 'https://a.example', title: 'A', encrypted_content: 'xyz' }];
const REFUSED = { type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' };

const paused = () =>
  answer(
    'pause_turn',
    block(
      0,
      { type: 'thinking', thinking: '' },
      { type: 'thinking_delta', thinking: 'Hm' },
      { type: 'signature_delta', signature: 's' },
    ),
    text(1, 'Let me look.\n'),
    search(2, 's1'),
    result(3, 's1', PAGES),
    search(4, 's2'),
    result(5, 's2', REFUSED),
    search(6, 's3'),
  );
const rest = () => answer('end_turn', result(0, 's3', PAGES), text(1, 'Here it is.'));

function ask(options: ChatSessionOptions, ...answers: (Response | Error)[]) {
  const fetch = scriptedFetch(...answers);
  return { fetch, session: new ChatSession({ endpoint: '/v1/messages', fetch, ...options }) };
}

describe('an answer of Anthropic’s that stops with pause_turn', () => {
  it('is asked for again with what came of it, as it came, and goes on in the same message', async () => {
    const { fetch, session } = ask({ body: { tools: ['t'] } }, paused(), rest());
    const message = await session.send('Look');
    expect(fetch.sent).to.have.lengthOf(2);
    const call = (id: string) => ({
      type: 'server_tool_use',
      caller: { type: 'direct' },
      id,
      name: 'web_search',
      input: { query: 'q' },
    });
    const { messages, tools, container } = fetch.sent[1]!.body;
    expect({ tools, container }).to.deep.equal({ tools: ['t'], container: 'c1' });
    expect(messages).to.deep.equal([
      { role: 'user', content: [{ type: 'text', text: 'Look' }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm', signature: 's' },
          { type: 'text', text: 'Let me look.\n' },
          call('s1'),
          { type: 'web_search_tool_result', tool_use_id: 's1', content: PAGES },
          call('s2'),
          { type: 'web_search_tool_result', tool_use_id: 's2', content: REFUSED },
          call('s3'),
        ],
      },
    ]);
    expect(session.messages).to.have.lengthOf(2);
    expect(session.messages[1]).to.equal(message);
    expect(textOf(message)).to.equal('Let me look.\nHere it is.');
    expect(
      message.parts.filter(({ type }) => type === 'tool-web_search').map((part) => Object(part).state),
    ).to.deep.equal(['output-available', 'output-error', 'output-available']);
    expect(message.metadata).to.include({ finishReason: 'stop', rawFinishReason: 'end_turn' });
    expect(session.status).to.equal('ready');
  });

  it('goes on as often as it pauses, within bounds, and ends without white space', async () => {
    const pauses = Array.from({ length: 20 }, () => answer('pause_turn', text(0, 'More \n')));
    const { fetch, session } = ask({}, ...pauses);
    await session.send('Look');
    expect(fetch.sent).to.have.lengthOf(9);
    expect(session.status).to.equal('ready');
    expect(fetch.sent[1]!.body.messages[1].content).to.deep.equal([{ type: 'text', text: 'More' }]);
  });

  it('goes on behind tools of the page, which are told as ever', async () => {
    const tool = answer('tool_use', block(0, { type: 'tool_use', id: 't1', name: 'f', input: {} }));
    const { fetch, session } = ask({}, tool, paused(), rest());
    await session.send('Look');
    await session.addToolOutput({ toolCallId: 't1', output: 'yes' });
    const turns = fetch.sent[2]!.body.messages;
    expect(turns.map(({ role }: { role: string }) => role)).to.deep.equal(['user', 'assistant', 'user', 'assistant']);
    expect(turns[2].content[0]).to.deep.equal({ type: 'tool_result', tool_use_id: 't1', content: 'yes' });
    expect(turns[3].content).to.have.lengthOf(7);
  });

  it('keeps what stands where it fails to go on, and can be tried again from there', async () => {
    const { fetch, session } = ask({}, paused(), new TypeError('offline'), rest());
    await session.send('Look');
    expect(session.status).to.equal('error');
    expect(textOf(session.messages[1]!)).to.equal('Let me look.\n');
    await session.retry();
    expect(fetch.sent[2]!.body).to.deep.equal(fetch.sent[1]!.body);
    expect(textOf(session.messages[1]!)).to.equal('Let me look.\nHere it is.');
  });

  it('is left as it is once the thread is another one', async () => {
    const { fetch, session } = ask({}, paused(), rest());
    session.addEventListener('ai-finish', () => session.clear());
    await session.send('Look');
    expect(fetch.sent).to.have.lengthOf(1);
    expect(session.messages).to.deep.equal([]);
  });

  it('goes on no further once the reader stops it', async () => {
    const again = new ScriptedResponse();
    const { fetch, session } = ask({}, paused(), again.response, rest());
    const sent = session.send('Look');
    await until(() => fetch.sent.length === 2);
    again.send({ type: 'message_start', message: { content: [] } }, ...text(0, 'Here'));
    await until(() => textOf(session.messages[1]!).endsWith('Here'));
    session.stop();
    await sent;
    expect(fetch.sent).to.have.lengthOf(2);
    expect(session.status).to.equal('ready');
  });

  it('goes on where it was taken up again', async () => {
    const { fetch, session } = ask({ resumable: true, messages: [question] }, paused(), rest());
    const message = await session.resume();
    expect(fetch.sent.map(({ method }) => method)).to.deep.equal(['GET', 'POST']);
    expect(fetch.sent[1]!.body.messages[1].content).to.have.lengthOf(7);
    expect(textOf(message!)).to.equal('Let me look.\nHere it is.');
    expect(session.messages).to.have.lengthOf(2);
  });

  for (const turn of ['stop', 'letGo'] as const)
    it(`goes on no further where it is stopped between two requests (${turn})`, async () => {
      const { fetch, session } = ask({}, paused(), rest());
      session.addEventListener('ai-finish', () => session[turn]());
      const message = await session.send('Look');
      expect(fetch.sent).to.have.lengthOf(1);
      expect(session.status).to.equal('ready');
      expect(message.metadata).to.include({ rawFinishReason: 'pause_turn' });
    });

  it('is not asked on where the host has opened the stream', async () => {
    const { fetch, session } = ask({}, rest());
    await session.consume(paused());
    expect(fetch.sent).to.have.lengthOf(0);
  });

  it('tells what all of its requests have cost, also those behind tools of the page', async () => {
    const tool = block(0, { type: 'tool_use', id: 't1', name: 'f', input: {} });
    const { session } = ask(
      {},
      counted(100, 10, 'pause_turn', text(0, 'More ')),
      counted(120, 5, 'tool_use', tool),
      counted(130, 7, 'end_turn', text(0, 'Done')),
    );
    await session.send('Look');
    await session.addToolOutput({ toolCallId: 't1', output: 'yes' });
    expect(session.messages[1]!.metadata!.usage).to.deep.equal({ inputTokens: 350, outputTokens: 22 });
  });

  it('counts nothing twice of a response that is read again', async () => {
    const lost = new ScriptedResponse();
    const { fetch, session } = ask(
      { resumable: true, timeouts: { reconnect: 1 } },
      counted(100, 10, 'pause_turn', text(0, 'More ')),
      lost.response,
      counted(120, 5, 'end_turn', text(0, 'Done')),
    );
    const sent = session.send('Look');
    await until(() => fetch.sent.length === 2);
    lost.send({ type: 'message_start', message: { content: [], usage: { input_tokens: 120, output_tokens: 1 } } });
    lost.send(...text(0, 'Do'));
    await until(() => textOf(session.messages[1]!).endsWith('Do'));
    lost.fail();
    const { metadata } = await sent;
    expect(metadata!.usage).to.deep.equal({ inputTokens: 220, outputTokens: 15 });
  });

  it('has gone on to its end where that tells no reason', async () => {
    const { fetch, session } = ask({}, paused(), answer(undefined, text(0, 'Here.')), rest());
    const message = await session.send('Look');
    expect(fetch.sent).to.have.lengthOf(2);
    expect(message.metadata).to.include({ finishReason: 'unknown' }).and.not.to.have.property('rawFinishReason');
  });

  it('is the backend’s to go on with where the request is not in Anthropic’s words', async () => {
    for (const options of [{ endpoint: '/chat' }, { body: () => ({}) }, { method: 'get' } as const]) {
      const { fetch, session } = ask(options, paused(), rest());
      const message = await session.send('Look');
      expect(fetch.sent).to.have.lengthOf(1);
      expect(message.metadata).to.include({ rawFinishReason: 'pause_turn' });
    }
  });

  it('is told in words with the next question', async () => {
    const { fetch, session } = ask({}, paused(), new TypeError('offline'), rest());
    await session.send('Look');
    await session.send('Well?');
    const turns = fetch.sent[2]!.body.messages;
    expect(turns.map(({ role }: { role: string }) => role)).to.deep.equal(['user', 'assistant', 'user']);
    expect(turns[1].content.map(({ type }: { type: string }) => type)).to.deep.equal(['thinking', 'text']);
  });
});
