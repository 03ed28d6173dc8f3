import type { BodySource, HeadersSource } from './request/chat-request.js';
import { createId } from './id.js';
import type { ChatSessionOptions } from './session-options.js';
import type { Timeouts } from './request/timeouts.js';

/** What a session can be told about its requests, at any time: these of its options, with their defaults. */
export abstract class SessionSettings extends EventTarget {
  // The settings are those of `ChatSessionOptions`; a change counts from the next request on.
  endpoint = '';
  protocol: string | undefined = undefined;
  method: 'post' | 'get' = 'post';
  headers: HeadersSource | undefined = undefined;
  body: BodySource | undefined = undefined;
  credentials: RequestInit['credentials'] = undefined;
  model: string | undefined = undefined;
  id = createId();
  fetch: typeof fetch | undefined = undefined;
  timeouts: Timeouts = {};
  /** Whether a lost answer is taken up again by `GET {endpoint}/{id}/stream`. */
  resumable = false;
  artifactMarkers = false;

  constructor(options: ChatSessionOptions) {
    super();
    for (const [name, value] of Object.entries(options))
      if (Object.hasOwn(this, name) && value !== null && value !== undefined) Object.assign(this, { [name]: value });
  }
}
