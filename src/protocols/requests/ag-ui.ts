import { textOf, type Message, type ToolMessagePart } from '../../message.js';
import { functionCall, outcomeOf, stepsOf, wordsOf, type AnswerStep } from './answer-steps.js';
import { base64Of, contentOf, imagesOf, isImage, questionText } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

/** AG-UI's `RunAgentInput` for a conversation. A run needs an id of its own, also when the same question is asked again. */
export function agUiBody({ id, messages }: Conversation): Record<string, unknown> {
  return {
    threadId: id,
    runId: `${messages.at(-1)?.id ?? id}-${Date.now().toString(36)}`,
    state: {},
    messages: messages.flatMap(agentMessages),
    tools: [],
    context: [],
    forwardedProps: {},
  };
}

function agentMessages(message: Message): object[] {
  const { id, role } = message;
  if (role === 'assistant') return stepsOf(message).flatMap((step, index) => stepMessages(step, nthId(id, index)));
  const content = role === 'user' ? questionContent(message) : textOf(message);
  return content.length === 0 ? [] : [{ id, role, content }];
}

function nthId(id: string, index: number): string {
  return index === 0 ? id : `${id}-${index + 1}`;
}

function questionContent(message: Message): string | object[] {
  return contentOf(questionText(message, isImage), imagesOf(message).map(picture));
}

function stepMessages(step: AnswerStep, id: string): object[] {
  const { calls } = step;
  const text = wordsOf(step);
  const said = text === '' && calls.length > 0 ? {} : { content: text };
  const toolCalls = calls.map(functionCall);
  return [
    { id, role: 'assistant', ...said, ...(calls.length > 0 && { toolCalls }) },
    ...calls.map((call, index) => resultMessage(call, `${id}-result-${index + 1}`)),
  ];
}

function resultMessage(call: ToolMessagePart, id: string): object {
  const { text: content, isError } = outcomeOf(call)!;
  return { id, role: 'tool', toolCallId: call.toolCallId, content, ...(isError && { error: content }) };
}

function picture({ url, mediaType: mimeType }: { url: string; mediaType: string }): object {
  const data = base64Of(url);
  const source = data === undefined ? { type: 'url', value: url, mimeType } : { type: 'data', value: data, mimeType };
  return { type: 'image', source };
}
