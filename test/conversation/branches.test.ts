import { expect } from '@open-wc/testing';
import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check';
import { ChatSession, isArtifactPart, textOf, type Branch, type Message } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch, settle } from '../support/scripted-fetch.js';

const DONE = 'event: done\ndata: {}\n\n';
const answered = (text: string) => eventStream(`data: ${JSON.stringify({ text })}\n\n${DONE}`);
const events = (...list: object[]) => eventStream(list.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
const textsOf = (messages: readonly Message[]) => messages.map(textOf).join(' ');
const texts = ({ messages }: ChatSession) => textsOf(messages);
const idOf = ({ messages }: ChatSession, at: number) => messages.at(at)!.id;
/** Which branch is shown where a message stands, counted from 1, of how many. */
const position = (session: ChatSession, at: number) => {
  const { index, count } = session.branchesOf(idOf(session, at));
  return `${index + 1}/${count}`;
};

/** A session that is answered so, and the questions `q1`, `q2` … to it. */
async function asked(questions: number, ...answers: (string | Response | ScriptedResponse | Error)[]) {
  const fetch = scriptedFetch(...answers.map((answer) => (typeof answer === 'string' ? answered(answer) : answer)));
  const session = new ChatSession({ endpoint: '/chat', fetch });
  for (let number = 1; number <= questions; number += 1) await session.send(`q${number}`);
  return { session, fetch };
}

/** What a call is refused with. */
async function refusal(call: () => unknown): Promise<string> {
  try {
    await call();
    return 'nothing';
  } catch (error) {
    return (error as DOMException).name;
  }
}

const message = (id: string, role: Message['role'], text = id): Message => ({
  id,
  role,
  parts: [{ type: 'text', text }],
});

describe('the branches of a thread', () => {
  it('are none where nothing was replaced', async () => {
    const { session } = await asked(1, 'a1');
    expect([position(session, 0), position(session, 1)]).to.deep.equal(['1/1', '1/1']);
    expect([session.branches, session.branchesOf('nobody')]).to.deep.equal([[], { index: 0, count: 0 }]);
  });

  it('are the answers that were asked for again, and going back shows one', async () => {
    const { session } = await asked(1, 'a1', 'a2', 'a3');
    const first = session.messages[1]!;
    await session.regenerate();
    await session.regenerate();
    expect([texts(session), position(session, 1), position(session, 0)]).to.deep.equal(['q1 a3', '3/3', '1/1']);
    expect(session.switchBranch(idOf(session, 1), 0)).to.equal(first);
    expect([texts(session), position(session, 1)]).to.deep.equal(['q1 a1', '1/3']);
    session.switchBranch(idOf(session, 1), 1);
    expect([texts(session), position(session, 1)]).to.deep.equal(['q1 a2', '2/3']);
  });

  it('have what followed each of them', async () => {
    const { session } = await asked(2, 'a1', 'a2', 'b1', 'b2');
    await session.regenerate(idOf(session, 1));
    await session.send('p2');
    expect([texts(session), position(session, 1)]).to.deep.equal(['q1 b1 p2 b2', '2/2']);
    session.switchBranch(idOf(session, 1), 0);
    expect(texts(session)).to.equal('q1 a1 q2 a2');
    session.switchBranch(idOf(session, 1), 1);
    expect(texts(session)).to.equal('q1 b1 p2 b2');
  });

  it('have their own in turn', async () => {
    const { session } = await asked(2, 'a1', 'a2', 'a3', 'b1', 'c1');
    await session.regenerate();
    expect([texts(session), position(session, 3)]).to.deep.equal(['q1 a1 q2 a3', '2/2']);
    await session.edit(idOf(session, 0), 'p1');
    expect([texts(session), position(session, 0), position(session, 1)]).to.deep.equal(['p1 b1', '2/2', '1/1']);
    await session.regenerate();
    session.switchBranch(idOf(session, 0), 0);
    expect([texts(session), position(session, 1), position(session, 3)]).to.deep.equal(['q1 a1 q2 a3', '1/1', '2/2']);
    session.switchBranch(idOf(session, 3), 0);
    expect(texts(session)).to.equal('q1 a1 q2 a2');
    session.switchBranch(idOf(session, 0), 1);
    expect([texts(session), position(session, 1)]).to.deep.equal(['p1 c1', '2/2']);
  });

  it('are the questions as they were before they were changed, too', async () => {
    const { session } = await asked(1, 'a1', 'b1');
    await session.edit(idOf(session, 0), 'p1');
    const changed = idOf(session, 0);
    expect([texts(session), position(session, 0)]).to.deep.equal(['p1 b1', '2/2']);
    session.switchBranch(changed, 0);
    expect([texts(session), position(session, 0)]).to.deep.equal(['q1 a1', '1/2']);
  });

  it('leave what is asked next to what is shown: no other message is in the request', async () => {
    const { session, fetch } = await asked(2, 'a1', 'a2', 'b1', 'a3');
    await session.regenerate(idOf(session, 1));
    session.switchBranch(idOf(session, 1), 0);
    await session.send('q3');
    expect(fetch.sent.at(-1)!.body.messages.map(({ content }: { content: string }) => content)).to.deep.equal([
      'q1',
      'a1',
      'q2',
      'a2',
      'q3',
    ]);
    expect(texts(session)).to.equal('q1 a1 q2 a2 q3 a3');
  });

  it('are told apart also where a server gives all answers the same id', async () => {
    const answer = (text: string) =>
      events({ type: 'start', messageId: 'same' }, { type: 'text-delta', id: 't', delta: text }, { type: 'finish' });
    const { session } = await asked(1, answer('a1'), answer('a2'), answer('a3'));
    await session.regenerate();
    await session.regenerate();
    expect(session.messages.map(({ id }) => id)[1]).to.equal('same');
    session.switchBranch('same', 0);
    expect([texts(session), position(session, 1)]).to.deep.equal(['q1 a1', '1/3']);
    session.switchBranch('same', 2);
    expect([texts(session), position(session, 1)]).to.deep.equal(['q1 a3', '3/3']);
  });

  it('are twenty at one place: of more, that goes which was shown longest ago', async () => {
    const { session } = await asked(1, ...Array.from({ length: 22 }, (_, index) => `a${index}`));
    for (let count = 1; count < 20; count += 1) await session.regenerate();
    expect(position(session, 1)).to.equal('20/20');
    session.switchBranch(idOf(session, 1), 0);
    await session.regenerate();
    expect([texts(session), position(session, 1)]).to.deep.equal(['q1 a20', '20/20']);
    session.switchBranch(idOf(session, 1), 0);
    expect(texts(session)).to.equal('q1 a0');
    session.switchBranch(idOf(session, 1), 1);
    expect(texts(session)).to.equal('q1 a2');
  });
});

describe('a switch', () => {
  it('is refused while an answer streams, and where there is no such branch', async () => {
    const script = new ScriptedResponse();
    const { session } = await asked(1, 'a1', 'a2', script);
    await session.regenerate();
    const id = idOf(session, 1);
    expect(await refusal(() => session.switchBranch('nobody', 0))).to.equal('NotFoundError');
    for (const index of [2, -1, 0.5, Number.NaN])
      expect(await refusal(() => session.switchBranch(id, index))).to.equal('NotFoundError');
    const sent = session.send('q2');
    expect(await refusal(() => session.switchBranch(id, 0))).to.equal('InvalidStateError');
    expect(await refusal(() => (session.branches = []))).to.equal('InvalidStateError');
    session.stop();
    await sent;
    expect(texts(session)).to.equal('q1 a2 q2');
  });

  it('is told by one `change` and by an `ai-message` for what stands there then; to what is shown, by none', async () => {
    const { session } = await asked(1, 'a1', 'a2');
    await session.regenerate();
    const told: string[] = [];
    for (const type of ['change', 'ai-message', 'ai-status', 'ai-finish'])
      session.addEventListener(type, (event) => {
        const { message: one } = event as unknown as { message?: Message };
        told.push(`${type} ${one ? textOf(one) : ''}`.trim());
      });
    session.switchBranch(idOf(session, 1), 0);
    expect(told).to.deep.equal(['change', 'ai-message a1']);
    session.switchBranch(idOf(session, 1), 0);
    expect(told).to.have.lengthOf(2);
  });

  it('to an answer that failed tells so, with the way on; away from it, it is over', async () => {
    const half = () => eventStream('data: {"text":"half"}\n\n');
    const { session } = await asked(1, half(), 'a2', 'a3');
    const { error } = session;
    expect(error).to.include({ code: 'truncated' });
    await session.regenerate();
    session.switchBranch(idOf(session, 1), 0);
    expect([texts(session), session.status, session.error]).to.deep.equal(['q1 half', 'error', error]);
    session.switchBranch(idOf(session, 1), 1);
    expect([texts(session), session.status, session.error]).to.deep.equal(['q1 a2', 'ready', undefined]);
    session.switchBranch(idOf(session, 1), 0);
    await session.retry();
    expect([texts(session), session.status, position(session, 1)]).to.deep.equal(['q1 a3', 'ready', '3/3']);
  });

  it('forgets a change that failed: trying again is about what is shown', async () => {
    const { session, fetch } = await asked(1, 'a1', 'a2', new TypeError('offline'), 'a3');
    await session.regenerate();
    await session.edit(idOf(session, 0), 'p1');
    expect([texts(session), session.status]).to.deep.equal(['q1 a2', 'error']);
    session.switchBranch(idOf(session, 1), 0);
    expect(session.status).to.equal('ready');
    await session.retry();
    expect([texts(session), position(session, 1)]).to.deep.equal(['q1 a3', '3/3']);
    expect(fetch.sent.at(-1)!.body.trigger).to.equal('regenerate-message');
  });
});

describe('what makes no branch', () => {
  for (const [how, end] of [
    ['fails', (script) => script.fail()],
    ['is stopped', (_script, session) => session.stop()],
    [
      'is kept by the host',
      (script, session) => {
        session.addEventListener('ai-part', (event) => event.preventDefault());
        script.write(`data: {"text":"no"}\n\n${DONE}`);
        script.close();
      },
    ],
  ] as [string, (script: ScriptedResponse, session: ChatSession) => void][]) {
    it(`is an answer that ${how} before its first word: all is as it was`, async () => {
      const script = new ScriptedResponse();
      const { session } = await asked(2, 'a1', 'a2', 'a3', 'a4', script);
      await session.regenerate();
      await session.regenerate();
      session.switchBranch(idOf(session, 3), 1);
      const { messages, branches } = session;
      const again = session.regenerate(idOf(session, 1));
      await settle();
      end(script, session);
      await again;
      expect(session.messages).to.deep.equal(messages);
      expect(session.branches).to.have.deep.members([...branches]);
      expect([position(session, 1), position(session, 3)]).to.deep.equal(['1/1', '2/3']);
    });

    it(`is a change of a question whose answer ${how} before its first word`, async () => {
      const script = new ScriptedResponse();
      const { session } = await asked(2, 'a1', 'a2', script);
      const { messages } = session;
      const changed = session.edit(idOf(session, 0), 'p1');
      await settle();
      end(script, session);
      await changed;
      expect([session.messages, session.branches]).to.deep.equal([messages, []]);
    });
  }

  it('is an answer that had nothing to show', async () => {
    const { session } = await asked(1, events({ type: 'start' }, { type: 'finish', finishReason: 'stop' }), 'a2');
    expect(session.messages).to.have.lengthOf(2);
    await session.regenerate();
    expect([texts(session), position(session, 1), session.branches]).to.deep.equal(['q1 a2', '1/1', []]);
  });

  it('is an answer that goes on after its tools and is tried again', async () => {
    const call = events(
      { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: {} },
      { type: 'finish', finishReason: 'tool-calls' },
    );
    const { session } = await asked(1, call, eventStream('data: {"text":"half"}\n\n'), 'whole');
    await session.addToolOutput({ toolCallId: 't', output: 1 });
    await session.retry();
    expect([texts(session), session.branches]).to.deep.equal(['q1 whole', []]);
  });

  it('is nothing of what a stopped answer with some words is: that one is kept', async () => {
    const script = new ScriptedResponse();
    const { session } = await asked(1, 'a1', script, 'a3');
    const again = session.regenerate();
    script.send({ text: 'some' });
    await settle();
    session.stop();
    await again;
    expect([texts(session), position(session, 1)]).to.deep.equal(['q1 some', '2/2']);
    await session.regenerate();
    session.switchBranch(idOf(session, 1), 1);
    expect([texts(session), position(session, 1)]).to.deep.equal(['q1 some', '2/3']);
  });
});

describe('a branch that is not shown', () => {
  const asks = (approvalId: string) =>
    events(
      { type: 'tool-input-available', toolCallId: approvalId, toolName: 'f', input: {} },
      { type: 'tool-approval-request', approvalId, toolCallId: approvalId },
      { type: 'finish', finishReason: 'stop' },
    );

  it('has no question to the reader answered, until it is shown', async () => {
    const { session, fetch } = await asked(1, asks('x'), 'a2', 'a3');
    await session.regenerate();
    expect(await refusal(() => session.respondToApproval({ approvalId: 'x', approved: true }))).to.equal(
      'NotFoundError',
    );
    expect(await refusal(() => session.addToolOutput({ toolCallId: 'x', output: 1 }))).to.equal('NotFoundError');
    expect(fetch.sent).to.have.lengthOf(2);
    session.switchBranch(idOf(session, 1), 0);
    await session.respondToApproval({ approvalId: 'x', approved: true });
    expect(texts(session)).to.equal('q1 a3');
  });

  it('has the fresh address of a picture as well', () => {
    const picture = (id: string): Message => ({
      id,
      role: 'assistant',
      parts: [{ type: 'file', url: 'https://a.example/1', mediaType: 'image/png' }],
    });
    const inner: Branch = { after: 'a1', index: 0, messages: [picture('q2')], branches: [] };
    const branch: Branch = {
      after: 'q',
      index: 0,
      messages: [picture('a1'), message('p2', 'user')],
      branches: [inner],
    };
    const session = new ChatSession({
      messages: [message('q', 'user'), message('a2', 'assistant')],
      branches: [branch],
    });
    let changes = 0;
    session.addEventListener('change', () => (changes += 1));
    session.renewImage('https://a.example/1', { url: 'https://a.example/2' });
    session.renewImage('https://a.example/1', { url: 'https://a.example/3' });
    expect([JSON.stringify(session.branches).match(/example\/\d/g), changes]).to.deep.equal([
      ['example/2', 'example/2'],
      1,
    ]);
  });

  it('has its own version of an artifact: an answer changes the one that is shown', async () => {
    const write = (content: string) => [
      { type: 'data-artifact-start', id: 'x', data: { id: 'x', kind: 'code' } },
      { type: 'data-artifact-delta', data: { id: 'x', delta: content } },
      { type: 'data-artifact-end', data: { id: 'x' } },
    ];
    const change = { type: 'data-artifact-delta', data: { id: 'x', delta: '!' } };
    const { session } = await asked(
      1,
      events({ type: 'start' }, ...write('one'), { type: 'finish' }),
      events({ type: 'start' }, ...write('two'), { type: 'finish' }),
      events({ type: 'start' }, change, { type: 'data-artifact-end', data: { id: 'x' } }, { type: 'finish' }),
    );
    await session.regenerate();
    session.switchBranch(idOf(session, 1), 0);
    await session.send('q2');
    const contents = session.messages
      .flatMap(({ parts }) => parts.filter(isArtifactPart))
      .map(({ data }) => data.content);
    expect(contents).to.deep.equal(['one', 'one!']);
  });
});

describe('a thread that the host sets', () => {
  async function branched() {
    const { session } = await asked(2, 'a1', 'a2', 'a3', 'a4');
    await session.regenerate();
    return session;
  }

  it('keeps the branches of places that it keeps', async () => {
    const session = await branched();
    session.messages = structuredClone([...session.messages]);
    expect(position(session, 3)).to.equal('2/2');
    session.messages = [...session.messages, message('q3', 'user')];
    expect(position(session, 3)).to.equal('2/2');
    session.switchBranch(idOf(session, 3), 0);
    expect(texts(session)).to.equal('q1 a1 q2 a2');
  });

  it('is a switch where it is that of a branch, as a framework hands back what was shown before: nothing is lost', async () => {
    const session = await branched();
    await session.edit(idOf(session, 2), 'p2');
    const now = session.messages;
    const all = () =>
      [...new Set(JSON.stringify([session.messages, session.branches]).match(/\b[pqa]\d\b/g))].toSorted();
    const before = all();
    for (const [at, index] of [
      [2, 0],
      [3, 0],
    ] as const) {
      session.switchBranch(idOf(session, at), index);
      session.messages = structuredClone([...now]);
      expect([texts(session), position(session, 2)]).to.deep.equal(['q1 a1 p2 a4', '2/2']);
      expect(all()).to.deep.equal(before);
      session.switchBranch(idOf(session, 2), 0);
    }
    expect([texts(session), position(session, 3)]).to.deep.equal(['q1 a1 q2 a2', '1/2']);
  });

  it('has none of those whose place is gone, or has another message', async () => {
    for (const change of [
      (messages: readonly Message[]) => messages.slice(0, 3),
      (messages: readonly Message[]) => messages.with(3, message('other', 'assistant')),
      (messages: readonly Message[]) => messages.toSpliced(3, 0, message('between', 'assistant')),
      () => [],
    ]) {
      const session = await branched();
      session.messages = change(session.messages);
      expect(session.branches).to.deep.equal([]);
    }
  });

  it('has none of those of another conversation that begins with the same message', async () => {
    const session = new ChatSession({ messages: [message('hello', 'assistant'), message('q', 'user')] });
    session.branches = [{ after: 'hello', index: 0, messages: [message('q0', 'user')], branches: [] }];
    expect(position(session, 1)).to.equal('2/2');
    session.messages = [message('hello', 'assistant'), message('p', 'user')];
    expect(position(session, 1)).to.equal('1/1');
  });

  it('is empty after `clear()`, and all that went off from it is gone', async () => {
    const session = await branched();
    session.clear();
    expect([session.messages, session.branches]).to.deep.equal([[], []]);
  });

  it('has the branches that are stored beside it, in another session as in this one', async () => {
    const session = await branched();
    await session.edit(idOf(session, 0), 'p1');
    const { messages, branches } = JSON.parse(
      JSON.stringify({ ...session, messages: session.messages, branches: session.branches }),
    );
    const other = new ChatSession({ messages, branches });
    expect(other.branches).to.deep.equal(session.branches);
    other.switchBranch(idOf(other, 0), 0);
    expect([texts(other), position(other, 3)]).to.deep.equal(['q1 a1 q2 a3', '2/2']);
  });

  it('is as good as it can be where the branches are not in order', () => {
    const session = new ChatSession({ messages: [message('q', 'user'), message('a', 'assistant')] });
    const branch = (index: unknown, text: string, after: unknown = 'q') => ({
      after,
      index,
      messages: [message(text, 'assistant')],
    });
    const odd: unknown[] = [
      null,
      7,
      branch(0, 'x', 'a'),
      branch(0, 'x', 'nobody'),
      branch(0, 'x', null),
      { after: 'q' },
    ];
    session.branches = [...odd, branch(7, 'one'), branch(7, 'two'), branch('x', 'three')] as never;
    expect(position(session, 1)).to.equal('4/4');
    session.switchBranch('a', 1);
    expect([texts(session), position(session, 1)]).to.deep.equal(['q two', '2/4']);
    session.branches = [branch(1, 'one'), branch(0, 'zero')] as never;
    expect(position(session, 1)).to.equal('3/3');
    session.branches = null as never;
    expect(session.branches).to.deep.equal([]);
    expect(() => (session.branches = 'x' as never)).to.throw(TypeError);
  });

  it('has each id once, also where a branch has one that the thread has taken up since', () => {
    const session = new ChatSession({ messages: [message('q', 'user'), message('a', 'assistant')] });
    session.branches = [
      { after: 'q', index: 0, messages: [message('x', 'assistant'), message('y', 'user')], branches: [] },
    ];
    session.messages = [message('y', 'system'), ...session.messages];
    session.switchBranch('a', 0);
    expect(texts(session)).to.equal('y q x y');
    expect(new Set(session.messages.map(({ id }) => id)).size).to.equal(4);
  });
});

/** One thing that may happen to a conversation. */
type Step = {
  act: 'send' | 'regenerate' | 'edit' | 'switch' | 'stop' | 'fail' | 'cut' | 'reload';
  at: number;
  to: number;
};

describe('whatever happens', () => {
  const steps = array(
    record({
      act: constantFrom<Step['act']>(
        'send',
        'send',
        'regenerate',
        'edit',
        'switch',
        'switch',
        'stop',
        'fail',
        'cut',
        'reload',
      ),
      at: nat(20),
      to: nat(20),
    }),
    { maxLength: 30 },
  );

  /** All that a conversation has, shown or not. */
  const everything = (branches: readonly Branch[]): readonly Message[] =>
    branches.flatMap((branch) => [...branch.messages, ...everything(branch.branches)]);

  it('each id stands once in what is shown, the request has what is shown, and what was whole is still there', async () => {
    await assert(
      asyncProperty(steps, async (list) => {
        let number = 0;
        const whole = new Set<string>();
        let session!: ChatSession;
        let mode: Step['act'] = 'send';
        const fetch = async (_url: unknown, { body }: RequestInit = {}) => {
          const sent = JSON.parse(body as string).messages as Message[];
          expect(sent.map(({ id }) => id)).to.deep.equal(session.messages.map(({ id }) => id));
          number += 1;
          if (mode === 'fail') throw new TypeError('offline');
          if (mode === 'stop') queueMicrotask(() => session.stop());
          return mode === 'cut' ? eventStream(`data: {"text":"half${number}"}\n\n`) : answered(`a${number}`);
        };
        const open = (options = {}) =>
          (session = new ChatSession({ endpoint: '/chat', fetch: fetch as typeof globalThis.fetch, ...options }));
        open();
        const take = async ({ act, at, to }: Step) => {
          const { messages } = session;
          const there = messages[at % Math.max(messages.length, 1)];
          mode = act;
          if (act === 'reload') {
            const stored = JSON.stringify({ messages, branches: session.branches });
            open(JSON.parse(stored));
          } else if (!there || act === 'send') await session.send(`q${(number += 1)}`);
          else if (act === 'switch') {
            const { index, count } = session.branchesOf(there.id);
            const next = to % count;
            const now = session.switchBranch(there.id, next);
            expect(session.messages.indexOf(now)).to.equal(messages.indexOf(there));
            expect(session.branchesOf(now.id)).to.deep.equal({ index: next, count });
            if (next === index) expect(session.messages).to.equal(messages);
          } else if (act === 'edit' || (to % 2 && there.role === 'user')) {
            const question = messages.find(({ role }) => role === 'user')!;
            await session.edit(there.role === 'user' ? there.id : question.id, `q${(number += 1)}`);
          } else await session.regenerate(there.id);
        };
        for (const step of list) {
          await take(step);
          const { messages, branches } = session;
          expect(new Set(messages.map(({ id }) => id)).size).to.equal(messages.length);
          for (const one of messages) if (/^a\d/.test(textOf(one))) whole.add(textOf(one));
          const all = [...messages, ...everything(branches)];
          const left = new Set(all.map(textOf));
          expect([...whole].filter((text) => !left.has(text))).to.deep.equal([]);
          const counted = messages.map(({ id }) => session.branchesOf(id));
          for (const { index, count } of counted) expect(index >= 0 && index < count).to.equal(true);
          expect(counted.reduce((sum, { count }) => sum + count - 1, 0)).to.equal(branches.length);
          // Nothing stands twice.
          const answers = all.map(textOf).filter((text) => text.startsWith('a'));
          expect(new Set(answers).size).to.equal(answers.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
