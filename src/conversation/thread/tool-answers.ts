import type { ToolPart } from '../../protocols/stream-part.js';
import { createId } from '../id.js';
import { isToolPart, type Message, type MessagePart, type ToolMessagePart } from '../../message.js';

/** The reader's word on a call that asks first. */
export interface ApprovalAnswer {
  approvalId: string;
  approved: boolean;
  /** Told to the model. */
  reason?: string;
}

const OUTCOMES = new Set(['output-available', 'output-error', 'output-denied']);

/** Whether a message has this call and it has had no outcome yet. */
export function awaitsOutput(message: Message, toolCallId: string): boolean {
  return someCall(message, (call) => call.toolCallId === toolCallId && !hasOutcome(call));
}

/** Whether a message asks this and the reader has not answered. */
function awaitsApproval(message: Message, approvalId: string): boolean {
  return someCall(message, (call) => call.approval?.id === approvalId && call.state === 'approval-requested');
}

/** A change of a call of the last answer, and which answers wait for it. */
export interface ToolAnswer {
  part: ToolPart;
  isAwaited(message: Message): boolean;
}

/** What a tool has given. */
export function outputOf(given: { toolCallId: string; output: unknown }): ToolAnswer {
  const { toolCallId, output } = given ?? {};
  const part = { type: 'tool-output-available', toolCallId, output } as const;
  return { part, isAwaited: (message) => awaitsOutput(message, toolCallId) };
}

export function wordOf(response: ApprovalAnswer): ToolAnswer {
  const part = { type: 'tool-approval-response', ...response } as const;
  return { part, isAwaited: (message) => awaitsApproval(message, response.approvalId) };
}

/** The page's own question whether a call may run, as a server asks it. `reason` is shown to the reader. */
export function questionAbout({ toolCallId, reason }: { toolCallId: string; reason?: string }): ToolAnswer {
  const asked = { type: 'tool-approval-request', approvalId: createId(), toolCallId, byPage: true } as const;
  const part = reason === undefined ? asked : { ...asked, reason };
  return { part, isAwaited: (message) => awaitsOutput(message, toolCallId) };
}

/** Whether the reader has allowed what the page has asked for, and nothing has come of it yet. */
export function isAllowedHere({ state, approval }: ToolMessagePart): boolean {
  return state === 'approval-responded' && approval?.byPage === true && approval.approved === true;
}

/** Whether the answer can go on: every call has its outcome, or the reader's word on which the server acts. */
export function isAnswered(message: Message): boolean {
  return message.parts.every((part) => !isToolPart(part) || isSettled(part));
}

/** The answer that waits for this: the last one, or none. */
export function lastAnswer(messages: readonly Message[], isAwaited: (message: Message) => boolean): Message {
  const last = messages.findLast(({ role }) => role === 'assistant');
  if (!last || !isAwaited(last)) throw new DOMException('No tool call waits for this.', 'NotFoundError');
  return last;
}

export function hasOutcome({ state }: ToolMessagePart): boolean {
  return OUTCOMES.has(state);
}

function isSettled(call: ToolMessagePart): boolean {
  return hasOutcome(call) || (call.state === 'approval-responded' && !isAllowedHere(call));
}

function someCall(message: Message, matches: (call: ToolMessagePart) => boolean): boolean {
  return message.parts.some((part: MessagePart) => isToolPart(part) && matches(part));
}
