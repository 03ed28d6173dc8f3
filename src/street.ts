/** What both the elements' entry and `core` give of the street: bytes to events, events to parts, parts to messages. */
export { parseEvents, type ParseEventsOptions } from './stream/parse-events.js';
export {
  EventStreamParser,
  MAX_EVENT_SIZE,
  type EventStreamOptions,
  type ServerSentEvent,
} from './stream/event-stream-parser.js';
export { replayRecording, type Recording, type ReplayOptions } from './stream/recording.js';
export { parseExpiry } from './image/lifetime/parse-expiry.js';
export type { StreamSource } from './stream/read-chunks.js';
export { StreamError, type StreamErrorCode } from './stream/stream-error.js';
export { readParts, type ReadPartsOptions } from './protocols/read-parts.js';
export type { Conversation, Protocol, ProtocolReader, WireEvent } from './protocols/protocol.js';
export type * from './protocols/stream-part.js';
export type { BodySource, HeadersSource } from './conversation/request/chat-request.js';
export type { Interruption } from './conversation/request/connection.js';
export type { Timeouts } from './conversation/request/timeouts.js';
export { ChatSession } from './conversation/chat-session.js';
export type { ChatSessionOptions } from './conversation/session-options.js';
export type { Branch, BranchPosition } from './conversation/thread/branched-thread.js';
export type { ChatInput } from './conversation/thread/new-message.js';
export {
  KeptConversations,
  type KeptConversation,
  type KeptConversationsOptions,
} from './conversation/storage/kept-conversations.js';
export {
  persistSession,
  type PersistedSession,
  type PersistOptions,
} from './conversation/storage/persisted-session.js';
export * from './message.js';
export * from './events.js';
