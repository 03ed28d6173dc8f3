import { expect } from '@open-wc/testing';
import { readParts, reduceMessage, textOf, toolName, type Message, type ToolMessagePart } from '../../src/core.js';
import type { StreamPart } from '../../src/core.js';
import { eventStream, inPieces } from '../support/bytes.js';
import { usageIn } from '../support/golden-usage.js';
import { sharedBytes, sharedJson } from '../support/shared.js';

interface Golden {
  kind: string;
  final: Record<string, any> | null;
}

interface Expected {
  text?: string;
  tools: { name: string; input: unknown }[];
  finishReason?: string;
}

const goldens = await sharedJson<Record<string, Golden>>('recordings/goldens.json');
const DIALECTS: Record<string, string> = { chat: 'openai', anthropic: 'anthropic' };

/** The SDK does not assemble the arguments of MCP calls: it leaves `{}`. */
const SDK_LEAVES_INPUT = /mcp_servers/;

/** Read by the provider's SDK as `[object Object]`: lists as content are Mistral's own. */
const SDK_MISREADS = /mistral/;

const REASONS: Record<string, string> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  content_filter: 'content-filter',
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  refusal: 'content-filter',
};

async function read(bytes: Uint8Array, size?: number) {
  const parts: StreamPart[] = [];
  let error: unknown;
  let message: Message = { id: 'm', role: 'assistant', parts: [] };
  try {
    for await (const part of readParts(eventStream(inPieces(bytes, size)))) {
      parts.push(part);
      message = reduceMessage(message, part);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { parts, message, error };
}

function expectedOf(golden: Golden): Expected {
  const final = golden.final!;
  if (golden.kind === 'anthropic') {
    const blocks = final.content as Record<string, any>[];
    return {
      text: blocks
        .filter(({ type }) => type === 'text')
        .map(({ text }) => text)
        .join(''),
      tools: blocks.filter(({ type }) => type.endsWith('tool_use')).map(({ name, input }) => ({ name, input })),
      finishReason: REASONS[final.stop_reason],
    };
  }
  const { message, finish_reason: reason } = final.choices[0];
  return {
    text: message.content ?? '',
    tools: (message.tool_calls ?? []).map((call: any) => ({
      name: call.function.name,
      input: parsed(call.function.arguments),
    })),
    finishReason: REASONS[reason],
  };
}

function parsed(text: string): unknown {
  return text.trim() === '' ? {} : JSON.parse(text);
}

/** Reasoning as the raw events spell it, since the SDKs keep only its last fragment or none. */
function rawReasoning(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const events = [...text.matchAll(/^data: ?(\{.*\})\s*$/gm)].map(([, json]) => JSON.parse(json!));
  return events.map(reasoningIn).join('');
}

function reasoningIn(event: any): string {
  if (event.delta?.type === 'thinking_delta') return event.delta.thinking;
  const delta = event.choices?.[0]?.delta ?? {};
  if (Array.isArray(delta.content)) {
    return delta.content
      .flatMap((item: any) => item.thinking ?? [])
      .map((item: any) => item.text)
      .join('');
  }
  const details = (delta.reasoning_details ?? []).map((detail: any) => detail.text ?? detail.summary ?? '');
  return delta.reasoning_content ?? delta.reasoning ?? details.join('');
}

/** The SDK leaves a thought in the text, where the model wrote it. */
function thinksInline({ final }: Golden): boolean {
  return (final?.choices?.[0]?.message?.content ?? '').startsWith('<think>');
}

function toolsOf(message: Message): { name: string; input: unknown }[] {
  const calls = message.parts.filter((part) => part.type.startsWith('tool-')) as ToolMessagePart[];
  return calls.map((part) => ({ name: toolName(part), input: part.input }));
}

const relevant = Object.entries(goldens ?? {}).filter(([, { kind }]) => kind in DIALECTS);

(goldens ? describe : describe.skip)('recorded streams', () => {
  for (const [file, golden] of relevant) {
    const name = file.split('/').slice(-2).join('/');

    it(`${name}: detected and read`, async () => {
      const bytes = await sharedBytes(`recordings/${file}`);
      const { parts, message, error } = await read(bytes);
      expect(parts.filter(({ type }) => type === 'raw')).to.deep.equal([]);
      const reported = parts.some(({ type }) => type === 'error');
      if (error && !reported) expect(error).to.have.property('code', 'truncated');
      const reasoning = message.parts.filter(({ type }) => type === 'reasoning').map((part) => (part as any).text);
      const isInline = thinksInline(golden);
      if (!isInline) expect(reasoning.join('')).to.equal(rawReasoning(bytes));
      if (!golden.final || golden.final.__error || SDK_MISREADS.test(file)) return;
      const expected = expectedOf(golden);
      const thought = isInline ? `<think>${reasoning.join('')}</think>` : '';
      expect(thought + textOf(message)).to.equal(expected.text);
      if (!SDK_LEAVES_INPUT.test(file)) expect(toolsOf(message)).to.deep.equal(expected.tools);
      expect(message.metadata?.finishReason).to.equal(expected.finishReason);
      const usage = usageIn(golden.final.usage);
      if (usage) expect(message.metadata?.usage).to.deep.equal(usage);
    });

    it(`${name}: the same however it is cut`, async () => {
      const bytes = await sharedBytes(`recordings/${file}`);
      const whole = await read(bytes);
      for (const size of [17, 1021]) {
        const pieces = await read(bytes, size);
        expect(pieces.message).to.deep.equal(whole.message);
      }
    });
  }

  it('has recordings to read', () => {
    expect(relevant.length).to.be.at.least(60);
  });
});
