import type { ReasoningPart, TextPart } from '../protocols/stream-part.js';
import type { Message, MessagePart, ReasoningMessagePart, TextMessagePart } from '../message.js';
import { mapParts, pushPart, replacePart } from './message-parts.js';

type Block = TextMessagePart | ReasoningMessagePart;

/** Blocks of text and reasoning: found by their id while they stream, after which the id may be used again. */
export function reduceText(message: Message, part: TextPart | ReasoningPart): Message {
  const kind = part.type.startsWith('text') ? 'text' : 'reasoning';
  const index = message.parts.findLastIndex((one) => isOpenBlock(one) && one.type === kind && one.id === part.id);
  const block = message.parts[index] as Block | undefined;
  if ('delta' in part) {
    if (block) return replacePart(message, index, { ...block, text: block.text + part.delta });
    return pushPart(message, openBlock(kind, part.id, part.delta));
  }
  if (part.type.endsWith('-end')) {
    return block ? replacePart(message, index, closed(withProvider(block, part))) : message;
  }
  return pushPart(message, withProvider(openBlock(kind, part.id, ''), part));
}

export function settleText(message: Message): Message {
  return mapParts(message, (part) => (isOpenBlock(part) ? closed(part) : part));
}

function openBlock(type: Block['type'], id: string, text: string): Block {
  return { type, id, text, state: 'streaming' } as Block;
}

function isOpenBlock(part: MessagePart): part is Block {
  return (part.type === 'text' || part.type === 'reasoning') && (part as Block).state === 'streaming';
}

function closed({ id: _, ...block }: Block): Block {
  return { ...block, state: 'done' } as Block;
}

function withProvider(block: Block, { providerMetadata }: TextPart | ReasoningPart): Block {
  return providerMetadata ? { ...block, providerMetadata: { ...block.providerMetadata, ...providerMetadata } } : block;
}
