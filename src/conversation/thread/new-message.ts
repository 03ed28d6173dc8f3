import type { FileMessagePart, Message, MessageMetadata, MessagePart } from '../../message.js';
import { createId } from '../id.js';
import { mendedPart } from './mended-part.js';

export interface ChatInput {
  text?: string;
  /** Parts, or files as an `<input type="file">` has them. */
  files?: Iterable<FileMessagePart | Blob> | null;
  metadata?: MessageMetadata;
}

const NO_INPUT = 'A message is given as text; to send() also as { text, files, metadata }.';

/** A promise only where there are files to be read. */
export function createUserMessage(input: string | ChatInput): Message | Promise<Message> {
  if (!isInput(input)) throw new TypeError(NO_INPUT);
  const { files, ...rest }: ChatInput = typeof input === 'string' ? { text: input } : input;
  const given = [...(files ?? [])];
  if (!given.some((file) => file instanceof Blob)) return userMessage(rest, given as FileMessagePart[]);
  return withFiles(rest, given);
}

async function withFiles(rest: ChatInput, given: (FileMessagePart | Blob)[]): Promise<Message> {
  const { attachedFile } = await import('./attached-file.js');
  return userMessage(rest, await Promise.all(given.map((file) => (file instanceof Blob ? attachedFile(file) : file))));
}

function userMessage({ text = '', metadata }: ChatInput, files: FileMessagePart[]): Message {
  const attached: MessagePart[] = files.map(mendedPart);
  const parts: MessagePart[] = text === '' ? attached : [...attached, { type: 'text', text }];
  return { id: createId(), role: 'user', parts, ...(metadata && { metadata }) };
}

/** A question that lost its words on the way would be paid for, and answered. */
function isInput(input: unknown): boolean {
  const { text, files, metadata } = (typeof input === 'string' ? { text: input } : (input ?? {})) as ChatInput;
  const isSaid = typeof text === 'string' || (text === undefined && Boolean(files ?? metadata));
  const list: unknown = files ?? [];
  return isSaid && list instanceof Object && Symbol.iterator in list;
}

/** The message with another text; what else it holds stays. */
export function withText(message: Message, text: string): Message {
  if (typeof text !== 'string') throw new TypeError(NO_INPUT);
  const kept = message.parts.filter(({ type }) => type !== 'text');
  return { ...message, parts: [...kept, { type: 'text', text }] };
}

export function createAnswer(): Message {
  return { id: createId(), role: 'assistant', parts: [] };
}
