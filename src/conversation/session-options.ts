import type { Message } from '../message.js';
import type { Branch } from './thread/branched-thread.js';
import type { BodySource, HeadersSource } from './request/chat-request.js';
import type { Timeouts } from './request/timeouts.js';

export interface ChatSessionOptions {
  /** Where to send. */
  endpoint?: string;
  /** A dialect's name, or `auto` (the default). */
  protocol?: string;
  /** `post` (the default), or `get` with the text as the query's `message`. */
  method?: 'post' | 'get';
  /** Request headers, or a function that gives them, asked anew for each request. */
  headers?: HeadersSource;
  /** Fields to put over the dialect's own body, or a function that makes the whole of it. */
  body?: BodySource;
  /** As `fetch` takes it. Default: `same-origin`. */
  credentials?: RequestInit['credentials'];
  /** The model's name, for backends that ask for one. */
  model?: string;
  /** The conversation's id. Default: a random one. */
  id?: string;
  /** The thread to begin with. Default: empty. */
  messages?: Message[];
  /** What goes off from it, as `branches` of a session gave it. Default: nothing. */
  branches?: readonly Branch[];
  /** Replaces `fetch`. */
  fetch?: typeof fetch;
  timeouts?: Timeouts;
  /** Whether the server keeps answers for `GET {endpoint}/{id}/stream`, where a lost one is then taken up again. */
  resumable?: boolean;
  /** Whether artifacts that a model marks in its text are taken out of it: `<antArtifact>`, `:::artifact{…}`, … */
  artifactMarkers?: boolean;
}
