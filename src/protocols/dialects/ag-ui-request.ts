import { textOf, type Message } from '../../message.js';
import { base64Of, imagesOf } from '../conversation-text.js';
import type { Conversation } from '../protocol.js';

/** AG-UI's `RunAgentInput` for a conversation. A run needs an id of its own, also when the same question is asked again. */
export function agUiBody({ id, messages }: Conversation): Record<string, unknown> {
  return {
    threadId: id,
    runId: `${messages.at(-1)?.id ?? id}-${Date.now().toString(36)}`,
    state: {},
    messages: messages.map(agentMessage).filter(({ content }) => content.length > 0),
    tools: [],
    context: [],
    forwardedProps: {},
  };
}

function agentMessage(message: Message): { id: string; role: string; content: string | object[] } {
  const { id, role } = message;
  const text = textOf(message);
  const pictures = role === 'user' ? imagesOf(message) : [];
  if (pictures.length === 0) return { id, role, content: text };
  return { id, role, content: [...(text === '' ? [] : [{ type: 'text', text }]), ...pictures.map(picture)] };
}

function picture({ url, mediaType: mimeType }: { url: string; mediaType: string }): object {
  const data = base64Of(url);
  const source = data === undefined ? { type: 'url', value: url, mimeType } : { type: 'data', value: data, mimeType };
  return { type: 'image', source };
}
