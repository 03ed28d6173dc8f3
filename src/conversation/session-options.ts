import type { Message } from '../message.js';
import type { BodySource, HeadersSource } from './chat-request.js';

/** Milliseconds; 0 waits for ever. */
export interface Timeouts {
  /** Until the response's headers. Default 30 s. */
  connect?: number;
  /** Between two network reads; comments count as a sign of life. Default 60 s. */
  idle?: number;
}

export interface ChatSessionOptions {
  /** Where to send. */
  endpoint?: string;
  /** A dialect's name, or `auto` (the default). */
  protocol?: string;
  method?: 'post' | 'get';
  headers?: HeadersSource;
  body?: BodySource;
  credentials?: RequestCredentials;
  model?: string;
  /** The conversation's id. Default: a random one. */
  id?: string;
  messages?: Message[];
  fetch?: typeof fetch;
  timeouts?: Timeouts;
}
