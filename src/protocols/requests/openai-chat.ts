import {
  textOf,
  type FileMessagePart,
  type Message,
  type ReasoningMessagePart,
  type ToolMessagePart,
} from '../../message.js';
import { functionCall, metadataField, outcomeOf, stepsOf, wordsOf, type AnswerStep } from './answer-steps.js';
import { mistralId, withCallIds } from './call-ids.js';
import { base64Of, contentOf, filesOf, isImage, isPdf, questionText } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

/** The body of `POST /v1/chat/completions` for a conversation. The model and the `tools` are the host's to name. */
export function openaiBody({ messages, model, endpoint }: Conversation): Record<string, unknown> {
  const all = isMistral(model, endpoint) ? withCallIds(messages, mistralId) : messages;
  return {
    ...(model !== undefined && { model }),
    messages: all.flatMap(chatMessages),
    stream: true,
    stream_options: { include_usage: true },
  };
}

/** By the address, or by the name of one of its models, which others serve by its rules. */
function isMistral(model = '', endpoint = ''): boolean {
  return /\bmistral\.ai\//.test(endpoint) || /[sx]tral/i.test(model);
}

function chatMessages(message: Message): object[] {
  const { role } = message;
  if (role === 'assistant') return stepsOf(message).flatMap(stepMessages);
  const content = role === 'user' ? questionContent(message) : textOf(message);
  return content.length > 0 ? [{ role, content }] : [];
}

function questionContent(message: Message): string | object[] {
  return contentOf(questionText(message, isCarried), filesOf(message).filter(isCarried).map(fileContent));
}

/** Other files than pictures are taken as bytes alone. */
function isCarried(file: FileMessagePart): boolean {
  return isImage(file) || (isPdf(file) && file.url.startsWith('data:')) || soundFormat(file) !== undefined;
}

function fileContent(file: FileMessagePart): object {
  const { url, filename } = file;
  if (isImage(file)) return { type: 'image_url', image_url: { url } };
  const format = soundFormat(file);
  if (format !== undefined) return { type: 'input_audio', input_audio: { data: base64Of(url), format } };
  return { type: 'file', file: { filename: filename ?? 'file.pdf', file_data: url } };
}

function soundFormat({ url, mediaType }: FileMessagePart): string | undefined {
  const [, format] = /^audio\/(?:x-)?(wav|mpeg|mp3)$/.exec(mediaType) ?? [];
  if (base64Of(url) === undefined) return undefined;
  return format === 'mpeg' ? 'mp3' : format;
}

function stepMessages(step: AnswerStep): object[] {
  const { calls } = step;
  const text = wordsOf(step);
  if (calls.length === 0) return [{ role: 'assistant', content: text }];
  const turn = { role: 'assistant', content: text || null, ...thoughtsOf(step), tool_calls: calls.map(chatCall) };
  return [turn, ...calls.map(chatResult)];
}

/** Servers that stream `reasoning_content` or OpenRouter's details want them back with the calls, and others refuse the fields. */
function thoughtsOf({ said, calls }: AnswerStep): { reasoning_content?: string; reasoning_details?: unknown[] } {
  const own = said.filter((part) => part.type === 'reasoning' && isSpelledSo(part));
  const details = calls.flatMap(
    (call) => metadataField(call.callProviderMetadata, 'openrouter', 'reasoning_details') ?? [],
  );
  return {
    ...(own.length > 0 && { reasoning_content: own.map(({ text }) => text).join('') }),
    ...(details.length > 0 && { reasoning_details: details }),
  };
}

function isSpelledSo({ providerMetadata }: ReasoningMessagePart): boolean {
  return metadataField(providerMetadata, 'openaiCompatible', 'field') === 'reasoning_content';
}

function chatCall(call: ToolMessagePart): object {
  const signature = metadataField(call.callProviderMetadata, 'google', 'thoughtSignature');
  return {
    ...functionCall(call),
    // Gemini, spoken to as OpenAI is, refuses its calls without it.
    ...(signature !== undefined && { extra_content: { google: { thought_signature: signature } } }),
  };
}

function chatResult(call: ToolMessagePart): object {
  return { role: 'tool', tool_call_id: call.toolCallId, content: outcomeOf(call)!.text };
}
