import type { Message } from '../message.js';
import type { ServerSentEvent } from '../stream/event-stream-parser.js';
import type { StreamPart } from './stream-part.js';

/** An event with its data parsed: `json` is undefined where `data` is not JSON. */
export interface WireEvent extends ServerSentEvent {
  json: unknown;
}

/** Reads one response. Whatever it must remember from event to event lives here. */
export interface ProtocolReader {
  /** The parts that this event means; undefined where the dialect does not know it (it becomes a `raw` part). */
  read(event: WireEvent): StreamPart[] | undefined;
  /** The body is complete: closes what is still open. */
  end(): StreamPart[];
  /** Whether the dialect's own end mark has come. An end without it is `truncated`. */
  finished: boolean;
  /** Whether others may speak behind that mark, be it after a long time: only the end of the body is the end. */
  othersFollow?: boolean;
}

export interface Conversation {
  id: string;
  messages: readonly Message[];
  model: string | undefined;
  /** Where it goes: what a provider takes may depend on it. */
  endpoint?: string | undefined;
  trigger: 'submit-message' | 'regenerate-message';
  /** The message to answer again, with `regenerate-message`. */
  messageId?: string | undefined;
}

export interface Protocol {
  readonly name: string;
  /**
   * `text`: the body is not cut into events at all, whatever its type says; each read is one. `lines`: each line is one,
   * where the response's type does not say how it is cut.
   */
  readonly framing?: 'text' | 'lines';
  /** Whether a word of its own ends the body (`[DONE]`, `event: end`): an answer's end alone says little of what follows. */
  readonly hasLastWord?: boolean;
  /** Whether the response's headers alone tell that it is this dialect. */
  matchesHeaders?(headers: Headers): boolean;
  /** Whether an event that no other dialect has claimed is this dialect's. */
  matchesEvent?(event: WireEvent): boolean;
  /** Whether an address is that of the API itself, so that the request takes its shape. */
  matchesUrl?(url: string): boolean;
  /** Loads what the dialect takes, before its first request is written or its first event is read. */
  load?(): Promise<void>;
  /** The body of a request in this dialect. Without it: the AI SDK's. */
  createBody?(conversation: Conversation): Record<string, unknown> | Promise<Record<string, unknown>>;
  /** Whether an answer has stopped only to be asked for again, with what stands of it as the last message. */
  isPaused?(answer: Message): boolean;
  createReader(): ProtocolReader;
}
