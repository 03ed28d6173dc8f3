import { textOf, type Message } from '../../message.js';
import { imagesOf, systemText } from '../conversation-text.js';
import type { Conversation } from '../protocol.js';

/** The body of `POST /v1/responses` for a conversation. The model is the host's to name (`model`). */
export function responsesBody({ messages, model }: Conversation): Record<string, unknown> {
  const instructions = systemText(messages);
  const turns = messages.filter(({ role }) => role !== 'system').map(inputMessage);
  return {
    ...(model !== undefined && { model }),
    ...(instructions !== '' && { instructions }),
    input: turns.filter(({ content }) => content.length > 0),
    stream: true,
  };
}

function inputMessage(message: Message): { role: string; content: object[] } {
  const text = textOf(message);
  const isUser = message.role === 'user';
  const words = text === '' ? [] : [{ type: isUser ? 'input_text' : 'output_text', text }];
  const pictures = isUser ? imagesOf(message).map(({ url }) => ({ type: 'input_image', image_url: url })) : [];
  return { role: message.role, content: [...words, ...pictures] };
}
