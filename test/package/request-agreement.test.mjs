/** What goes back to a provider says the same as when the AI SDK's own provider packages write it. */
/* oxlint-disable oxc/no-map-spread, oxc/no-accumulating-spread -- conversations of a few words, compared, never shown */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { convertToModelMessages, streamText } from 'ai';
import * as fc from 'fast-check';
import { protocols } from '../../dist/core.js';

const RUNS = 150;
const BYTES = 'aGVsbG8=';

const word = fc.constantFrom('a', 'Zürich 👩‍👧', '**b**\n\n- c', '"quoted"');
const text = word.map((one) => ({ type: 'text', text: one, state: 'done' }));
const file = fc.constantFrom(
  { type: 'file', mediaType: 'image/png', url: `data:image/png;base64,${BYTES}` },
  { type: 'file', mediaType: 'application/pdf', url: `data:application/pdf;base64,${BYTES}`, filename: 'a.pdf' },
);
const thought = word.map((one) => ({
  type: 'reasoning',
  text: one,
  state: 'done',
  providerMetadata: { anthropic: { signature: `a${one.length}` }, google: { thoughtSignature: `g${one.length}` } },
}));
const outcome = fc.oneof(
  fc.constantFrom('sunny', { degrees: 20 }, [1, 2], null).map((output) => ({ state: 'output-available', output })),
  word.map((errorText) => ({ state: 'output-error', errorText })),
);
const call = fc
  .record({ name: fc.constantFrom('weather', 'note'), input: fc.constantFrom({}, { city: 'Rome' }), outcome })
  .map(({ name, input, outcome: ended }) => ({ type: `tool-${name}`, input, ...ended }));

/** One go of the model, as each of the APIs writes one: thoughts, then words, then calls. */
const step = fc
  .record({
    thoughts: fc.array(thought, { maxLength: 1 }),
    words: fc.array(text, { maxLength: 1 }),
    calls: fc.array(call, { maxLength: 2 }),
  })
  .filter(({ words, calls }) => words.length + calls.length > 0)
  .map(({ thoughts, words, calls }) => [{ type: 'step-start' }, ...thoughts, ...words, ...calls]);

const question = fc.record({ words: text, files: fc.array(file, { maxLength: 2 }) });
const turn = fc.record({ question, steps: fc.array(step, { minLength: 1, maxLength: 3 }) });
const conversation = fc.array(turn, { minLength: 1, maxLength: 3 }).map((turns) => {
  let calls = 0;
  const parts = turns.flatMap(({ question: { words, files }, steps }) => [
    { role: 'user', parts: [words, ...files] },
    {
      role: 'assistant',
      parts: steps.flat().map((part) => (part.input ? { ...part, toolCallId: `id${++calls}` } : part)),
    },
  ]);
  return parts.map((message, index) => ({ id: `m${index}`, ...message }));
});

/** The body that the AI SDK sends. @param {(fetch: any) => any} model */
async function theirs(model, messages) {
  let body;
  const fetch = async (_url, init) => {
    body = JSON.parse(init.body);
    throw new Error('That is enough.');
  };
  const prompt = await convertToModelMessages(messages);
  await streamText({ model: model(fetch), messages: prompt, maxRetries: 0, onError() {} }).consumeStream();
  return body;
}

const ours = (name, messages) =>
  protocols.get(name).createBody({ id: 'c', messages, model: 'm', trigger: 'submit-message' });

/** Neighbours of one role are one turn, and neighbouring texts one: the APIs read them so. */
function joined(turns, content) {
  const whole = turns.reduce((before, next) => {
    const last = before.at(-1);
    if (!last || last.role !== next.role || last.role === 'tool') return [...before, next];
    return [...before.slice(0, -1), { ...last, ...next, [content]: [...last[content], ...next[content]] }];
  }, []);
  return whole.map((turn) => (Array.isArray(turn[content]) ? { ...turn, [content]: joinTexts(turn[content]) } : turn));
}

function joinTexts(blocks) {
  const isText = (block) =>
    block !== undefined && !block.thought && /^[\w-]*text$/.test(block.type ?? Object.keys(block).join());
  return blocks.reduce((before, next) => {
    const last = before.at(-1);
    if (!isText(last) || !isText(next)) return [...before, next];
    return [...before.slice(0, -1), { ...last, text: last.text + next.text }];
  }, []);
}

const asList = (content) => (typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []));

/** What failed is JSON with an `error` there, the same words here. */
const plainResult = (content) => /^\{"error":(".*")\}$/s.exec(content)?.[1];
const inWords = (content) => (plainResult(content) ? JSON.parse(plainResult(content)) : content);

const PROVIDERS = {
  openai: {
    model: (fetch) => createOpenAI({ apiKey: 'k', fetch }).chat('gpt-5'),
    normal: ({ messages }) =>
      joined(
        messages.map(({ tool_calls: calls = [], content, ...message }) =>
          message.role === 'tool'
            ? { ...message, content: inWords(content) }
            : { ...message, content: [...asList(content), ...calls.map(({ extra_content: _, ...one }) => one)] },
        ),
        'content',
      ),
  },
  'openai-responses': {
    model: (fetch) => createOpenAI({ apiKey: 'k', fetch }).responses('gpt-4o'),
    normal: ({ input }) =>
      joined(
        input
          .map((item) => (item.role === 'assistant' ? { ...item, content: textsOf(item.content) } : item))
          .map((item) => (item.output === undefined ? item : { ...item, output: inWords(item.output) }))
          .map((item) => (item.role ? item : { role: 'items', content: [item] })),
        'content',
      ),
  },
  anthropic: {
    model: (fetch) => createAnthropic({ apiKey: 'k', fetch })('claude-sonnet-4-5'),
    // Files stand before the words here, as Anthropic recommends.
    normal: ({ messages }) =>
      joined(messages, 'content').map(({ role, content }) => ({
        role,
        content: role === 'user' ? byKind(content) : content,
      })),
  },
  gemini: {
    model: (fetch) => createGoogleGenerativeAI({ apiKey: 'k', fetch })('gemini-2.5-flash'),
    normal: ({ contents }) =>
      joined(contents, 'parts').map(({ role, parts }) => ({ role, parts: parts.map(responseIn) })),
  },
};

const textsOf = (content) => asList(content).map(({ text: one }) => ({ type: 'text', text: one }));
const byKind = (blocks) => blocks.toSorted((one, other) => rank(one) - rank(other));
const rank = ({ type }) => ['tool_result', 'image', 'document', 'text'].indexOf(type === 'document' ? 'image' : type);

/** The API takes any object for a result; `error` names a failure in both. */
function responseIn(part) {
  const { response, ...rest } = part.functionResponse ?? {};
  if (!response) return part;
  const { name: _, content, output = content, ...failure } = response;
  return { functionResponse: { ...rest, response: 'error' in failure ? failure : { output } } };
}

describe('the conversation that goes back to a provider', () => {
  for (const [name, { model, normal }] of Object.entries(PROVIDERS)) {
    it(`says to ${name} what the AI SDK says: words, files, thoughts, calls, and what came of them`, async () => {
      await fc.assert(
        fc.asyncProperty(conversation, async (messages) => {
          assert.deepEqual(normal(await ours(name, messages)), normal(await theirs(model, messages)));
        }),
        { numRuns: RUNS, seed: 7 },
      );
    });
  }
});
