import { expect } from '@open-wc/testing';
import { isToolPart, readParts, type Message } from '../../src/core.js';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { gistOf, readMessage } from '../support/read-message.js';

const stream = (...events: unknown[]) =>
  eventStream(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
const lines = (body: string, type = 'application/x-ndjson') =>
  new Response(inPieces(encode(body), 7), { headers: { 'content-type': type } });
const types = (message: Message) => message.parts.map(({ type }) => type);
const kept = (message: Message, type: string) => message.parts.filter((part) => part.type === type) as any[];

const textDelta = (output_index: number, text: string, rest: object = {}) => ({
  type: 'response.output_text.delta',
  output_index,
  content_index: 0,
  delta: text,
  ...rest,
});
const drawing = (partial_image_index: number, partial_image_b64: string) => ({
  type: 'response.image_generation_call.partial_image',
  output_index: 0,
  partial_image_index,
  partial_image_b64,
  output_format: 'webp',
  size: '1024x512',
});
const frame = (step: string, b64_json: string, rest: object = {}) => ({
  type: `image_generation.${step}`,
  b64_json,
  output_format: 'png',
  size: '8x4',
  ...rest,
});
const candidate = (...all: object[]) => ({ candidates: [{ content: { parts: all } }] });
const piece = (jsonPath: string, rest: object) => ({ jsonPath, ...rest });
const named = (name: string, value: unknown) => `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;

describe('lines of JSON', () => {
  const hello = '{"model":"m","message":{"content":"Hello"},"done":false}';
  const done = '{"model":"m","message":{"content":""},"done":true,"done_reason":"length"}';

  for (const type of ['application/x-ndjson', 'application/jsonl', 'application/json-seq', 'text/plain', '']) {
    it(`are read as “${type}”, with CRLF and blank lines`, async () => {
      const { message, error } = await readMessage(lines(`\uFEFF${hello}\r\n\r\n${done}\r\n`, type));
      expect(error).to.equal(undefined);
      expect(gistOf(message)).to.deep.include({ text: 'Hello', finishReason: 'length' });
    });
  }

  for (const type of ['application/x-ndjson', 'application/jsonl']) {
    it(`are events where the body is an event stream under the name “${type}”`, async () => {
      const body = `: hello\r\n\r\ndata: {"text":"Hel"}\n\ndata: {"text":"lo"}\n\ndata: [DONE]\n\n`;
      const { message, error } = await readMessage(lines(body, type));
      expect(error).to.equal(undefined);
      expect(gistOf(message)).to.deep.include({ text: 'Hello', finishReason: 'stop' });
    });
  }

  it('are read where a record of a sequence goes over several lines', async () => {
    const spread = JSON.stringify(JSON.parse(hello), null, 2);
    const { message, error } = await readMessage(lines(`\u001E${spread}\n\u001E${done}\n`, 'application/json-seq'));
    expect(error).to.equal(undefined);
    expect(gistOf(message).text).to.equal('Hello');
  });

  const values = [hello, done];
  const pretty = values.map((value) => JSON.stringify(JSON.parse(value), null, 2));
  const UNPARTED: [string, string][] = [
    ['side by side', values.join('')],
    ['parted by carriage returns', values.join('\r')],
    ['parted by commas', `${values.join(',\n')},\n`],
    ['items of one list', `[${values.join(',')}]`],
    ['items of one list, each in a line', `[\n${values.join(',\n')}\n]\n`],
    ['over several lines each', pretty.join('\n')],
    [
      'over several lines each, in a list',
      JSON.stringify(
        values.map((value) => JSON.parse(value)),
        null,
        2,
      ),
    ],
    ['parted by semicolons', `${values.join(';')};`],
    ['with a sign too many', `${values.join('}')}}\n`],
    ['behind a broken one', `{"a":[\n${values.join('\n')}\n`],
    ['behind a broken one that ends in a string', `{"a":"\\\n${values.join('\n')}\n`],
    ['with signs of JSON in their strings', `{"a":"]}\\"{[\\\\"}${values.join('')}`],
  ];
  for (const [title, body] of UNPARTED) {
    for (const size of [1, 7, body.length]) {
      it(`are values, however a server parts them: ${title}, in pieces of ${size}`, async () => {
        const response = new Response(inPieces(encode(body), size), {
          headers: { 'content-type': 'application/x-ndjson' },
        });
        const { message, error } = await readMessage(response);
        expect(error).to.equal(undefined);
        expect(gistOf(message)).to.deep.include({ text: 'Hello', finishReason: 'length' });
      });
    }
  }

  it('are parted from what is in no value, which is not shown', async () => {
    const body = '{"text":"Hel"}}\n{"text":"lo"};\n{"done":true}\n';
    const { message, error } = await readMessage(lines(body, 'application/x-ndjson'));
    expect(error).to.equal(undefined);
    expect(gistOf(message).text).to.equal('Hello');
  });

  it('come as they are written where no line ends', async () => {
    const { readable, writable } = new TransformStream<Uint8Array>();
    const parts = readParts(new Response(readable, { headers: { 'content-type': 'application/x-ndjson' } }));
    const writer = writable.getWriter();
    void writer.write(encode(hello));
    expect((await parts.next()).value).to.have.property('type');
    void writer.write(encode(done));
    void writer.close();
    for await (const part of parts) expect(part).not.to.have.property('type', 'error');
  });

  it('end where a line is longer than the bound, with what came before it', async () => {
    const { message, error } = await readMessage(lines(`${hello}\n${'x'.repeat(2000)}`), { maxEventSize: 1000 });
    expect(error).to.have.property('code', 'limit');
    expect(gistOf(message).text).to.equal('Hello');
  });

  it('report an error line, and a broken line is passed over', async () => {
    const { message, parts, error } = await readMessage(lines(`${hello}\n{"broken\n{"error":"out of memory"}\n`));
    expect(error).to.include({ code: 'protocol', message: 'out of memory' });
    expect(parts.filter(({ type }) => type === 'raw')).to.have.lengthOf(1);
    expect(gistOf(message).text).to.equal('Hello');
  });

  for (const answer of [
    '{"a":1}',
    '{"a":1}\n{"b":2}\n',
    '{\n  "a": 1\n}',
    '{"text":"x"}',
    '0: not a code',
    'a:b',
    '["x"]',
  ]) {
    it(`plain text that looks like them is text: ${JSON.stringify(answer)}`, async () => {
      for (const size of [1, 100]) {
        const response = new Response(inPieces(encode(answer), size), { headers: { 'content-type': 'text/plain' } });
        const { message, error } = await readMessage(response);
        expect(error).to.equal(undefined);
        expect(gistOf(message).text).to.equal(answer);
      }
    });
  }

  it('an array is named, with what to do', async () => {
    const { error } = await readMessage(lines('[{"candidates":[]},\r\n{"candidates":[]}]', 'application/json'));
    expect(error).to.have.property('code', 'content-type');
    expect(error.remedy).to.contain('alt=sse');
  });
});

describe('OpenAI Responses as they really come', () => {
  const created = { type: 'response.created', response: { id: 'r', model: 'm' } };
  const completed = { type: 'response.completed', response: { id: 'r' } };

  it('items side by side, whose ids change from event to event', async () => {
    const { message } = await readMessage(
      stream(
        created,
        textDelta(0, 'a', { item_id: '1' }),
        textDelta(1, 'x', { item_id: '2' }),
        textDelta(0, 'b', { item_id: '3' }),
        textDelta(1, 'y', { item_id: '4' }),
        { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'abc', item_id: '5' },
        completed,
      ),
    );
    expect(kept(message, 'text').map(({ text }) => text)).to.deep.equal(['abc', 'xy']);
  });

  it('a stream that is taken up in mid-sentence says it all once', async () => {
    const { message } = await readMessage(
      stream(
        textDelta(0, 'world', { sequence_number: 9 }),
        { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Hello world' },
        completed,
      ),
    );
    expect(gistOf(message).text).to.equal('Hello world');
  });

  it('nothing but the finished answer', async () => {
    const output = [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
      { type: 'message', content: [{ type: 'output_text', text: 'x', annotations: null }] },
      { type: 'function_call', call_id: 'c', name: 'f', arguments: '{"a":1}' },
    ];
    const { message, error } = await readMessage(stream({ type: 'response.completed', response: { output } }));
    expect(error).to.equal(undefined);
    expect(gistOf(message)).to.deep.include({
      text: 'x',
      reasoning: 'hm',
      tools: [{ name: 'f', input: { a: 1 } }],
      finishReason: 'tool-calls',
    });
  });

  const failed = { type: 'response.failed', response: { error: { code: 'server_error', message: 'Sorry' } } };
  const ERRORS: [string, unknown[]][] = [
    ['flat', [{ type: 'error', code: 'server_error', message: 'Sorry', param: null, sequence_number: 2 }]],
    [
      'nested, and the failure that follows',
      [{ type: 'error', error: { code: 'server_error', message: 'Sorry' } }, failed],
    ],
    ['a failure alone', [failed]],
  ];
  for (const [title, events] of ERRORS) {
    it(`an error is reported once: ${title}`, async () => {
      const { parts, error } = await readMessage(stream(created, textDelta(0, 'x'), ...events));
      expect(parts.filter(({ type }) => type === 'error')).to.deep.equal([
        { type: 'error', errorText: 'Sorry', errorCode: 'server_error' },
      ]);
      expect(error).to.include({ code: 'protocol', message: 'Sorry' });
    });
  }

  it('a picture that is being drawn is one picture', async () => {
    const item = { type: 'image_generation_call', result: 'QUJD', output_format: 'webp' };
    const frames = [created, drawing(0, 'QQ=='), drawing(1, 'QUI=')];
    const half = await readMessage(stream(...frames));
    expect(gistOf(half.message).image).to.include({ partialIndex: 1, url: 'data:image/webp;base64,QUI=' });
    const { message } = await readMessage(
      stream(...frames, { type: 'response.output_item.done', output_index: 0, item }, completed),
    );
    expect(types(message)).to.deep.equal(['data-image']);
    expect(gistOf(message).image).to.deep.equal({
      url: 'data:image/webp;base64,QUJD',
      mediaType: 'image/webp',
      width: 1024,
      height: 512,
    });
  });

  for (const [title, fields, errorText] of [
    ['says why', { error: { code: 'moderation_blocked', message: 'Not allowed.' } }, 'Not allowed.'],
    ['does not say why', {}, 'The tool failed.'],
  ] as const) {
    it(`a picture that could not be drawn is a call that failed: it ${title}`, async () => {
      const item = { id: 'ig_1', type: 'image_generation_call', status: 'failed', result: null, ...fields };
      const done = { type: 'response.output_item.done', output_index: 0, item };
      const { message, error } = await readMessage(stream(created, done, completed));
      expect(error).to.equal(undefined);
      expect(message.parts).to.have.lengthOf(1);
      expect(message.parts[0]).to.include({ type: 'tool-image_generation', state: 'output-error', errorText });
      expect(message.metadata).to.include({ finishReason: 'stop' });
    });
  }

  it('says why it is incomplete, and what was refused', async () => {
    const details = { incomplete_details: { reason: 'max_output_tokens' } };
    const cut = await readMessage(
      stream(created, textDelta(0, 'x'), { type: 'response.incomplete', response: details }),
    );
    expect(cut.message.metadata).to.include({ finishReason: 'length', rawFinishReason: 'max_output_tokens' });
    const refusal = { type: 'response.refusal.delta', output_index: 0, content_index: 0, delta: 'No.' };
    const refused = await readMessage(stream(created, refusal, completed));
    expect(gistOf(refused.message)).to.deep.include({ text: 'No.', finishReason: 'content-filter' });
  });

  it('a type that nobody knows is surfaced and passed over', async () => {
    const { parts, error } = await readMessage(stream(created, { type: 'response.whatever', x: 1 }, completed));
    expect(error).to.equal(undefined);
    expect(parts.filter(({ type }) => type === 'raw')).to.have.lengthOf(1);
  });
});

describe('OpenAI’s image streams', () => {
  it('draw one picture after another', async () => {
    const { message, error } = await readMessage(
      stream(
        frame('partial_image', 'QQ==', { partial_image_index: 0 }),
        frame('completed', 'QUI=', { usage: { total_tokens: 3, input_tokens: 1, output_tokens: 2 } }),
        frame('partial_image', 'Qg==', { partial_image_index: 0 }),
        frame('completed', 'QkM='),
      ),
    );
    expect(error).to.equal(undefined);
    const pictures = kept(message, 'data-image').map(({ data }) => data);
    expect(pictures.map(({ url }) => url)).to.deep.equal(['data:image/png;base64,QUI=', 'data:image/png;base64,QkM=']);
    expect(pictures[0]).to.include({ width: 8, height: 4 }).and.not.have.property('partialIndex');
    expect(message.metadata?.usage).to.deep.equal({ inputTokens: 1, outputTokens: 2, totalTokens: 3 });
  });
});

describe('Gemini as it really comes', () => {
  const stop = { candidates: [{ finishReason: 'STOP' }] };

  for (const end of [[candidate({ functionCall: {} })], []]) {
    it(`arguments in pieces, ${end.length > 0 ? 'with' : 'without'} an end`, async () => {
      const call = (partialArgs: object[]) => candidate({ functionCall: { partialArgs, willContinue: true } });
      const { message } = await readMessage(
        stream(
          candidate({ functionCall: { name: 'f', willContinue: true } }),
          call([piece('$.city.name', { stringValue: 'Zü', willContinue: true })]),
          call([piece('$.city.name', { stringValue: 'rich' }), piece('$.days[0]', { numberValue: 1 })]),
          call([piece('$.days[1]', { numberValue: 2 }), piece("$['__proto__']", { nullValue: null })]),
          ...end,
          stop,
        ),
      );
      const [tool] = gistOf(message).tools;
      expect(JSON.stringify(tool)).to.equal(
        '{"name":"f","input":{"city":{"name":"Zürich"},"days":[1,2],"__proto__":null}}',
      );
      expect(message.metadata?.finishReason).to.equal('tool-calls');
    });
  }

  it('pictures, code and what it gave', async () => {
    const { message } = await readMessage(
      stream(
        candidate({ inlineData: { mimeType: 'image/png', data: 'QUJD' } }),
        candidate({ executableCode: { language: 'PYTHON', code: '1+1' } }),
        candidate({ codeExecutionResult: { outcome: 'OUTCOME_OK', output: '2' } }),
        candidate({ text: 'Two.' }, { text: '', thoughtSignature: 'c2ln' }),
        stop,
      ),
    );
    expect(types(message)).to.deep.equal(['data-image', 'tool-code_execution', 'text']);
    expect(message.parts.find(isToolPart)).to.deep.include({ state: 'output-available', providerExecuted: true });
    expect(kept(message, 'text')[0].providerMetadata).to.deep.equal({ google: { thoughtSignature: 'c2ln' } });
  });

  it('as its Python library writes it down', async () => {
    const chunk = (parts: object[], finish_reason: string | null = null) => ({
      candidates: [{ content: { parts, role: 'model' }, finish_reason, index: null, safety_ratings: null }],
      model_version: 'g',
      prompt_feedback: null,
      usage_metadata: { prompt_token_count: 3, candidates_token_count: 2, total_token_count: 5 },
    });
    const { message, error } = await readMessage(
      stream(
        chunk([{ text: 'hm', thought: true, inline_data: null }]),
        chunk([{ text: 'x', thought: null, function_call: null }]),
        chunk([{ inline_data: { mime_type: 'image/png', data: 'a-_b' }, text: null }]),
        chunk([{ function_call: { name: 'f', args: { snake_case: 1 } }, thought_signature: 'S' }], 'STOP'),
      ),
    );
    expect(error).to.equal(undefined);
    expect(gistOf(message)).to.deep.include({ text: 'x', reasoning: 'hm', finishReason: 'tool-calls' });
    expect(gistOf(message).tools).to.deep.equal([{ name: 'f', input: { snake_case: 1 } }]);
    expect(gistOf(message).image!.url).to.equal('data:image/png;base64,a+/b');
    expect(message.metadata).to.deep.include({
      model: 'g',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
    const blocked = await readMessage(stream({ candidates: null, prompt_feedback: { block_reason: 'SAFETY' } }));
    expect(blocked.message.metadata!.finishReason).to.equal('content-filter');
  });

  it('a question that is blocked is no broken stream', async () => {
    const { message, error } = await readMessage(stream({ promptFeedback: { blockReason: 'SAFETY' } }));
    expect(error).to.equal(undefined);
    expect(message.metadata).to.include({ finishReason: 'content-filter', rawFinishReason: 'SAFETY' });
  });

  it('an error in mid-stream', async () => {
    const { error } = await readMessage(
      stream(candidate({ text: 'x' }), { error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' } }),
    );
    expect(error).to.include({ code: 'protocol', message: 'Overloaded' });
  });
});

describe('AG-UI as it really comes', () => {
  const started = { type: 'RUN_STARTED', threadId: 't', runId: 'r' };
  const finished = { type: 'RUN_FINISHED', threadId: 't', runId: 'r' };

  it('state and activities, changed by patches', async () => {
    const activity = { messageId: 'a', activityType: 'plan' };
    const { message } = await readMessage(
      stream(
        started,
        { type: 'STATE_SNAPSHOT', snapshot: { steps: ['a'], 'x/y': 1 } },
        {
          type: 'STATE_DELTA',
          delta: [
            { op: 'add', path: '/steps/-', value: 'b' },
            { op: 'remove', path: '/x~1y' },
          ],
        },
        { type: 'STATE_DELTA', delta: [{ op: 'replace', path: '/nowhere/else', value: 1 }] },
        { type: 'ACTIVITY_SNAPSHOT', ...activity, content: { done: 0 } },
        { type: 'ACTIVITY_DELTA', ...activity, patch: [{ op: 'replace', path: '/done', value: 1 }] },
        finished,
      ),
    );
    expect(kept(message, 'data-state').map(({ data }) => data)).to.deep.equal([{ steps: ['a', 'b'] }]);
    expect(kept(message, 'data-activity').map(({ data }) => data.content)).to.deep.equal([{ done: 1 }]);
  });

  it('a result, a custom event, an artifact of ours in one', async () => {
    const { message } = await readMessage(
      stream(
        started,
        { type: 'TOOL_CALL_START', toolCallId: 'c', toolCallName: 'f', parentMessageId: null },
        { type: 'TOOL_CALL_RESULT', messageId: 'm', toolCallId: 'c', content: '{"a":1}', role: null },
        { type: 'CUSTOM', name: 'note', value: { n: 1 } },
        { type: 'CUSTOM', name: 'artifact-start', value: { id: 'a', kind: 'html' } },
        { type: 'CUSTOM', name: 'artifact-delta', value: { id: 'a', delta: '<p>' } },
        finished,
      ),
    );
    expect(message.parts.find(isToolPart)).to.include({ state: 'output-available', output: '{"a":1}' });
    expect(kept(message, 'data-note')[0].data).to.deep.equal({ n: 1 });
    expect(gistOf(message).artifact).to.include({ kind: 'html', content: '<p>' });
  });

  it('an error, an interrupt, the question said again', async () => {
    const failed = await readMessage(stream(started, { type: 'RUN_ERROR', message: 'Sorry', code: null }));
    expect(failed.error).to.include({ code: 'protocol', message: 'Sorry' });
    const outcome = { type: 'interrupt', interrupts: [{ id: 'i', reason: 'approval' }] };
    const { message } = await readMessage(
      stream(
        started,
        { type: 'TEXT_MESSAGE_START', messageId: 'q', role: 'user' },
        { type: 'TEXT_MESSAGE_CONTENT', messageId: 'q', delta: 'my question' },
        { type: 'TEXT_MESSAGE_END', messageId: 'q' },
        { ...finished, outcome },
      ),
    );
    expect(gistOf(message)).to.deep.include({ text: '', finishReason: 'interrupted' });
    expect(kept(message, 'data-interrupt')[0].data).to.deep.equal(outcome.interrupts);
  });
});

describe('LangGraph and the AI SDK’s data stream as they really come', () => {
  it('messages that are repeated as they grow', async () => {
    const partial = (content: unknown, tool_calls: object[] = []) =>
      named('messages/partial', [{ type: 'ai', id: '1', content, tool_calls }]);
    const { message, error } = await readMessage(
      eventStream(
        [
          named('metadata', { run_id: 'r' }),
          named('messages/metadata', { 1: {} }),
          partial('He'),
          partial([{ type: 'text', text: 'Hello' }]),
          partial('Hello', [{ id: 'c', name: 'f', args: {} }]),
          partial('Hello', [{ id: 'c', name: 'f', args: { a: 1 } }]),
          named('messages/complete', [{ type: 'tool', tool_call_id: 'c', content: '2' }]),
          named('updates|sub:1', { agent: {} }),
          'event: end\n\n',
        ].join(''),
      ),
    );
    expect(error).to.equal(undefined);
    expect(gistOf(message)).to.deep.include({ text: 'Hello', tools: [{ name: 'f', input: { a: 1 } }] });
    expect(message.parts.find(isToolPart)).to.include({ output: '2' });
  });

  it('the graph’s error', async () => {
    const { error } = await readMessage(
      eventStream(named('metadata', { run_id: 'r' }) + named('error', { error: 'ValueError', message: 'Sorry' })),
    );
    expect(error).to.include({ code: 'protocol', message: 'Sorry' });
  });

  it('an error line, and data of the host’s', async () => {
    const body = '2:[{"type":"artifact-start","id":"a","kind":"html"},{"n":1}]\n0:"x"\n3:"Sorry"\n';
    const response = new Response(body, { headers: { 'x-vercel-ai-data-stream': 'v1', 'content-type': 'text/plain' } });
    const { message, error } = await readMessage(response);
    expect(error).to.include({ code: 'protocol', message: 'Sorry' });
    expect(gistOf(message).artifact).to.include({ kind: 'html', content: 'x' });
    expect(kept(message, 'data-value')[0].data).to.deep.equal({ n: 1 });
  });
});

describe('Mastra as it really comes', () => {
  const chunk = (type: string, payload: object = {}) => ({ type, runId: 'r', from: 'AGENT', payload });
  const said = [chunk('start'), chunk('text-delta', { text: 'Hi' })];
  const call = chunk('tool-call', { toolCallId: 't', toolName: 'f', args: { x: 1 } });

  it('without ids, as its older version writes it, and without the run', async () => {
    const old = [...said, chunk('finish', { reason: 'length', usage: { promptTokens: 3, completionTokens: 5 } })];
    const { message } = await readMessage(stream(...old));
    expect(gistOf(message)).to.deep.include({ text: 'Hi', finishReason: 'length' });
    expect(message.metadata!.usage).to.deep.equal({ inputTokens: 3, outputTokens: 5 });
    const bare = stream({ type: 'text-delta', payload: { id: '1', text: 'Hi' } }, { type: 'finish', payload: {} });
    const other = await readMessage(bare);
    expect([gistOf(other.message).text, other.error]).to.deep.equal(['Hi', undefined]);
  });

  for (const [title, parts, state] of [
    [
      'has its result',
      [chunk('tool-result', { toolCallId: 't', toolName: 'f', result: 2 })],
      { state: 'output-available', output: 2 },
    ],
    [
      'fails',
      [chunk('tool-error', { toolCallId: 't', toolName: 'f', error: { name: 'Error', message: 'No.' } })],
      { state: 'output-error', errorText: 'No.' },
    ],
    [
      'has a result that is an error',
      [chunk('tool-result', { toolCallId: 't', toolName: 'f', result: 'No.', isError: true })],
      { state: 'output-error', errorText: 'No.' },
    ],
    [
      'is to be allowed',
      [chunk('tool-call-approval', { toolCallId: 't', toolName: 'f', args: { x: 1 } })],
      { state: 'approval-requested' },
    ],
  ] as const) {
    it(`a call ${title}`, async () => {
      const { message, error } = await readMessage(stream(chunk('start'), call, ...parts, chunk('finish')));
      expect(error).to.equal(undefined);
      expect(message.parts.find(isToolPart)).to.deep.include({ type: 'tool-f', input: { x: 1 }, ...state });
    });
  }

  it('an error, a guard, an abort', async () => {
    const failed = await readMessage(stream(...said, chunk('error', { error: { message: 'Overloaded.' } })));
    expect(failed.error).to.include({ code: 'protocol', message: 'Overloaded.' });
    const end = chunk('finish', { stepResult: { reason: 'other' } });
    const blocked = await readMessage(stream(...said, chunk('tripwire', { reason: 'pii' }), end));
    expect(gistOf(blocked.message).finishReason).to.equal('content-filter');
    const aborted = await readMessage(stream(...said, chunk('abort')));
    expect([aborted.error, gistOf(aborted.message).text]).to.deep.equal([undefined, 'Hi']);
  });

  it('data of its tools, pictures and artifacts', async () => {
    const { message, parts } = await readMessage(
      stream(
        ...said,
        { type: 'data-progress', id: 'p', data: 1 },
        { type: 'data-progress', id: 'p', data: 2 },
        { type: 'data-passing', data: 3, transient: true },
        chunk('file', { data: 'QUJD', mimeType: 'image/png' }),
        { type: 'data-artifact-start', data: { id: 'a', kind: 'code' } },
        chunk('finish'),
      ),
    );
    expect(parts.filter(({ type }) => type === 'raw')).to.deep.equal([]);
    expect(types(message)).to.deep.equal(['text', 'data-progress', 'data-image', 'data-artifact']);
    expect(kept(message, 'data-progress')).to.deep.equal([{ type: 'data-progress', id: 'p', data: 2 }]);
  });
});

describe('Perplexity’s chunks', () => {
  it('carry sources, pictures and questions again and again', async () => {
    const chunk = {
      object: 'chat.completion.chunk',
      citations: ['https://a.example'],
      search_results: [{ url: 'https://a.example', title: 'A' }],
      images: [{ image_url: 'https://a.example/1.png', width: 8, height: 4 }, null],
      choices: [{ index: 0, delta: { content: 'x' }, message: { content: 'xx' }, finish_reason: 'stop' }],
    };
    const { message } = await readMessage(stream(chunk, { ...chunk, related_questions: ['Why?'] }));
    expect(gistOf(message).text).to.equal('xx');
    expect(types(message)).to.have.members(['text', 'text', 'source-url', 'data-image', 'data-related-questions']);
    expect(kept(message, 'source-url')[0]).to.include({ title: 'A' });
    expect(gistOf(message).image).to.include({ width: 8, height: 4 });
  });
});

describe('DashScope’s text, in pieces or all of it each time', () => {
  const said = (text: string, reason = 'null') => {
    const choices = [{ message: { role: 'assistant', content: text }, finish_reason: reason }];
    return `data: ${JSON.stringify({ output: { choices } })}\n\n`;
  };
  const ALL: [text: string, ...said: string[]][] = [
    ['110 apples', '1', '10', ' apples', ''],
    ['hahaha!', 'ha', 'haha', '!', ''],
    ['1010', '10', '10', ''],
    ['10 apples', '1', '10', '10 apples'],
    ['Hi you', 'Hi', 'Hi', 'Hi you', 'Hi you'],
    ['Hello', 'Hel', 'Hello'],
  ];
  for (const [text, ...pieces] of ALL)
    it(`is ${text} of ${pieces.join(', ')}`, async () => {
      const body = pieces.map((piece, at) => said(piece, at === pieces.length - 1 ? 'stop' : 'null')).join('');
      const { message, error } = await readMessage(eventStream(body));
      expect(error).to.equal(undefined);
      expect(gistOf(message)).to.deep.include({ text, finishReason: 'stop' });
    });

  it('loses nothing where it is cut off before that is sure', async () => {
    const { message, error } = await readMessage(eventStream(said('Hel') + said('Hello')));
    expect(error).to.have.property('code', 'truncated');
    expect(gistOf(message).text).to.equal('Hello');
  });
});

describe('Agno’s runs as they may come', () => {
  const member = { run_id: 'm' };
  const team = { run_id: 't' };
  const RUNS: [string, object[], { text: string; reasoning: string }][] = [
    [
      'what a team says, though a member came first',
      [
        { event: 'RunContent', ...member, content: 'First' },
        { event: 'TeamRunContent', ...team, content: 'Last' },
        { event: 'RunContent', ...member, content: 'Hm' },
        { event: 'TeamRunCompleted', ...team, content: 'Last' },
        { event: 'RunCompleted', ...member, content: 'Hm' },
      ],
      { text: 'FirstLast', reasoning: 'Hm' },
    ],
    [
      'one run after the other',
      ['a', 'b'].flatMap((run_id) => [
        { event: 'RunStarted', run_id },
        { event: 'RunContent', run_id, content: run_id },
        { event: 'RunCompleted', run_id, content: run_id },
      ]),
      { text: 'ab', reasoning: '' },
    ],
    [
      'events that do not say whose they are',
      [
        { event: 'RunStarted', ...member },
        { event: 'RunContent', content: 'Hello' },
        { event: 'RunCompleted', content: 'Hello' },
      ],
      { text: 'Hello', reasoning: '' },
    ],
  ];
  for (const [title, events, said] of RUNS)
    it(`are the answer: ${title}`, async () => {
      const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
      const { message, error } = await readMessage(eventStream(body));
      expect(error).to.equal(undefined);
      expect(gistOf(message)).to.include(said);
    });
});
