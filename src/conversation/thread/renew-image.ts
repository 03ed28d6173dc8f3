import { isImagePart, type FileMessagePart, type Message, type MessagePart } from '../../message.js';
import { mapParts } from '../reduce/message-parts.js';
import type { Run } from '../run.js';

export interface RenewedAddress {
  url: string;
  /** ISO 8601, or epoch seconds or milliseconds. */
  expiresAt?: string | number;
}

/** The same for a message that is perhaps being written, which then goes on from there. */
export function renewIn(run: Run | undefined, message: Message, previousUrl: string, address: RenewedAddress): Message {
  const renewed = withRenewedImage(message, previousUrl, address);
  if (run?.message === message) run.message = renewed;
  if (run?.standing === message) run.standing = renewed;
  return renewed;
}

/** The message with a picture's fresh address in the place of the one that has expired. */
function withRenewedImage(message: Message, previousUrl: string, address: RenewedAddress): Message {
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
