import { textOf, toolName, type FileMessagePart, type Message } from '../../message.js';
import { outcomeOf, stepsOf, wordsOf, inputObject, type AnswerStep } from './answer-steps.js';
import { base64Of, imagesOf, isImage, lastQuestion, questionText, systemText } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

export function ollamaBody({ messages, model }: Conversation): Record<string, unknown> {
  return { ...(model !== undefined && { model }), messages: messages.flatMap(chatMessages), stream: true };
}

function chatMessages(message: Message): object[] {
  const { role } = message;
  if (role === 'assistant') return stepsOf(message).flatMap(stepMessages);
  const images = imagesOf(message).flatMap(({ url }) => base64Of(url) ?? []);
  const content = role === 'user' ? questionText(message, isCarried) : textOf(message);
  return content === '' && images.length === 0 ? [] : [{ role, content, ...(images.length > 0 && { images }) }];
}

/** Pictures go out as bytes; nothing else does, and no address. */
function isCarried(file: FileMessagePart): boolean {
  return isImage(file) && base64Of(file.url) !== undefined;
}

function stepMessages(step: AnswerStep): object[] {
  const { calls } = step;
  const content = wordsOf(step);
  const tool_calls = calls.map((call) => ({ function: { name: toolName(call), arguments: inputObject(call) } }));
  const results = calls.map((call) => ({ role: 'tool', tool_name: toolName(call), content: outcomeOf(call)!.text }));
  return [{ role: 'assistant', content, ...(calls.length > 0 && { tool_calls }) }, ...results];
}

/** `/api/generate` takes one question and no conversation. */
export function ollamaGenerateBody({ messages, model }: Conversation): Record<string, unknown> {
  const question = lastQuestion(messages);
  const images = question ? imagesOf(question).flatMap(({ url }) => base64Of(url) ?? []) : [];
  const system = systemText(messages);
  return {
    ...(model !== undefined && { model }),
    prompt: question ? questionText(question, isCarried) : '',
    ...(system !== '' && { system }),
    ...(images.length > 0 && { images }),
    stream: true,
  };
}
