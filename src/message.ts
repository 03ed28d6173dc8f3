import type { ArtifactStatus, FinishReason, ProviderMetadata, Usage } from './protocols/stream-part.js';

/** The AI SDK's `UIMessage`, so that its server helpers (`convertToModelMessages`) take it back as it is. */
export interface Message {
  id: string;
  role: 'system' | 'user' | 'assistant';
  parts: MessagePart[];
  metadata?: MessageMetadata;
}

/** What the stream said about the whole message, beside whatever the server put there (`message-metadata`). */
export interface MessageMetadata {
  finishReason?: FinishReason;
  /** The provider's own word for it, such as `end_turn`. */
  rawFinishReason?: string;
  usage?: Usage;
  model?: string;
  [key: string]: unknown;
}

export type MessagePart =
  | TextMessagePart
  | ReasoningMessagePart
  | ToolMessagePart
  | FileMessagePart
  | SourceMessagePart
  | ArtifactMessagePart
  | ImageMessagePart
  | DataMessagePart
  | CustomMessagePart
  | { type: 'step-start' };

export interface TextMessagePart {
  type: 'text';
  text: string;
  state?: 'streaming' | 'done';
  /** The stream's id of this block. Ids may be used again once the block is done. */
  id?: string;
  providerMetadata?: ProviderMetadata;
  /** As the AI SDK's server sends them with the end of a block. */
  citations?: unknown[];
}

export interface ReasoningMessagePart extends Omit<TextMessagePart, 'type'> {
  type: 'reasoning';
}

export type ToolState =
  | 'input-streaming'
  | 'input-available'
  | 'approval-requested'
  | 'approval-responded'
  | 'output-available'
  | 'output-error'
  | 'output-denied';

export interface ToolMessagePart {
  /** `tool-<name>`, or `dynamic-tool` with a `toolName` where the server says that the tool is not known by type. */
  type: `tool-${string}` | 'dynamic-tool';
  toolName?: string;
  toolCallId: string;
  state: ToolState;
  /** While `input-streaming`: what can be read of the arguments so far. */
  input: unknown;
  /** While `input-streaming`: the arguments as they came. */
  inputText?: string;
  inputEncoding?: 'json' | 'text';
  output?: unknown;
  preliminary?: boolean;
  errorText?: string;
  approval?: ToolApproval;
  providerExecuted?: boolean;
  title?: string;
  callProviderMetadata?: ProviderMetadata;
  resultProviderMetadata?: ProviderMetadata;
  toolMetadata?: Record<string, unknown>;
}

/** The question whether a call may run, a server's or the page's, and the reader's answer. A server gets back what it sent. */
export interface ToolApproval {
  id: string;
  /** Undefined until the reader has answered. */
  approved?: boolean;
  /** Why the reader decided so. */
  reason?: string;
  /** Why the server asks. */
  requestReason?: string;
  descriptor?: unknown;
  inputSchemaInput?: unknown;
  isAutomatic?: boolean;
  signature?: string;
  /** The page asks, and runs the call once it is allowed: the answer waits for what that gives. */
  byPage?: boolean;
}

export interface FileMessagePart {
  type: 'file' | 'reasoning-file';
  url: string;
  mediaType: string;
  filename?: string;
}

export type SourceMessagePart =
  | { type: 'source-url'; sourceId: string; url: string; title?: string }
  | { type: 'source-document'; sourceId: string; mediaType: string; title: string; filename?: string };

/** An artifact's state in the message. The same `id` in a later part is a new version of it. */
export interface ArtifactMessagePart {
  type: 'data-artifact';
  id: string;
  data: Artifact;
}

export interface Artifact {
  id: string;
  kind: string;
  title?: string;
  language?: string;
  content: string;
  status: ArtifactStatus;
}

export interface ImageMessagePart {
  type: 'data-image';
  id: string;
  data: {
    url: string;
    mediaType?: string;
    expiresAt?: string | number;
    alt?: string;
    width?: number;
    height?: number;
    partialIndex?: number;
  };
}

export interface DataMessagePart {
  type: `data-${string}`;
  id?: string;
  data: unknown;
}

/** What one provider or server alone knows (`anthropic.compaction`). Nothing is shown for it; it goes back as it came. */
export interface CustomMessagePart {
  type: 'custom' | 'steering-message';
  [field: string]: unknown;
}

export function isToolPart(part: MessagePart): part is ToolMessagePart {
  return part.type === 'dynamic-tool' || part.type.startsWith('tool-');
}

/** Stored messages come back from anywhere: a part of this type may be anybody's. */
export function isArtifactPart(part: MessagePart): part is ArtifactMessagePart {
  return part.type === 'data-artifact' && typeof (part as Partial<ArtifactMessagePart>).data?.content === 'string';
}

export function isImagePart(part: MessagePart): part is ImageMessagePart {
  return part.type === 'data-image' && typeof (part as Partial<ImageMessagePart>).data?.url === 'string';
}

/** The tool's name, whichever way the part spells it. */
export function toolName(part: ToolMessagePart): string {
  return part.toolName ?? part.type.slice('tool-'.length);
}

/** The text of a message without its reasoning, tools and artifacts. */
export function textOf(message: Message): string {
  return message.parts.map((part) => (part.type === 'text' ? (part as TextMessagePart).text : '')).join('');
}
