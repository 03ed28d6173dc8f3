import { expect } from '@open-wc/testing';
import '../../src/define/ai-artifact-panel.js';
import { textOf, type Message, type MessagePart } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { all, button, chatWith, one, shown, textsOfMessages } from './chat-fixture.js';

const EVIL = `"><img src=x onerror="window.ran=1"><script>window.ran=1</script>' onclick='window.ran=1`;
const URLS = [
  'javascript:window.ran=1',
  ' JaVa\tscript:window.ran=1',
  'data:text/html,<script>1</script>',
  'vbscript:x',
  '//user@evil.example',
];

/** A message in whose every field stands what would run where it were taken for markup or an address. */
function hostile(role: 'user' | 'assistant', url: string): Message {
  const call = { toolCallId: EVIL, title: EVIL, input: { x: EVIL }, errorText: EVIL };
  const parts: any[] = [
    { type: 'text', text: role === 'user' ? EVIL : '`code`' },
    { type: 'reasoning', text: 'x', state: 'done' },
    { type: `tool-${EVIL}`, ...call, state: 'output-available', output: EVIL },
    { type: 'dynamic-tool', toolName: EVIL, ...call, state: 'output-error' },
    {
      type: `tool-${EVIL}`,
      ...call,
      toolCallId: 'ask',
      state: 'approval-requested',
      approval: { id: EVIL, requestReason: EVIL },
    },
    { type: 'file', url, mediaType: EVIL, filename: EVIL },
    { type: 'source-url', sourceId: EVIL, url, title: EVIL },
    { type: 'source-url', sourceId: EVIL, url },
    { type: 'source-document', sourceId: EVIL, mediaType: EVIL, title: EVIL },
    {
      type: 'data-artifact',
      id: EVIL,
      data: { id: EVIL, kind: EVIL, title: EVIL, language: EVIL, content: EVIL, status: 'complete' },
    },
    { type: 'data-image', id: EVIL, data: { url, alt: EVIL, mediaType: EVIL, width: EVIL, expiresAt: EVIL } },
    { type: EVIL, data: EVIL },
    { type: 'custom', kind: EVIL },
  ];
  return { id: `${role}${EVIL}`, role, parts, metadata: { model: EVIL } };
}

describe('what a stream says is never markup or an address', () => {
  for (const url of URLS) {
    it(`in any field of any part, with ${url}`, async () => {
      const chat = await chatWith(scriptedFetch(), {
        messages: [hostile('user', url), hostile('assistant', url)],
        suggestions: [EVIL],
      });
      await shown(chat);
      for (const selector of ['script', 'img', '[onerror]', '[onclick]', 'iframe'])
        expect(all(chat, selector), selector).to.deep.equal([]);
      const addresses = all(chat, 'a[href]').map((link) => link.getAttribute('href'));
      expect(addresses).to.deep.equal([]);
      for (const summary of all(chat, 'summary')) summary.click();
      await shown(chat);
      expect((window as any).ran).to.equal(undefined);
      expect(all(chat, 'article')).to.have.lengthOf(2);
      expect(one(chat, 'slot[name^="actions-user"]').getAttribute('name')).to.equal(`actions-user${EVIL}`);
    });
  }
});

describe('what a stream says cannot be read as something else', () => {
  /** Turned around, and with words that nobody sees. */
  const turned = (text: string) => `\u202E${text}\u202C\u{E0041}\u{E0042}`;
  const SOURCE = { sourceId: 's', url: 'https://a.example/', title: turned('source') };
  const ARTIFACT = { id: 'a', kind: 'code', language: turned('language'), title: turned('artifact'), content: '' };
  const parts: MessagePart[] = [
    { type: 'tool-f', toolCallId: 't', title: turned('running'), state: 'input-available', input: 1 },
    {
      type: `tool-${turned('name')}`,
      toolCallId: 'u',
      title: turned('title'),
      state: 'approval-requested',
      input: 1,
      approval: { id: 'p', requestReason: turned('reason') },
    },
    { type: 'source-url', ...SOURCE },
    { type: 'source-url', ...SOURCE, url: 'javascript:x', title: turned('no link') },
    { type: 'file', url: 'https://a.example/', mediaType: 'a/b', filename: turned('file') },
    { type: 'data-artifact', id: 'a', data: { ...ARTIFACT, status: 'complete' } },
    { type: 'data-image', id: 'i', data: { id: 'i', url: 'data:image/png,', alt: turned('picture') } },
    { type: 'file', url: 'data:image/png,', mediaType: 'image/png', filename: turned('scan') },
  ];

  it('in a name or title, by characters that nobody sees', async () => {
    const chat = await chatWith(scriptedFetch(), { messages: [{ id: 'm', role: 'assistant', parts }] });
    await shown(chat);
    const text = one(chat, 'article').textContent!;
    expect(text).not.to.match(/[\u202A-\u202E\u{E0000}-\u{E007F}]/u);
    for (const word of ['running', 'name', 'title', 'reason', 'source', 'no link', 'file', 'artifact', 'language'])
      expect(text).to.contain(word);
    expect(all(chat, 'ai-image').map((image) => image.getAttribute('alt'))).to.deep.equal(['picture', 'scan']);
    for (const labelled of all(chat, '[aria-label]')) expect(labelled.ariaLabel).not.to.contain('\u202E');
  });

  it('in what the reader is to allow: it is spelled out, and the name of the tool stands beside its title', async () => {
    const input = {
      command:
        'ls \u202E# rm -rf\u202C \u{E0041}👩‍👧 \u200F1-2 \u{1D173} ❤️‍🔥 می‌خواهم r\u200Dm a\uFE0F \u2028\u2800👩\u200D\u200C',
    };
    const call = { ...parts[1], title: 'Look around', type: 'tool-shell', input } as MessagePart;
    const chat = await chatWith(scriptedFetch(), { messages: [{ id: 'm', role: 'assistant', parts: [call] }] });
    await shown(chat);
    const text = one(chat, '[part~="approval"]').textContent!;
    expect(text).to.contain(
      'ls \\u{202e}# rm -rf\\u{202c} \\u{e0041}👩‍👧 \\u{200f}1-2 \\u{1d173} ❤️‍🔥 می‌خواهم r\\u{200d}m a\\u{fe0f} \\u{2028}\\u{2800}👩\u200D\\u{200c}',
    );
    expect(text).to.contain('Look around').and.to.contain('shell');
  });

  it('in what the reader is to allow, by its length: all of it is there to be read', async () => {
    const input = { note: 'x'.repeat(30_000), command: 'rm -rf' };
    const call = { ...parts[1], type: 'tool-shell', input } as MessagePart;
    const chat = await chatWith(scriptedFetch(), { messages: [{ id: 'm', role: 'assistant', parts: [call] }] });
    await shown(chat);
    const box = one(chat, '[part~="approval"] .value');
    expect(JSON.parse(box.textContent!)).to.deep.equal(input);
    box.scrollTop = box.scrollHeight;
    const whole = new Range();
    whole.selectNodeContents(box);
    expect([...whole.getClientRects()].at(-1)!.bottom).to.be.below(box.getBoundingClientRect().bottom);
    expect(button(chat, 'Allow').disabled).to.equal(false);
  });

  it('in what the reader is to allow, by more than can be written: it cannot be allowed', async () => {
    let input: unknown = 'rm -rf';
    for (let depth = 0; depth < 20_000; depth += 1) input = [input];
    const call = { ...parts[1], type: 'tool-shell', input } as MessagePart;
    const chat = await chatWith(scriptedFetch(), { messages: [{ id: 'm', role: 'assistant', parts: [call] }] });
    await shown(chat);
    expect(one(chat, '[part~="approval"] .value').textContent).to.equal('…');
    expect([button(chat, 'Allow').disabled, button(chat, 'Deny').disabled]).to.deep.equal([true, false]);
  });

  it('in the words of a server that fails', async () => {
    const body = JSON.stringify({ error: { message: turned('no credit') } });
    const chat = await chatWith(async () => new Response(body, { status: 402 }));
    await chat.send('Hi');
    await shown(chat);
    const text = one(chat, '[part~="error"]').textContent!;
    expect(text)
      .to.contain('no credit')
      .and.not.to.match(/[\u202A-\u202E\u{E0000}-\u{E007F}]/u);
  });

  it('in what is copied', async () => {
    const written: string[] = [];
    const { writeText } = navigator.clipboard;
    navigator.clipboard.writeText = async (text) => void written.push(text);
    const text = turned('copied');
    const chat = await chatWith(scriptedFetch(), {
      messages: [{ id: 'm', role: 'assistant', parts: [{ type: 'text', text }] }],
    });
    await shown(chat);
    one(chat, '[data-action="copy"]').click();
    navigator.clipboard.writeText = writeText;
    expect(written).to.deep.equal(['copied']);
  });
});

describe('what a stream says cannot break the thread', () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

  it('by values that are nested without end', async () => {
    const body = [
      `{"type":"tool-input-available","toolCallId":"t","toolName":"f","input":${deep}}`,
      `{"type":"tool-output-available","toolCallId":"t","output":${deep}}`,
      `{"type":"data-x","data":${deep}}`,
      '{"type":"text-delta","id":"1","delta":"still here"}',
      '{"type":"finish"}',
    ];
    const chat = await chatWith(scriptedFetch(eventStream(body.map((data) => `data: ${data}\n\n`).join(''))));
    await chat.send('Hi');
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['Hi', 'still here']);
  });

  it('by fields that are objects where text should be', async () => {
    const trap = { nodeType: 1, toString: 1, _$litType$: 1 };
    const parts = [
      { type: 'source-url', sourceId: 's', url: 'https://a.example', title: trap },
      { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: 1, title: trap },
      { type: 'tool-approval-request', toolCallId: 't', approvalId: 'p', reason: trap },
      { type: 'file', url: 'https://a.example/x', mediaType: 'a/b', filename: trap },
      { type: 'data-artifact-start', id: 'a', data: { kind: trap, title: trap, language: trap } },
      { type: 'data-artifact-end', id: 'a', data: {} },
      { type: 'data-image', id: 'i', data: { url: 'https://a.example/x.png', alt: trap, width: trap } },
      { type: 'message-metadata', messageMetadata: { finishReason: trap, usage: trap, model: trap } },
      { type: 'text-delta', id: '1', delta: 'still here' },
      { type: 'finish' },
    ];
    const chat = await chatWith(
      scriptedFetch(eventStream(parts.map((part) => `data: ${JSON.stringify(part)}\n\n`).join(''))),
    );
    await chat.send('Hi');
    await shown(chat);
    expect(textsOfMessages(chat)).to.include('still here');
  });

  it('by a call whose arguments were cut off: it does not run for ever', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    void chat.send('Hi');
    script.send({ type: 'tool-input-start', toolCallId: 't', toolName: 'look_up' });
    await shown(chat);
    expect(one(chat, '[part~="tool"]').textContent).to.contain('Using look_up');
    script.fail();
    await shown(chat);
    expect(one(chat, '[part~="tool"]').textContent).to.contain('look_up failed');
  });

  it('by a call of the provider’s own of whose result nothing was told: it does not run for ever', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    void chat.send('Hi');
    const call = { type: 'tool-input-available', toolCallId: 't', toolName: 'shell', input: {} };
    script.send({ ...call, providerExecuted: true });
    await shown(chat);
    expect(one(chat, '[part~="tool"]').textContent).to.contain('Using shell');
    script.send({ type: 'finish', finishReason: 'stop' });
    script.close();
    await shown(chat);
    expect(one(chat, '[part~="tool"]').textContent).to.contain('Used shell');
  });
});

const WHOLE: MessagePart[] = [
  { type: 'text', text: 'x', state: 'done', id: '1' },
  { type: 'tool-f', toolCallId: 'c', state: 'output-error', title: 't', input: { a: 1 }, errorText: 'e' },
  { type: 'tool-f', toolCallId: 'c', state: 'input-streaming', input: {}, inputText: '{"a":', inputEncoding: 'json' },
  { type: 'dynamic-tool', toolName: 'f', toolCallId: 'c', state: 'output-available', input: 1, output: 'b' },
  {
    type: 'tool-f',
    toolCallId: 'c',
    state: 'approval-requested',
    input: 1,
    approval: { id: 'a', requestReason: 'r' },
  },
  { type: 'file', url: 'https://a.example/x', mediaType: 'text/plain', filename: 'f' },
  { type: 'source-url', sourceId: 's', url: 'https://a.example/', title: 't' },
  { type: 'source-document', sourceId: 's', mediaType: 'a/b', title: 't', filename: 'f' },
  {
    type: 'data-artifact',
    id: 'a',
    data: { id: 'a', kind: 'code', title: 't', language: 'js', content: 'c', status: 'complete' },
  },
  {
    type: 'data-image',
    id: 'i',
    data: { url: 'blob:x', alt: 'a', mediaType: 'image/png', width: 1, height: 2, partialIndex: 0, expiresAt: 1 },
  },
];
const ODD: unknown[] = [
  undefined,
  null,
  0,
  Infinity,
  [],
  { toString: 1 },
  { nodeType: 1 },
  { _$litType$: 1, strings: ['<img>'] },
];

/** Copies of a part in each of which one field is something else. */
function* mutations(value: object): Generator<[name: string, value: object]> {
  for (const [name, inner] of Object.entries(value)) {
    for (const odd of ODD) yield [name, { ...value, [name]: odd }];
    if (typeof inner !== 'object' || inner === null) continue;
    for (const [path, changed] of mutations(inner)) yield [`${name}.${path}`, { ...value, [name]: changed }];
  }
}

it('a stored message with any field that is something else costs that field, never the thread', async function () {
  this.timeout(60_000);
  const chat = await chatWith(scriptedFetch());
  const panel = document.createElement('ai-artifact-panel');
  Object.assign(panel, { session: chat.session, open: true, run: 'never' });
  document.body.append(panel);
  let count = 0;
  for (const whole of WHOLE)
    for (const [name, part] of mutations(whole)) {
      const parts = [part as MessagePart, { type: 'text' as const, text: `still here ${count}` }];
      chat.messages = [{ id: `${count}`, role: 'assistant', parts }];
      await chat.updateComplete;
      await panel.updateComplete;
      expect(one(chat, 'article').textContent, `${whole.type} ${name}`).to.contain(`still here ${count}`);
      count += 1;
    }
  expect(count).to.be.above(400);
  panel.remove();
});

/** How often messages are looked at for one more token: a template that is made reads the message's role. */
async function looksPerToken(length: number): Promise<number> {
  let looks = 0;
  const look = () => ((looks += 1), 'user');
  const messages = Array.from({ length }, (_, index) => {
    const message = { id: `m${index}`, role: 'user' as const, parts: [{ type: 'text' as const, text: 'x' }] };
    return Object.defineProperty(message, 'role', { enumerable: true, get: look });
  });
  const script = new ScriptedResponse();
  const chat = await chatWith(scriptedFetch(script), { messages });
  void chat.send('Hi');
  script.send({ text: 'a ' });
  await shown(chat);
  expect(looks).to.be.at.least(length);
  looks = 0;
  script.send({ text: 'b ' });
  await shown(chat);
  expect(textOf(chat.messages.at(-1)!)).to.equal('a b ');
  chat.stop();
  return looks;
}

it('one more token looks at no more messages in a long thread than in a short one', async () => {
  expect(await looksPerToken(300)).to.equal(await looksPerToken(3));
});
