import type { ToolPart } from '../../protocols/stream-part.js';
import { isToolPart, type Message, type MessagePart, type ToolApproval, type ToolMessagePart } from '../../message.js';
import { lastCall, pushPart, replacePart } from './message-parts.js';
import { appendInput, streamingInput } from './streaming-input.js';

type CallPart = Exclude<ToolPart, { type: 'tool-approval-response' }>;

/** Tool calls, found by their id, which later steps may use again. */
export function reduceTool(message: Message, part: ToolPart): Message {
  const index = indexOfCall(message, part);
  const call = message.parts[index] as ToolMessagePart | undefined;
  if (call) return replacePart(message, index, changed(call, part));
  // An answer to nothing is nothing; any other part of a call that nobody announced begins it.
  return part.type === 'tool-approval-response' ? message : pushPart(message, changed(newCall(part), part));
}

/** The latest call of the id. Arguments are those of the current step, or of a call that still waits for them. */
function indexOfCall(message: Message, part: ToolPart): number {
  const { parts } = message;
  if (part.type === 'tool-approval-response')
    return parts.findLastIndex((one) => isToolPart(one) && one.approval?.id === part.approvalId);
  const { toolCallId: id } = part;
  const isTaker = (one: MessagePart | undefined, index: number): boolean =>
    one !== undefined && isToolPart(one) && one.toolCallId === id && mayTake(one, part, parts, index);
  const last = lastCall(message, id);
  return last < 0 || isTaker(parts[last], last) ? last : parts.findLastIndex(isTaker);
}

function mayTake(call: ToolMessagePart, { type }: ToolPart, parts: readonly MessagePart[], index: number): boolean {
  if (!type.startsWith('tool-input')) return true;
  const streams = call.state === 'input-streaming';
  if (type === 'tool-input-start') return streams && isInStep(parts, index);
  return streams || isInStep(parts, index);
}

function isInStep(parts: readonly MessagePart[], index: number): boolean {
  return parts.findLastIndex(({ type }) => type === 'step-start') < index;
}

function newCall(part: CallPart): ToolMessagePart {
  const toolName = 'toolName' in part ? part.toolName : '';
  const dynamic = toolName === '' || ('dynamic' in part && part.dynamic === true);
  const call = {
    ...(dynamic ? { type: 'dynamic-tool' as const, toolName } : { type: `tool-${toolName}` as const }),
    toolCallId: part.toolCallId,
    state: 'input-streaming' as const,
  };
  return streamingInput(call, '', 'json');
}

function changed(call: ToolMessagePart, part: ToolPart): ToolMessagePart {
  switch (part.type) {
    case 'tool-input-start':
      return streamingInput({ ...named(call, part), ...describedCall(part) }, '', part.inputEncoding ?? 'json');
    case 'tool-input-delta':
      return appendInput(call, part.inputTextDelta);
    case 'tool-input-available':
      return { ...withInput(named(call, part), part.input), ...describedCall(part), state: 'input-available' };
    case 'tool-input-error':
      return { ...withInput(named(call, part), part.input), ...describedResult(part), ...failure(part) };
    case 'tool-approval-request':
      return { ...settled(call), state: 'approval-requested', approval: askedBy(part) };
    case 'tool-approval-response':
      return respond(call, part);
    case 'tool-output-available':
      return { ...withoutOutcome(settled(call)), ...describedResult(part), ...success(part) };
    case 'tool-output-error':
      return { ...withoutOutcome(settled(call)), ...describedResult(part), ...failure(part) };
    case 'tool-output-denied':
      return { ...settled(call), state: 'output-denied' };
  }
}

/** A name may come late, and some servers correct it. */
function named(call: ToolMessagePart, { toolName }: { toolName: string }): ToolMessagePart {
  if (toolName === '') return call;
  if (call.type !== 'dynamic-tool') return { ...call, type: `tool-${toolName}` };
  return call.toolName === '' ? renamed(call, toolName) : { ...call, toolName };
}

/** A call without a name was taken for a dynamic one. */
function renamed(call: ToolMessagePart, toolName: string): ToolMessagePart {
  const { toolName: _, ...rest } = call;
  return { ...rest, type: `tool-${toolName}` };
}

interface Description {
  providerExecuted?: boolean;
  title?: string;
  toolMetadata?: Record<string, unknown>;
}

function described({ providerExecuted, title, toolMetadata }: Description): Partial<ToolMessagePart> {
  return {
    ...(providerExecuted !== undefined && { providerExecuted }),
    ...(title !== undefined && { title }),
    ...(toolMetadata !== undefined && { toolMetadata }),
  };
}

type Described = Description & { providerMetadata?: Record<string, unknown> };

function describedCall(part: Described): Partial<ToolMessagePart> {
  return { ...described(part), ...(part.providerMetadata && { callProviderMetadata: part.providerMetadata }) };
}

function describedResult(part: Described): Partial<ToolMessagePart> {
  return { ...described(part), ...(part.providerMetadata && { resultProviderMetadata: part.providerMetadata }) };
}

function success({ output, preliminary }: Extract<ToolPart, { type: 'tool-output-available' }>) {
  return { state: 'output-available' as const, output, ...(preliminary !== undefined && { preliminary }) };
}

function failure({ errorText }: { errorText: string }) {
  return { state: 'output-error' as const, errorText };
}

/** What the server says about its question goes back to it with the answer: a signature, say. */
function askedBy(part: Extract<ToolPart, { type: 'tool-approval-request' }>): ToolApproval {
  const { approvalId: id, reason, approvalDescriptor, inputSchemaInput, isAutomatic, signature, byPage } = part;
  return {
    id,
    ...(reason !== undefined && { requestReason: reason }),
    ...(approvalDescriptor !== undefined && { descriptor: approvalDescriptor }),
    ...(inputSchemaInput !== undefined && { inputSchemaInput }),
    ...(isAutomatic === true && { isAutomatic }),
    ...(signature !== undefined && { signature }),
    ...(byPage === true && { byPage }),
  };
}

function respond(call: ToolMessagePart, part: Extract<ToolPart, { type: 'tool-approval-response' }>): ToolMessagePart {
  const { approvalId: id, approved, reason } = part;
  const approval = { ...call.approval, id, approved, ...(reason !== undefined && { reason }) };
  return { ...settled(call), ...describedCall(part), state: 'approval-responded', approval };
}

/** Without the fields that belong to arguments in mid-stream, or to an outcome that these arguments have not had. */
function withInput(call: ToolMessagePart, input: unknown): ToolMessagePart {
  const { inputText: _text, inputEncoding: _encoding, ...rest } = withoutOutcome(call);
  return { ...rest, input };
}

function withoutOutcome(call: ToolMessagePart): ToolMessagePart {
  const { output: _output, errorText: _error, preliminary: _preliminary, ...rest } = call;
  return rest;
}

function settled(call: ToolMessagePart): ToolMessagePart {
  return call.state === 'input-streaming' ? withInput(call, call.input) : call;
}
