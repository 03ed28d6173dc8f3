import type { ChatSession } from '../../conversation/chat-session.js';
import { AiWarningEvent } from '../../events.js';

/** What the reader needs, or has asked for, cannot be had: the host is told, or else the reader. Which it is, the console says. */
export function tellMissing(session: ChatSession): void {
  session.dispatchEvent(new AiWarningEvent({ code: 'part-missing', message: 'A part could not be loaded.' }));
}
