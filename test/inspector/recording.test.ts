import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { parseEvents, replayRecording, textOf, type Recording } from '../../src/core.js';
import '../../src/define/ai-stream-chat.js';
import '../../src/define/ai-stream-inspector.js';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import type { AiStreamInspector } from '../../src/define/ai-stream-inspector.js';
import { FIXTURES } from '../fixtures/streams.js';
import { collect, eventStream } from '../support/bytes.js';
import { scriptedFetch } from '../support/scripted-fetch.js';

async function watched(...answers: Response[]) {
  const page = await fixture(
    html`<div>
      <ai-stream-inspector for="chat"></ai-stream-inspector>
      <ai-stream-chat id="chat" endpoint="/chat"></ai-stream-chat>
    </div>`,
  );
  const chat = page.querySelector<AiStreamChat>('ai-stream-chat')!;
  const inspector = page.querySelector<AiStreamInspector>('ai-stream-inspector')!;
  chat.fetch = scriptedFetch(...answers);
  await chat.updateComplete;
  const rows = async () => {
    await inspector.updateComplete;
    return [...inspector.shadowRoot!.querySelectorAll('li')].map((row) => row.textContent!.replace(/\s+/g, ' ').trim());
  };
  return { chat, inspector, rows };
}

describe('the inspector', () => {
  it('has rings that its rows do not cut off', async () => {
    const { chat, inspector, rows } = await watched(eventStream('event: done\ndata: {}\n\n'));
    await chat.send('x');
    await rows();
    await sendKeys({ press: 'Tab' });
    for (const selector of ['.rows', 'summary']) {
      const element = inspector.shadowRoot!.querySelector<HTMLElement>(selector)!;
      element.focus();
      const { outlineStyle, outlineOffset, outlineWidth } = getComputedStyle(element);
      expect(outlineStyle, selector).to.equal('solid');
      expect(parseFloat(outlineOffset) + parseFloat(outlineWidth), selector).to.equal(0);
    }
  });

  it('shows the data of its rows below their names where there is no room beside them', async () => {
    const { chat, inspector, rows } = await watched(eventStream('event: done\ndata: {}\n\n'));
    inspector.style.inlineSize = '20rem';
    await chat.send('x');
    await rows();
    const [title, excerpt] = ['.title', '.excerpt'].map((name) => inspector.shadowRoot!.querySelector(name)!);
    const isBelow = () => excerpt!.getBoundingClientRect().top >= title!.getBoundingClientRect().bottom;
    expect(excerpt!.getBoundingClientRect().width).to.be.greaterThan(200);
    expect(isBelow()).to.equal(true);
    inspector.style.inlineSize = '50rem';
    expect(isBelow()).to.equal(false);
  });

  it('shows each event as it came, with its name and data', async () => {
    const { chat, rows } = await watched(
      eventStream('event: message\ndata: {"text":"Hi"}\n\nevent: done\ndata: {}\n\n'),
    );
    await chat.send('x');
    const seen = (await rows()).join('\n');
    expect(seen).to.match(/request ?POST \/chat/);
    expect(seen).to.match(/open ?200 text\/event-stream/);
    expect(seen).to.match(/event ?message ?\{"text":"Hi"\}/);
    expect(seen).to.match(/event ?done/);
    expect(seen).to.match(/finish ?stop/);
  });

  it('shows why a stream failed and what to do', async () => {
    const { chat, rows } = await watched(new Response('<html></html>', { headers: { 'content-type': 'text/html' } }));
    await chat.send('x');
    expect((await rows()).join('\n')).to.match(/error ?content-type.*HTML page.*address/s);
  });

  it('hides and shows by kind', async () => {
    const { chat, inspector, rows } = await watched(eventStream('data: {"text":"Hi"}\n\ndata: [DONE]\n\n'));
    await chat.send('x');
    expect((await rows()).some((row) => row.includes('text-delta'))).to.equal(false);
    inspector.shadowRoot!.querySelector<HTMLInputElement>('input[name="part"]')!.click();
    expect((await rows()).some((row) => row.includes('text-delta'))).to.equal(true);
  });

  it('sees only the chat that it is for, and lets go when it is removed', async () => {
    const { chat, inspector, rows } = await watched(eventStream('data: [DONE]\n\n'), eventStream('data: [DONE]\n\n'));
    inspector.for = 'other';
    await chat.send('x');
    expect(await rows()).to.deep.equal([]);
    inspector.for = 'chat';
    inspector.remove();
    await chat.send('x');
    document.body.append(inspector);
    expect(await rows()).to.deep.equal([]);
    inspector.remove();
  });

  it('is accessible, empty and full', async () => {
    const { chat, inspector, rows } = await watched(eventStream('data: {"text":"Hi"}\n\ndata: [DONE]\n\n'));
    await expect(inspector).to.be.accessible();
    await chat.send('x');
    await rows();
    await expect(inspector).to.be.accessible();
  });

  for (const { name, body, text } of FIXTURES) {
    it(`records a stream of ${name} and replays it as the same answer`, async () => {
      const { chat, inspector } = await watched(eventStream(body));
      inspector.record();
      const first = await chat.send('x');
      let taken: Recording | undefined;
      inspector.addEventListener('ai-recording', (event) => (taken = event.recording));
      const recording = inspector.export()!;
      expect(taken).to.equal(recording);
      const again = await inspector.replay(JSON.parse(JSON.stringify(recording)), { speed: Infinity });
      expect(textOf(again)).to.equal(text);
      expect(again.parts).to.deep.equal(first.parts);
    });
  }

  it('refuses what is no recording, and a replay into nothing', async () => {
    const { inspector } = await watched();
    const errors: any[] = [];
    await inspector.replay({ version: 2 } as never).catch((error) => errors.push(error));
    inspector.for = 'nobody';
    await inspector.replay({ version: 1, events: [] }).catch((error) => errors.push(error));
    expect(errors.map(({ name }) => name)).to.deep.equal(['TypeError', 'NotFoundError']);
  });
});

describe('a replay', () => {
  const recording: Recording = {
    version: 1,
    events: [
      { type: 'message', data: 'a\nb', lastEventId: '', at: 0 },
      { type: 'x', data: '', lastEventId: '7', at: 40 },
      { type: 'message', data: 'c', lastEventId: '7', at: 80 },
    ],
  };

  it('is the same events again', async () => {
    const events = await collect(parseEvents(replayRecording(recording, { speed: Infinity })));
    expect(events).to.deep.equal(recording.events.map(({ at: _, ...event }) => event));
  });

  it('keeps the pauses, as fast as it is told to', async () => {
    const started = performance.now();
    await collect(parseEvents(replayRecording(recording)));
    expect(performance.now() - started).to.be.at.least(75);
  });
});
