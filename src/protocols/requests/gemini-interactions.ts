import {
  toolName,
  type FileMessagePart,
  type Message,
  type ReasoningMessagePart,
  type ToolMessagePart,
} from '../../message.js';
import { metadataField, outcomeOf, stepsOf, inputObject, type AnswerStep } from './answer-steps.js';
import { base64Of, filesOf, isImage, isPdf, questionText, systemText } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

export function geminiInteractionBody({ messages, model }: Conversation): Record<string, unknown> {
  const system = systemText(messages);
  return {
    ...(model !== undefined && { model }),
    input: messages.flatMap(inputSteps),
    ...(system !== '' && { system_instruction: system }),
    stream: true,
  };
}

function inputSteps(message: Message): object[] {
  if (message.role === 'system') return [];
  if (message.role === 'assistant') return stepsOf(message).flatMap(outputSteps);
  const files = filesOf(message).filter(isCarried).map(fileContent);
  const content = [...textContent(questionText(message, isCarried)), ...files];
  return content.length === 0 ? [] : [{ type: 'user_input', content }];
}

function textContent(text: string): object[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

function isCarried(file: FileMessagePart): boolean {
  return isImage(file) || isPdf(file);
}

function fileContent(file: FileMessagePart): object {
  const { url, mediaType: mime_type } = file;
  const data = base64Of(url);
  return { type: isImage(file) ? 'image' : 'document', mime_type, ...(data === undefined ? { uri: url } : { data }) };
}

function outputSteps({ said, calls }: AnswerStep): object[] {
  const asked = calls.map((call) => ({
    type: 'function_call',
    id: call.toolCallId,
    name: toolName(call),
    arguments: inputObject(call),
  }));
  return [
    ...said.flatMap((part) => (part.type === 'text' ? outputStep(part.text) : thoughtStep(part))),
    ...asked,
    ...calls.map(resultStep),
  ];
}

function outputStep(text: string): object[] {
  return text === '' ? [] : [{ type: 'model_output', content: textContent(text) }];
}

/** Only what the model has signed is of use to it. */
function thoughtStep({ providerMetadata }: ReasoningMessagePart): object[] {
  const signature = metadataField(providerMetadata, 'google', 'thoughtSignature');
  return signature === undefined ? [] : [{ type: 'thought', signature }];
}

function resultStep(call: ToolMessagePart): object {
  const { text: result, isError } = outcomeOf(call)!;
  const call_id = call.toolCallId;
  return { type: 'function_result', call_id, name: toolName(call), result, ...(isError && { is_error: true }) };
}
