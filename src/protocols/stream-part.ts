/**
 * The vocabulary that every dialect is translated into: the AI SDK's UI message chunks (v7) as a superset.
 * Shapes: https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol. Ours beside them: artifacts, images, `usage`, `raw`.
 */
export type StreamPart =
  | TextPart
  | ReasoningPart
  | ToolPart
  | SourcePart
  | LifecyclePart
  | ArtifactPart
  | ImagePart
  | FilePart
  | DataPart
  | UsagePart
  | CustomPart
  | RawPart;

export type ProviderMetadata = Record<string, unknown>;

/** Why a model stopped. `interrupted` and `unknown` are the AI SDK's for streams that were cut or say nothing. */
export type FinishReason =
  | 'stop'
  | 'length'
  | 'content-filter'
  | 'tool-calls'
  | 'error'
  | 'interrupted'
  | 'other'
  | 'unknown';

export type TextPart =
  | { type: 'text-start'; id: string; providerMetadata?: ProviderMetadata }
  | { type: 'text-delta'; id: string; delta: string; providerMetadata?: ProviderMetadata }
  | { type: 'text-end'; id: string; providerMetadata?: ProviderMetadata; citations?: unknown[] };

export type ReasoningPart =
  | { type: 'reasoning-start'; id: string; providerMetadata?: ProviderMetadata }
  | { type: 'reasoning-delta'; id: string; delta: string; providerMetadata?: ProviderMetadata }
  | { type: 'reasoning-end'; id: string; providerMetadata?: ProviderMetadata }
  /** What has come of this block of text was reasoning, as only its closing tag told. The block is over. */
  | { type: 'text-was-reasoning'; id: string };

interface ToolFields {
  toolCallId: string;
  providerExecuted?: boolean;
  providerMetadata?: ProviderMetadata;
  dynamic?: boolean;
  title?: string;
  toolMetadata?: Record<string, unknown>;
}

export type ToolPart =
  | (ToolFields & { type: 'tool-input-start'; toolName: string; inputEncoding?: 'json' | 'text' })
  | { type: 'tool-input-delta'; toolCallId: string; inputTextDelta: string }
  | (ToolFields & { type: 'tool-input-available'; toolName: string; input: unknown })
  | (ToolFields & { type: 'tool-input-error'; toolName: string; input: unknown; errorText: string })
  | (ToolFields & { type: 'tool-output-available'; output: unknown; preliminary?: boolean })
  | (ToolFields & { type: 'tool-output-error'; errorText: string })
  | { type: 'tool-output-denied'; toolCallId: string }
  | {
      type: 'tool-approval-request';
      approvalId: string;
      toolCallId: string;
      reason?: string;
      approvalDescriptor?: unknown;
      inputSchemaInput?: unknown;
      isAutomatic?: boolean;
      signature?: string;
      /** The page runs the call once it is allowed. */
      byPage?: boolean;
    }
  | {
      type: 'tool-approval-response';
      approvalId: string;
      approved: boolean;
      reason?: string;
      providerExecuted?: boolean;
      providerMetadata?: ProviderMetadata;
    };

export type SourcePart =
  | { type: 'source-url'; sourceId: string; url: string; title?: string; providerMetadata?: ProviderMetadata }
  | {
      type: 'source-document';
      sourceId: string;
      mediaType: string;
      title: string;
      filename?: string;
      providerMetadata?: ProviderMetadata;
    };

export type LifecyclePart =
  | { type: 'start'; messageId?: string; messageMetadata?: unknown }
  | { type: 'start-step' }
  | { type: 'finish-step' }
  | { type: 'reset-step' }
  /** `rawFinishReason` is the provider's own word, such as `end_turn`. */
  | { type: 'finish'; finishReason?: FinishReason; rawFinishReason?: string; messageMetadata?: unknown }
  | { type: 'abort'; reason?: string }
  | { type: 'message-metadata'; messageMetadata: unknown }
  /** An error that the stream itself reports. It does not end the stream. */
  | { type: 'error'; errorText: string; errorCode?: string };

/** How a finished artifact ended; `streaming` until then. */
export type ArtifactStatus = 'streaming' | 'complete' | 'error' | 'stopped';

/** One replacement in an artifact's text: the first occurrence of `find`, or UTF-16 offsets `from`–`to`. */
export type ArtifactEdit = { find: string; replace: string } | { from: number; to: number; replace: string };

export type ArtifactPart =
  | { type: 'artifact-start'; id: string; kind: string; title?: string; language?: string }
  | { type: 'artifact-delta'; id: string; delta: string }
  | { type: 'artifact-replace'; id: string; content: string }
  | { type: 'artifact-patch'; id: string; edits: ArtifactEdit[] }
  | { type: 'artifact-end'; id: string; status?: ArtifactStatus };

/** A picture by its address. A later part of the same `id` replaces the earlier one (partial frames, a fresh address). */
export interface ImagePart {
  type: 'image';
  id: string;
  /** http(s), blob or a raster `data:` address. */
  url: string;
  mediaType?: string;
  /** When the address stops working: ISO 8601, or epoch seconds or milliseconds. */
  expiresAt?: string | number;
  alt?: string;
  /** CSS pixels. */
  width?: number;
  height?: number;
  /** Counts from 0 while the picture is still being drawn; absent on the final one. */
  partialIndex?: number;
}

export interface FilePart {
  type: 'file' | 'reasoning-file';
  url: string;
  mediaType: string;
  filename?: string;
  providerMetadata?: ProviderMetadata;
}

/** The host's own typed data. The same `type` and `id` again replaces `data`; `transient` data is not kept. */
export interface DataPart {
  type: `data-${string}`;
  id?: string;
  data: unknown;
  transient?: boolean;
}

/** Tokens, as far as the provider tells. */
export interface Usage {
  inputTokens?: number;
  outputTokens?: number;
  totalTokens?: number;
  reasoningTokens?: number;
  cachedInputTokens?: number;
}

export interface UsagePart extends Usage {
  type: 'usage';
}

export interface CustomPart {
  type: 'custom' | 'steering-message';
  [field: string]: unknown;
}

/** What no dialect knows. It is surfaced, then passed over. */
export interface RawPart {
  type: 'raw';
  /** The event's name on the wire. */
  name: string;
  data: string;
  /** Why it was passed over: an unknown type, or data that should have been JSON and is not. */
  reason: 'unknown' | 'invalid-json';
}
