import { expect } from '@open-wc/testing';
import { AiImageLoadEvent, type AiPartEvent } from '../../src/core.js';
import type { Message } from '../../src/message.js';
import { FIXTURES } from '../fixtures/streams.js';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { all, button, chatWith, one, press, shown, textsOfMessages, until, write } from './chat-fixture.js';

describe('the thread', () => {
  for (const { name, body, text, reasoning, tools } of FIXTURES) {
    it(`shows all that a stream of ${name} brings`, async () => {
      const chat = await chatWith(scriptedFetch(eventStream(inPieces(encode(body), 11))));
      const seen: string[] = [];
      for (const type of ['ai-artifact-start', 'ai-artifact-end', 'ai-image', 'ai-tool-call', 'ai-finish']) {
        chat.addEventListener(type, () => seen.push(type));
      }
      press(write(chat, 'Hi'), 'Enter');
      await until(() => !chat.session.busy);
      await shown(chat);
      const shownText = all(chat, '.markdown').map((element) => element.textContent!.replace(/\s+/g, ' ').trim());
      expect(shownText.join(' ')).to.contain('Grüße, 世界 👋').and.to.contain('Done.');
      expect(one(chat, '[part~="reasoning"]').textContent).to.contain(reasoning);
      expect(all(chat, '[part~="tool"]')).to.have.lengthOf(tools.length);
      expect(one(chat, '[part~="artifact"]').textContent).to.contain('Größe.js');
      expect(one(chat, 'ai-image').getAttribute('src')).to.contain('pictures.example');
      expect(seen).to.include.members(['ai-artifact-start', 'ai-artifact-end', 'ai-image', 'ai-finish']);
      expect(seen.includes('ai-tool-call')).to.equal(tools.length > 0);
      expect(text).to.not.equal('');
    });
  }

  it('shows what the reader wrote as it was written', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()));
    void chat.send('<b>**not bold**</b>\n  two');
    await shown(chat);
    const text = one(chat, '[data-role="user"] [part~="text"]');
    expect(text.textContent).to.equal('<b>**not bold**</b>\n  two');
    expect(text.querySelector('b, strong')).to.equal(null);
    chat.stop();
  });

  it('gives markdown of a selection across messages, without a button in it', async () => {
    const chat = await chatWith(
      scriptedFetch(
        eventStream('data: {"text":"Some **bold** text[^1].\\n\\n[^1]: A note"}\n\nevent: done\ndata: {}\n\n'),
      ),
    );
    await chat.send('A question');
    await shown(chat);
    const [question] = all(chat, '[part~="text"].plain');
    const answer = one(chat, '.markdown');
    getSelection()!.setBaseAndExtent(question!.firstChild!, 2, answer, answer.childNodes.length);
    const clipboardData = new DataTransfer();
    const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, composed: true, cancelable: true });
    one(chat, '[part~="thread"]').dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(true);
    const text = clipboardData.getData('text/plain');
    expect(text).to.contain('question').and.to.contain('Some **bold** text[^1].').and.to.contain('[^1]: A note');
    expect(clipboardData.getData('text/html')).to.contain('<strong>bold</strong>').and.not.to.contain('<button');
    getSelection()!.removeAllRanges();
  });

  it('keeps settled text in place while more comes', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    void chat.send('Hi');
    script.send({ text: '# Title\n\nOne **two**.\n\n' }, { text: 'Three' });
    await shown(chat);
    const [title, paragraph] = all(chat, '.markdown > *');
    for (const text of [' four', '\n\n- a\n', '- b\n\nEnd.']) {
      script.send({ text });
      await shown(chat);
    }
    expect(all(chat, '.markdown > *').slice(0, 2)).to.deep.equal([title, paragraph]);
    chat.stop();
  });

  it('says that it works on an answer until the first word', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    void chat.send('Hi');
    await shown(chat);
    expect(one(chat, '[part="working"]').textContent).to.contain('Working');
    expect(chat.matches(':state(submitted)')).to.equal(true);
    script.send({ text: 'x' });
    await shown(chat);
    expect(all(chat, '[part="working"]')).to.deep.equal([]);
    expect(chat.matches(':state(streaming)')).to.equal(true);
    chat.stop();
  });

  it('says so too while a step has nothing to show, and after a tool has had its say', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    void chat.send('Hi');
    const shows: boolean[] = [];
    for (const part of [
      { type: 'start', messageId: 'a' },
      { type: 'start-step' },
      { type: 'text-delta', id: '1', delta: 'Let me look.' },
      { type: 'tool-input-available', toolCallId: 't', toolName: 'look', input: {} },
      { type: 'tool-output-available', toolCallId: 't', output: 1 },
      { type: 'start-step' },
      { type: 'text-delta', id: '2', delta: 'There.' },
    ]) {
      script.send(part);
      await shown(chat);
      shows.push(all(chat, '[part="working"]').length === 1);
    }
    expect(shows).to.deep.equal([true, true, false, false, true, true, false]);
    expect(all(chat, 'article')).to.have.lengthOf(2);
    chat.stop();
  });

  it('lets a selection run across messages', async () => {
    const chat = await chatWith(scriptedFetch(eventStream('data: {"text":"Hello"}\n\ndata: [DONE]\n\n')));
    await chat.send('Hi');
    await shown(chat);
    const [question, answer] = all(chat, '[part~="text"]');
    const range = document.createRange();
    range.setStart(question!.firstChild!, 0);
    range.setEndAfter(answer!.lastChild!);
    expect(range.toString().replace(/\s+/g, ' ')).to.contain('Hi').and.to.contain('Hello');
    expect(question!.getRootNode()).to.equal(answer!.getRootNode());
  });

  it('says below each message what its signs do, to who points at them too', async () => {
    const messages = [{ id: 'a', role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] }] as Message[];
    const chat = await chatWith(scriptedFetch(), { messages });
    expect(all(chat, '.action').map(({ title }) => title)).to.deep.equal(['Copy', 'Answer again']);
  });

  it('keeps out what a listener has prevented', async () => {
    const chat = await chatWith(
      scriptedFetch(eventStream('data: {"text":"secret"}\n\ndata: {"text":"fine"}\n\ndata: [DONE]\n\n')),
    );
    document.addEventListener(
      'ai-part',
      (event) => {
        const { part } = event as AiPartEvent;
        if (part.type === 'text-delta' && part.delta === 'secret') event.preventDefault();
      },
      { once: false, signal: AbortSignal.timeout(2000) },
    );
    await chat.send('Hi');
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['Hi', 'fine']);
  });

  it('asks the reader before a tool that wants it, and sends the word on', async () => {
    const ask = [
      { type: 'tool-input-available', toolCallId: 't', toolName: 'delete_file', input: { path: 'a' } },
      { type: 'tool-approval-request', approvalId: 'p', toolCallId: 't' },
      { type: 'finish', finishReason: 'tool-calls' },
    ];
    const body = ask.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
    const fetch = scriptedFetch(eventStream(body), eventStream('data: {"type":"finish"}\n\n'));
    const chat = await chatWith(fetch);
    await chat.send('Hi');
    await shown(chat);
    expect(one(chat, '[part~="approval"]').textContent).to.contain('delete_file');
    const { role, ariaLabel } = one(chat, '[part~="approval"] pre');
    expect([role, ariaLabel], 'what the keyboard comes to there').to.deep.equal(['group', 'Input']);
    button(chat, 'Deny').click();
    await shown(chat);
    expect(fetch.sent[1]!.body.messages[1].parts[0]).to.deep.include({
      state: 'approval-responded',
      approval: { id: 'p', approved: false },
    });
  });

  it('says of a tool that was not allowed that it was not, before the server does and after', async () => {
    const call = { type: 'tool-delete_file', toolCallId: 't', input: {}, approval: { id: 'p', approved: false } };
    for (const state of ['approval-responded', 'output-denied'] as const) {
      const messages = [{ id: 'a', role: 'assistant', parts: [{ ...call, state }] }] as Message[];
      const chat = await chatWith(scriptedFetch(), { messages });
      expect(one(chat, '[part~="tool"] summary').textContent!.trim()).to.equal('delete_file was not allowed');
    }
  });

  it('shows what the reader attached, whatever the host leaves out of it', async () => {
    const hello = () => eventStream('data: {"text":"Hello"}\n\ndata: [DONE]\n\n');
    const chat = await chatWith(scriptedFetch(hello(), hello()));
    await chat.send({ text: 'one', files: [{ type: 'file', url: 'https://a.example/b', filename: 'b' } as never] });
    await chat.send({ text: 'two', files: [new File(['x'], 'c.txt', { type: 'text/plain' })] });
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['one', 'Hello', 'two', 'Hello']);
    expect(all(chat, '[part~="file"]').map(({ textContent }) => textContent!.trim())).to.deep.equal(['b', 'c.txt']);
  });

  it('goes from one question to the next, and then to where the reader writes', async () => {
    const asks = ['1', '2'].flatMap((id) => [
      { type: 'tool-input-available', toolCallId: id, toolName: 'f', input: {} },
      { type: 'tool-approval-request', approvalId: id, toolCallId: id },
    ]);
    const body = [...asks, { type: 'finish' }].map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
    const chat = await chatWith(scriptedFetch(eventStream(body), eventStream('data: {"type":"finish"}\n\n')));
    await chat.send('Hi');
    await shown(chat);
    const focused = () => chat.shadowRoot!.activeElement as HTMLElement | null;
    const [first, second] = all(chat, '[data-action="allow"]');
    first!.focus();
    first!.click();
    await shown(chat);
    expect(focused()).to.equal(second);
    second!.click();
    await shown(chat);
    expect(focused()?.localName).to.equal('textarea');
  });

  it('takes no word on a question once another answer has come', async () => {
    const ask = [
      { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: {} },
      { type: 'tool-approval-request', approvalId: 'p', toolCallId: 't' },
      { type: 'finish' },
    ];
    const body = ask.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
    const chat = await chatWith(
      scriptedFetch(eventStream(body), eventStream('data: {"text":"Else"}\n\ndata: [DONE]\n\n')),
    );
    await chat.send('Hi');
    await shown(chat);
    expect(button(chat, 'Allow').disabled).to.equal(false);
    await chat.send('Something else');
    await shown(chat);
    expect(button(chat, 'Allow').disabled).to.equal(true);
  });

  it('runs the tools that the host gave, and sends their results on', async () => {
    const call = '{"type":"tool-input-available","toolCallId":"t","toolName":"add","input":{"a":1,"b":2}}';
    const fetch = scriptedFetch(
      eventStream(`data: ${call}\n\ndata: {"type":"finish"}\n\n`),
      eventStream('data: {"type":"text-delta","id":"a","delta":"3"}\n\ndata: {"type":"finish"}\n\n'),
    );
    const chat = await chatWith(fetch, { tools: { add: ({ a, b }: any) => a + b } });
    await chat.send('Hi');
    await until(() => fetch.sent.length === 2 && !chat.session.busy);
    expect(fetch.sent[1]!.body.messages[1].parts[0].output).to.equal(3);
  });

  it('keeps the fresh address of a picture in its message', async () => {
    const picture = { type: 'generated-image', url: '/old.png', expiresAt: '2020-01-01T00:00:00Z', alt: 'A fox' };
    const body = `data: ${JSON.stringify(picture)}\n\ndata: [DONE]\n\n`;
    const chat = await chatWith(scriptedFetch(eventStream(body)));
    await chat.send('Hi');
    await shown(chat);
    const expiresAt = new Date('2040-01-01T00:00:00Z');
    const loaded = new AiImageLoadEvent({ url: '/new.png', previousUrl: '/old.png', expiresAt, width: 1, height: 1 });
    one(chat, 'ai-image').dispatchEvent(loaded);
    await shown(chat);
    const [image] = chat.messages[1]!.parts as any[];
    expect(image.data).to.include({ url: '/new.png', expiresAt: expiresAt.toISOString(), alt: 'A fox' });
    expect(one(chat, 'ai-image').getAttribute('src')).to.equal('/new.png');
  });

  it('has nothing that axe objects to, in each of its states', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script), { suggestions: ['Ask me'] });
    await expectAccessible(chat);
    void chat.send('Hi');
    await shown(chat);
    await expectAccessible(chat);
    script.write(FIXTURES[1]!.body.slice(0, 2500));
    await shown(chat);
    await expectAccessible(chat);
    script.fail();
    await shown(chat);
    await expectAccessible(chat);
  });
});

async function expectAccessible(chat: HTMLElement): Promise<void> {
  await expect(chat).to.be.accessible({ ignoredRules: ['region'] });
}
