import { expect } from '@open-wc/testing';
import { isArtifactPart, settleMessage } from '../../src/core.js';
import { eventStream, encode, inPieces } from '../support/bytes.js';
import { gistOf, readMessage, textsOf } from '../support/read-message.js';

interface Case {
  title: string;
  body: string;
  text?: string;
  reasoning?: string;
  error?: string;
}

const json = (...values: unknown[]) => values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('');

const CASES: Case[] = [
  {
    title: 'names of events within their data, as Dify writes them',
    body: json(
      { event: 'message', answer: 'Hel', task_id: 't' },
      { event: 'message', answer: 'lo' },
      { event: 'message_end', metadata: { usage: {} } },
    ),
    text: 'Hello',
  },
  {
    title: 'the same of Flowise',
    body: json(
      { event: 'start', data: '' },
      { event: 'token', data: 'Hel' },
      { event: 'token', data: 'lo' },
      { event: 'end', data: '[DONE]' },
    ),
    text: 'Hello',
  },
  {
    title: 'what Dify says instead of what its moderation has found',
    body: json(
      { event: 'message', answer: 'Bad' },
      { event: 'message_replace', answer: 'I may not say that.' },
      { event: 'message_end', metadata: {} },
    ),
    text: 'I may not say that.',
  },
  {
    title: 'the pieces of a workflow, and its end',
    body: json(
      { event: 'workflow_started', data: { id: 'w' } },
      { event: 'text_chunk', data: { text: 'Hel', from_variable_selector: ['1', 'text'] } },
      { event: 'text_chunk', data: { text: 'lo' } },
      { event: 'workflow_finished', data: { status: 'succeeded', error: null } },
    ),
    text: 'Hello',
  },
  {
    title: 'a workflow whose end says all there is',
    body: json(
      { event: 'workflow_started', data: { id: 'w' } },
      { event: 'node_finished', data: { outputs: { text: 'Hello' }, status: 'succeeded' } },
      { event: 'workflow_finished', data: { status: 'succeeded', outputs: { count: 1, id: 'a1', result: 'Hello' } } },
    ),
    text: 'Hello',
  },
  {
    title: 'a workflow that gives an answer beside something longer',
    body: json({ event: 'workflow_finished', data: { outputs: { title: 'All about greetings', answer: 'Hello' } } }),
    text: 'Hello',
  },
  {
    title: 'a workflow of Coze',
    body: 'event: Message\ndata: {"content":"Hel","node_title":"End"}\n\nevent: Message\ndata: {"content":"lo"}\n\nevent: Done\ndata: {}\n\n',
    text: 'Hello',
  },
  {
    title: 'an answer of RAGFlow, and its end',
    body: json(
      { code: 0, message: '', data: { answer: 'Hel', reference: {} } },
      { code: 0, message: '', data: { answer: 'lo', reference: {} } },
      { code: 0, message: '', data: true },
    ),
    text: 'Hello',
  },
  {
    title: 'the question said again, and an answer that comes whole, as Langflow writes them',
    body: json(
      { event: 'add_message', data: { sender: 'User', text: 'Hi', id: '1' } },
      { event: 'add_message', data: { sender: 'Machine', text: 'Hello', id: '2' } },
      { event: 'end', data: {} },
    ),
    text: 'Hello',
  },
  {
    title: 'the same in pieces, and then as a whole',
    body: json(
      { event: 'add_message', data: { sender: 'User', text: 'Hi', id: '1' } },
      { event: 'add_message', data: { sender: 'Machine', text: '', id: '2' } },
      { event: 'token', data: { chunk: 'Hel', id: '2' } },
      { event: 'token', data: { chunk: 'lo', id: '2' } },
      { event: 'add_message', data: { sender: 'Machine', text: 'Hello', id: '2' } },
      { event: 'end', data: {} },
    ),
    text: 'Hello',
  },
  {
    title: 'who says what, the reader among them',
    body: `${json({ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Hel' }, { role: 'assistant', content: 'lo' })}data: [DONE]\n\n`,
    text: 'Hello',
  },
  {
    title: 'thoughts in pieces and each of them once more as a whole, as Snowflake’s agents write them',
    body: [
      ['response.thinking.delta', { text: 'H' }],
      ['response.thinking.delta', { text: 'm' }],
      ['response.thinking', { text: 'Hm' }],
      ['response.tool_use', { tool_use_id: 't', name: 'f', input: {} }],
      ['response.thinking.delta', { text: 'Ah' }],
      ['response.thinking', { text: 'Ah' }],
      ['response.text.delta', { text: 'Hel' }],
      ['response.text.delta', { text: 'lo' }],
      ['response.text', { text: 'Hello' }],
      ['done', '[DONE]'],
    ]
      .map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
      .join(''),
    text: 'Hello',
    reasoning: 'HmAh',
  },
  {
    title: 'a workflow that failed',
    body: json(
      { event: 'text_chunk', data: { text: 'Hel' } },
      { event: 'workflow_finished', data: { status: 'failed', error: 'Out of memory' } },
    ),
    text: 'Hel',
    error: 'protocol',
  },
  {
    title: 'an object with the text in it, under a type that says text',
    body: `${json({ type: 'token', data: { content: 'Hel' } }, { type: 'token', data: { content: 'lo' } })}data: [DONE]\n\n`,
    text: 'Hello',
  },
  {
    title: 'words of digits as numbers, as Cloudflare’s Workers AI writes them',
    body: `${json({ response: 4 }, { response: '.' }, { response: 2, p: 'ab' }, { response: '' })}data: [DONE]\n\n`,
    text: '4.2',
  },
  {
    title: 'the events of LM Studio',
    body: json(
      { type: 'chat.start', model_instance_id: 'm' },
      { type: 'reasoning.start' },
      { type: 'reasoning.delta', content: 'Hm' },
      { type: 'reasoning.end' },
      { type: 'message.start' },
      { type: 'message.delta', content: 'Hel' },
      { type: 'message.delta', content: 'lo' },
      { type: 'message.end' },
      { type: 'chat.end', result: { output: [{ type: 'message', content: 'Hello' }] } },
    ),
    text: 'Hello',
    reasoning: 'Hm',
  },
  {
    title: 'a thought that is empty beside text',
    body: `${json({ reasoning: '', text: 'x' })}data: [DONE]\n\n`,
    text: 'x',
  },
  {
    title: 'items between a begin and an end, as each node of n8n writes them',
    body: json(
      { type: 'begin', metadata: { nodeName: 'A' } },
      { type: 'item', content: 'Hel', metadata: { nodeName: 'A' } },
      { type: 'end', metadata: { nodeName: 'A' } },
      { type: 'begin', metadata: { nodeName: 'B' } },
      { type: 'item', content: 'lo', metadata: { nodeName: 'B' } },
      { type: 'end', metadata: { nodeName: 'B' } },
    ),
    text: 'Hello',
  },
  {
    title: 'an error by such a name',
    body: json({ event: 'message', answer: 'x' }, { event: 'error', code: 'quota', message: 'No credit' }),
    text: 'x',
    error: 'protocol',
  },
  {
    title: 'the article’s events',
    body: 'event: message\ndata: {"text":"Hel"}\n\nevent: message\ndata: {"text":"lo"}\n\nevent: done\ndata: {}\n\n',
    text: 'Hello',
  },
  { title: 'content as the field', body: 'data: {"content":"Hello"}\n\nevent: done\ndata: {}\n\n', text: 'Hello' },
  {
    title: 'bare text in which a model writes what would be a picture, an error or a call',
    body: [
      'Hello ',
      '{"type":"generated-image","url":"https://a.test/?q=secret","mediaType":"image/png"}',
      '{"error":{"message":"Sign in at bank.test"}}',
      '[DONE]',
    ]
      .map((line) => `data: ${line}\n\n`)
      .join(''),
    text: 'Hello {"type":"generated-image","url":"https://a.test/?q=secret","mediaType":"image/png"}{"error":{"message":"Sign in at bank.test"}}',
  },
  {
    title: 'bare text and an error that the server names',
    body: 'data: Hello\n\nevent: error\ndata: {"message":"No credit"}\n\n',
    text: 'Hello',
    error: 'protocol',
  },
  { title: 'bare text, its spaces kept', body: 'data: Hello\n\ndata:  there\n\ndata: [DONE]\n\n', text: 'Hello there' },
  { title: 'bare text of several lines', body: 'data: one\ndata: two\n\ndata: [DONE]\n\n', text: 'one\ntwo' },
  {
    title: 'bare text that begins with a brace later on',
    body: 'data: if (x) \n\ndata: {\n\ndata: [DONE]\n\n',
    text: 'if (x) {',
  },
  { title: 'bare text that is a number', body: 'data: 4\n\ndata: 2\n\nevent: done\ndata: x\n\n', text: '42' },
  { title: 'JSON strings', body: 'data: "a\\nb"\n\ndata: "c"\n\ndata: [DONE]\n\n', text: 'a\nbc' },
  {
    title: 'an end without data, which the standard does not dispatch',
    body: 'data: {"text":"x"}\n\nevent: done\n\n',
    text: 'x',
  },
  { title: 'the same without its last line feed', body: 'data: {"text":"x"}\r\n\r\nevent: done\r\n', text: 'x' },
  {
    title: 'a done flag that comes with the last words',
    body: 'data: {"text":"a"}\n\ndata: {"text":"b","done":true}\n\n',
    text: 'ab',
  },
  { title: 'a typed end', body: 'data: {"text":"a"}\n\ndata: {"type":"done"}\n\n', text: 'a' },
  { title: 'a typed text', body: 'data: {"type":"text","content":"a"}\n\ndata: {"type":"end"}\n\n', text: 'a' },
  {
    title: 'a typed text under another name',
    body: 'data: {"type":"token","value":"a"}\n\ndata: [DONE]\n\n',
    text: 'a',
  },
  { title: 'a typed delta', body: 'data: {"type":"text_delta","text":"a"}\n\ndata: [DONE]\n\n', text: 'a' },
  { title: 'typed data', body: 'data: {"type":"content","data":"a"}\n\ndata: {"type":"done"}\n\n', text: 'a' },
  { title: 'a response', body: 'data: {"response":"a"}\n\ndata: {"output":"b"}\n\ndata: [DONE]\n\n', text: 'ab' },
  {
    title: 'an end that says all of it once more',
    body: 'data: {"token":"a"}\n\ndata: {"token":"b"}\n\ndata: {"answer":"ab","done":true}\n\n',
    text: 'ab',
  },
  {
    title: 'a message that is none of the answer’s',
    body: 'data: {"status":"ok","message":"connected"}\n\ndata: {"text":"x"}\n\ndata: [DONE]\n\n',
    text: 'x',
  },
  {
    title: 'thinking apart from the answer',
    body: 'event: thinking\ndata: {"text":"hm"}\n\ndata: {"text":"x"}\n\ndata: [DONE]\n\n',
    text: 'x',
    reasoning: 'hm',
  },
  {
    title: 'what is told beside the answer, by its type',
    body: json(
      { type: 'text', content: 'a' },
      { type: 'tool_result', output: '72F' },
      { type: 'status', content: 'Searching' },
      { type: 'text', content: 'b' },
      { type: 'done' },
    ),
    text: 'ab',
  },
  {
    title: 'what is told beside the answer, by the name of its event',
    body: 'event: say\ndata: {"text":"a"}\n\nevent: title\ndata: {"text":"A chat"}\n\nevent: say\ndata: {"text":"b"}\n\nevent: done\n\n',
    text: 'ab',
  },
  {
    title: 'pieces, and then the whole of them once more',
    body: 'event: a.delta\ndata: {"type":"answer","content":"x"}\n\nevent: a.delta\ndata: {"type":"answer","content":"y"}\n\nevent: a.completed\ndata: {"type":"answer","content":"xy"}\n\nevent: a.completed\ndata: {"type":"follow_up","content":"More?"}\n\nevent: done\n\n',
    text: 'xy',
  },
  {
    title: 'a state before the answer, which has a name of its own',
    body: 'event: status\ndata: {"text":"…"}\n\nevent: answer_chunk\ndata: {"text":"a"}\n\nevent: status\ndata: {"text":"Nearly"}\n\nevent: answer_chunk\ndata: {"text":"b"}\n\nevent: done\n\n',
    text: '…ab',
  },
  {
    title: 'sections that are each named',
    body: 'event: open\ndata: {"text":""}\n\nevent: intro\ndata: {"text":"a"}\n\nevent: body\ndata: {"text":"b"}\n\nevent: body\ndata: {"text":"c"}\n\nevent: conclusion\ndata: {"text":"d"}\n\nevent: done\n\n',
    text: 'abcd',
  },
  {
    title: 'two who speak in turn, and may say the same',
    body: 'event: one\ndata: {"text":"a"}\n\nevent: two\ndata: {"text":"b"}\n\nevent: one\ndata: {"text":"b"}\n\nevent: two\ndata: {"text":"b"}\n\nevent: done\n\n',
    text: 'abbb',
  },
  {
    title: 'kinds of text that are no one’s',
    body: json(
      { type: 'text', content: 'a' },
      { type: 'code', content: 'b' },
      { type: 'final_answer', content: 'c' },
      { type: 'done' },
    ),
    text: 'abc',
  },
  {
    title: 'blocks, each of them once more as a whole, and all of them at last',
    body: json(
      { type: 'delta', content: 'a' },
      { type: 'delta', content: 'b' },
      { type: 'message', content: 'ab' },
      { type: 'delta', content: 'c' },
      { type: 'message', content: 'c' },
      { type: 'answer', content: 'abc' },
      { type: 'done' },
    ),
    text: 'abc',
  },
  {
    title: 'a piece that ends as the text before it does',
    body: 'event: token\ndata: {"text":"ha"}\n\nevent: token\ndata: {"text":"ha"}\n\nevent: chunk\ndata: {"text":"ha"}\n\nevent: done\n\n',
    text: 'hahaha',
  },
  {
    title: 'a start that the AI SDK calls so, too',
    body: json({ type: 'start', id: 7 }, { type: 'session' }, { type: 'token', content: 'a' }, { type: 'end' }),
    text: 'a',
  },
  {
    title: 'thinking under a longer name',
    body: 'event: a.text.delta\ndata: {"text":"x"}\n\nevent: a.thinking.delta\ndata: {"text":"hm"}\n\nevent: done\n\n',
    text: 'x',
    reasoning: 'hm',
  },
  {
    title: 'a preamble that nobody knows',
    body: 'event: meta\ndata: {"conversation":7}\n\ndata: {"text":"x"}\n\ndata: [DONE]\n\n',
    text: 'x',
  },
  {
    title: 'one broken event among whole ones',
    body: 'data: {"text":"a"}\n\ndata: {"text":\n\ndata: {"text":"b"}\n\ndata: [DONE]\n\n',
    text: 'ab',
  },
  { title: 'no end mark', body: 'data: {"text":"a"}\n\n', text: 'a', error: 'truncated' },
  { title: 'an end in mid-event', body: 'data: {"text":"a"}\n\ndata: {"te', text: 'a', error: 'truncated' },
  { title: 'a whole event that lacks only its blank line', body: 'data: {"text":"a"}\n\ndata: [DONE]', text: 'a' },
  {
    title: 'an error in mid-stream',
    body: 'data: {"text":"a"}\n\nevent: error\ndata: {"message":"Out of tokens"}\n\n',
    text: 'a',
    error: 'protocol',
  },
  {
    title: 'an error as plain text',
    body: 'data: {"text":"a"}\n\nevent: error\ndata: overloaded\n\n',
    text: 'a',
    error: 'protocol',
  },
  {
    title: 'Spring AI’s answers, as a controller hands them on',
    body: json(
      ...['Hel', 'lo', ''].map((text, at) => {
        const finishReason = at === 2 ? 'STOP' : '';
        const generation = { metadata: { finishReason }, output: { text, messageType: 'ASSISTANT', toolCalls: [] } };
        return { result: generation, results: [generation], metadata: { model: 'm', usage: { promptTokens: 1 } } };
      }),
    ),
    text: 'Hello',
  },
  {
    title: '.NET’s updates, of which some are thoughts and calls',
    body: json(
      { role: 'assistant', contents: [{ $type: 'reasoning', text: 'Hm' }] },
      { role: 'assistant', contents: [{ $type: 'text', text: 'Hel' }] },
      { contents: [{ $type: 'functionCall', name: 'f', arguments: {} }] },
      {
        contents: [
          { $type: 'text', text: 'l' },
          { $type: 'text', text: 'o' },
        ],
      },
      { contents: [{ $type: 'usage', details: {} }], finishReason: 'stop' },
    ),
    text: 'Hello',
  },
  {
    title: 'a message or a delta in an object',
    body: json(
      { message: { role: 'user', content: 'Hi' } },
      { message: { role: 'assistant', content: 'Hel' } },
      { message: { role: 'assistant', content: 'lo' }, stop_reason: 'end_turn' },
    ),
    text: 'Hello',
  },
  {
    title: 'the models of Bedrock and watsonx in their own words',
    body: json({ generation: 'Hel', stop_reason: null }, { generation: 'lo', stop_reason: 'stop' }),
    text: 'Hello',
  },
  {
    title: 'the same in a list, which says that it goes on',
    body: json(
      { results: [{ generated_text: 'Hel', stop_reason: 'not_finished' }] },
      { results: [{ generated_text: 'lo', stop_reason: 'eos_token' }] },
    ),
    text: 'Hello',
  },
  {
    title: 'text within objects beside an answer that stands in none',
    body: json(
      { text: 'Hel' },
      { data: { text: 'Found it' } },
      { text: 'lo' },
      { result: { text: 'Hello' } },
      { type: 'done' },
    ),
    text: 'Hello',
  },
  {
    title: 'a question said again in an object, before an answer that stands in none',
    body: json({ message: { id: 1, content: 'Hi' } }, { delta: 'Hel' }, { delta: 'lo' }, { type: 'done' }),
    text: 'Hello',
  },
  {
    title: 'words in an object that are called as what stands beside an answer is, and words before them',
    body: `${json({ delta: { content: 'Hello' } })}event: status\ndata: {"text":"Done"}\n\n${json({ type: 'done' })}`,
    text: 'Hello',
  },
  {
    title: 'what was found, before an answer in pieces that stand elsewhere',
    body: json(
      { results: [{ content: 'A passage' }] },
      { message: { content: 'Hel' } },
      { message: { content: 'l' } },
      { message: { content: 'o' } },
      { message: { content: '' }, stop_reason: 'end_turn' },
    ),
    text: 'Hello',
  },
  {
    title: 'thoughts in the same objects, before the answer and beside it',
    body: json(
      { message: { thinking: 'Let me', content: '' } },
      { message: { thinking: ' see', content: 'Hel' } },
      { message: { content: 'lo' }, done: true, usage: { prompt_tokens: 1, completion_tokens: 2 } },
    ),
    text: 'Hello',
    reasoning: 'Let me see',
  },
  {
    title: 'thoughts that say by a type what they are, in an object',
    body: json(
      { data: { type: 'thinking', content: 'Let me see' } },
      { data: { content: 'Hel' } },
      { data: { content: 'lo', is_end: true } },
    ),
    text: 'Hello',
    reasoning: 'Let me see',
  },
  {
    title: 'an end that is told beside the last object, or in it',
    body: json(
      { message: { content: 'Hel' } },
      { message: { content: 'lo' } },
      { message: { content: '' }, done: true },
    ),
    text: 'Hello',
  },
  {
    title: 'an end in the last object alone',
    body: json({ data: { content: 'Hel' } }, { data: { content: 'lo' } }, { data: { finished: true } }),
    text: 'Hello',
  },
  {
    title: 'an object and a flag, as Ollama has them, with a text of its own',
    body: json({ message: { text: 'Hel' }, done: false }, { message: { text: 'lo' }, done: true }),
    text: 'Hello',
  },
  ...['message', 'value', 'data'].map((field) => ({
    title: `text in a field that may hold anything, beside a flag: ${field}`,
    body: json({ [field]: 'Hel', done: false }, { [field]: 'lo', done: false }, { [field]: null, done: true }),
    text: 'Hello',
  })),
  {
    title: 'all of it in such a field, with the end',
    body: json({ message: 'Hello', done: true }),
    text: 'Hello',
  },
  {
    title: 'an answer in one piece, and the same elsewhere as a whole',
    body: json({ delta: { content: 'Hello' } }, { message: { content: 'Hello' } }, { type: 'done' }),
    text: 'Hello',
  },
  {
    title: 'pages that were found, before an answer and behind it',
    body: json(
      { results: [{ title: 'A', text: 'a' }] },
      { items: [{ url: 'https://a.example', text: 'a' }] },
      { data: { text: 'Hello' } },
      { data: [{ score: 0.5, text: 'a' }] },
      { type: 'done' },
    ),
    text: 'Hello',
  },
  {
    title: 'a question said again, a tool’s result, and a list that has no end within',
    body: json(
      { data: { role: 'user', content: 'Hi' } },
      { data: { type: 'tool_result', content: 'x' } },
      { data: { data: { data: { data: { data: { data: { data: { text: 'x' } } } } } } } },
      { text: 'Hello' },
      { type: 'done' },
    ),
    text: 'Hello',
  },
  {
    title: 'a reason that is a tool call, after which the answer goes on',
    body: json({ content: 'Hel', finish_reason: 'tool_calls' }, { content: 'lo', finish_reason: 'stop' }),
    text: 'Hello',
  },
  {
    title: 'an end that says all there is',
    body: json({ type: 'start' }, { type: 'complete', response: 'Hello' }),
    text: 'Hello',
  },
  {
    title: 'a reason that is a tool call, and no other one',
    body: json({ content: 'Hel', finish_reason: 'tool_calls' }),
    text: 'Hel',
    error: 'truncated',
  },
  {
    title: 'events that are called as another dialect’s are, and have nothing else of it',
    body: 'event: messageStart\ndata: {"id":7}\n\nevent: messageDelta\ndata: {"text":"Hello"}\n\nevent: messageStop\ndata: {}\n\nevent: done\n\n',
    text: 'Hello',
  },
  {
    title: 'what is said by whom, in a session',
    body: json(
      { type: 'text', session_id: 's', text: 'Hel' },
      { type: 'assistant', session_id: 's', message: 'x', content: 'lo' },
      { type: 'done' },
    ),
    text: 'Hello',
  },
  {
    title: 'all that has been said in each event, a letter more each time',
    body: `${json(...[...'Paris is in France.'].map((_, at, all) => ({ text: all.slice(0, at + 1).join('') })))}data: [DONE]\n\n`,
    text: 'Paris is in France.',
  },
  {
    title: 'the same in an object, and all once more at the end, where it is corrected',
    body: json(
      { data: { answer: 'Paris' } },
      { data: { answer: 'Paris is in' } },
      { data: { answer: 'Paris is in France' } },
      { data: { answer: 'Paris is in [1] France.' } },
      { answer: 'Paris is in [1] France.', done: true },
    ),
    text: 'Paris is in [1] France.',
  },
  {
    title: 'all of it each time, with thoughts in front, which go on once it is corrected',
    body: `${json(
      { thinking: 'Let me see' },
      { text: 'Paris is in the middle' },
      { text: 'Paris is in the middle of France' },
      { text: 'Paris is in the middle of [1] France.' },
      { text: 'Paris is in the middle of [1] France. So' },
      { text: 'Paris is in the middle of [1] France. So there' },
    )}data: [DONE]\n\n`,
    text: 'Paris is in the middle of [1] France. So there',
    reasoning: 'Let me see',
  },
  {
    title: 'thoughts that say all of it each time',
    body: `${json({ thinking: 'Where is' }, { thinking: 'Where is Paris' }, { thinking: 'Where is Paris?' }, { text: 'There' })}data: [DONE]\n\n`,
    text: 'There',
    reasoning: 'Where is Paris?',
  },
  {
    title: 'the same in bare words',
    body: ['Paris', 'Paris is', 'Paris is in', 'Paris is in France', '[DONE]']
      .map((line) => `data: ${line}\n\n`)
      .join(''),
    text: 'Paris is in France',
  },
  ...[
    ['Hel', 'Hello'],
    ['Yes', 'Yes.'],
    ['I', 'I am', 'I am here.'],
    ['Über', 'Über uns'],
  ].map((words) => ({
    title: `a short answer, all of it each time, whose beginning can stand in no middle: ${words.join(', ')}`,
    body: `${json(...words.map((text) => ({ text })))}data: [DONE]\n\n`,
    text: words.at(-1)!,
  })),
  {
    title: 'two answers that each say all of it, one after the other',
    body: `${json(...['Paris is in', 'Paris is in France.', 'Paris is in France. So', ' Next', ' Next is', ' Next is Rome'].map((text) => ({ text })))}data: [DONE]\n\n`,
    text: 'Paris is in France. So Next is Rome',
  },
  {
    title: 'two such answers that begin alike',
    body: `${json(...['The capital', 'The capital of France is', 'The capital of France is Paris. ', 'The capital', 'The capital of France was', 'The capital of France was Lyon.'].map((text) => ({ text })))}data: [DONE]\n\n`,
    text: 'The capital of France is Paris. The capital of France was Lyon.',
  },
  {
    title: 'two events with all that was said each time, the last of which is cut off',
    body: json({ text: 'How can I help you today' }, { text: 'How can I help you today?' }),
    text: 'How can I help you today?',
    error: 'truncated',
  },
  {
    title: 'words that begin as those before them do, and all of them once more at the end',
    body: json({ text: '1' }, { text: '12' }, { text: '112', done: true }),
    text: '112',
  },
  ...[
    ['a', 'a', 'aa'],
    ['ha', 'haha', '!'],
    ['1', '10', ' apples'],
    ['1', '10'],
    ['.', '.', '.', '..'],
    [' a', ' an', ' ant', 'hill'],
    ['*', '**', '***', ' '],
    ['10', '100'],
    ['yes', 'yes.'],
    ['Ha', 'HaHa', '!'],
    ['---', '----', '----'],
    ['-'.repeat(20), '-'.repeat(80), '\nTitle'],
    ['A verse of a song\n', 'A verse of a song\nAnd another one'],
  ].map((words) => ({
    title: `words that begin as those before them do: ${words.join(', ')}`,
    body: `${json(...words.map((text) => ({ text })))}data: [DONE]\n\n`,
    text: words.join(''),
  })),
  ...['ai_chunk', 'assistant_delta', 'reply.text', 'stream', 'llm_token', 'Message'].map((type) => ({
    title: `text by any name whose last word says so: ${type}`,
    body: json({ type, content: 'Hel' }, { type, content: 'lo' }, { type: 'done' }),
    text: 'Hello',
  })),
  ...['session_data', 'init_message', 'access_token', 'audio_chunk', 'image_data', 'meta_content'].flatMap((type) => [
    {
      title: `what is no text under a name that ends alike, in front of another dialect: ${type}`,
      body: json(
        { type, data: 'x1', message: 'x2', value: 'x3' },
        { id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hello' } }] },
        { id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      ),
      text: 'Hello',
    },
    {
      title: `the same in the middle, and as the name of an event: ${type}`,
      body: `event: ${type}\ndata: UklGRg==\n\n${json({ type: 'token', content: 'Hel' }, { type, data: 'x' }, { type: 'token', content: 'lo' }, { type: 'done' })}`,
      text: 'Hello',
    },
  ]),
  ...['completed', 'finished', 'stream_end', 'stream.done', 'chat_completed', 'END', 'closed'].flatMap((name) => [
    {
      title: `an end by any name that says so: ${name}`,
      body: json({ type: 'token', content: 'Hello' }, { type: name }),
      text: 'Hello',
    },
    {
      title: `the same as the name of an event: ${name}`,
      body: `${json({ text: 'Hello' })}event: ${name}\ndata: {"id":1}\n\n`,
      text: 'Hello',
    },
  ]),
  ...['completed', 'answer_end', 'finished'].flatMap((type) => [
    {
      title: `the last words with an end by name: ${type}`,
      body: json({ type: 'token', content: 'Hel' }, { type, content: 'lo' }),
      text: 'Hello',
    },
    {
      title: `all of them once more with it: ${type}`,
      body: json({ type: 'token', content: 'Hel' }, { type: 'token', content: 'lo' }, { type, content: 'Hello' }),
      text: 'Hello',
    },
  ]),
  ...['finished', 'is_final', 'is_end', 'isDone', 'is_last', 'final', 'is_finished'].map((flag) => ({
    title: `an end by a flag: ${flag}`,
    body: json({ text: 'Hel', [flag]: false }, { text: 'lo', [flag]: true }),
    text: 'Hello',
  })),
  ...['tool_end', 'node_finished', 'message.end', 'tool_call_completed', 'search_done'].map((type) => ({
    title: `the end of something that is none of the answer: ${type}`,
    body: json({ type: 'token', content: 'Hel' }, { type }),
    text: 'Hel',
    error: 'truncated',
  })),
  {
    title: 'what tools and searches give, and errors of theirs, under names that end alike, before an answer',
    body: json(
      { type: 'tool_output', output: '72F' },
      { type: 'search_data', data: 'A page' },
      { type: 'error_message', content: 'Try again' },
      { type: 'user_message', content: 'Hi' },
      { type: 'ai_chunk', content: 'Hello' },
      { type: 'done' },
    ),
    text: 'Hello',
  },
  {
    title: 'a kind of part that the AI SDK may have one day, behind its start',
    body: json(
      { type: 'start' },
      { type: 'hologram-delta', delta: 'BEAM' },
      { type: 'text-delta', id: 't', delta: 'Hello' },
      { type: 'finish' },
    ),
    text: 'Hello',
  },
  {
    title: 'thoughts by such names',
    body: json(
      { type: 'thinking_delta', content: 'H' },
      { type: 'reasoning_chunk', content: 'm' },
      { type: 'ai_chunk', content: 'Hello' },
      { type: 'done' },
    ),
    text: 'Hello',
    reasoning: 'Hm',
  },
  {
    title: 'bare words under such a name',
    body: 'event: ai_chunk\ndata: Hel\n\nevent: ai_chunk\ndata: lo\n\nevent: stream_end\ndata: x\n\n',
    text: 'Hello',
  },
  {
    title: 'text in a payload',
    body: json(
      { type: 'chunk', payload: { text: 'Hel' } },
      { type: 'chunk', payload: { text: 'lo' } },
      { type: 'done' },
    ),
    text: 'Hello',
  },
  { title: 'nothing at all', body: '', text: '', error: 'truncated' },
  { title: 'a dialect that nobody knows', body: 'event: x\ndata: {"y":1}\n\n', text: '', error: 'protocol' },
];

describe('generic events', () => {
  for (const { title, body, text = '', reasoning = '', error } of CASES) {
    for (const size of [1, 5, 10_000]) {
      it(`${title}, in pieces of ${size}`, async () => {
        const read = await readMessage(eventStream(inPieces(encode(body), size)));
        expect(textsOf(read.message, 'text')).to.equal(text);
        expect(textsOf(read.message, 'reasoning')).to.equal(reasoning);
        expect(read.error?.code).to.equal(error);
      });
    }
  }

  it('says why it stopped, where a server tells', async () => {
    for (const [reason, said] of [
      ['MAX_TOKENS', 'length'],
      ['content_filter', 'content-filter'],
    ]) {
      const { message } = await readMessage(
        eventStream(`${json({ text: 'a', finish_reason: null }, { text: '', finish_reason: reason })}data: [DONE]\n\n`),
      );
      expect(message.metadata?.finishReason).to.equal(said);
    }
  });

  it('says what the error event said', async () => {
    const { error } = await readMessage(eventStream(CASES.find(({ title }) => title.startsWith('an error in'))!.body));
    expect(error.message).to.equal('Out of tokens');
  });

  it('says what the error events of Flowise and n8n said', async () => {
    for (const event of [
      { event: 'error', data: 'No model' },
      { type: 'error', content: 'No model' },
    ]) {
      const { error } = await readMessage(eventStream(json({ text: 'x' }, event)));
      expect(error.message).to.equal('No model');
    }
  });

  it('counts what Workers AI and Dify have counted', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    for (const events of [
      [{ response: 'x' }, { response: '', usage }, { done: true }],
      [
        { event: 'message', answer: 'x' },
        { event: 'message_end', metadata: { usage } },
      ],
    ]) {
      const { message } = await readMessage(eventStream(json(...events)));
      expect(message.metadata?.usage).to.deep.equal({ inputTokens: 1, outputTokens: 2, totalTokens: 3 });
    }
  });

  it('has a sentence for an error that says nothing', async () => {
    for (const event of [
      'event: error\ndata:\n\n',
      'event: error\ndata: " "\n\n',
      'data: {"type":"error","errorText":""}\n\n',
    ]) {
      const { error } = await readMessage(eventStream(`data: {"type":"start"}\n\n${event}`));
      expect(error, event).to.include({ code: 'protocol', message: 'The server reported an error.' });
    }
  });

  it('is not called finished where it failed, nor is an artifact that was being written', async () => {
    const artifact = { type: 'artifact-start', id: 'a', kind: 'code' };
    const chat = { choices: [{ index: 0, delta: { content: 'x' } }] };
    for (const [title, events, end] of [
      ['by hand', [artifact, { text: 'x' }, { error: 'Broke' }], 'event: done\n\n'],
      ['by hand, without an end', [artifact, { text: 'x' }, { error: 'Broke' }], ''],
      ['of the AI SDK', [{ type: 'start' }, artifact, { type: 'error', errorText: 'Broke' }], 'data: [DONE]\n\n'],
      ['of the AI SDK 5', [{ type: 'start' }, artifact, { type: 'error', errorText: 'Broke' }, { type: 'finish' }], ''],
      ['of OpenAI', [chat, artifact, chat, { error: { message: 'Broke' } }], 'data: [DONE]\n\n'],
    ] as const) {
      const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('') + end;
      const { error, message } = await readMessage(eventStream(body));
      expect(error, title).to.include({ code: 'protocol', message: 'Broke' });
      const settled = settleMessage(message, 'error');
      expect(settled.metadata?.finishReason, title).to.be.oneOf(['error', undefined]);
      expect(settled.parts.find(isArtifactPart)!.data.status, title).to.equal('error');
    }
  });

  it('gives up after twenty unreadable events in a row and keeps what came before', async () => {
    const body = `data: {"text":"a"}\n\n${'data: {"x\n\n'.repeat(20)}data: {"text":"b"}\n\n`;
    const { error, message } = await readMessage(eventStream(body));
    expect(error).to.include({ code: 'protocol' });
    expect(textsOf(message, 'text')).to.equal('a');
  });

  it('reads an event of nothing but spaces, or almost, at once', async () => {
    const body = `data: ${' '.repeat(400_000)}x\n\nevent: done\ndata: {}\n\n`;
    const before = performance.now();
    await readMessage(eventStream(body), { protocol: 'auto' });
    expect(performance.now() - before).to.be.below(2000);
  });

  it('looks no further into a list of objects than text may stand in one', async () => {
    const took = async (field: string) => {
      const body = json(
        { [field]: Array.from({ length: 20_000 }, () => ({ a: 1 })) },
        { text: 'Hello' },
        { type: 'done' },
      );
      const before = performance.now();
      const { message } = await readMessage(eventStream(body));
      expect(textsOf(message, 'text')).to.equal('Hello');
      return performance.now() - before;
    };
    await took('message');
    expect(await took('message')).to.be.below(20 * (await took('other')) + 500);
  });

  it('surfaces what it passes over', async () => {
    const { parts } = await readMessage(
      eventStream('data: {"text":"a"}\n\nevent: x\ndata: {"y":1}\n\ndata: {"te\n\ndata: [DONE]\n\n'),
    );
    expect(parts.filter(({ type }) => type === 'raw')).to.deep.equal([
      { type: 'raw', name: 'x', data: '{"y":1}', reason: 'unknown' },
      { type: 'raw', name: 'message', data: '{"te', reason: 'invalid-json' },
    ]);
  });
});

describe('what is held back in generic events', () => {
  const ORDERS: [string, unknown[], [string, string][]][] = [
    [
      'thoughts, before an answer',
      [{ thinking: 'H' }, { thinking: 'Hm' }, { text: 'Yes' }],
      [
        ['reasoning', 'HHm'],
        ['text', 'Yes'],
      ],
    ],
    [
      'an answer, before more thoughts',
      [{ text: '1' }, { text: '12' }, { thinking: 'Hm' }, { text: '.' }],
      [
        ['text', '112'],
        ['reasoning', 'Hm'],
        ['text', '.'],
      ],
    ],
  ];
  for (const [title, events, expected] of ORDERS)
    it(`stands where it was said: ${title}`, async () => {
      const { message } = await readMessage(eventStream(`${json(...events)}data: [DONE]\n\n`));
      expect(message.parts.map((part) => [part.type, (part as { text: string }).text])).to.deep.equal(expected);
    });
});

const delta = (id: string, text: string) => ({ type: 'artifact-delta', id, delta: text });
const start = { type: 'artifact-start', id: 'a', kind: 'code', language: 'js' };

interface ArtifactCase {
  title: string;
  events: unknown[];
  text: string;
  content: string;
}

const ARTIFACTS: ArtifactCase[] = [
  {
    title: 'bare text between start and end is the artifact’s',
    events: [
      { text: 'Here: ' },
      start,
      { text: 'let x' },
      { text: ' = 1' },
      { type: 'artifact-end', id: 'a' },
      { text: 'Bye' },
    ],
    text: 'Here: Bye',
    content: 'let x = 1',
  },
  {
    title: 'an end without an id ends the artifact that is open',
    events: [start, { text: 'x' }, { type: 'artifact-end' }, { text: 'Bye' }],
    text: 'Bye',
    content: 'x',
  },
  {
    title: 'text beside keyed deltas is chat',
    events: [start, { type: 'artifact-delta', id: 'a', delta: 'x' }, { text: 'Hi' }, { type: 'artifact-end', id: 'a' }],
    text: 'Hi',
    content: 'x',
  },
  {
    title: 'text that was taken too early is given back',
    events: [start, { text: 'Hi' }, { type: 'artifact-delta', id: 'a', delta: 'x' }, { type: 'artifact-end', id: 'a' }],
    text: 'Hi',
    content: 'x',
  },
  {
    title: 'the data- spelling with its payload in data',
    events: [
      { type: 'data-artifact-start', data: start },
      { type: 'data-artifact-delta', data: { id: 'a', delta: 'x' } },
      { text: 'Hi' },
      { type: 'data-artifact-end', data: { id: 'a' } },
    ],
    text: 'Hi',
    content: 'x',
  },
  {
    title: 'edits and replacements',
    events: [
      start,
      { type: 'artifact-replace', id: 'a', content: 'one two' },
      {
        type: 'artifact-patch',
        id: 'a',
        edits: [
          { find: 'two', replace: '2' },
          { from: 0, to: 3, replace: '1' },
        ],
      },
      { type: 'artifact-end', id: 'a' },
      { text: '.' },
    ],
    text: '.',
    content: '1 2',
  },
];

describe('artifacts in any stream', () => {
  for (const { title, events, text, content } of ARTIFACTS) {
    it(title, async () => {
      const { message, error } = await readMessage(eventStream(`${json(...events)}data: [DONE]\n\n`));
      expect(error).to.equal(undefined);
      const gist = gistOf(message);
      expect(gist.text).to.equal(text);
      expect(gist.artifact).to.include({ content, status: 'complete' });
    });
  }

  for (const before of ['', 'data: Here: \n\n'])
    it(`words that are no JSON ${before ? 'around' : 'in'} an artifact leave its end an end`, async () => {
      const body = `${before}${json(start)}data: let x\n\ndata:  = 1\n\n${json({ type: 'artifact-end', id: 'a' })}data: Bye\n\n`;
      const { message } = await readMessage(eventStream(`${body}data: [DONE]\n\n`));
      const gist = gistOf(message);
      expect(gist.artifact).to.include({ content: 'let x = 1', status: 'complete' });
      expect(gist.text).to.equal(before ? 'Here: Bye' : 'Bye');
    });

  it('stays where what was said is corrected', async () => {
    const said = ['Paris is in the middle', 'Paris is in the middle of France', 'Paris is in the middle of [1] France'];
    const [first, ...others] = said.map((text) => ({ text }));
    const events = [first, start, delta('a', 'x'), { type: 'artifact-end', id: 'a' }, ...others];
    const { message } = await readMessage(eventStream(`${json(...events)}data: [DONE]\n\n`));
    expect(gistOf(message).artifact?.content).to.equal('x');
    expect(gistOf(message).text).to.match(/Paris is in the middle of \[1\] France$/);
  });

  it('words that are held back stand in front of it', async () => {
    const events = [{ text: '1' }, { text: '12' }, start, { text: 'x' }, { text: 'xy' }, { type: 'artifact-end' }];
    const { message } = await readMessage(eventStream(`${json(...events)}data: [DONE]\n\n`));
    expect([gistOf(message).text, gistOf(message).artifact?.content]).to.deep.equal(['112', 'xxy']);
  });

  it('text after an artifact is a block of its own', async () => {
    const { message } = await readMessage(eventStream(`${json(...ARTIFACTS[0]!.events)}data: [DONE]\n\n`));
    expect(message.parts.map(({ type }) => type)).to.deep.equal(['text', 'data-artifact', 'text']);
  });

  it('two artifacts stream at once', async () => {
    const other = { ...start, id: 'b' };
    const events = [start, other, delta('a', '1'), delta('b', '2'), delta('a', '3'), delta('b', '4')];
    const { message } = await readMessage(eventStream(`${json(...events)}data: [DONE]\n\n`));
    expect(message.parts.map((part: any) => [part.id, part.data.content])).to.deep.equal([
      ['a', '13'],
      ['b', '24'],
    ]);
  });

  it('names from the wire are keys, not properties', async () => {
    const events = [
      { ...start, id: '__proto__' },
      { type: 'artifact-delta', id: '__proto__', delta: 'x' },
    ];
    const { message } = await readMessage(eventStream(`${json(...events)}data: [DONE]\n\n`));
    expect(gistOf(message).artifact).to.include({ id: '__proto__', content: 'x' });
  });
});
