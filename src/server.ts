/**
 * The other end of the wire: writes a stream that this package's elements and the AI SDK's own client can read.
 * Runs on Node ≥ 20, Deno, Bun and workers: it needs `Response`, `ReadableStream` and `AbortController`, no more.
 */
export { createEventStream, EventStream } from './server/event-stream.js';
export type { EventStreamOptions } from './server/event-stream.js';
export { convertArtifactsToText } from './server/convert-artifacts.js';
export { pipe } from './server/node-pipe.js';
export type { NodeResponse } from './server/node-pipe.js';
export type { GeneratedImage, WritableDataPart } from './server/wire-chunk.js';
export type { StreamPart } from './protocols/stream-part.js';
