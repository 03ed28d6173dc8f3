import { expect, waitUntil } from '@open-wc/testing';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import type { AiWarningEvent } from '../../src/events.js';
import { isToolPart, type Message } from '../../src/message.js';
import { createId } from '../../src/conversation/id.js';
import type { AskingTool } from '../../src/chat/session/tool-functions.js';
import { settle } from '../support/scripted-fetch.js';
import { all, button, chatWith, one, shown, until } from './chat-fixture.js';

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

  it('run for a version that the reader comes back to, though they had left it before', async () => {
    const { bodies, fetch } = provider((results) => results.length === 0);
    const asked: ((needs: boolean) => void)[] = [];
    const needsApproval = () => new Promise<boolean>((resolve) => asked.push(resolve));
    let runs = 0;
    const tools = { weather: { execute: () => `sunny ${(runs += 1)}`, needsApproval } };
    const chat = await chatWith(fetch, { endpoint: OPENAI, tools });
    await chat.send('Weather?');
    await waitUntil(() => asked.length === 1);
    void chat.regenerate();
    asked[0]!(false);
    await waitUntil(() => asked.length === 2);
    asked[1]!(false);
    await waitUntil(() => chat.session.status === 'ready' && bodies.length === 3);
    expect(runs).to.equal(1);
    chat.session.switchBranch(chat.messages[1]!.id, 0);
    await waitUntil(() => chat.session.status === 'ready' && bodies.length === 4);
    expect(runs).to.equal(2);
  });

  it('keep what they gave for a reader who looks at another version meanwhile, and go on with it when they are back', async () => {
    const { bodies, fetch } = provider((results) => results.length === 0);
    const given: ((result: string) => void)[] = [];
    const tools = { weather: () => new Promise<string>((resolve) => given.push(resolve)) };
    const chat = await chatWith(fetch, { endpoint: OPENAI, tools });
    await chat.send('Weather?');
    const [, first] = chat.messages;
    await waitUntil(() => given.length === 1);
    void chat.regenerate();
    await waitUntil(() => given.length === 2);
    const second = chat.messages[1]!.id;
    chat.session.switchBranch(second, 0);
    await shown(chat);
    given[1]!('sunny');
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

describe('tools of the page that ask the reader first', () => {
  /** A chat whose tool asks first, with what it has been run with. */
  async function asking(needsApproval: AskingTool['needsApproval'], attributes: Partial<AiStreamChat> = {}) {
    const runs: unknown[] = [];
    const { bodies, fetch } = provider((results) => results.length === 0);
    const execute = (input: unknown) => (runs.push(input), 'sunny');
    const tools = { weather: { execute, needsApproval } as AskingTool };
    const chat = await chatWith(fetch, { endpoint: OPENAI, tools, ...attributes });
    return { chat, runs, bodies, tools };
  }

  const asks = (chat: AiStreamChat) => chat.shadowRoot!.querySelector('[part~="approval"]') !== null;

  it('run once they are allowed, and not before', async () => {
    const { chat, runs, bodies } = await asking(true);
    await chat.send('Weather?');
    await until(() => asks(chat));
    await shown(chat);
    expect([runs, bodies.length]).to.deep.equal([[], 1]);
    expect(one(chat, '[role="status"]').textContent).to.equal('May weather be used?');
    expect(one(chat, '[part~="approval"] pre').textContent).to.equal('{}');
    button(chat, 'Allow').click();
    await until(() => bodies.length === 2 && chat.session.status === 'ready');
    await shown(chat);
    expect(runs).to.deep.equal([{}]);
    expect(bodies[1]!.messages.at(-1)!.content).to.equal('sunny');
    expect(chat.messages.at(-1)!.parts.at(-1)).to.include({ type: 'text', text: 'It is sunny.' });
  });

  it('are told to the model as refused where they are denied, and never run', async () => {
    const { chat, runs, bodies } = await asking(true);
    await chat.send('Weather?');
    await until(() => asks(chat));
    button(chat, 'Deny').click();
    await until(() => bodies.length === 2 && chat.session.status === 'ready');
    await shown(chat);
    expect(runs).to.deep.equal([]);
    expect(bodies[1]!.messages.at(-1)!.content).to.equal('The user did not allow this call.');
    expect(one(chat, '[part~="tool"] summary').textContent!.trim()).to.equal('weather was not allowed');
  });

  it('ask where their arguments say so, and where that cannot be told', async () => {
    for (const [needsApproval, isAsked] of [
      [(input: unknown) => Object.keys(input as object).length > 0, false],
      [async () => true, true],
      [() => Promise.reject(new Error('who knows')), true],
      [undefined, false],
    ] as const) {
      const { chat, runs, bodies } = await asking(needsApproval);
      await chat.send('Weather?');
      await until(() => asks(chat) || bodies.length === 2);
      expect([asks(chat), runs.length]).to.deep.equal([isAsked, isAsked ? 0 : 1]);
    }
  });

  it('run no more where the reader has gone on while it was being told whether they ask', async () => {
    let tell!: (asks: boolean) => void;
    const { chat, runs } = await asking(() => new Promise((resolve) => (tell = resolve)));
    await chat.send('Weather?');
    await until(() => tell !== undefined);
    chat.clear();
    tell(false);
    await settle();
    expect(runs).to.deep.equal([]);
  });

  it('still ask after a reload, in the same words, and run then', async () => {
    const kept = { persist: true, chatId: createId() };
    const { chat, runs, bodies, tools } = await asking(true, kept);
    await chat.send('Weather?');
    await until(() => asks(chat));
    chat.remove();
    await shown(chat);
    const fetch = chat.fetch!;
    const again = await chatWith(fetch, { endpoint: OPENAI, tools, ...kept });
    await until(() => asks(again));
    expect([runs, bodies.length]).to.deep.equal([[], 1]);
    button(again, 'Allow').click();
    await until(() => bodies.length === 2 && again.session.status === 'ready');
    expect(runs).to.deep.equal([{}]);
  });

  it('run once where several elements and pages show the conversation: in the one in which they were allowed', async () => {
    const kept = { persist: true, chatId: createId() };
    const { chat, runs, bodies, tools } = await asking(true, kept);
    const page = await chatWith(chat.fetch!, { endpoint: OPENAI, tools, ...kept });
    const beside = await chatWith(chat.fetch!, { endpoint: OPENAI, tools, session: chat.session });
    await chat.send('Weather?');
    await until(() => [chat, page, beside].every(asks));
    button(beside, 'Allow').click();
    await until(() => bodies.length === 2 && chat.session.status === 'ready');
    await until(() => page.messages.at(-1)!.parts.some(({ type }) => type === 'text'));
    expect([runs.length, bodies.length]).to.deep.equal([1, 2]);
  });

  it('hold the answer until each of several has the reader’s word, and the rest has run', async () => {
    const calls = [call('c0'), { ...call('c1'), index: 1 }];
    const bodies: string[] = [];
    const fetch = async (_url: RequestInfo | URL, init?: RequestInit) => {
      bodies.push(String(init?.body));
      const answer =
        bodies.length === 1 ? chunk({ tool_calls: calls }, 'tool_calls') : chunk({ content: 'Done.' }, 'stop');
      return new Response(answer, { headers: { 'content-type': 'text/event-stream' } });
    };
    let runs = 0;
    const tools = { weather: { execute: () => (runs += 1), needsApproval: true } };
    const chat = await chatWith(fetch, { endpoint: OPENAI, tools });
    await chat.send('Weather?');
    await until(() => all(chat, '[part~="approval"]').length === 2);
    all(chat, '[data-action="allow"]')[0]!.click();
    await until(() => runs === 1);
    await shown(chat);
    expect(bodies).to.have.length(1);
    button(chat, 'Deny').click();
    await until(() => bodies.length === 2);
    expect(runs).to.equal(1);
  });

  it('say so where what runs them is the page’s, to who listens', async () => {
    const { chat } = await asking(true);
    const heard: unknown[] = [];
    chat.addEventListener('ai-approval', ({ approved, message }) => heard.push([approved, message.role]));
    await chat.send('Weather?');
    await until(() => asks(chat));
    button(chat, 'Allow').click();
    expect(heard).to.deep.equal([[true, 'assistant']]);
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
