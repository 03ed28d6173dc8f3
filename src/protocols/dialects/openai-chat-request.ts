import { textOf, type FileMessagePart, type Message } from '../../message.js';
import type { Conversation } from '../protocol.js';

/** The body of `POST /v1/chat/completions` for a conversation. The model is the host's to name (`model`). */
export function openaiBody({ messages, model }: Conversation): Record<string, unknown> {
  return {
    ...(model !== undefined && { model }),
    messages: messages.map(openaiMessage).filter(({ content }) => content.length > 0),
    stream: true,
    stream_options: { include_usage: true },
  };
}

function openaiMessage(message: Message): { role: string; content: string | object[] } {
  const { role } = message;
  const images = message.parts.filter(isImageFile);
  if (role !== 'user' || images.length === 0) return { role, content: textOf(message) };
  const pictures = images.map(({ url }) => ({ type: 'image_url', image_url: { url } }));
  return { role, content: [{ type: 'text', text: textOf(message) }, ...pictures] };
}

function isImageFile(part: Message['parts'][number]): part is FileMessagePart {
  return part.type === 'file' && (part as FileMessagePart).mediaType.startsWith('image/');
}
