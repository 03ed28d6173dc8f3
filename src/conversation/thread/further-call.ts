import { isToolPart, type Message, type MessagePart, type ToolMessagePart } from '../../message.js';
import type { StreamPart } from '../../protocols/stream-part.js';
import { pushPart } from '../reduce/message-parts.js';
import type { Run } from '../run.js';
import { hasOutcome } from './tool-answers.js';

/**
 * The message that a part is added to. Some dialects number the calls of each response from one on: where an answer goes
 * on, a call that has its outcome is not the one that comes now under its id. A step of its own keeps the two apart.
 */
export function withFurtherCall(message: Message, { begun }: Run, part: StreamPart): Message {
  if (part.type !== 'tool-input-available' && part.type !== 'tool-input-error') return message;
  const earlier = begun.parts.findLast((one) => isCall(one, part.toolCallId));
  if (!earlier || !hasOutcome(earlier)) return message;
  const latest = message.parts.findLast((one) => isCall(one, part.toolCallId));
  return latest === earlier ? pushPart(message, { type: 'step-start' }) : message;
}

function isCall(part: MessagePart, id: string): part is ToolMessagePart {
  return isToolPart(part) && part.toolCallId === id;
}
