import { textOf, type Message } from '../../message.js';
import { functionCall, outcomeOf, stepsOf, wordsOf, type AnswerStep } from './answer-steps.js';
import { questionWithPictures } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

export function cohereBody({ messages, model }: Conversation): Record<string, unknown> {
  return { ...(model !== undefined && { model }), messages: messages.flatMap(chatMessages), stream: true };
}

function chatMessages(message: Message): object[] {
  const { role } = message;
  if (role === 'assistant') return stepsOf(message).flatMap(stepMessages);
  const content = role === 'user' ? questionWithPictures(message) : textOf(message);
  return content.length === 0 ? [] : [{ role, content }];
}

/** What was said before calls is their plan. */
function stepMessages(step: AnswerStep): object[] {
  const { calls } = step;
  const text = wordsOf(step);
  if (calls.length === 0) return [{ role: 'assistant', content: text }];
  const tool_calls = calls.map(functionCall);
  const results = calls.map((call) => ({
    role: 'tool',
    tool_call_id: call.toolCallId,
    content: outcomeOf(call)!.text,
  }));
  return [{ role: 'assistant', ...(text !== '' && { tool_plan: text }), tool_calls }, ...results];
}
