import {
  toolName,
  type FileMessagePart,
  type Message,
  type ReasoningMessagePart,
  type ToolMessagePart,
} from '../../message.js';
import { inputObject, metadataField, outcomeOf, stepsOf, type AnswerStep } from './answer-steps.js';
import { base64Of, filesOf, questionText, systemText } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

/**
 * The body of `POST …/models/{model}:streamGenerateContent?alt=sse`. The model stands in the address; the `tools` are the
 * host's to name.
 */
export function geminiBody({ messages, model = '', endpoint = '' }: Conversation): Record<string, unknown> {
  const system = systemText(messages);
  const isStrict = /\bgemini-([3-9]|\d\d)/.test(`${model} ${endpoint}`);
  return {
    contents: messages.flatMap((message) => contentsOf(message, isStrict)),
    ...(system !== '' && { systemInstruction: { parts: [{ text: system }] } }),
  };
}

function contentsOf(message: Message, isStrict: boolean): object[] {
  if (message.role === 'system') return [];
  if (message.role === 'assistant') return stepsOf(message).flatMap((step) => stepContents(step, isStrict));
  const parts = [...textParts(questionText(message, () => true)), ...filesOf(message).map(fileContent)];
  return parts.length === 0 ? [] : [{ role: 'user', parts }];
}

function textParts(text: string): object[] {
  return text === '' ? [] : [{ text }];
}

function fileContent({ url, mediaType: mimeType }: FileMessagePart): object {
  const data = base64Of(url);
  return data === undefined ? { fileData: { mimeType, fileUri: url } } : { inlineData: { mimeType, data } };
}

function stepContents({ said, calls }: AnswerStep, isStrict: boolean): object[] {
  const spoken = said.flatMap((part) => (part.type === 'text' ? textParts(part.text) : thought(part)));
  const asked = calls.map(callPart);
  const parts = [...spoken, ...(isStrict ? withSignature(asked) : asked)];
  const results = calls.length === 0 ? [] : [{ role: 'user', parts: calls.map(resultPart) }];
  return [{ role: 'model', parts }, ...results];
}

/** Only what the model has signed is of use to it. */
function thought({ text, providerMetadata }: ReasoningMessagePart): object[] {
  const signature = signed(providerMetadata);
  return 'thoughtSignature' in signature ? [{ text, thought: true, ...signature }] : [];
}

/**
 * From Gemini 3 on, a step whose first call has no signature is refused. For calls of another model there is a word that
 * stands for one (https://ai.google.dev/gemini-api/docs/thought-signatures).
 */
function withSignature([first, ...others]: object[]): object[] {
  return first ? [{ thoughtSignature: 'skip_thought_signature_validator', ...first }, ...others] : [];
}

function callPart(call: ToolMessagePart): object {
  const functionCall = { ...named(call), args: inputObject(call) };
  return { functionCall, ...signed(call.callProviderMetadata) };
}

/** Most calls have no id on the wire: the one that the reader of the stream gave them is none of the API's. */
function named(call: ToolMessagePart): { id?: string; name: string } {
  const { toolCallId: id } = call;
  return { ...(!/^call-\d+$/.test(id) && { id }), name: toolName(call) };
}

/** A model refuses its call without the signature that came with it. */
function signed(metadata: unknown): { thoughtSignature?: unknown } {
  const thoughtSignature = metadataField(metadata, 'google', 'thoughtSignature');
  return thoughtSignature === undefined ? {} : { thoughtSignature };
}

function resultPart(call: ToolMessagePart): object {
  const { text, isError } = outcomeOf(call)!;
  const output = call.state === 'output-available' ? call.output : text;
  const response = isError ? { error: text } : { output };
  return { functionResponse: { ...named(call), response } };
}
