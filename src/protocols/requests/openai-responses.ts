import { isToolPart, toolName, type FileMessagePart, type Message, type ToolMessagePart } from '../../message.js';
import { argumentsOf, metadataField, outcomeOf, stepsOf, wordsOf, type AnswerStep } from './answer-steps.js';
import { filesOf, isImage, isPdf, questionText, systemText } from './conversation-text.js';
import type { Conversation } from '../protocol.js';

/** The body of `POST /v1/responses` for a conversation. The model and the `tools` are the host's to name. */
export function responsesBody({ messages, model }: Conversation): Record<string, unknown> {
  const instructions = systemText(messages);
  return {
    ...(model !== undefined && { model }),
    ...(instructions !== '' && { instructions }),
    input: [...messages.flatMap(inputItems), ...approvalsOf(messages.at(-1))],
    stream: true,
  };
}

function inputItems(message: Message): object[] {
  const { role } = message;
  if (role === 'system') return [];
  if (role === 'assistant') return stepsOf(message).flatMap(stepItems);
  const text = questionText(message, isCarried);
  const words = text === '' ? [] : [{ type: 'input_text', text }];
  const content = [...words, ...filesOf(message).filter(isCarried).map(fileContent)];
  return content.length === 0 ? [] : [{ role, content }];
}

function isCarried(file: FileMessagePart): boolean {
  return isImage(file) || isPdf(file);
}

function fileContent(file: FileMessagePart): object {
  const { url, filename } = file;
  if (isImage(file)) return { type: 'input_image', image_url: url };
  const bytes = { filename: filename ?? 'file.pdf', file_data: url };
  return { type: 'input_file', ...(url.startsWith('data:') ? bytes : { file_url: url }) };
}

function stepItems(step: AnswerStep): object[] {
  const { calls } = step;
  const text = wordsOf(step);
  const words = text === '' ? [] : [{ role: 'assistant', content: [{ type: 'output_text', text }] }];
  return [...words, ...calls.map(callItem), ...calls.map(resultItem)];
}

/** A call whose arguments are text is that of a custom tool. */
function callItem(call: ToolMessagePart): object {
  const { toolCallId: call_id, input } = call;
  const name = toolName(call);
  if (isCustom(call)) return { type: 'custom_tool_call', call_id, name, input };
  return { type: 'function_call', call_id, name, arguments: argumentsOf(call) };
}

function resultItem(call: ToolMessagePart): object {
  const type = isCustom(call) ? 'custom_tool_call_output' : 'function_call_output';
  return { type, call_id: call.toolCallId, output: outcomeOf(call)!.text };
}

/** Arguments that came as broken JSON are text as well, but for those there is no result. */
function isCustom({ input, state }: ToolMessagePart): boolean {
  return typeof input === 'string' && state !== 'output-error';
}

/** The reader's word on calls to an MCP server, of which nothing has come yet: after it, the provider runs them. */
function approvalsOf(message: Message | undefined): object[] {
  const parts = message?.parts ?? [];
  const open = parts.slice(1 + parts.findLastIndex((part) => !isToolPart(part)));
  return open.filter(isToolPart).filter(isApproval).flatMap(approvalItems);
}

function isApproval({ providerExecuted, state }: ToolMessagePart): boolean {
  return providerExecuted === true && state === 'approval-responded';
}

function approvalItems(call: ToolMessagePart): object[] {
  const { toolCallId: id, approval, callProviderMetadata: known } = call;
  const server_label = metadataField(known, 'openai', 'serverLabel');
  const { approved: approve, reason } = approval!;
  return [
    { type: 'mcp_approval_request', id, name: toolName(call), arguments: argumentsOf(call), server_label },
    { type: 'mcp_approval_response', approval_request_id: id, approve, ...(reason && { reason }) },
  ];
}
