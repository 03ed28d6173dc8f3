import { textOf, toolName, type Message } from '../../message.js';
import { outcomeOf, stepsOf, inputObject } from './answer-steps.js';
import { lastQuestion, questionText, systemText } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

export function cohereV1Body({ messages, model }: Conversation): Record<string, unknown> {
  const question = lastQuestion(messages);
  const before = messages.slice(0, question ? messages.indexOf(question) : 0).filter(isSaid);
  const preamble = systemText(messages);
  return {
    ...(model !== undefined && { model }),
    ...(preamble !== '' && { preamble }),
    chat_history: before.map((message) => ({
      role: message.role === 'user' ? 'USER' : 'CHATBOT',
      message: textOf(message),
    })),
    message: question ? questionText(question, () => false) : '',
    ...resultsOf(messages.at(-1)),
    stream: true,
  };
}

function isSaid(message: Message): boolean {
  return message.role !== 'system' && textOf(message).trim() !== '';
}

/** What came of the calls that the question led to: v1 is asked the same again, with the results beside it. */
function resultsOf(last: Message | undefined): object {
  const calls = last?.role === 'assistant' ? stepsOf(last).flatMap(({ calls: some }) => some) : [];
  if (calls.length === 0) return {};
  const tool_results = calls.map((call) => ({
    call: { name: toolName(call), parameters: inputObject(call) },
    outputs: [{ result: outcomeOf(call)!.text }],
  }));
  return { tool_results, force_single_step: true };
}
