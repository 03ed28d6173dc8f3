import { expect } from '@open-wc/testing';
import { formatDuration } from '../../src/element/duration.js';
import type { ChatStrings } from '../../src/chat/chat-strings.js';
import { ChatSession } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { NetworkSwitch } from '../support/network-switch.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { all, button, chatWith, one, press, shown, textsOfMessages, until, write } from './chat-fixture.js';

const says = (...texts: string[]) => texts.map((text) => `data: ${JSON.stringify({ text })}\n\n`).join('');
const DONE = 'data: [DONE]\n\n';
const hello = () => eventStream(says('Hello') + DONE);
const busy = (headers: HeadersInit) => new Response('', { status: 429, headers });
const note = (chat: Element) => chat.shadowRoot!.querySelector('[part="reconnecting"]')?.textContent?.trim();
const status = (chat: Element) => chat.shadowRoot!.querySelector('[role="status"]')!.textContent!.trim();

describe('a reader of another language', () => {
  const errors = { http: 'لم تتمكن الخدمة من الإجابة.', protocol: 'أبلغت الخدمة عن مشكلة.' } as ChatStrings['errors'];
  const told = async (answer: Response) => {
    const chat = await chatWith(scriptedFetch(answer), { strings: { errors } });
    await chat.send('Hi');
    await shown(chat);
    const [sentence, detail] = all(chat, '[role="alert"] > *').map(({ textContent }) => textContent);
    return { sentence, detail, error: chat.session.error! };
  };
  const json = (body: unknown, status: number) => new Response(JSON.stringify(body), { status });

  it('is told of an error in the words of the chat alone where the service has said nothing', async () => {
    const ofStatus = await told(new Response('<h1>Bad Gateway</h1>', { status: 502 }));
    expect(ofStatus).to.include({ sentence: errors.http, detail: undefined });
    expect(ofStatus.error.message).to.contain('502');
    const inStream = await told(eventStream('event: error\ndata: {}\n\n'));
    expect(inStream).to.include({ sentence: errors.protocol, detail: undefined });
    const unreadable = await told(eventStream('event: x\ndata: {"a":1}\n\n'));
    expect(unreadable.detail).to.equal(undefined);
  });

  it('sees all of it, be there a word that is longer than the line', async () => {
    document.body.style.inlineSize = '20rem';
    try {
      const { error } = await told(json({ error: `https://example.test/${'long'.repeat(40)}` }, 403));
      expect(error.said).to.contain('long');
      const box = document.querySelector('ai-stream-chat')!.shadowRoot!.querySelector('[part="error"]')!;
      expect(box.scrollWidth).to.be.at.most(box.clientWidth);
    } finally {
      document.body.style.inlineSize = '';
    }
  });

  it('is told what the service says in its own words, and nothing around them', async () => {
    const said = 'انتهت حصتك لهذا اليوم';
    expect(await told(json({ error: { message: said } }, 403))).to.include({ sentence: errors.http, detail: said });
    const inStream = await told(eventStream(`event: error\ndata: ${JSON.stringify({ message: said })}\n\n`));
    expect(inStream).to.include({ sentence: errors.protocol, detail: said });
  });
});

describe('a server that asks for patience', () => {
  it('is told with the time left, which counts down outside of what is read out, and with one button', async () => {
    const chat = await chatWith(scriptedFetch(busy({ 'retry-after-ms': '1600' }), hello()));
    const said: string[] = [];
    const watch = new MutationObserver(() => said.push(status(chat)));
    watch.observe(one(chat, '[role="status"]'), { childList: true, characterData: true, subtree: true });
    await chat.send('Hi');
    await shown(chat);
    const alert = one(chat, '[role="alert"]');
    const before = alert.textContent;
    expect(before).to.contain('busy');
    const timer = one(chat, '[role="timer"]');
    expect(alert.contains(timer)).to.equal(false);
    expect(timer.textContent).to.contain('2 seconds');
    expect(all(chat, '[part="error"] button')).to.have.lengthOf(1);
    await until(() => timer.textContent!.includes('1 second.'));
    await until(() => all(chat, '[role="timer"]').length === 0);
    expect(alert.textContent).to.equal(before);
    expect(one(chat, '[role="alert"]')).to.equal(alert);
    watch.disconnect();
    expect(said.filter((text) => text.includes('try again now'))).to.have.lengthOf(1);
    expect(said).to.have.lengthOf.below(4);
    button(chat, 'Try again').click();
    await until(() => textsOfMessages(chat).at(-1) === 'Hello');
    expect(all(chat, '[part="error"]')).to.deep.equal([]);
  });

  it('does not hold the reader back: the button works at once', async () => {
    const fetch = scriptedFetch(busy({ 'retry-after': '3600' }), hello());
    const chat = await chatWith(fetch);
    await chat.send('Hi');
    await shown(chat);
    expect(one(chat, '[role="timer"]').textContent).to.contain('1 hour');
    button(chat, 'Try again').click();
    await until(() => textsOfMessages(chat).at(-1) === 'Hello');
    expect(fetch.sent).to.have.lengthOf(2);
  });

  it('is counted by a chat that is shown later, and by nobody once that is gone', async () => {
    const session = new ChatSession({ endpoint: '/c', fetch: scriptedFetch(busy({ 'retry-after': '60' })) });
    await session.send('Hi');
    const chat = await chatWith(scriptedFetch());
    Object.assign(chat, { session });
    await shown(chat);
    expect(one(chat, '[role="timer"]').textContent).to.match(/(1 minute|5\d seconds)/);
    chat.remove();
    await shown(chat);
    let renders = 0;
    Object.assign(chat, { requestUpdate: () => (renders += 1) });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(renders).to.equal(0);
  });

  it('is told in any language', () => {
    expect(formatDuration(72_000, 'en')).to.equal('1 minute, 12 seconds');
    expect(formatDuration(1, 'en')).to.equal('1 second');
    expect(formatDuration(3_600_000, 'de')).to.equal('1 Stunde');
    expect(formatDuration(90_000_000, 'fr')).to.match(/^1\sjour,?( et)? 1\sheure$/);
    expect(formatDuration(42_000, 'ar-EG')).to.contain('٤٢');
  });
});

describe('a reader without a network', () => {
  let network: NetworkSwitch;
  beforeEach(() => (network = new NetworkSwitch()));
  afterEach(() => network.restore());

  it('is told so in a calm sentence, and nothing is sent again by itself', async () => {
    const fetch = scriptedFetch(new TypeError('x'), hello());
    const chat = await chatWith(fetch);
    network.online = false;
    await chat.send('Hi');
    await shown(chat);
    expect(one(chat, '[role="alert"]').textContent).to.contain('You are offline');
    expect(chat.session.error!.remedy).to.contain('offline');
    network.online = true;
    await shown(chat);
    expect(one(chat, '[role="alert"]').textContent).to.not.contain('offline');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fetch.sent).to.have.lengthOf(1);
    button(chat, 'Try again').click();
    await until(() => textsOfMessages(chat).at(-1) === 'Hello');
  });

  it('looks again for an answer where that is all that has failed, and asks for none to an empty thread', async () => {
    const failed = () => new Response('', { status: 500 });
    const fetch = scriptedFetch(failed(), failed(), eventStream(says('Hello') + DONE));
    const chat = await chatWith(fetch, { resumable: true });
    await chat.resume();
    await shown(chat);
    button(chat, 'Try again').click();
    await until(() => fetch.sent.length === 2 && chat.session.status === 'error');
    await shown(chat);
    button(chat, 'Try again').click();
    await until(() => textsOfMessages(chat).at(-1) === 'Hello');
    expect(fetch.sent.map(({ method }) => method)).to.deep.equal(['GET', 'GET', 'GET']);
  });

  it('is offered no other try where a host’s own stream has failed and nothing was asked', async () => {
    const chat = await chatWith(scriptedFetch());
    await chat.consume(new Response('', { status: 500 }));
    await shown(chat);
    expect(one(chat, '[role="alert"]').textContent).to.not.equal('');
    expect(all(chat, '[part="error"] button')).to.deep.equal([]);
  });

  it('gets the rest of a resumable answer when it is back, and only then', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script, eventStream(says('Once', ' upon') + DONE));
    const chat = await chatWith(fetch, { resumable: true, chatId: 'c' });
    chat.session.timeouts = { reconnect: 1 };
    press(write(chat, 'Hi'), 'Enter');
    script.send({ text: 'Once' });
    await until(() => textsOfMessages(chat).at(-1) === 'Once');
    network.online = false;
    script.fail();
    await until(() => note(chat)?.includes('You are offline') === true);
    expect(chat.matches(':state(reconnecting)')).to.equal(true);
    expect(status(chat)).to.contain('You are offline');
    expect(textsOfMessages(chat)).to.deep.equal(['Hi', 'Once']);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fetch.sent).to.have.lengthOf(1);
    network.online = true;
    await until(() => textsOfMessages(chat).at(-1) === 'Once upon');
    expect(fetch.sent.map(({ method }) => method)).to.deep.equal(['POST', 'GET']);
    expect([note(chat), chat.matches(':state(reconnecting)')]).to.deep.equal([undefined, false]);
  });
});

describe('a reader who loses the network while the connection is made anew', () => {
  it('is told at once, though the next attempt is a while away', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script), { resumable: true });
    chat.session.timeouts = { reconnect: 60_000 };
    press(write(chat, 'Hi'), 'Enter');
    script.send({ text: 'Once' });
    await shown(chat);
    script.fail();
    await until(() => note(chat)?.includes('Reconnecting') === true);
    const network = new NetworkSwitch();
    network.online = false;
    await until(() => note(chat)?.includes('You are offline') === true);
    await until(() => status(chat).includes('You are offline'));
    network.online = true;
    await until(() => note(chat)?.includes('Reconnecting') === true);
    network.restore();
    chat.stop();
  });
});

describe('a chat that looks for an answer as it is opened', () => {
  const opened = async (fetch: typeof globalThis.fetch) => {
    const chat = document.createElement('ai-stream-chat');
    Object.assign(chat, { endpoint: '/c', chatId: 'c', resumable: true, fetch });
    document.body.append(chat);
    await shown(chat);
    return chat;
  };

  it('shows and says nothing of that where there is none', async () => {
    let answer!: (response: Response) => void;
    const chat = await opened(() => new Promise((resolve) => (answer = resolve)));
    expect(all(chat, '[part="working"], [part="error"]').map(({ outerHTML }) => outerHTML)).to.deep.equal([]);
    expect(status(chat)).to.equal('');
    expect(all(chat, '[part~="stop"]')).to.deep.equal([]);
    answer(new Response(null, { status: 204 }));
    await shown(chat);
    expect([status(chat), chat.session.status]).to.deep.equal(['', 'ready']);
    chat.remove();
  });

  it('lets the reader send in the meantime, which ends the looking', async () => {
    const asked: (string | undefined)[] = [];
    const finished: boolean[] = [];
    const chat = await opened(async (_url, init) => {
      asked.push(init?.method);
      return init?.method === 'GET' ? new Promise(() => {}) : hello();
    });
    chat.addEventListener('ai-finish', ({ stopped }) => finished.push(stopped));
    press(write(chat, 'Hi'), 'Enter');
    await until(() => textsOfMessages(chat).at(-1) === 'Hello');
    expect([asked, finished]).to.deep.equal([['GET', 'POST'], [false]]);
    chat.remove();
  });
});

describe('a lost connection', () => {
  it('is shown while it is made anew, with Stop at hand', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script), { resumable: true });
    chat.session.timeouts = { reconnect: 60_000 };
    press(write(chat, 'Hi'), 'Enter');
    script.send({ text: 'Once' });
    await shown(chat);
    script.fail();
    await until(() => note(chat)?.includes('Reconnecting') === true);
    expect(status(chat)).to.contain('Reconnecting');
    button(chat, 'Stop').click();
    await shown(chat);
    expect([note(chat), textsOfMessages(chat)]).to.deep.equal([undefined, ['Hi', 'Once']]);
  });

  it('that could not be made anew is tried again by the button: by GET first, by POST only where nothing is left', async () => {
    for (const left of [true, false]) {
      const script = new ScriptedResponse();
      const rest = left ? eventStream(says('Once', ' upon') + DONE) : new Response(null, { status: 204 });
      const fetch = scriptedFetch(script, rest, hello());
      const chat = await chatWith(fetch, { resumable: true });
      chat.session.timeouts = { reconnect: 0 };
      press(write(chat, 'Hi'), 'Enter');
      script.send({ text: 'Once' });
      await shown(chat);
      script.fail();
      await until(() => all(chat, '[part="error"]').length === 1);
      button(chat, 'Try again').click();
      await until(() => textsOfMessages(chat).at(-1) === (left ? 'Once upon' : 'Hello'));
      expect(fetch.sent.map(({ method }) => method)).to.deep.equal(['POST', 'GET', ...(left ? [] : ['POST'])]);
      chat.remove();
    }
  });

  it('leaves no listener and no attempt behind when the element goes', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script, hello());
    const chat = await chatWith(fetch, { resumable: true });
    chat.session.timeouts = { reconnect: 20 };
    press(write(chat, 'Hi'), 'Enter');
    script.send({ text: 'Once' });
    await shown(chat);
    script.fail();
    await until(() => note(chat) !== undefined);
    chat.remove();
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(fetch.sent).to.have.lengthOf(1);
  });
});

describe('an answer that has ended otherwise than by itself', () => {
  const chat = (delta: object, finish_reason: string) =>
    eventStream(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n${DONE}`);
  const notes = (element: Element) =>
    [...element.shadowRoot!.querySelectorAll('.note')].map(({ textContent }) => textContent!.trim());

  for (const [title, answer, words] of [
    ['too long', chat({ content: 'x' }, 'length'), /too long/],
    ['filtered', chat({ content: 'x' }, 'content_filter'), /rules/],
    ['blocked', eventStream('data: {"promptFeedback":{"blockReason":"SAFETY"}}\n\n'), /rules/],
    ['malformed', eventStream('data: {"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}\n\n'), /could not/],
    ['empty', chat({ content: '' }, 'stop'), /no answer/],
    [
      'empty, by an end without a reason',
      eventStream('data: {"type":"start"}\n\ndata: {"type":"finish"}\n\n'),
      /no answer/,
    ],
  ] as const) {
    it(`says so: ${title}`, async () => {
      const element = await chatWith(scriptedFetch(answer, hello()));
      await element.send('Hi');
      await shown(element);
      expect(notes(element)).to.have.lengthOf(1);
      expect(notes(element)[0]).to.match(words);
      await until(() => words.test(status(element)));
      expect(all(element, '[part="error"]')).to.deep.equal([]);
      await element.send('Again');
      await shown(element);
      expect(notes(element)).to.deep.equal([]);
    });
  }

  it('is no matter where it calls a tool, or where the host has its own words', async () => {
    const call = { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] };
    const element = await chatWith(scriptedFetch(chat(call, 'tool_calls'), chat({ content: 'x' }, 'length')));
    await element.send('Hi');
    await shown(element);
    expect(notes(element)).to.deep.equal([]);
    element.strings = { endings: { length: 'Fin.' } as never };
    await element.send('Again');
    await shown(element);
    expect(notes(element)).to.deep.equal(['Fin.']);
  });
});
