import type { ToolPart } from '../protocols/stream-part.js';
import { isToolPart, type Message, type ToolMessagePart } from '../message.js';
import { pushPart, replacePart } from './message-parts.js';
import { streamingInput } from './streaming-input.js';

/** Tool calls, found by their id: the latest one of it, because ids are used again in later steps. */
export function reduceTool(message: Message, part: ToolPart): Message {
  const index = message.parts.findLastIndex((one) => isToolPart(one) && isMeant(one, part));
  const call = message.parts[index] as ToolMessagePart | undefined;
  if (part.type === 'tool-input-start' || !call) return begin(message, part);
  return replacePart(message, index, changed(call, part));
}

function isMeant(call: ToolMessagePart, part: ToolPart): boolean {
  if (part.type === 'tool-approval-response') return call.approval?.id === part.approvalId;
  return call.toolCallId === part.toolCallId;
}

/** A call that nobody announced begins with what is known of it; an approval of nothing is nothing. */
function begin(message: Message, part: ToolPart): Message {
  if (part.type === 'tool-approval-response') return message;
  const call = newCall(part);
  return pushPart(message, part.type === 'tool-input-start' ? call : changed(call, part));
}

function newCall(part: Exclude<ToolPart, { type: 'tool-approval-response' }>): ToolMessagePart {
  const toolName = 'toolName' in part ? part.toolName : '';
  const dynamic = toolName === '' || ('dynamic' in part && part.dynamic === true);
  const call = {
    ...(dynamic ? { type: 'dynamic-tool' as const, toolName } : { type: `tool-${toolName}` as const }),
    toolCallId: part.toolCallId,
    state: 'input-streaming' as const,
    ...descriptionOf(part),
  };
  const encoding = 'inputEncoding' in part ? (part.inputEncoding ?? 'json') : 'json';
  return streamingInput(call, '', encoding);
}

function descriptionOf(part: ToolPart): Partial<ToolMessagePart> {
  const { providerExecuted, title, providerMetadata } = part as Extract<ToolPart, { type: 'tool-input-start' }>;
  return {
    ...(providerExecuted !== undefined && { providerExecuted }),
    ...(title !== undefined && { title }),
    ...(providerMetadata && { callProviderMetadata: providerMetadata }),
  };
}

function changed(call: ToolMessagePart, part: ToolPart): ToolMessagePart {
  switch (part.type) {
    case 'tool-input-delta':
      return streamingInput(call, (call.inputText ?? '') + part.inputTextDelta, call.inputEncoding ?? 'json');
    case 'tool-input-available':
      return { ...withInput(call, part.input), ...descriptionOf(part), state: 'input-available' };
    case 'tool-input-error':
      return { ...withInput(call, part.input), state: 'output-error', errorText: part.errorText };
    case 'tool-approval-request':
      return { ...settled(call), state: 'approval-requested', approval: approvalOf(part.approvalId, part.reason) };
    case 'tool-approval-response':
      return respond(call, part);
    case 'tool-output-available':
      return withOutput(call, part);
    case 'tool-output-error':
      return { ...settled(call), state: 'output-error', errorText: part.errorText };
    case 'tool-output-denied':
      return { ...settled(call), state: 'output-denied' };
    default:
      return call;
  }
}

function approvalOf(id: string, reason: string | undefined): NonNullable<ToolMessagePart['approval']> {
  return reason === undefined ? { id } : { id, reason };
}

function respond(call: ToolMessagePart, part: Extract<ToolPart, { type: 'tool-approval-response' }>): ToolMessagePart {
  const approval = { ...approvalOf(part.approvalId, part.reason), approved: part.approved };
  return { ...settled(call), state: 'approval-responded', approval };
}

function withOutput(
  call: ToolMessagePart,
  part: Extract<ToolPart, { type: 'tool-output-available' }>,
): ToolMessagePart {
  const { preliminary: _, ...done } = settled(call);
  const next: ToolMessagePart = { ...done, state: 'output-available', output: part.output };
  return part.preliminary === true ? { ...next, preliminary: true } : next;
}

/** Without the fields that belong to arguments in mid-stream. */
function withInput(call: ToolMessagePart, input: unknown): ToolMessagePart {
  const { inputText: _text, inputEncoding: _encoding, ...rest } = call;
  return { ...rest, input };
}

function settled(call: ToolMessagePart): ToolMessagePart {
  return call.state === 'input-streaming' ? withInput(call, call.input) : call;
}
