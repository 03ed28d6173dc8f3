import { textOf, type FileMessagePart, type Message } from '../../message.js';
import type { Conversation } from '../protocol.js';

/** The API asks for a bound on the answer; a host that wants another one sets it in `body`. */
const MAX_TOKENS = 4096;

/** The body of `POST /v1/messages` for a conversation. */
export function anthropicBody({ messages, model }: Conversation): Record<string, unknown> {
  const system = messages.filter(({ role }) => role === 'system').map(textOf);
  const turns = messages.filter(({ role }) => role !== 'system').map(anthropicMessage);
  return {
    ...(model !== undefined && { model }),
    max_tokens: MAX_TOKENS,
    ...(system.length > 0 && { system: system.join('\n\n') }),
    messages: turns.filter(({ content }) => content.length > 0),
    stream: true,
  };
}

function anthropicMessage(message: Message): { role: string; content: object[] } {
  const text = textOf(message);
  const images = message.role === 'user' ? message.parts.flatMap(imageBlock) : [];
  return { role: message.role, content: [...images, ...(text === '' ? [] : [{ type: 'text', text }])] };
}

function imageBlock(part: Message['parts'][number]): object[] {
  if (part.type !== 'file') return [];
  const { url, mediaType } = part as FileMessagePart;
  if (!mediaType.startsWith('image/')) return [];
  const [, data] = /^data:[^,]*;base64,(.*)$/s.exec(url) ?? [];
  const source = data === undefined ? { type: 'url', url } : { type: 'base64', media_type: mediaType, data };
  return [{ type: 'image', source }];
}
