import { expect, waitUntil } from '@open-wc/testing';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import { textOf, type Message } from '../../src/message.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { all, button, chatWith, one, press, shown } from './chat-fixture.js';

const answered = (text: string) =>
  new Response(`data: ${text}\n\ndata: [DONE]\n\n`, { headers: { 'content-type': 'text/event-stream' } });
const file = { type: 'file', mediaType: 'text/plain', url: 'https://a.example/n', filename: 'n.txt' } as const;
const messages: Message[] = [
  { id: 'q', role: 'user', parts: [file, { type: 'text', text: 'One?' }] },
  { id: 'a', role: 'assistant', parts: [{ type: 'text', text: 'Yes.' }], metadata: { finishReason: 'stop' } },
];

const input = (chat: AiStreamChat) => one<HTMLTextAreaElement>(chat, '.editor textarea');
const texts = (chat: AiStreamChat) => chat.messages.map(textOf);

/** The reader's own message, being changed. */
async function editing(fetch: typeof globalThis.fetch = scriptedFetch(answered('No.'))): Promise<AiStreamChat> {
  const chat = await chatWith(fetch, { messages });
  await shown(chat);
  button(chat, 'Edit').click();
  await waitUntil(() => all(chat, '.editor').length === 1);
  await shown(chat);
  return chat;
}

function write(chat: AiStreamChat, text: string): void {
  input(chat).value = text;
  input(chat).dispatchEvent(new InputEvent('input', { bubbles: true }));
}

describe('a question that the reader changes', () => {
  it('stands in a field with what was sent beside it, and the cursor at its end', async () => {
    const chat = await editing();
    expect(input(chat).value).to.equal('One?');
    expect(chat.shadowRoot!.activeElement).to.equal(input(chat));
    expect(input(chat).selectionStart).to.equal(4);
    expect(input(chat).getAttribute('aria-label')).to.equal('Edit');
    const [field, box] = [input(chat), one(chat, '.editor')].map((element) => element.getBoundingClientRect());
    expect([field!.left >= box!.left, field!.right <= box!.right]).to.deep.equal([true, true]);
    expect(one(chat, '[data-id="q"] [part="file"]').textContent).to.equal('n.txt');
  });

  it('is asked anew, with its files', async () => {
    const fetch = scriptedFetch(answered('No.'));
    const chat = await editing(fetch);
    write(chat, ' Two? ');
    await chat.updateComplete;
    button(chat, 'Send').click();
    await waitUntil(() => texts(chat).join() === 'Two?,No.');
    await shown(chat);
    expect(fetch.sent[0]!.body.messages[0].parts[0]).to.deep.equal(file);
    expect(all(chat, '.editor')).to.have.length(0);
    expect(chat.shadowRoot!.activeElement).to.equal(one(chat, '[part="composer"] textarea'));
  });

  it('goes out by Enter, keeps a line by Shift, and is left by Escape, which gives the focus back', async () => {
    const chat = await editing();
    write(chat, 'Two?');
    expect(press(input(chat), 'Enter', { shiftKey: true }).defaultPrevented).to.equal(false);
    expect(press(input(chat), 'Enter', { isComposing: true }).defaultPrevented).to.equal(false);
    press(input(chat), 'Escape');
    await shown(chat);
    expect([all(chat, '.editor').length, texts(chat)]).to.deep.equal([0, ['One?', 'Yes.']]);
    expect(chat.shadowRoot!.activeElement!.getAttribute('data-action')).to.equal('edit');
    button(chat, 'Edit').click();
    await shown(chat);
    expect(input(chat).value).to.equal('One?');
    write(chat, 'Three?');
    press(input(chat), 'Enter');
    await waitUntil(() => texts(chat).join() === 'Three?,No.');
  });

  it('is whole to be seen also where a browser gives a field the height of its rows', async () => {
    const { supports } = CSS;
    CSS.supports = () => false;
    try {
      const chat = await editing();
      expect(input(chat).style.blockSize).to.match(/px$/);
      input(chat).style.setProperty('field-sizing', 'fixed');
      write(chat, 'One?\nTwo?\nThree?');
      await shown(chat);
      expect(input(chat).clientHeight).to.be.at.least(input(chat).scrollHeight);
    } finally {
      CSS.supports = supports;
    }
  });

  it('that is as it was is not asked again, and one of nothing cannot be', async () => {
    const fetch = scriptedFetch();
    const chat = await editing(fetch);
    press(input(chat), 'Enter');
    await shown(chat);
    expect([all(chat, '.editor').length, fetch.sent.length]).to.deep.equal([0, 0]);
    button(chat, 'Edit').click();
    await shown(chat);
    write(chat, '  ');
    await shown(chat);
    expect(one<HTMLButtonElement>(chat, '.editor [type="submit"]').disabled).to.equal(true);
  });

  it('waits while another answer comes, with what has been written', async () => {
    const answer = new ScriptedResponse();
    const chat = await editing(scriptedFetch(answer));
    write(chat, 'Two?');
    void chat.send('Else');
    await shown(chat);
    const send = () => one<HTMLButtonElement>(chat, '.editor [type="submit"]');
    expect([input(chat).value, send().disabled]).to.deep.equal(['Two?', true]);
    press(input(chat), 'Enter');
    answer.write('data: Ok\n\ndata: [DONE]\n\n');
    answer.close();
    await waitUntil(() => !chat.session.busy);
    await shown(chat);
    expect([input(chat).value, send().disabled]).to.deep.equal(['Two?', false]);
  });

  it('is the reader’s alone, and none where the chat is disabled', async () => {
    const chat = await chatWith(scriptedFetch(), { messages });
    await shown(chat);
    expect(all(chat, '[data-action="edit"]').map(({ dataset }) => dataset['id'])).to.deep.equal(['q']);
    chat.disabled = true;
    await shown(chat);
    expect(all(chat, '[data-action="edit"]')).to.have.length(0);
  });

  it('gives way while the chat is disabled, and comes back with what has been written', async () => {
    const chat = await editing();
    write(chat, 'Two?');
    chat.disabled = true;
    await shown(chat);
    expect(all(chat, '.editor')).to.have.length(0);
    expect(one(chat, '[data-id="q"] .plain').textContent).to.equal('One?');
    chat.disabled = false;
    await shown(chat);
    expect(input(chat).value).to.equal('Two?');
  });
});
