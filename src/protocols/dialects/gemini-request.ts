import { textOf, type Message } from '../../message.js';
import { base64Of, imagesOf, systemText } from '../conversation-text.js';
import type { Conversation } from '../protocol.js';

/** The body of `POST …/models/{model}:streamGenerateContent?alt=sse`. The model stands in the address. */
export function geminiBody({ messages }: Conversation): Record<string, unknown> {
  const system = systemText(messages);
  const contents = messages.filter(({ role }) => role !== 'system').map(content);
  return {
    contents: contents.filter(({ parts }) => parts.length > 0),
    ...(system !== '' && { systemInstruction: { parts: [{ text: system }] } }),
  };
}

function content(message: Message): { role: string; parts: object[] } {
  const text = textOf(message);
  const pictures = message.role === 'user' ? imagesOf(message).map(picture) : [];
  return { role: message.role === 'user' ? 'user' : 'model', parts: [...(text === '' ? [] : [{ text }]), ...pictures] };
}

function picture({ url, mediaType: mimeType }: { url: string; mediaType: string }): object {
  const data = base64Of(url);
  return data === undefined ? { fileData: { mimeType, fileUri: url } } : { inlineData: { mimeType, data } };
}
