import { expect, waitUntil } from '@open-wc/testing';
import type { AiWarningEvent } from '../../src/events.js';
import { isToolPart } from '../../src/message.js';
import { chatWith, shown } from './chat-fixture.js';

const OPENAI = 'https://api.example/v1/chat/completions';

function chunk(delta: object, reason: string | null): string {
  const choices = [{ index: 0, delta, finish_reason: reason }];
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices })}\n\n`;
}

const call = (id: string) => ({ index: 0, id, type: 'function', function: { name: 'weather', arguments: '{}' } });

/** A provider that goes by what it is sent: it says what its tool gave, and calls it where it has not been called. */
function provider(callsAgain: (results: string[]) => boolean) {
  const bodies: { messages: { role: string; content: string }[] }[] = [];
  const fetch = async (_url: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const body = JSON.parse(String(init?.body)) as (typeof bodies)[number];
    bodies.push(body);
    const results = body.messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
    const answer = callsAgain(results)
      ? chunk({ tool_calls: [call(`c${results.length}`)] }, 'tool_calls')
      : chunk({ content: `It is ${results.at(-1)}.` }, 'stop');
    return new Response(answer, { headers: { 'content-type': 'text/event-stream' } });
  };
  return { bodies, fetch };
}

describe('tools that the page runs', () => {
  it('answer a provider by itself: it is sent what it called and what that gave', async () => {
    const { bodies, fetch } = provider((results) => results.length === 0);
    const chat = await chatWith(fetch, { endpoint: OPENAI, tools: { weather: () => 'sunny' } });
    await chat.send('Weather?');
    await waitUntil(() => chat.session.status === 'ready' && bodies.length === 2);
    await shown(chat);
    expect(chat.messages.at(-1)!.parts.at(-1)).to.include({ type: 'text', text: 'It is sunny.' });
    expect(bodies[1]!.messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'tool']);
  });

  it('come to an end: a model that goes round in circles is told so after a hundred calls', async () => {
    const { bodies, fetch } = provider((results) => !/too many tools/.test(results.at(-1) ?? ''));
    let runs = 0;
    const chat = await chatWith(fetch, { endpoint: OPENAI, tools: { weather: () => (runs += 1) } });
    await chat.send('Weather?');
    await waitUntil(() => chat.session.status === 'ready' && bodies.length === 102, '', { timeout: 10_000 });
    expect(runs).to.equal(100);
    expect(chat.messages.at(-1)!.parts.at(-1)).to.include({ type: 'text' });
  });

  it('and are run no more by one that does not listen, of which the host is told', async () => {
    const { bodies, fetch } = provider(() => true);
    const chat = await chatWith(fetch, { endpoint: OPENAI, tools: { weather: () => 'sunny' } });
    const warnings: string[] = [];
    chat.addEventListener('ai-warning', (event: AiWarningEvent) => warnings.push(event.code));
    await chat.send('Weather?');
    await waitUntil(() => warnings.length > 0, '', { timeout: 10_000 });
    await shown(chat);
    expect(bodies).to.have.length(111);
    expect(chat.session.status).to.equal('ready');
    expect(chat.messages.at(-1)!.parts.findLast(isToolPart)!.state).to.equal('input-available');
  });
});
