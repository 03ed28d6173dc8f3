import { textOf, toolName, type Message } from '../../message.js';
import { outcomeOf, stepsOf, wordsOf, inputObject, type AnswerStep } from './answer-steps.js';
import { questionWithPictures } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

export function langGraphBody({ messages, model }: Conversation): Record<string, unknown> {
  return {
    assistant_id: model ?? 'agent',
    input: { messages: messages.flatMap(graphMessages) },
    stream_mode: ['messages-tuple', 'custom'],
  };
}

function graphMessages(message: Message): object[] {
  const { role } = message;
  if (role === 'assistant') return stepsOf(message).flatMap(stepMessages);
  const content = role === 'user' ? questionWithPictures(message) : textOf(message);
  return content.length === 0 ? [] : [{ role, content }];
}

function stepMessages(step: AnswerStep): object[] {
  const { calls } = step;
  const content = wordsOf(step);
  const tool_calls = calls.map((call) => ({ id: call.toolCallId, name: toolName(call), args: inputObject(call) }));
  return [
    { role: 'assistant', content, ...(calls.length > 0 && { tool_calls }) },
    ...calls.map((call) => ({ role: 'tool', tool_call_id: call.toolCallId, content: outcomeOf(call)!.text })),
  ];
}
