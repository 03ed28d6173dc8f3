import { expect } from '@open-wc/testing';
import { isToolPart, textOf, toolName, type Message } from '../../src/core.js';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { usageIn } from '../support/golden-usage.js';
import { readMessage, textsOf } from '../support/read-message.js';
import { sharedBytes, sharedJson } from '../support/shared.js';

interface Golden {
  kind: string;
  final: any;
}

interface Expected {
  text: string;
  reasoning: string;
  tools: { name: string; input: unknown }[];
}

const goldens = await sharedJson<Record<string, Golden>>('recordings/goldens.json');
const DIALECTS: Record<string, string> = { responses: 'openai-responses', gemini: 'gemini' };

function parsed(text: string): unknown {
  return text.trim() === '' ? {} : JSON.parse(text);
}

function joined(values: unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? value : '')).join('');
}

/** What the provider's own SDK makes of it. */
function ofResponses({ output }: any): Expected {
  const of = (type: string) => output.filter((item: any) => item.type === type);
  const contents = of('message').flatMap((item: any) => item.content);
  const thoughts = of('reasoning').flatMap((item: any) => [item.summary ?? [], item.content ?? []].flat());
  return {
    text: joined(contents.map((content: any) => content.text ?? content.refusal)),
    reasoning: joined(thoughts.map((thought: any) => thought.text)),
    tools: of('function_call').map((item: any) => ({ name: item.name, input: parsed(item.arguments) })),
  };
}

/** The SDK keeps no final message: what the raw events say. */
function ofGemini(bytes: Uint8Array): Expected {
  const text = new TextDecoder().decode(bytes);
  const events = [...text.matchAll(/^data: ?(\{.*\})\s*$/gm)].map(([, json]) => JSON.parse(json!));
  const parts = events.flatMap((event) => event.candidates?.[0]?.content?.parts ?? []);
  return {
    text: joined(parts.filter(({ thought }) => !thought).map((part) => part.text)),
    reasoning: joined(parts.filter(({ thought }) => thought).map((part) => part.text)),
    tools: parts.filter((part) => part.functionCall).map(({ functionCall: { name, args } }) => ({ name, input: args })),
  };
}

function ofAgUi(events: any[]): Expected {
  const deltas = (type: string) => joined(events.filter((event) => event.type === type).map(({ delta }) => delta));
  const calls = events.filter(({ type }) => type === 'TOOL_CALL_START');
  return {
    text: deltas('TEXT_MESSAGE_CONTENT'),
    reasoning: deltas('REASONING_MESSAGE_CONTENT'),
    tools: calls.map(({ toolCallId, toolCallName }) => ({
      name: toolCallName,
      input: parsed(
        joined(
          events
            .filter((event) => event.type === 'TOOL_CALL_ARGS' && event.toolCallId === toolCallId)
            .map(({ delta }) => delta),
        ),
      ),
    })),
  };
}

function gist(message: Message): Expected {
  // A call without a name was made in an answer before this one: only its result is here.
  const others = new Set(['tool_search', '']);
  const own = message.parts.filter(isToolPart).filter((part) => !part.providerExecuted && !others.has(toolName(part)));
  return {
    text: textOf(message),
    reasoning: textsOf(message, 'reasoning'),
    tools: own.map((part) => ({ name: toolName(part), input: part.input })),
  };
}

async function isTheSameInPieces(bytes: Uint8Array, whole: Message): Promise<void> {
  for (const size of [17, 1021]) {
    const { message } = await readMessage(eventStream(inPieces(bytes, size)));
    expect(message).to.deep.equal(whole);
  }
}

(goldens ? describe : describe.skip)('recorded streams of the further dialects', () => {
  const relevant = Object.entries(goldens ?? {}).filter(([, { kind }]) => kind in DIALECTS);

  for (const [file, { kind, final }] of relevant) {
    it(`${file.split('/').slice(-2).join('/')}: detected, read, and the same however it is cut`, async () => {
      const bytes = await sharedBytes(`recordings/${file}`);
      const { parts, message, error } = await readMessage(eventStream(inPieces(bytes)));
      expect(error).to.equal(undefined);
      expect(parts.filter(({ type }) => type === 'raw')).to.deep.equal([]);
      if (kind === 'gemini') expect(gist(message)).to.deep.equal(ofGemini(bytes));
      else if (!final.__error) expect(gist(message)).to.deep.equal(ofResponses(final));
      const usage = usageIn(final?.usage);
      if (usage) expect(message.metadata?.usage).to.deep.equal(usage);
      await isTheSameInPieces(bytes, message);
    });
  }

  it('has recordings to read', () => expect(relevant.length).to.be.at.least(50));

  it('reads the code that was run and what it drew', async () => {
    const [file] = relevant.find(([name]) => name.includes('code_execution_return_image'))!;
    const { message } = await readMessage(eventStream(inPieces(await sharedBytes(`recordings/${file}`))));
    const tool = message.parts.find(isToolPart)!;
    expect(toolName(tool)).to.equal('code_interpreter');
    expect(tool.state).to.equal('output-available');
    expect(String(tool.input)).to.contain('import numpy as np\r\n');
    expect(message.parts.filter(({ type }) => type === 'data-image')).to.have.lengthOf(1);
  });
});

const index = await fetch('/shared/recordings/ag-ui/dart-events.json');

(index.ok ? describe : describe.skip)('recorded AG-UI events', () => {
  const STEPS = [
    'Step01_GettingStarted_PostRun_MultiTurn_SynthesizesAssistantMessages_Turn_01',
    'Step01_GettingStarted_PostRun_MultiTurn_SynthesizesAssistantMessages_Turn_02',
    'Step02_BackendTools_PostRun_WithBackendToolCall_InvokesToolAndStreamsResult_Turn_01',
    'Step03_FrontendTools_PostRun_WithFrontendToolCall_InvokesToolLocallyAndStreamsResult_Turn_01',
    'Step03_FrontendTools_PostRun_WithFrontendToolCall_InvokesToolLocallyAndStreamsResult_Turn_02',
    'Step04_HumanInLoop_PostRun_WithApprovalRequired_RoundTripsThroughBothWrappers_Turn_01',
    'Step04_HumanInLoop_PostRun_WithApprovalRequired_RoundTripsThroughBothWrappers_Turn_02',
    'Step05_StateManagement_PostRun_WithState_EmitsStateSnapshotAndSummary_Turn_01',
    'Step06_RawEvents_PostRun_ForwardsLlmUsageAsRawEvents_Turn_01',
    'Step07_ThinkingEvents_PostRun_WithReasoningContent_EmitsReasoningAndTextEvents_Turn_01',
    'Step08_MultimodalMessages_PostRun_WithImageUrl_DescribesImage_Turn_01',
    'Step09_InterruptsApproval_PostRun_DeleteRequest_EmitsInterruptThenResumes_Turn_01',
    'Step09_InterruptsApproval_PostRun_DeleteRequest_EmitsInterruptThenResumes_Turn_02',
    'Step10_InterruptsUserInput_PostRun_SetupRequest_EmitsInputInterruptThenResumes_Turn_01',
    'Step10_InterruptsUserInput_PostRun_SetupRequest_EmitsInputInterruptThenResumes_Turn_02',
    'Step11_Serialization_PostRun_EventsSerializeAndDeserializeRoundTrip_Turn_01',
    'Step11_Serialization_PostRun_EventsSerializeAndDeserializeRoundTrip_Turn_02',
    'Step12_ParallelToolCalls_PostRun_WithParallelToolCalls_InvokesBothToolsAndStreamsResults_Turn_01',
    'MixedToolInvocationIntegration_MixedInvocation_TwoTurnFlow_EmitsToolCallsThenServerResults_Turn_01',
    'MixedToolInvocationIntegration_MixedInvocation_TwoTurnFlow_EmitsToolCallsThenServerResults_Turn_02',
  ];

  for (const step of STEPS) {
    it(`${step}: read, and the same however it is cut`, async () => {
      const bytes = await sharedBytes(`recordings/ag-ui/${step}.06.Response.Server.AGUI.verified.json`);
      const events = JSON.parse(new TextDecoder().decode(bytes)) as any[];
      const body = encode(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
      const { parts, message, error } = await readMessage(eventStream(inPieces(body)));
      expect(error).to.equal(undefined);
      expect(parts.filter(({ type }) => type === 'raw')).to.deep.equal([]);
      expect(gist(message)).to.deep.equal(ofAgUi(events));
      const results = events.filter(({ type }) => type === 'TOOL_CALL_RESULT');
      const outputs = message.parts.filter(isToolPart).filter(({ state }) => state === 'output-available');
      const known = new Set(results.map(({ toolCallId }) => toolCallId));
      expect(outputs.map(({ toolCallId }) => toolCallId)).to.have.members([...known]);
      await isTheSameInPieces(body, message);
    });
  }

  it('the handwritten stream: comments, ids, data over several lines, broken events', async () => {
    const bytes = await sharedBytes('recordings/ag-ui/dart-sse_streams.txt');
    const { message, parts } = await readMessage(eventStream(inPieces(bytes)));
    expect(textOf(message)).to.equal(
      'Hello, how can I help you today?TestMessage with IDHello 你好 🌟 €Special: "quotes", \\backslash\\, \ttab',
    );
    expect(message.parts.find(({ type }) => type === 'data-state')).to.deep.include({
      data: { count: 42, name: 'test' },
    });
    expect(parts.filter(({ type }) => type === 'raw').length).to.be.at.least(3);
  });
});
