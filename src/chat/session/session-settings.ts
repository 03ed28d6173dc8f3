import type { BodySource, HeadersSource } from '../../conversation/request/chat-request.js';
import type { ChatSession } from '../../conversation/chat-session.js';

/** What can be set on an element about its requests, with the element's own defaults. */
export interface SessionSettings {
  endpoint: string;
  protocol: string;
  method: 'post' | 'get';
  model: string | undefined;
  resumable: boolean;
  artifactMarkers: boolean;
  chatId: string | undefined;
  headers: HeadersSource | undefined;
  body: BodySource | undefined;
  fetch: typeof fetch | undefined;
}

/** What an element says that says nothing. The conversation's id is left out: an element without one never changes it. */
const UNSAID: Omit<SessionSettings, 'chatId'> = {
  endpoint: '',
  protocol: 'auto',
  method: 'post',
  model: undefined,
  resumable: false,
  artifactMarkers: false,
  headers: undefined,
  body: undefined,
  fetch: undefined,
};

/**
 * Puts an element's settings into its session. A session that the host has made (`own` is false) keeps what the host
 * gave it, but for what is set on the element. What a framework leaves out comes as nothing, of whatever kind.
 */
export function applySettings(session: ChatSession, settings: SessionSettings, own: boolean): void {
  for (const name of Object.keys(UNSAID) as (keyof typeof UNSAID)[]) {
    const said = settings[name] || UNSAID[name];
    if (own || said !== UNSAID[name]) Object.assign(session, { [name]: said });
  }
  if (settings.chatId) session.id = settings.chatId;
}
