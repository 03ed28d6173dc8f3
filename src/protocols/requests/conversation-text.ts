import { textOf, type FileMessagePart, type Message } from '../../message.js';

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
  return filesOf(message).filter(isImage);
}

export function filesOf(message: Message): FileMessagePart[] {
  return message.parts.filter((part): part is FileMessagePart => part.type === 'file');
}

export function isImage({ mediaType }: FileMessagePart): boolean {
  return mediaType.startsWith('image/');
}

export function isPdf({ mediaType }: FileMessagePart): boolean {
  return mediaType === 'application/pdf';
}

/**
 * What the reader wrote, and behind it, in words, those files that the dialect has no place for: text as it stands in
 * them; of all else that it was there, so that the model does not answer as if nothing had been sent.
 *
 * @param isCarried whether a file goes out as what it is.
 */
export function questionText(message: Message, isCarried: (file: FileMessagePart) => boolean): string {
  const others = filesOf(message).filter((file) => !isCarried(file));
  return [textOf(message), ...others.map(inWords)].filter(Boolean).join('\n\n');
}

/** A question's content: bare text, as every server reads it, where there is nothing beside it. */
export function contentOf(text: string, others: readonly object[]): string | object[] {
  return others.length === 0 ? text : [...(text === '' ? [] : [{ type: 'text', text }]), ...others];
}

/** A question with its pictures as OpenAI spells them, and whoever follows it. */
export function questionWithPictures(message: Message): string | object[] {
  const pictures = imagesOf(message).map(({ url }) => ({ type: 'image_url', image_url: { url } }));
  return contentOf(questionText(message, isImage), pictures);
}

function inWords({ url, mediaType, filename }: FileMessagePart): string {
  const name = filename || mediaType;
  const text = TEXT.test(mediaType) ? textOfData(url) : undefined;
  if (text !== undefined) return `<file name="${name.replaceAll('"', '&quot;')}">\n${text}\n</file>`;
  return /^https?:/.test(url) ? `[${name}](${url})` : `(Attached, but not readable here: ${name}, ${mediaType})`;
}

const TEXT = /^text\/|[/+](json|xml|yaml|x-yaml|toml|javascript|typescript|sql|csv)\b/;

function textOfData(url: string): string | undefined {
  const base64 = base64Of(url);
  try {
    if (base64 === undefined)
      return url.startsWith('data:') ? decodeURIComponent(url.slice(url.indexOf(',') + 1)) : undefined;
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** The base64 of a `data:` address; undefined for any other one. */
export function base64Of(url: string): string | undefined {
  return /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
}
