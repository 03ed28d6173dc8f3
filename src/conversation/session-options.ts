import type { Message } from '../message.js';
import type { Branch } from './branched-thread.js';
import type { BodySource, HeadersSource } from './chat-request.js';

/** Milliseconds; 0 waits for ever. */
export interface Timeouts {
  /** Until the response's headers. Default 30 s. */
  connect?: number;
  /** Between two network reads; comments count as a sign of life. Default 60 s. */
  idle?: number;
  /** From an answer's own end until the connection is closed, where no further answer begins. Default 3 s. */
  end?: number;
  /** Until the first attempt to make a lost connection anew; twice that until the next. Default 0.5 s; 0: none is made. */
  reconnect?: number;
}

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
  credentials?: RequestCredentials;
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
