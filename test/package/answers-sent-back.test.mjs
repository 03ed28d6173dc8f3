/** What a request says of answers that called tools, wrote artifacts, or wait for the reader; and of files. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { enforceOutgoingInput } from '@ag-ui/client';
import { ChatSession, protocols } from '../../dist/core.js';

const text = (words) => ({ type: 'text', text: words, state: 'done' });
const user = (...parts) => ({ id: 'u', role: 'user', parts });
const answer = (...parts) => ({ id: 'a', role: 'assistant', parts });
const weather = (fields) => ({ type: 'tool-weather', toolCallId: 'c1', input: { city: 'Rome' }, ...fields });
const sunny = weather({ state: 'output-available', output: { degrees: 20 } });
const asked = user(text('Weather?'));
const JSON_CITY = '{"city":"Rome"}';
const JSON_DEGREES = '{"degrees":20}';

/** @param {string} name @param {object} fields */
async function bodyAt(name, fields, ...messages) {
  return protocols.get(name).createBody({ id: 'c', messages, model: 'm', trigger: 'submit-message', ...fields });
}

/** @param {string} name */
async function bodyOf(name, ...messages) {
  return bodyAt(name, {}, ...messages);
}

const openaiTurns = async (...messages) => (await bodyOf('openai', ...messages)).messages;
const fileOf = (mediaType, content, filename) => ({
  type: 'file',
  mediaType,
  url: `data:${mediaType};base64,${Buffer.from(content).toString('base64')}`,
  filename,
});

describe('an answer that has called a tool goes on from the result', () => {
  const call = { id: 'c1', type: 'function', function: { name: 'weather', arguments: JSON_CITY } };
  const expected = {
    cohere: {
      messages: [
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', tool_plan: 'Looking.', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: JSON_DEGREES },
      ],
    },
    'cohere-v1': {
      message: 'Weather?',
      tool_results: [{ call: { name: 'weather', parameters: { city: 'Rome' } }, outputs: [{ result: JSON_DEGREES }] }],
      force_single_step: true,
    },
    'mistral-conversations': {
      inputs: [
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', content: 'Looking.' },
        { type: 'function.call', tool_call_id: '0000000c1', name: 'weather', arguments: JSON_CITY },
        { type: 'function.result', tool_call_id: '0000000c1', result: JSON_DEGREES },
      ],
    },
    ollama: {
      messages: [
        { role: 'user', content: 'Weather?' },
        {
          role: 'assistant',
          content: 'Looking.',
          tool_calls: [{ function: { name: 'weather', arguments: { city: 'Rome' } } }],
        },
        { role: 'tool', tool_name: 'weather', content: JSON_DEGREES },
      ],
    },
    'gemini-interactions': {
      input: [
        { type: 'user_input', content: [{ type: 'text', text: 'Weather?' }] },
        { type: 'model_output', content: [{ type: 'text', text: 'Looking.' }] },
        { type: 'function_call', id: 'c1', name: 'weather', arguments: { city: 'Rome' } },
        { type: 'function_result', call_id: 'c1', name: 'weather', result: JSON_DEGREES },
      ],
    },
    langgraph: {
      input: {
        messages: [
          { role: 'user', content: 'Weather?' },
          {
            role: 'assistant',
            content: 'Looking.',
            tool_calls: [{ id: 'c1', name: 'weather', args: { city: 'Rome' } }],
          },
          { role: 'tool', tool_call_id: 'c1', content: JSON_DEGREES },
        ],
      },
    },
  };
  for (const [name, fields] of Object.entries(expected)) {
    it(name, async () => {
      const body = await bodyOf(name, asked, answer(text('Looking.'), sunny));
      assert.deepEqual(Object.fromEntries(Object.keys(fields).map((field) => [field, body[field]])), fields);
    });
  }

  it('ag-ui, of which its own client takes nothing away', async () => {
    const body = await bodyOf('ag-ui', asked, answer(text('Looking.'), sunny, text('20.')));
    assert.deepEqual(enforceOutgoingInput(body).messages, [
      { id: 'u', role: 'user', content: 'Weather?' },
      { id: 'a', role: 'assistant', content: 'Looking.', toolCalls: [call] },
      { id: 'a-result-1', role: 'tool', toolCallId: 'c1', content: JSON_DEGREES },
      { id: 'a-2', role: 'assistant', content: '20.' },
    ]);
  });
});

describe('what another provider has answered', () => {
  const called = (/** @type {string} */ toolCallId) => ({ ...sunny, toolCallId });
  const calls = ['call_1234567890', 'toolu-123456789', 'aB3dE5fG7', 'call-1', ''].map(called);
  const ids = ['234567890', '123456789', 'aB3dE5fG7', '0000call1', '000000000'];

  for (const [title, at] of [
    ['by its address', { endpoint: 'https://api.mistral.ai/v1/chat/completions' }],
    ['by its models', { model: 'ministral-8b-latest' }],
  ])
    it(`has ids that Mistral takes, known ${title}`, async () => {
      const { messages } = await bodyAt('openai', at, asked, answer(...calls), asked, answer(...calls.slice(0, 1)));
      assert.deepEqual(
        messages[1].tool_calls.map(({ id }) => id),
        ids,
      );
      assert.deepEqual(
        messages.slice(2, 7).map(({ tool_call_id: id }) => id),
        ids,
      );
      assert.equal(messages[8].tool_calls[0].id, '345678902');
    });

  it('has them in its conversations, too, and as they were for everybody else', async () => {
    const { inputs } = await bodyOf('mistral-conversations', asked, answer(calls[0]));
    assert.deepEqual(
      inputs.slice(1).map(({ tool_call_id: id }) => id),
      [ids[0], ids[0]],
    );
    assert.equal((await openaiTurns(asked, answer(calls[0])))[1].tool_calls[0].id, 'call_1234567890');
  });

  it('has the word for a signature that Gemini refuses a step without, from the third on', async () => {
    const at = (model) => ({ endpoint: `https://a.example/v1beta/models/${model}:streamGenerateContent?alt=sse` });
    const own = { ...sunny, callProviderMetadata: { google: { thoughtSignature: 's' } } };
    const answered = [answer(sunny, sunny), answer(own, sunny)];
    const signaturesOf = ({ contents }) =>
      contents.flatMap(({ parts }) => parts.filter((part) => part.functionCall)).map((part) => part.thoughtSignature);
    const strict = await bodyAt('gemini', at('gemini-3-flash-preview'), asked, ...answered);
    assert.deepEqual(signaturesOf(strict), ['skip_thought_signature_validator', undefined, 's', undefined]);
    const before = await bodyAt('gemini', at('gemini-2.5-flash'), asked, ...answered);
    assert.deepEqual(signaturesOf(before), [undefined, undefined, 's', undefined]);
  });

  it('goes where the session says', async () => {
    const sent = [];
    const fetch = async (_, { body }) => (sent.push(JSON.parse(body)), new Response('data: [DONE]\n\n'));
    const session = new ChatSession({
      endpoint: 'https://api.mistral.ai/v1/chat/completions',
      fetch,
      messages: [asked, answer(calls[0])],
    });
    await session.send('More');
    assert.equal(sent[0].messages[1].tool_calls[0].id, ids[0]);
  });
});

describe('what a provider would refuse, or cannot use, is not sent', () => {
  it('a call without an outcome, also one whose arguments have not all come', async () => {
    for (const state of ['input-streaming', 'input-available', 'approval-requested'])
      assert.deepEqual((await openaiTurns(asked, answer(text('Looking.'), weather({ state })))).at(-1), {
        role: 'assistant',
        content: 'Looking.',
      });
  });

  it('an answer of nothing else', async () => {
    assert.equal((await openaiTurns(asked, answer(weather({ state: 'input-available' })))).length, 1);
  });

  it('a tool that the provider ran by itself', async () => {
    const found = { ...sunny, providerExecuted: true };
    assert.deepEqual((await bodyOf('anthropic', asked, answer(found, text('20.')))).messages.at(-1), {
      role: 'assistant',
      content: [{ type: 'text', text: '20.' }],
    });
  });

  it('white space alone, of which Anthropic takes no block, and an answer of nothing else', async () => {
    const { messages } = await bodyOf('anthropic', asked, answer(text('\n\n'), sunny, text(' ')));
    assert.deepEqual(
      messages[1].content.map(({ type }) => type),
      ['tool_use'],
    );
    assert.equal(messages.length, 3);
    assert.equal((await openaiTurns(asked, answer(text(' \n')))).length, 1);
    assert.equal((await bodyOf('cohere-v1', asked, answer(), user(text('Now?')))).chat_history.length, 1);
  });

  it('a failure that has no words', async () => {
    const failed = weather({ state: 'output-error', errorText: '' });
    const { content } = (await bodyOf('anthropic', asked, answer(failed))).messages.at(-1);
    assert.notEqual(content[0].content, '');
  });

  it('arguments that are no JSON: they came broken, or for a tool that takes text', async () => {
    const broken = weather({ state: 'output-error', input: '{"city":', errorText: 'no JSON' });
    const patch = weather({ state: 'output-available', input: '*** Begin', output: 'ok' });
    const { tool_calls } = (await openaiTurns(asked, answer(broken, patch, { ...sunny, input: JSON_CITY })))[1];
    assert.deepEqual(
      tool_calls.map(({ function: { arguments: given } }) => JSON.parse(given)),
      [{ input: '{"city":' }, { input: '*** Begin' }, { city: 'Rome' }],
    );
  });

  it('to Anthropic, ids of other providers’ characters, or one of them twice', async () => {
    const kimi = { ...sunny, toolCallId: 'functions.weather:0' };
    const once = { ...sunny, toolCallId: 'call-1' };
    const { messages } = await bodyOf('anthropic', asked, answer(once, kimi), asked, answer(kimi), asked, answer(once));
    const blocks = messages.flatMap(({ content }) => content);
    const asking = blocks.filter(({ type }) => type === 'tool_use').map(({ id }) => id);
    assert.deepEqual(asking, ['call-1', 'functions_weather_0', 'functions_weather_0-2', 'call-1-2']);
    const answering = blocks.filter(({ type }) => type === 'tool_result').map(({ tool_use_id }) => tool_use_id);
    assert.deepEqual(answering, asking);
  });

  it('thoughts without a signature', async () => {
    const thought = { type: 'reasoning', text: 'Hm.', state: 'done' };
    assert.deepEqual((await bodyOf('anthropic', answer(thought, text('20.')))).messages, [
      { role: 'assistant', content: [{ type: 'text', text: '20.' }] },
    ]);
  });
});

describe('the reader’s word on a call', () => {
  it('a refusal is told to the model, with its reason', async () => {
    const denied = weather({
      state: 'approval-responded',
      approval: { id: 'p', approved: false, reason: 'Too far.' },
    });
    assert.equal(
      (await openaiTurns(asked, answer(denied))).at(-1).content,
      'The user did not allow this call. Too far.',
    );
    const { content } = (await bodyOf('anthropic', asked, answer(denied))).messages.at(-1);
    assert.equal(content[0].is_error, true);
  });

  it('for a server of MCP it goes back to OpenAI once, with the question', async () => {
    const bodies = [];
    const item = {
      type: 'mcp_approval_request',
      id: 'mcpr_1',
      name: 'roll',
      arguments: '{"n":2}',
      server_label: 'dice',
    };
    const answers = [
      [{ type: 'response.output_item.done', output_index: 0, item }],
      [{ type: 'response.output_text.delta', output_index: 0, item_id: 'i', delta: 'Six.' }],
      [{ type: 'response.output_text.delta', output_index: 0, item_id: 'i', delta: 'Bye.' }],
    ];
    const session = new ChatSession({
      endpoint: 'https://api.example/v1/responses',
      fetch: async (_url, init) => {
        bodies.push(JSON.parse(init.body));
        return eventStream([...answers[bodies.length - 1], { type: 'response.completed', response: {} }]);
      },
    });
    await session.send('Roll.');
    await session.respondToApproval({ approvalId: 'mcpr_1', approved: true });
    assert.deepEqual(bodies[1].input.slice(1), [
      { ...item, server_label: 'dice' },
      { type: 'mcp_approval_response', approval_request_id: 'mcpr_1', approve: true },
    ]);
    await session.send('Thanks.');
    assert.deepEqual(
      bodies[2].input.map(({ role, type }) => role ?? type),
      ['user', 'assistant', 'user'],
    );
  });
});

function eventStream(events) {
  const lines = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  return new Response(lines.join(''), { headers: { 'content-type': 'text/event-stream' } });
}

describe('what a provider’s own stream brought goes back to it', () => {
  /** One turn that calls a tool, and what the request after its result says. */
  async function secondBody(endpoint, first, calls = 1) {
    const bodies = [];
    const session = new ChatSession({
      endpoint,
      fetch: async (_url, init) => {
        bodies.push(JSON.parse(init.body));
        return new Response(first, { headers: { 'content-type': 'text/event-stream' } });
      },
    });
    await session.send('Weather?');
    const asked = session.messages.at(-1).parts.filter(({ type }) => type === 'tool-weather');
    assert.equal(asked.length, calls);
    for (const { toolCallId } of asked) await session.addToolOutput({ toolCallId, output: 'sunny' });
    assert.equal(bodies.length, 2);
    return bodies[1];
  }
  const chunk = (delta, reason = null) =>
    `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
  const called = { index: 0, id: 'c1', type: 'function', function: { name: 'weather', arguments: JSON_CITY } };

  it('`reasoning_content`, which DeepSeek and others want beside the call', async () => {
    const stream = chunk({ reasoning_content: 'Hm, ' }) + chunk({ reasoning_content: 'Rome.' });
    const { messages } = await secondBody(
      'https://a.example/chat/completions',
      stream + chunk({ tool_calls: [called] }, 'tool_calls'),
    );
    assert.equal(messages[1].reasoning_content, 'Hm, Rome.');
  });

  it('no `reasoning_content` where the server spells it otherwise: Groq refuses that field', async () => {
    const stream = chunk({ reasoning: 'Hm.' }) + chunk({ tool_calls: [called] }, 'tool_calls');
    const { messages } = await secondBody('https://a.example/chat/completions', stream);
    assert.deepEqual(Object.keys(messages[1]), ['role', 'content', 'tool_calls']);
  });

  it('OpenRouter’s details of the thoughts, whole and in their order, without which models refuse the call', async () => {
    const details = (...reasoning_details) => chunk({ reasoning: 'Hm', reasoning_details });
    const text = { type: 'reasoning.text', format: 'anthropic-claude-v1', index: 0 };
    const encrypted = { type: 'reasoning.encrypted', data: 'eA==', id: 'c1', format: 'google-gemini-v1', index: 1 };
    const stream = [
      details({ ...text, text: 'Hm, ' }),
      details({ ...text, text: 'Rome.' }),
      details({ ...text, signature: 'sig' }),
      chunk({ tool_calls: [called, { ...called, index: 1, id: 'c2' }] }),
      // Gemini’s comes behind its call, and of another one with the same place.
      details(encrypted),
      details({ ...encrypted, data: 'eQ==', id: 'c2' }),
      chunk({}, 'tool_calls'),
      'data: [DONE]\n\n',
    ];
    const { messages } = await secondBody('https://a.example/chat/completions', stream.join(''), 2);
    assert.deepEqual(messages[1].reasoning_details, [
      { ...text, text: 'Hm, Rome.', signature: 'sig' },
      encrypted,
      { ...encrypted, data: 'eQ==', id: 'c2' },
    ]);
  });

  it('Gemini’s signature of a call, by way of OpenAI’s dialect', async () => {
    const extra_content = { google: { thought_signature: 'sig' } };
    const { messages } = await secondBody(
      'https://a.example/chat/completions',
      chunk({ tool_calls: [{ ...called, extra_content }] }, 'tool_calls'),
    );
    assert.deepEqual(messages[1].tool_calls[0].extra_content, extra_content);
  });

  it('Gemini’s signature by its own, and no id that it never gave', async () => {
    const part = { functionCall: { name: 'weather', args: { city: 'Rome' } }, thoughtSignature: 'sig' };
    const event = { candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP' }] };
    const { contents } = await secondBody(
      'https://a.example/v1beta/models/m:streamGenerateContent?alt=sse',
      `data: ${JSON.stringify(event)}\n\n`,
    );
    assert.deepEqual(contents.slice(1), [
      { role: 'model', parts: [part] },
      { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { output: 'sunny' } } }] },
    ]);
  });

  it('Anthropic’s signed and withheld thoughts, in their order', async () => {
    const events = [
      { type: 'message_start', message: { id: 'm', role: 'assistant', content: [] } },
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'sig' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { type: 'redacted_thinking', data: 'secret' } },
      { type: 'content_block_stop', index: 1 },
      {
        type: 'content_block_start',
        index: 2,
        content_block: { type: 'tool_use', id: 'c1', name: 'weather', input: {} },
      },
      { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: JSON_CITY } },
      { type: 'content_block_stop', index: 2 },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
      { type: 'message_stop' },
    ];
    const stream = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
    const { messages } = await secondBody('https://a.example/v1/messages', stream);
    assert.deepEqual(messages.slice(1), [
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
          { type: 'redacted_thinking', data: 'secret' },
          { type: 'tool_use', id: 'c1', name: 'weather', input: { city: 'Rome' } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'sunny' }] },
    ]);
  });
});

describe('an artifact is part of what the model said', () => {
  const artifact = (fields) => ({
    type: 'data-artifact',
    id: 'a1',
    data: { id: 'a1', kind: 'html', title: 'A "clock"', content: '<h1>12</h1>', status: 'complete', ...fields },
  });

  it('where it began, so that it can be changed', async () => {
    const [, { content }] = await openaiTurns(asked, answer(text('Here:'), artifact(), text('Done.')));
    assert.equal(
      content,
      'Here:\n<antArtifact identifier="a1" type="html" title="A &quot;clock&quot;">\n<h1>12</h1>\n</antArtifact>\nDone.',
    );
  });

  it('and stands once where it was the arguments of a call that goes back', async () => {
    const call = { type: 'tool-create_document', toolCallId: 'c', input: { content: '<h1>12</h1>' } };
    const done = { ...call, state: 'output-available', output: 'ok' };
    assert.equal((await openaiTurns(answer(done, artifact())))[0].content, null);
    const open = { ...call, state: 'input-available' };
    assert.match((await openaiTurns(answer(open, artifact())))[0].content, /<h1>12<\/h1>/);
  });
});

it('a picture that is all in its address is left out of what the model said, and its description is not', async () => {
  const address = 'data:image/png;base64,iVBORw0KGgo=';
  const said = answer(text(`Here: ![A fox](${address}), and [a name](https://a.example/) for ${address}`));
  const [{ content }] = await openaiTurns(said);
  assert.equal(content, `Here: ![A fox](), and [a name](https://a.example/) for ${address}`);
  assert.match(said.parts[0].text, /!\[A fox\]\(data:/);
  const [stopped] = await openaiTurns(answer(text(`Here: ![A fox](${address.slice(0, -3)}`)));
  assert.equal(stopped.content, 'Here: ![A fox](');
});

describe('a file for which a dialect has no place', () => {
  const notes = fileOf('text/plain', 'Zürich 👩‍👧', 'notes.txt');
  const sheet = fileOf('application/vnd.ms-excel', 'x', 'a.xls');

  it('is its text', async () => {
    const said = 'Look.\n\n<file name="notes.txt">\nZürich 👩‍👧\n</file>';
    assert.deepEqual(await openaiTurns(user(text('Look.'), notes)), [{ role: 'user', content: said }]);
    assert.deepEqual((await bodyOf('anthropic', user(text('Look.'), notes))).messages[0].content, [
      { type: 'text', text: said },
    ]);
  });

  it('or at least known to have been there', async () => {
    const [{ content }] = await openaiTurns(user(text('Look.'), sheet));
    assert.equal(content, 'Look.\n\n(Attached, but not readable here: a.xls, application/vnd.ms-excel)');
    const linked = { ...sheet, url: 'https://files.example/a.xls' };
    assert.equal((await openaiTurns(user(linked)))[0].content, '[a.xls](https://files.example/a.xls)');
  });

  it('text by an address that is no base64, or broken', async () => {
    const plain = { type: 'file', mediaType: 'text/csv', url: 'data:text/csv,a%2Cb', filename: 'a.csv' };
    assert.match((await openaiTurns(user(plain)))[0].content, /a,b/);
    const broken = { ...plain, url: 'data:text/csv;base64,%' };
    assert.match((await openaiTurns(user(broken)))[0].content, /not readable/);
  });

  it('sound goes to OpenAI as such', async () => {
    const sound = fileOf('audio/mpeg', 'x', 'a.mp3');
    assert.deepEqual((await openaiTurns(user(sound)))[0].content, [
      { type: 'input_audio', input_audio: { data: 'eA==', format: 'mp3' } },
    ]);
  });
});
