import {
  isArtifactPart,
  isToolPart,
  textOf,
  toolName,
  type FileMessagePart,
  type Message,
  type MessagePart,
  type ReasoningMessagePart,
  type TextMessagePart,
  type ToolMessagePart,
} from '../../message.js';
import { anthropic } from '../dialects/anthropic.js';
import { artifactText, inputObject, metadataField, outcomeOf, stepsOf, type AnswerStep } from './answer-steps.js';
import { withCallIds } from './call-ids.js';
import { base64Of, filesOf, isImage, isPdf, questionText } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

/** The API asks for a bound on the answer; a host that wants another one sets it in `body`. */
const MAX_TOKENS = 4096;

/** The body of `POST /v1/messages` for a conversation. The model and the `tools` are the host's to name. */
export function anthropicBody({ messages, model }: Conversation): Record<string, unknown> {
  const system = messages.filter(({ role }) => role === 'system').map(textOf);
  const all = withCallIds(messages, takenId);
  const last = all.at(-1);
  const paused = last && anthropic.isPaused!(last) ? last : undefined;
  const turns = (paused ? all.slice(0, -1) : all).flatMap(turnsOf);
  return {
    ...(model !== undefined && { model }),
    max_tokens: MAX_TOKENS,
    ...(system.length > 0 && { system: system.join('\n\n') }),
    messages: paused ? [...turns, ...pausedTurns(paused)] : turns,
    ...(paused?.metadata?.container !== undefined && { container: paused.metadata.container }),
    stream: true,
  };
}

/** The API takes ids of these characters alone. */
function takenId(id: string, count: number): string {
  return (id.replace(/[^\w-]/g, '_') || 'call') + (count === 1 ? '' : `-${count}`);
}

function turnsOf(message: Message): object[] {
  if (message.role === 'system') return [];
  if (message.role === 'assistant') return stepsOf(message).flatMap(stepTurns);
  const content = questionBlocks(message);
  return content.length === 0 ? [] : [{ role: 'user', content }];
}

function questionBlocks(message: Message): object[] {
  const files = filesOf(message).filter(isCarried).map(fileBlock);
  return [...files, ...textBlocks(questionText(message, isCarried))];
}

function isCarried(file: FileMessagePart): boolean {
  return isImage(file) || isPdf(file);
}

function fileBlock(file: FileMessagePart): object {
  const { url, mediaType, filename } = file;
  const data = base64Of(url);
  const source = data === undefined ? { type: 'url', url } : { type: 'base64', media_type: mediaType, data };
  return isImage(file) ? { type: 'image', source } : { type: 'document', source, ...(filename && { title: filename }) };
}

/** The API refuses a block of white space. */
function textBlocks(text: string): object[] {
  return text.trim() === '' ? [] : [{ type: 'text', text }];
}

function stepTurns({ said, calls }: AnswerStep): object[] {
  const spoken = said.flatMap((part) => (part.type === 'text' ? textBlocks(part.text) : thinkingBlock(part)));
  const content = [...spoken, ...calls.map(callBlock)];
  const results = calls.length === 0 ? [] : [{ role: 'user', content: calls.map(resultBlock) }];
  return [{ role: 'assistant', content }, ...results];
}

/** The API takes back what it has signed, as it was, and wants it where a call follows. */
function thinkingBlock({ text: thinking, providerMetadata }: ReasoningMessagePart): object[] {
  const signature = metadataField(providerMetadata, 'anthropic', 'signature');
  if (signature !== undefined) return [{ type: 'thinking', thinking, signature }];
  const data = metadataField(providerMetadata, 'anthropic', 'redactedData');
  return data === undefined ? [] : [{ type: 'redacted_thinking', data }];
}

/**
 * An answer that is to go on ends as it came, with the provider's own calls in their places
 * (https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/server-tools): the last may have no result yet.
 */
function pausedTurns(message: Message): object[] {
  const { parts } = message;
  const settled = parts.findLastIndex((part) => isToolPart(part) && part.providerExecuted !== true) + 1;
  const before = stepsOf({ ...message, parts: parts.slice(0, settled) }).flatMap(stepTurns);
  const content = parts.slice(settled).flatMap(blocksAsTheyCame);
  return content.length === 0 ? before : [...before, { role: 'assistant', content: withoutLastSpace(content) }];
}

function blocksAsTheyCame(part: MessagePart): object[] {
  if (isToolPart(part)) return [hostedCall(part), ...hostedResult(part)];
  if (part.type === 'reasoning') return thinkingBlock(part as ReasoningMessagePart);
  if (isArtifactPart(part)) return textBlocks(artifactText(part.data));
  return part.type === 'text' ? textBlocks((part as TextMessagePart).text) : [];
}

function hostedCall(call: ToolMessagePart): object {
  const block = metadataField(call.callProviderMetadata, 'anthropic', 'block') as object | undefined;
  return { type: 'server_tool_use', ...block, id: call.toolCallId, name: toolName(call), input: inputObject(call) };
}

function hostedResult(call: ToolMessagePart): object[] {
  const block = metadataField(call.resultProviderMetadata, 'anthropic', 'block') as object | undefined;
  return block ? [{ content: call.output, ...block, tool_use_id: call.toolCallId }] : [];
}

/** The API refuses white space at the end of what is to go on. */
function withoutLastSpace(content: object[]): object[] {
  const last = content.at(-1) as { type?: string; text?: string };
  return last.type === 'text' ? [...content.slice(0, -1), { ...last, text: last.text!.trimEnd() }] : content;
}

function callBlock(call: ToolMessagePart): object {
  return { type: 'tool_use', id: call.toolCallId, name: toolName(call), input: inputObject(call) };
}

function resultBlock(call: ToolMessagePart): object {
  const { text, isError } = outcomeOf(call)!;
  return { type: 'tool_result', tool_use_id: call.toolCallId, content: text, ...(isError && { is_error: true }) };
}
