import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import type { Message } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { all, button, chatWith, one, shown, until } from './chat-fixture.js';

const events = (...list: object[]) => eventStream(list.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
const answer = () => events({ type: 'text-delta', id: '1', delta: 'Yes.' }, { type: 'finish', finishReason: 'stop' });
const asks = () =>
  events(
    { type: 'tool-input-available', toolCallId: 't', toolName: 'weather', input: {} },
    { type: 'tool-approval-request', approvalId: 'a', toolCallId: 't' },
    { type: 'finish', finishReason: 'stop' },
  );
const thread = (count: number): Message[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `m${index}`,
    role: index % 2 ? 'assistant' : 'user',
    parts: [{ type: 'text', text: 'A line.\n\n'.repeat(5) }],
  }));

interface Departure {
  answers?: (() => ReturnType<typeof answer>)[];
  begin(chat: AiStreamChat): unknown;
  /** The name of the button that is pressed, and will not be there any more. */
  name: string;
}

/** What goes away when it is pressed, and how it comes to be there. */
const DEPARTURES: Record<string, Departure> = {
  'a question to begin with': {
    answers: [answer],
    begin: (chat) => (chat.suggestions = ['What is it?']),
    name: 'What is it?',
  },
  'the button below an answer that asks for another': {
    answers: [answer, answer],
    begin: (chat) => chat.send('Is it?'),
    name: 'Answer again',
  },
  'the permission to use a tool': { answers: [asks, answer], begin: (chat) => chat.send('Is it?'), name: 'Allow' },
  'its refusal': { answers: [asks, answer], begin: (chat) => chat.send('Is it?'), name: 'Deny' },
  'the way back to the end': {
    begin: async (chat) => {
      chat.messages = thread(20);
      await shown(chat);
      one(chat, '.scroller').scrollTop = 0;
    },
    name: 'Jump to the latest',
  },
};

async function chatBefore({ answers = [], begin, name }: Departure): Promise<AiStreamChat> {
  const chat = await chatWith(scriptedFetch(...answers.map((make) => make())));
  await begin(chat);
  await until(() => all(chat, 'button').some(({ textContent }) => textContent!.trim() === name));
  return chat;
}

describe('the focus of what goes away', () => {
  for (const [title, departure] of Object.entries(DEPARTURES)) {
    it(`is the text field’s then: ${title}`, async () => {
      const chat = await chatBefore(departure);
      const pressed = button(chat, departure.name);
      pressed.focus();
      await sendKeys({ press: 'Enter' });
      await until(() => !pressed.isConnected);
      await shown(chat);
      expect(chat.shadowRoot!.activeElement).to.equal(one(chat, 'textarea'));
    });
  }

  it('is the thread’s where nobody can write', async () => {
    const chat = await chatWith(scriptedFetch(answer(), answer()));
    await chat.send('Is it?');
    await shown(chat);
    chat.disabled = true;
    button(chat, 'Answer again').focus();
    await sendKeys({ press: 'Enter' });
    await shown(chat);
    expect(chat.shadowRoot!.activeElement).to.equal(one(chat, '.scroller'));
  });

  it('is not let go of when an answer ends while it is on Stop', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    const sent = chat.send('Is it?');
    script.send({ text: 'Yes.' });
    await shown(chat);
    button(chat, 'Stop').focus();
    script.write('event: done\ndata: {}\n\n');
    await sent;
    await shown(chat);
    expect(chat.shadowRoot!.activeElement).to.equal(one(chat, 'textarea'));
  });

  it('is not taken from where the host has put it meanwhile', async () => {
    const chat = await chatBefore(DEPARTURES['a question to begin with']!);
    const elsewhere = document.body.appendChild(document.createElement('button'));
    chat.addEventListener('ai-message', () => elsewhere.focus(), { once: true });
    button(chat, 'What is it?').focus();
    await sendKeys({ press: 'Enter' });
    await shown(chat);
    expect(document.activeElement).to.equal(elsewhere);
    elsewhere.remove();
  });
});
