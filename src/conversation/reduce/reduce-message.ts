import { mergeObjects } from './merge-objects.js';
import type { LifecyclePart, StreamPart, UsagePart } from '../../protocols/stream-part.js';
import { pushPart, replacePart } from './message-parts.js';
import { reduceArtifact, reduceImage, settleArtifacts } from './reduce-artifact.js';
import { reclassify, reduceText, settleText } from './reduce-text.js';
import { reduceTool } from './reduce-tool.js';
import type { Message, MessagePart } from '../../message.js';

/**
 * The message after one more part of its stream. Pure: what has changed is a new object, what has not is the same one.
 * Follows the AI SDK's rules (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol), but where it throws at a part that
 * belongs to nothing, this opens what is missing. Parts that leave no trace in a message give it back as it is.
 */
export function reduceMessage(message: Message, part: StreamPart): Message {
  switch (part.type) {
    case 'text-start':
    case 'text-delta':
    case 'text-end':
    case 'reasoning-start':
    case 'reasoning-delta':
    case 'reasoning-end':
      return reduceText(message, part);
    case 'text-was-reasoning':
      return reclassify(message, part.id);
    case 'artifact-start':
    case 'artifact-delta':
    case 'artifact-replace':
    case 'artifact-patch':
    case 'artifact-end':
      return reduceArtifact(message, part);
    case 'image':
      return reduceImage(message, part);
    case 'usage':
      return withUsage(message, part);
    case 'file':
    case 'reasoning-file':
    case 'source-url':
    case 'source-document':
    case 'custom':
    case 'steering-message':
      return pushPart(message, part as MessagePart);
    case 'error':
    case 'raw':
      return message;
    default:
      return reduceRest(message, part);
  }
}

/** Ends what is still open: no part of a finished message streams. */
export function settleMessage(message: Message, status: 'complete' | 'error' | 'stopped'): Message {
  return settleArtifacts(settleText(message), status);
}

type Rest = Exclude<Parameters<typeof reduceMessage>[1], { type: `text-${string}` | `artifact-${string}` }>;

function reduceRest(message: Message, part: Rest): Message {
  if (part.type.startsWith('data-')) return reduceData(message, part as Extract<Rest, { data: unknown }>);
  if (part.type.startsWith('tool-')) return reduceTool(message, part as Parameters<typeof reduceTool>[1]);
  return reduceLifecycle(message, part as LifecyclePart);
}

function reduceLifecycle(message: Message, part: LifecyclePart): Message {
  switch (part.type) {
    case 'start':
      return withMetadata(withId(message, part.messageId), part.messageMetadata);
    case 'start-step':
      return pushPart(message, { type: 'step-start' });
    case 'reset-step':
      return dropStep(message);
    case 'message-metadata':
      return withMetadata(message, part.messageMetadata);
    case 'finish':
      return finish(message, part);
    case 'abort':
      return settleMessage(message, 'stopped');
    default:
      return message;
  }
}

/** A server's own id is taken only before there is anything that a view could have bound to the first one. */
function withId(message: Message, id: string | undefined): Message {
  return id === undefined || id === '' || message.parts.length > 0 ? message : { ...message, id };
}

function finish(message: Message, part: Extract<LifecyclePart, { type: 'finish' }>): Message {
  const { finishReason, rawFinishReason, messageMetadata } = part;
  const settled = settleMessage(message, finishReason === 'error' ? 'error' : 'complete');
  if (finishReason === undefined) return withMetadata(settled, messageMetadata);
  // That of what it goes on from is this one's no more.
  const { rawFinishReason: _, ...metadata } = settled.metadata ?? {};
  const told = withMetadata({ ...settled, metadata }, messageMetadata);
  return withMetadata(told, { finishReason, rawFinishReason });
}

function withMetadata(message: Message, metadata: unknown): Message {
  if (typeof metadata !== 'object' || metadata === null) return message;
  return { ...message, metadata: mergeObjects(message.metadata ?? {}, metadata) };
}

function withUsage(message: Message, { type: _, ...usage }: UsagePart): Message {
  return withMetadata(message, { usage: { ...message.metadata?.usage, ...usage } });
}

function dropStep(message: Message): Message {
  const start = message.parts.findLastIndex((part) => part.type === 'step-start');
  return start + 1 === message.parts.length ? message : { ...message, parts: message.parts.slice(0, start + 1) };
}

function reduceData(
  message: Message,
  part: { type: string; id?: string; data: unknown; transient?: boolean },
): Message {
  if (part.transient === true) return message;
  const { type, id, data } = part;
  const index =
    id === undefined
      ? -1
      : message.parts.findLastIndex((one) => one.type === type && (one as { id?: string }).id === id);
  const next = (id === undefined ? { type, data } : { type, id, data }) as MessagePart;
  return index < 0 ? pushPart(message, next) : replacePart(message, index, next);
}
