import { expect, waitUntil } from '@open-wc/testing';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import type { AiWarningEvent } from '../../src/events.js';
import { isToolPart, type Message } from '../../src/message.js';
import { chatWith, one, shown } from './chat-fixture.js';

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

  it('keep what they gave for a reader who looks at another version meanwhile, and go on with it when they are back', async () => {
    const { bodies, fetch } = provider((results) => results.length === 0);
    let give = (_result: string): void => undefined;
    const tools = { weather: () => new Promise<string>((resolve) => (give = resolve)) };
    const chat = await chatWith(fetch, { endpoint: OPENAI, tools });
    await chat.send('Weather?');
    const [, first] = chat.messages;
    void chat.regenerate();
    await waitUntil(() => bodies.length === 2 && !chat.session.busy && chat.messages[1]!.parts.some(isToolPart));
    const second = chat.messages[1]!.id;
    chat.session.switchBranch(second, 0);
    await shown(chat);
    give('sunny');
    await shown(chat);
    expect([bodies.length, chat.messages[1]]).to.deep.equal([2, first]);
    chat.session.switchBranch(first!.id, 1);
    await waitUntil(() => chat.session.status === 'ready' && bodies.length === 3);
    await shown(chat);
    expect(chat.messages[1]!.id).to.equal(second);
    expect(chat.messages[1]!.parts.at(-1)).to.include({ type: 'text', text: 'It is sunny.' });
  });

  for (const [how, goOn] of [
    ['asks something else', (chat: AiStreamChat) => void chat.send('Else?')],
    [
      'is shown another thread with a call of the same id',
      (chat: AiStreamChat) => {
        const [question, answer] = chat.messages;
        chat.messages = [question!, { ...answer!, id: 'other' }];
      },
    ],
  ] as const)
    it(`give nothing to a reader who ${how} in the meantime`, async () => {
      const failures: unknown[] = [];
      const note = (event: PromiseRejectionEvent) => failures.push(event.reason);
      addEventListener('unhandledrejection', note);
      const { bodies, fetch } = provider((results) => results.length === 0);
      let give = (_result: string): void => undefined;
      const tools = { weather: () => new Promise<string>((resolve) => (give = resolve)) };
      const ask: typeof fetch = (...asked) => (bodies.length === 0 ? fetch(...asked) : new Promise(() => undefined));
      const chat = await chatWith(ask, { endpoint: OPENAI, tools });
      await chat.send('Weather?');
      goOn(chat);
      await shown(chat);
      give('sunny');
      await shown(chat);
      removeEventListener('unhandledrejection', note);
      const states = chat.messages.flatMap(({ parts }) => parts.filter(isToolPart)).map(({ state }) => state);
      expect([states, failures]).to.deep.equal([['input-available'], []]);
      chat.session.letGo();
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

describe('what the page draws in the thread', () => {
  const messages: Message[] = [
    { id: 'u', role: 'user', parts: [{ type: 'text', text: 'Weather?' }] },
    {
      id: 'a',
      role: 'assistant',
      parts: [
        { type: 'tool-weather', toolCallId: 'c1', state: 'output-available', input: {}, output: 'sunny' },
        { type: 'data-map', id: 'm1', data: [1] },
        { type: 'tool-weather', toolCallId: 'c2', state: 'approval-requested', input: {}, approval: { id: 'p' } },
      ],
    },
  ];

  async function drawing(...slots: string[]) {
    const chat = await chatWith(() => Promise.reject(new Error('nothing is asked')), { messages });
    const own = slots.map((slot) => Object.assign(document.createElement('p'), { slot, textContent: slot }));
    chat.append(...own);
    await shown(chat);
    return { chat, own };
  }

  it('takes the place of a tool’s row, and stands where a data part is', async () => {
    const { chat, own } = await drawing('tool-c1', 'data-map-m1');
    const [tool, map] = own.map((element) => element.getBoundingClientRect());
    expect(tool!.height).to.be.greaterThan(0);
    expect(map!.top).to.be.at.least(tool!.bottom);
    expect(one(chat, 'details[part="tool"]').checkVisibility()).to.equal(false);
  });

  it('never stands for a question to the reader', async () => {
    const { chat, own } = await drawing('tool-c2');
    expect(own[0]!.checkVisibility()).to.equal(false);
    expect(one(chat, '[part~="approval"]').checkVisibility()).to.equal(true);
  });

  it('is the usual row where the page has nothing for it', async () => {
    const { chat } = await drawing();
    expect(one(chat, 'details[part="tool"]').checkVisibility()).to.equal(true);
  });
});
