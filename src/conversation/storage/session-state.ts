import type { ChatSession } from '../chat-session.js';

/** What there is to be kept at a moment. */
export type State = Pick<ChatSession, 'messages' | 'branches' | 'status' | 'busy' | 'id' | 'settled'>;

export function stateOf({ messages, branches, status, busy, id, settled }: State): State {
  return { messages, branches, status, busy, id, settled };
}
