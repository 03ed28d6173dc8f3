import type { ReasoningPart, TextPart } from '../../protocols/stream-part.js';
import type { Message, MessagePart, ReasoningMessagePart, TextMessagePart } from '../../message.js';
import { mapParts, pushPart, replacePart } from './message-parts.js';

type Block = TextMessagePart | ReasoningMessagePart;
type BlockPart = Exclude<TextPart | ReasoningPart, { type: 'text-was-reasoning' }>;

/** Blocks of text and reasoning: found by their id while they stream, after which the id may be used again. */
export function reduceText(message: Message, part: BlockPart): Message {
  const kind = part.type.startsWith('text') ? 'text' : 'reasoning';
  const index = indexOfOpen(message, kind, part.id);
  const block = message.parts[index] as Block | undefined;
  if ('delta' in part) {
    const open = block ?? openBlock(kind, part.id, '');
    const longer = withProvider({ ...open, text: open.text + part.delta }, part);
    return block ? replacePart(message, index, longer) : pushPart(message, longer);
  }
  if (part.type.endsWith('-end')) {
    return block ? replacePart(message, index, closed(withCitations(withProvider(block, part), part))) : message;
  }
  // A block that begins where one of its id is still open ends that one: what follows is the new one's.
  const before = block ? replacePart(message, index, closed(block)) : message;
  return pushPart(before, withProvider(openBlock(kind, part.id, ''), part));
}

/** A block of text that turns out to have been reasoning. */
export function reclassify(message: Message, id: string): Message {
  const index = indexOfOpen(message, 'text', id);
  const block = message.parts[index] as Block | undefined;
  if (!block) return message;
  if (block.text === '') return { ...message, parts: message.parts.toSpliced(index, 1) };
  return replacePart(message, index, closed({ ...block, type: 'reasoning' }));
}

function indexOfOpen({ parts }: Message, kind: Block['type'], id: string): number {
  return parts.findLastIndex((one) => isOpenBlock(one) && one.type === kind && one.id === id);
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

/** The latest word of the provider stands. */
function withProvider(block: Block, { providerMetadata }: BlockPart): Block {
  return providerMetadata ? { ...block, providerMetadata } : block;
}

function withCitations(block: Block, part: BlockPart): Block {
  return 'citations' in part && part.citations ? { ...block, citations: part.citations } : block;
}
