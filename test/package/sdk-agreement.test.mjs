/** What is read here is what the providers' own clients read from the same bytes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpAgent } from '@ag-ui/client';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import * as fc from 'fast-check';
import OpenAI from 'openai';
import { readParts, reduceMessage, settleMessage } from '../../dist/core.js';
import { agUi, anthropic, answer, chat, gemini, plainBody, responses } from '../support/provider-streams.mjs';

const RUNS = { numRuns: 100 };

function respond(body) {
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

async function readOurs(body) {
  let message = { id: '', role: 'assistant', parts: [] };
  for await (const part of readParts(respond(body))) message = reduceMessage(message, part);
  return settleMessage(message, 'complete');
}

/** @param {object} message */
function gist({ parts, metadata }) {
  const said = (kind) => parts.map((part) => (part.type === kind ? part.text : '')).join('');
  const calls = parts.filter(({ type }) => type.startsWith('tool-'));
  return {
    text: said('text'),
    reasoning: said('reasoning'),
    tools: calls.map((part) => ({ id: part.toolCallId, name: part.type.slice('tool-'.length), input: part.input })),
    usage: [metadata?.usage?.inputTokens, metadata?.usage?.outputTokens],
    isCutShort: metadata?.finishReason === 'length',
  };
}

function parsed(text) {
  return text === '' ? {} : JSON.parse(text);
}

async function chatGist(body) {
  const client = new OpenAI({ apiKey: 'x', fetch: async () => respond(body) });
  const final = await client.chat.completions.stream({ model: 'm', messages: [] }).finalChatCompletion();
  const { message } = final.choices[0];
  return {
    text: message.content ?? '',
    reasoning: '',
    tools: (message.tool_calls ?? []).map((call) => ({
      id: call.id,
      name: call.function.name,
      input: parsed(call.function.arguments),
    })),
    usage: [final.usage.prompt_tokens, final.usage.completion_tokens],
    isCutShort: final.choices[0].finish_reason === 'length',
  };
}

async function responsesGist(body) {
  const client = new OpenAI({ apiKey: 'x', fetch: async () => respond(body) });
  const {
    output,
    usage,
    incomplete_details: cut,
  } = await client.responses.stream({ model: 'm', input: 'x' }).finalResponse();
  const of = (type) => output.filter((item) => item.type === type);
  return {
    text: of('message')
      .flatMap(({ content }) => content.map(({ text }) => text))
      .join(''),
    reasoning: of('reasoning')
      .flatMap(({ summary }) => summary.map(({ text }) => text))
      .join(''),
    tools: of('function_call').map((item) => ({ id: item.call_id, name: item.name, input: parsed(item.arguments) })),
    usage: [usage.input_tokens, usage.output_tokens],
    isCutShort: cut?.reason === 'max_output_tokens',
  };
}

async function anthropicGist(body) {
  const client = new Anthropic({ apiKey: 'x', fetch: async () => respond(body) });
  const {
    content,
    usage,
    stop_reason: reason,
  } = await client.messages.stream({ model: 'c', max_tokens: 1, messages: [] }).finalMessage();
  const of = (type) => content.filter((one) => one.type === type);
  return {
    text: of('text')
      .map(({ text }) => text)
      .join(''),
    reasoning: of('thinking')
      .map(({ thinking }) => thinking)
      .join(''),
    tools: of('tool_use').map(({ id, name, input: given }) => ({ id, name, input: given })),
    usage: [usage.input_tokens, usage.output_tokens],
    isCutShort: reason === 'max_tokens',
  };
}

async function geminiGist(body) {
  const before = globalThis.fetch;
  globalThis.fetch = async () => respond(body);
  try {
    const client = new GoogleGenAI({ apiKey: 'x' });
    const parts = [];
    let usage;
    let reason;
    for await (const chunk of await client.models.generateContentStream({ model: 'm', contents: 'x' })) {
      parts.push(...(chunk.candidates?.[0]?.content?.parts ?? []));
      usage = chunk.usageMetadata ?? usage;
      reason = chunk.candidates?.[0]?.finishReason ?? reason;
    }
    const said = (thought) => parts.filter((part) => (part.thought ?? false) === thought).map(({ text }) => text ?? '');
    const calls = parts.filter(({ functionCall }) => functionCall).map(({ functionCall }) => functionCall);
    return {
      text: said(false).join(''),
      reasoning: said(true).join(''),
      tools: calls.map(({ id, name, args }) => ({ id, name, input: args })),
      usage: [usage.promptTokenCount, usage.candidatesTokenCount],
      isCutShort: reason === 'MAX_TOKENS',
    };
  } finally {
    globalThis.fetch = before;
  }
}

async function agUiGist(body) {
  const agent = new HttpAgent({ url: 'http://localhost/', fetch: async () => respond(body) });
  const seen = { usage: [undefined, undefined] };
  await agent.runAgent(
    {},
    {
      onRunFinishedEvent: ({ event: { usage } }) =>
        void (seen.usage = [usage?.[0]?.inputTokens, usage?.[0]?.outputTokens]),
    },
  );
  const of = (role) => agent.messages.filter((message) => message.role === role);
  return {
    text: of('assistant')
      .map(({ content }) => content ?? '')
      .join(''),
    reasoning: of('reasoning')
      .map(({ content }) => content ?? '')
      .join(''),
    tools: of('assistant').flatMap(({ toolCalls = [] }) =>
      toolCalls.map((call) => ({ id: call.id, name: call.function.name, input: parsed(call.function.arguments) })),
    ),
    usage: seen.usage,
    // The protocol has no word for it.
    isCutShort: false,
  };
}

const CASES = [
  ['OpenAI Chat Completions', chat, chatGist],
  ['OpenAI Responses', responses, responsesGist],
  ['Anthropic Messages', anthropic, anthropicGist],
  ['Gemini', gemini, geminiGist],
  ['AG-UI', agUi, agUiGist],
];

describe('a stream is read as the provider’s own client reads it', () => {
  for (const [name, write, readTheirs] of CASES) {
    it(name, { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(answer, async (one) => {
          const body = plainBody(write(one));
          assert.deepEqual(gist(await readOurs(body)), await readTheirs(body));
        }),
        RUNS,
      );
    });
  }
});
