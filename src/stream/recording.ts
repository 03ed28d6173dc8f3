import type { ServerSentEvent } from './event-stream-parser.js';
import { pause } from './pause.js';

/** A stream as it came, event by event, for a bug report, a test or a demonstration. Plain JSON. */
export interface Recording {
  version: 1;
  /** The dialect, where it was known. */
  protocol?: string;
  /** `at`: milliseconds since the request went out. */
  events: (ServerSentEvent & { at: number })[];
}

export interface ReplayOptions {
  /** 1 (the default): as it came. 2: twice as fast. Infinity: at once. */
  speed?: number;
  signal?: AbortSignal;
}

/** The body of a response that sends a recording again, with its pauses. */
export function replayRecording(
  recording: Recording,
  { speed = 1, signal }: ReplayOptions = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const rest = [...recording.events];
  const cancelled = new AbortController();
  const ended = signal ? AbortSignal.any([signal, cancelled.signal]) : cancelled.signal;
  let before = rest[0]?.at ?? 0;
  let id = '';
  return new ReadableStream({
    async pull(controller) {
      const event = rest.shift();
      if (event) await pause((event.at - before) / speed, ended);
      if (cancelled.signal.aborted) return;
      if (!event || ended.aborted) return controller.close();
      before = event.at;
      controller.enqueue(encoder.encode(writeEvent(event, id)));
      id = event.lastEventId;
    },
    cancel: () => cancelled.abort(),
  });
}

/** Whether a value from a file is a recording; what it holds is as untrusted as any stream. */
export function isRecording(value: unknown): value is Recording {
  const { version, protocol, events } = (value ?? {}) as Partial<Recording>;
  const isNamed = protocol === undefined || typeof protocol === 'string';
  return version === 1 && isNamed && Array.isArray(events) && events.every(isRecordedEvent);
}

function isRecordedEvent(event: unknown): boolean {
  const { type, data, lastEventId, at } = (event ?? {}) as Record<string, unknown>;
  return typeof type === 'string' && typeof data === 'string' && typeof lastEventId === 'string' && Number.isFinite(at);
}

function writeEvent({ type, data, lastEventId }: ServerSentEvent, idBefore: string): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  const id = lastEventId === idBefore ? '' : `id: ${lastEventId}\n`;
  return `${type === 'message' ? '' : `event: ${type}\n`}${id}${lines.join('')}\n`;
}
