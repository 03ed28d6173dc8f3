import { toolName, type Message } from '../../message.js';
import { outcomeOf, stepsOf, wordsOf, argumentsOf, type AnswerStep } from './answer-steps.js';
import { mistralId, withCallIds } from './call-ids.js';
import { contentOf, imagesOf, isImage, questionText, systemText } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

export function mistralConversationBody({ messages, model }: Conversation): Record<string, unknown> {
  const instructions = systemText(messages);
  return {
    ...(model !== undefined && { model }),
    ...(instructions !== '' && { instructions }),
    inputs: withCallIds(messages, mistralId).flatMap(entriesOf),
    stream: true,
  };
}

function entriesOf(message: Message): object[] {
  const { role } = message;
  if (role === 'system') return [];
  if (role === 'assistant') return stepsOf(message).flatMap(stepEntries);
  const content = questionContent(message);
  return content.length === 0 ? [] : [{ role, content }];
}

function questionContent(message: Message): string | object[] {
  const pictures = imagesOf(message).map(({ url }) => ({ type: 'image_url', image_url: url }));
  return contentOf(questionText(message, isImage), pictures);
}

function stepEntries(step: AnswerStep): object[] {
  const { calls } = step;
  const content = wordsOf(step);
  const asked = calls.map((call) => ({
    type: 'function.call',
    tool_call_id: call.toolCallId,
    name: toolName(call),
    arguments: argumentsOf(call),
  }));
  const results = calls.map((call) => ({
    type: 'function.result',
    tool_call_id: call.toolCallId,
    result: outcomeOf(call)!.text,
  }));
  return [...(content === '' ? [] : [{ role: 'assistant', content }]), ...asked, ...results];
}
