import { isImagePart, type FileMessagePart, type Message, type MessagePart } from '../message.js';
import { mapParts } from './message-parts.js';

export interface RenewedAddress {
  url: string;
  /** ISO 8601, or epoch seconds or milliseconds. */
  expiresAt?: string | number;
}

/** The message with a picture's fresh address in the place of the one that has expired. */
export function withRenewedImage(message: Message, previousUrl: string, address: RenewedAddress): Message {
  return mapParts(message, (part) => renewed(part, previousUrl, address));
}

function renewed(part: MessagePart, previousUrl: string, { url, expiresAt }: RenewedAddress): MessagePart {
  if (part.type === 'file' && (part as FileMessagePart).url === previousUrl) return { ...part, url } as MessagePart;
  if (!isImagePart(part)) return part;
  const { id, data } = part;
  if (data.url !== previousUrl) return part;
  const { expiresAt: _, ...rest } = data;
  return { type: 'data-image', id, data: { ...rest, url, ...(expiresAt !== undefined && { expiresAt }) } };
}
