import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import '../../src/define/ai-stream-chat.js';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import { ChatSession, textOf } from '../../src/core.js';
import { NetworkSwitch } from '../support/network-switch.js';
import { FAULTS, type Fault } from './fault-rows.mjs';

interface LoggedRequest {
  method: string;
  rest: string;
  lastEventId: string | null;
  at: number;
  written: number;
  closedBy: 'server' | 'client' | null;
}

const { server, nowhere }: Record<'server' | 'nowhere', string> = await (await fetch('/fault-server')).json();

let count = 0;
let chat: AiStreamChat;
let address: string;

const log = async (): Promise<LoggedRequest[]> =>
  (await fetch(`${server}/log?${new URL(address).searchParams}`)).json();
const all = (selector: string) => [...chat.shadowRoot!.querySelectorAll<HTMLElement>(selector)];
const shownText = () =>
  all('article[data-role="assistant"] [part~="text"]')
    .map((block) => block.textContent!.trim())
    .join('');
const answerOf = (session: ChatSession) => {
  const last = session.messages.at(-1);
  return last?.role === 'assistant' ? textOf(last) : '';
};

async function until(condition: () => unknown, patience = 10_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`it never came to be: ${condition}, but ${shownText()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function mount({ path, chat: settings = {}, timeouts }: Fault, n = 2): AiStreamChat {
  count += 1;
  address = `${server}/${path}?id=${count}&n=${n}`;
  chat = document.createElement('ai-stream-chat');
  Object.assign(chat, { endpoint: address, chatId: 'c', ...settings });
  if (timeouts) chat.session.timeouts = timeouts;
  document.body.append(chat);
  return chat;
}

/** One question, and whatever comes of it. */
async function ask(): Promise<void> {
  await chat.send('Hi');
}

/** What a row needs beside a question; each scenario ends where the row's expectations hold. */
const SCENARIOS: Record<string, (row: Fault) => Promise<void>> = {
  async refused() {
    chat.endpoint = nowhere;
    await ask();
  },
  async countdown() {
    await ask();
    await until(() => all('[role="timer"]').some((timer) => /2 seconds/.test(timer.textContent!)));
    await until(() => all('[role="timer"]').some((timer) => /1 second\./.test(timer.textContent!)));
    expect(all('[part="error"] button')).to.have.lengthOf(1);
  },
  async skewed() {
    await ask();
    expect(chat.session.error!.retryAfter).to.equal(30_000);
  },
  async 'nothing-runs'() {
    await ask();
    await chat.updateComplete;
    expect(all('h1, script')).to.deep.equal([]);
    expect('ranFromFault' in window).to.equal(false);
  },
  async redirected() {
    await ask();
    expect(chat.session.error!.message).to.contain('redirected');
    expect(chat.session.error!.remedy).to.contain('307');
  },
  async sleep() {
    const asked = ask();
    await until(() => answerOf(chat.session) === 'One two');
    // Nothing of the page runs, while what the server sends piles up.
    const end = performance.now() + 900;
    while (performance.now() < end);
    await asked;
  },
  async huge() {
    const before = await liveHeap();
    await ask();
    await until(async () => (await log())[0]!.closedBy === 'client');
    const [{ written }] = (await log()) as [LoggedRequest];
    expect(written).to.be.below(40 * 1024 * 1024);
    expect((await liveHeap()) - before).to.be.below(4 * 1024 * 1024);
  },
  async million() {
    const before = await liveHeap();
    const gaps: number[] = [];
    let last = performance.now();
    const beat = () => {
      gaps.push(performance.now() - last);
      last = performance.now();
      timer = setTimeout(beat);
    };
    let timer = setTimeout(beat);
    await ask();
    clearTimeout(timer);
    expect(answerOf(chat.session)).to.equal(`${'w'.repeat(999)}\n\n`.repeat(1000));
    // Whoever waits has a turn, again and again: by counts, since a loaded machine has times of its own.
    expect(gaps.length).to.be.above(40);
    expect(Math.max(...gaps)).to.be.below(gaps.reduce((sum, gap) => sum + gap) / 4);
    expect((await liveHeap()) - before).to.be.below(20_000_000);
  },
  async prototypes() {
    await ask();
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
    expect(({} as any).text).to.equal(undefined);
  },
  async 'retry-field'() {
    await ask();
    const [first, second] = await log();
    expect(second!.at - first!.at).to.be.at.least(240);
  },
  async 'odd-ids'() {
    await ask();
    const { lastEventId } = (await log())[1]!;
    const bytes = Uint8Array.from(lastEventId!, (char) => char.charCodeAt(0));
    expect(new TextDecoder().decode(bytes)).to.equal('…日本');
  },
  async storm(row) {
    const addresses: string[] = [];
    const sessions = Array.from({ length: 50 }, () => {
      mount(row).remove();
      addresses.push(address);
      return new ChatSession({ endpoint: address, id: 'c', resumable: true, timeouts: { reconnect: 1000 } });
    });
    await Promise.all(sessions.map((session) => session.send('Hi')));
    expect(new Set(sessions.map(answerOf))).to.deep.equal(new Set([row.text]));
    const resumed: number[] = [];
    for (address of addresses) {
      const requests = await log();
      expect(requests.map(({ method }) => method)).to.deep.equal(row.asked);
      resumed.push(requests[1]!.at - requests[0]!.at);
    }
    expect(Math.max(...resumed) - Math.min(...resumed)).to.be.above(250);
    mount({ ...row, chat: { resumable: true }, timeouts: { reconnect: 10 } });
    await ask();
  },
  async stop(row) {
    void ask();
    await until(async () => (await log()).length === reading(row.asked ?? ['POST']).length);
    await until(() => shownText() === row.text);
    if (row.timeouts && 'reconnect' in row.timeouts && row.timeouts.reconnect === 60_000)
      await until(() => all('[part="reconnecting"]').length === 1);
    all('[part~="stop"]')[0]!.click();
    expect(chat.session.status).to.equal('ready');
  },
  async 'stop-after'() {
    await ask();
    chat.stop();
    chat.stop();
  },
  async remove(row) {
    void ask();
    await until(() => shownText() === row.text);
    chat.remove();
  },
  async move() {
    const asked = ask();
    await until(() => shownText() === 'One two');
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    elsewhere.append(chat);
    // Where there is a way to move an element without taking it out, that too.
    if ('moveBefore' in elsewhere) (elsewhere as any).moveBefore(chat, null);
    await asked;
    document.body.append(chat);
    elsewhere.remove();
  },
  async interleavings() {
    let seed = 11;
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 500; round += 1) {
      chat.stop();
      void chat.send(`${round}`);
      if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, random() * 8));
    }
    await until(() => chat.session.status === 'ready');
    const { messages } = chat.session;
    expect(messages.filter(({ role }) => role === 'user')).to.have.lengthOf(500);
    const answers = messages.filter(({ role }) => role === 'assistant').map(textOf);
    expect(answers.every((text) => 'One two three four five.'.startsWith(text))).to.equal(true);
  },
  async mounts(row) {
    const round = async (times: number) => {
      for (let mounted = 0; mounted < times; mounted += 1) {
        mount(row);
        void ask();
        if (mounted % 50 === 0) await until(() => shownText() === 'One two');
        chat.remove();
        await Promise.resolve();
      }
    };
    await round(100);
    const before = await counts();
    await round(1000);
    // What was let go takes a moment to be gone.
    await until(async () => {
      const after = await counts();
      const [listeners, nodes] = [after.listeners - before.listeners, after.nodes - before.nodes];
      return listeners < 100 && nodes < 1000 && after.bytes - before.bytes < 3_000_000;
    });
    mount(row);
    void ask();
    await until(() => shownText() === 'One two');
    chat.remove();
  },
  async offline() {
    const network = new NetworkSwitch();
    network.online = false;
    chat.endpoint = nowhere;
    await ask();
    await until(() => all('[role="alert"]').some((alert) => alert.textContent!.includes('You are offline')));
    expect(all('[part="error"] button')).to.have.lengthOf(1);
    network.restore();
  },
};

/** Without the word to the server that it may stop writing. */
const reading = (methods: string[]) => methods.filter((method) => method !== 'DELETE');

const counts = () => executeServerCommand('live-heap') as Promise<{ bytes: number; nodes: number; listeners: number }>;
const liveHeap = async () => (await counts()).bytes;

describe('the fault matrix', () => {
  const { warn } = console;
  // Each error is told there as well.
  before(() => (console.warn = () => {}));
  after(() => (console.warn = warn));
  afterEach(() => chat.remove());

  for (const { title, rows } of FAULTS) {
    describe(title, () => {
      for (const row of rows) {
        for (const n of row.each ?? [2]) {
          it(row.each ? `${row.fault}: ${n}` : row.fault, async () => {
            mount(row, n);
            await (row.run ? SCENARIOS[row.run]! : ask)(row);
            await holds(row, n);
          }).timeout(row.run === 'million' ? 180_000 : 60_000);
        }
      }
    });
  }
});

async function holds(row: Fault, n: number): Promise<void> {
  const { session } = chat;
  expect(session.error?.code, 'code').to.equal(row.code);
  if (session.error) expect(session.error.remedy, 'diagnosis').to.match(/\w{3}/);
  const text = typeof row.text === 'string' ? row.text : row.text(n);
  if (row.run !== 'million' && row.run !== 'mounts') {
    expect(answerOf(session), 'kept').to.equal(text);
    if (chat.isConnected && row.run !== 'interleavings') await until(() => shownText() === text);
  }
  expect(session.messages[0]!.role, 'the question').to.equal('user');
  const blocks = session.messages.flatMap(({ parts }) => parts as { state?: string }[]);
  expect(
    blocks.filter(({ state }) => state === 'streaming'),
    'open blocks',
  ).to.deep.equal([]);
  if (chat.isConnected && row.run !== 'offline') {
    const told = () =>
      all('[role="alert"] > bdi, .note')
        .map((note) => note.textContent)
        .join('');
    await until(() => told() !== '' || row.sees === '');
    expect(told(), 'seen').to.equal(row.sees);
  }
  const closed = { server: 'server', chat: 'client', nobody: undefined }[row.closed];
  await until(async () => (await log()).findLast(({ method }) => method !== 'DELETE')?.closedBy === closed, 5000);
  // What tells a server to stop may still be on its way.
  if (row.asked?.includes('DELETE')) await until(async () => (await log()).length >= row.asked!.length);
  if (row.run !== 'interleavings')
    expect(
      (await log()).map(({ method }) => method),
      'asked',
    ).to.deep.equal(row.asked ?? ['POST']);
}
