import { expect } from '@open-wc/testing';
import { detectProtocol, protocols, type Conversation, type Message } from '../../src/core.js';
import { AGENT_DIALECTS } from '../fixtures/agent-dialects.js';
import { DIALECTS, type DialectFixture } from '../fixtures/dialects.js';
import { readMessage } from '../support/read-message.js';

/** What stands in the place of a value: nothing of what the dialect promises. */
const ODD: unknown[] = [
  undefined,
  null,
  '',
  0,
  -1,
  true,
  [],
  {},
  'constructor',
  '__proto__',
  [null],
  { a: null },
  // What throws where it is taken for text.
  { toString: 1 },
  [{ toString: 1 }],
  'BEYOND',
];

/** JSON can say what no number is. */
function write(value: unknown): string {
  return JSON.stringify(value).replaceAll('"BEYOND"', '1e999');
}

/** In fields of our own: what a tool takes or gives, and a server's own data, are theirs. */
const isBeyond = (part: object): boolean =>
  Object.entries(part).some(([name, value]) => value === Infinity && !/^(?:input|output|data)$/.test(name));

/** Copies of a value in each of which one value inside it is an odd one. */
function* mutations(value: unknown, odd: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const copy = (with_: unknown) =>
      Array.isArray(value) ? value.with(Number(key), with_) : Object.assign({}, value, { [key]: with_ });
    yield copy(odd);
    for (const inner of mutations((value as Record<string, unknown>)[key], odd)) yield copy(inner);
  }
}

/** Each event of a fixture, once for each value in it that may be odd. Only the first of a kind: the others are alike. */
function hostileBodies({ body }: DialectFixture): string[] {
  const separator = body.includes('\r\n\r\n') ? '\r\n\r\n' : body.includes('\n\n') ? '\n\n' : '\n';
  const events = body.split(separator).filter((event) => event !== '');
  const seen = new Set<string>();
  const all: string[] = [];
  for (const [at, event] of events.entries()) {
    const [, before = '', json = ''] = /^([^[{]*?)([[{].*)$/s.exec(event) ?? [];
    const shape =
      before + json.replaceAll(/"(\\.|[^"\\])*"|[\d.]+/g, (text) => (/^"[\w.-]{1,40}"$/.test(text) ? text : '_'));
    if (json === '' || json === '[DONE]' || seen.has(shape)) continue;
    seen.add(shape);
    for (const odd of ODD)
      for (const changed of mutations(JSON.parse(json), odd)) {
        all.push(
          [...events.slice(0, at), before + write(changed), ...events.slice(at + 1)].join(separator) + separator,
        );
      }
  }
  return all;
}

for (const fixture of [...DIALECTS, ...AGENT_DIALECTS]) {
  it(`${fixture.name}: no field that is missing, null or something else makes the reader throw`, async function () {
    this.timeout(60_000);
    const bodies = hostileBodies(fixture);
    const every = Math.max(1, Math.floor(bodies.length / 1500));
    for (const body of bodies.filter((_, at) => at % every === 0)) {
      const response = new Response(body, { headers: { 'content-type': fixture.contentType } });
      const { error, parts } = await readMessage(response, { protocol: fixture.protocol });
      expect(error?.message ?? '', body.slice(0, 300)).not.to.contain('could not read');
      expect(parts.filter(isBeyond), body.slice(0, 300)).to.deep.equal([]);
      if (error) expect(error, String(error.stack)).to.have.property('name', 'StreamError');
    }
  });
}

const IMAGE = { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,QUJD' } as const;
const MESSAGES: Message[] = [
  { id: '0', role: 'system', parts: [{ type: 'text', text: 'Be kind.' }] },
  { id: '1', role: 'user', parts: [{ type: 'text', text: 'Hi' }] },
  { id: '2', role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] },
  { id: '3', role: 'user', parts: [{ type: 'text', text: 'What?' }, IMAGE] },
];
const CONVERSATION: Conversation = { id: 'c', messages: MESSAGES, model: 'm', trigger: 'submit-message' };

const REQUESTS: [string, string, Record<string, unknown>][] = [
  [
    'http://localhost:11434/api/chat',
    'ollama',
    {
      model: 'm',
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'What?', images: ['QUJD'] },
      ],
      stream: true,
    },
  ],
  [
    '/ollama/api/generate',
    'ollama-generate',
    { model: 'm', prompt: 'What?', system: 'Be kind.', images: ['QUJD'], stream: true },
  ],
  [
    'https://proxy.example/v1/responses',
    'openai-responses',
    {
      model: 'm',
      instructions: 'Be kind.',
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        { role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What?' },
            { type: 'input_image', image_url: IMAGE.url },
          ],
        },
      ],
      stream: true,
    },
  ],
  ['/v1/images/generations', 'openai-images', { model: 'm', prompt: 'What?', stream: true, partial_images: 2 }],
  [
    'https://proxy.example/v1beta/models/m:streamGenerateContent?alt=sse',
    'gemini',
    {
      systemInstruction: { parts: [{ text: 'Be kind.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }] },
        { role: 'model', parts: [{ text: 'Hello' }] },
        { role: 'user', parts: [{ text: 'What?' }, { inlineData: { mimeType: 'image/png', data: 'QUJD' } }] },
      ],
    },
  ],
  ['/generate_stream', 'tgi', { inputs: 'What?', parameters: { details: true }, stream: true }],
];

it('an answer to an approval that is neither yes nor no is none', async () => {
  for (const approved of ['no', 0, 1, null, {}]) {
    const events = [
      { type: 'tool-input-available', toolCallId: 't', toolName: 'f', input: {} },
      { type: 'tool-approval-request', toolCallId: 't', approvalId: 'a' },
      { type: 'tool-approval-response', approvalId: 'a', approved },
      { type: 'finish' },
    ];
    const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
    const { message } = await readMessage(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    expect(message.parts, String(approved)).to.have.nested.property('0.state', 'approval-requested');
  }
});

describe('requests of the further dialects', () => {
  for (const [url, name, body] of REQUESTS) {
    it(`${url} asks as ${name}`, async () => {
      const protocol = detectProtocol({ url });
      expect(protocol?.name).to.equal(name);
      expect(await protocol?.createBody?.(CONVERSATION)).to.deep.equal(body);
    });
  }

  for (const [url, name] of [
    ['https://api.cohere.com/v2/chat', 'cohere'],
    ['http://localhost:2024/threads/t/runs/stream', 'langgraph'],
  ] as const) {
    it(`${url} asks as ${name}`, async () => {
      const protocol = detectProtocol({ url });
      expect(protocol?.name).to.equal(name);
      expect(JSON.stringify(await protocol?.createBody?.(CONVERSATION))).to.contain('What?');
    });
  }

  it('AG-UI asks as its agents expect, each time with a run of its own', async () => {
    const body = await protocols.get('ag-ui')?.createBody?.(CONVERSATION);
    expect(body).to.deep.include({ threadId: 'c', state: {}, tools: [], context: [], forwardedProps: {} });
    expect(body?.messages).to.deep.include({ id: '1', role: 'user', content: 'Hi' });
    expect(body?.runId).to.match(/^3-/);
  });

  for (const url of ['/api/chat', '/api/responses/x', '/generate', 'https://a.example/api/generate']) {
    it(`${url} is anybody’s`, () => expect(detectProtocol({ url })).to.equal(undefined));
  }
});
