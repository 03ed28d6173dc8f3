import { expect } from '@open-wc/testing';
import { ChatSession, textOf } from '../../src/core.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';

const says = (text: string) => [
  { type: 'message_start', message: { id: text, role: 'assistant', content: [] } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
  { type: 'content_block_stop', index: 0 },
];
const stop = (stop_reason: string) => [{ type: 'message_delta', delta: { stop_reason } }, { type: 'message_stop' }];
const call = [
  { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 't', name: 'look', input: {} } },
  { type: 'content_block_stop', index: 1 },
];

/** A whole answer in each dialect that has an end of its own and no last word behind it. */
const WHOLE: Record<string, object[]> = {
  anthropic: [...says('Hello'), ...stop('end_turn')],
  'openai-responses': [
    { type: 'response.created', response: {} },
    { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Hello' },
    { type: 'response.completed', response: { status: 'completed' } },
  ],
  gemini: [{ candidates: [{ content: { parts: [{ text: 'Hello' }] }, finishReason: 'STOP' }] }],
  'ag-ui': [
    { type: 'RUN_STARTED', threadId: 't', runId: 'r' },
    { type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta: 'Hello' },
    { type: 'RUN_FINISHED', threadId: 't', runId: 'r' },
  ],
  cohere: [
    { type: 'message-start', id: 'c' },
    { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Hello' } } } },
    { type: 'message-end', delta: { finish_reason: 'COMPLETE' } },
  ],
  ollama: [{ message: { role: 'assistant', content: 'Hello' }, done: true, done_reason: 'stop' }],
  tgi: [{ token: { id: 1, text: 'Hello', special: false }, generated_text: 'Hello', details: {} }],
};

const framed = (...events: object[]) => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');

/** An event of Google's Agent Development Kit, whole. */
const agent = (author: string, text: string) =>
  framed({ author, invocationId: 'i', content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP' });

const task = (state: string, text: string) =>
  framed({
    jsonrpc: '2.0',
    result: { kind: 'status-update', taskId: 't', status: { state, message: { role: 'agent', parts: [{ text }] } } },
  });

const RESULT = [
  { type: 'content_block_start', index: 0, content_block: { type: 'tool_result', tool_use_id: 't', content: 'x' } },
];

const DATA_STREAM = { headers: { 'content-type': 'text/plain', 'x-vercel-ai-data-stream': 'v1' } };

/** What comes up to an end, and what comes a while later. */
const AT_WORK: Record<string, [before: string, after: string]> = {
  'a tool’s result': [
    framed(...says('One'), ...call, ...stop('tool_use')),
    framed(...says('Two'), ...stop('end_turn')),
  ],
  'agents one after another': [agent('writer', 'One'), agent('reviewer', 'Two')],
  'an agent that asks for a sign-in': [task('auth-required', 'One'), task('completed', 'Two')],
  'ai-sdk-data': ['0:"One"\nd:{"finishReason":"stop"}\n', '0:"Two"\nd:{"finishReason":"stop"}\n'],
};

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function ask(events: object[], timeouts = {}) {
  const script = new ScriptedResponse();
  const session = new ChatSession({ endpoint: '/c', timeouts, fetch: scriptedFetch(script) });
  const sent = session.send('Hi');
  script.send(...events);
  return { script, session, sent };
}

const textIn = (session: ChatSession) => textOf(session.messages.at(-1)!);

describe('a connection that its server leaves open', () => {
  it('is closed a moment after an answer’s own end, and nothing else is heard as a sign that more comes', async () => {
    const all = Object.entries(WHOLE).map(([name, events]) => ({ name, asked: ask(events) }));
    for (const { asked } of all) void pause(2000).then(() => asked.script.write(': keep-alive\n\n'));
    await pause(4500);
    for (const { name, asked } of all) {
      const { session, script } = asked;
      const { status } = session;
      session.stop();
      expect({ name, status, text: textIn(session), closed: script.cancelled }).to.deep.equal({
        name,
        status: 'ready',
        text: 'Hello',
        closed: true,
      });
    }
  }).timeout(10_000);

  it('is read on while another answer comes, whose end is as good as the first', async () => {
    const { script, session, sent } = ask([...says('One'), ...stop('end_turn')]);
    await pause(1000);
    script.send(...says('Two').slice(0, 2));
    await pause(3500);
    expect(session.status).to.equal('streaming');
    script.send(...says('Two').slice(2), ...stop('end_turn'));
    await sent;
    expect([session.status, textIn(session), script.cancelled]).to.deep.equal(['ready', 'OneTwo', true]);
  }).timeout(10_000);

  it('is read on where the answer waits for a tool, which a server may run', async () => {
    const { script, session, sent } = ask([...says('One'), ...call, ...stop('tool_use')]);
    await pause(3500);
    expect(session.status).to.equal('streaming');
    script.send({ type: 'content_block_start', index: 0, content_block: { type: 'tool_result', tool_use_id: 't' } });
    script.send(...says('Two'), ...stop('end_turn'));
    script.close();
    await sent;
    expect([session.status, textIn(session)]).to.deep.equal(['ready', 'OneTwo']);
  }).timeout(10_000);

  it('is closed after the time that is set for it', async () => {
    const { script, session, sent } = ask(WHOLE.anthropic!, { end: 100 });
    await Promise.race([sent, pause(1500)]);
    expect([session.status, textIn(session), script.cancelled]).to.deep.equal(['ready', 'Hello', true]);
  });

  it('is closed at once behind an end mark, wherever the words before it and the reason stand', async () => {
    for (const words of [{ text: 'Hello' }, { message: { content: 'Hello' } }]) {
      const { script, session, sent } = ask([{ ...words, finish_reason: 'stop' }, { done: true }]);
      await Promise.race([sent, pause(1500)]);
      expect([session.status, textIn(session), script.cancelled]).to.deep.equal(['ready', 'Hello', true]);
    }
  });

  it('is read on where somebody is still at work', async () => {
    const all = Object.entries(AT_WORK).map(([name, [before, after]]) => {
      const script = new ScriptedResponse(name === 'ai-sdk-data' ? DATA_STREAM : undefined);
      const session = new ChatSession({ endpoint: '/c', fetch: scriptedFetch(script) });
      const sent = session.send('Hi');
      script.write(before);
      return { name, script, session, sent, after };
    });
    await pause(1000);
    for (const { name, script } of all) if (name === 'a tool’s result') script.write(framed(...RESULT));
    await pause(3500);
    for (const { name, script, session, sent, after } of all) {
      expect([name, session.status]).to.deep.equal([name, 'streaming']);
      script.write(after);
      script.close();
      await sent;
      expect([name, session.status, textIn(session)]).to.deep.equal([name, 'ready', 'OneTwo']);
    }
  }).timeout(10_000);
});

it('an answer that follows another one in the same body, and is cut off, is cut off', async () => {
  for (const events of [
    [...says('One'), ...stop('tool_use'), ...says('Two')],
    [...WHOLE['openai-responses']!, ...WHOLE['openai-responses']!.slice(0, 2)],
    [...WHOLE.cohere!, ...WHOLE.cohere!.slice(0, 2)],
  ]) {
    const { script, session, sent } = ask(events);
    script.close();
    await sent;
    expect([session.status, session.error?.code]).to.deep.equal(['error', 'truncated']);
  }
});
