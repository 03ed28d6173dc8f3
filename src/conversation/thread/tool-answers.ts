import { isToolPart, type Message, type MessagePart, type ToolMessagePart } from '../../message.js';

const OUTCOMES = new Set(['output-available', 'output-error', 'output-denied']);

/** Whether a message has this call and it has had no outcome yet. */
export function awaitsOutput(message: Message, toolCallId: string): boolean {
  return someCall(message, (call) => call.toolCallId === toolCallId && !hasOutcome(call));
}

/** Whether a message asks this and the reader has not answered. */
export function awaitsApproval(message: Message, approvalId: string): boolean {
  return someCall(message, (call) => call.approval?.id === approvalId && call.state === 'approval-requested');
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
  return hasOutcome(call) || call.state === 'approval-responded';
}

function someCall(message: Message, matches: (call: ToolMessagePart) => boolean): boolean {
  return message.parts.some((part: MessagePart) => isToolPart(part) && matches(part));
}
