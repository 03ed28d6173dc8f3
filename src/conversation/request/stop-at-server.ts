import { AiRequestEvent, AiWarningEvent, type RequestDetail } from '../../events.js';
import type { Message } from '../../message.js';
import { StreamError } from '../../stream/stream-error.js';
import { createResumption, sendRequest, type RequestSettings } from './chat-request.js';

export interface Stopping {
  settings: RequestSettings;
  id: string;
  messages: readonly Message[];
  fetch: typeof fetch;
}

/**
 * Tells a server whose answers outlive their connection that this one is wanted no more. The session's listeners are
 * asked as before every request; that the server would not is told to them, and is nothing that the reader could mend.
 */
export async function stopAtServer(session: EventTarget, { settings, id, messages, fetch }: Stopping): Promise<void> {
  try {
    const request = await createResumption(settings, id, 'DELETE');
    const detail: RequestDetail = { request, messages };
    if (!session.dispatchEvent(new AiRequestEvent(detail)) || detail.response) return;
    const response = await sendRequest(request, new AbortController().signal, fetch);
    void response.body?.cancel();
    assertStopped(response);
  } catch (error) {
    const { message } = StreamError.from(error, 'http', 'The server could not be told to stop.');
    session.dispatchEvent(new AiWarningEvent({ code: 'stop', message }));
  }
}

/** Where there is nothing, or nothing any more, nothing is being written. */
function assertStopped({ ok, status }: Response): void {
  if (ok || status === 404 || status === 410) return;
  throw new StreamError('http', `The server was asked to stop and answered ${status}: it may go on writing.`);
}
