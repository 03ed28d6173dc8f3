import { textOf, type FileMessagePart, type Message } from '../message.js';

/** What requests are made of, in every dialect. */

export function systemText(messages: readonly Message[]): string {
  return messages
    .filter(({ role }) => role === 'system')
    .map(textOf)
    .join('\n\n');
}

/** The last thing that the reader wrote, for backends that take no conversation. */
export function lastQuestion(messages: readonly Message[]): Message | undefined {
  return messages.findLast(({ role }) => role === 'user');
}

export function imagesOf(message: Message): FileMessagePart[] {
  return message.parts.filter(
    (part): part is FileMessagePart => part.type === 'file' && (part as FileMessagePart).mediaType.startsWith('image/'),
  );
}

/** The base64 of a `data:` address; undefined for any other one. */
export function base64Of(url: string): string | undefined {
  return /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
}
