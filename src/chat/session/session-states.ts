import type { ChatSession } from '../../conversation/chat-session.js';

/** The names by which a page's styles know what its chat is doing: `ai-stream-chat:state(streaming)`. */
export function statesOf({ status, messages, interruption }: ChatSession): Record<string, boolean> {
  return {
    submitted: status === 'submitted',
    streaming: status === 'streaming',
    reconnecting: interruption !== undefined,
    error: status === 'error',
    empty: messages.length === 0,
  };
}
