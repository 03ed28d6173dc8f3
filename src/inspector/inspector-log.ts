import type {
  AiErrorEvent,
  AiEventEvent,
  AiFinishEvent,
  AiOpenEvent,
  AiPartEvent,
  AiReconnectEvent,
  AiRequestEvent,
  AiStatusEvent,
} from '../events.js';
import { readableJson } from '../element/readable-json.js';
import type { Recording } from '../stream/recording.js';

/** How many of the newest rows are kept at least, and twice as many at most. */
const MAX_ROWS = 1000;
/** How much of the wire the rows hold at most, in characters: one event alone may be this long. */
const MAX_HELD = 16 * 1024 * 1024;
/** How much data a recording takes, in characters. */
const MAX_RECORDED = 16 * 1024 * 1024;

export type RowKind = 'request' | 'open' | 'event' | 'part' | 'status' | 'finish' | 'error';

export interface Row {
  readonly number: number;
  readonly kind: RowKind;
  /** Milliseconds since the request went out. */
  readonly at: number;
  /** The event's name on the wire, the part's type, the new status. */
  readonly title: string;
  /** As it came, or as JSON, which is made when somebody looks. */
  readonly detail: string;
  /** How much of the wire it holds, in characters. */
  readonly size: number;
}

/** What an inspector has seen: rows to look at, and the wire's events to take away. */
export class InspectorLog {
  rows: Row[] = [];
  recording: Recording | undefined;
  #count = 0;
  #startedAt = performance.now();
  #recorded = 0;
  #held = 0;

  clear(): void {
    this.rows = [];
    this.#held = 0;
  }

  record(): void {
    this.recording = { version: 1, events: [] };
    this.#recorded = 0;
    this.#startedAt = performance.now();
  }

  /** Takes in one of the elements' events. */
  take(event: Event): void {
    const read = READERS[event.type];
    if (!read) return;
    if (event.type === 'ai-request') this.#startedAt = performance.now();
    const at = Math.round(performance.now() - this.#startedAt);
    this.#count += 1;
    this.#add(createRow(this.#count, at, read(event as never)));
    if (event.type === 'ai-event') this.#keep(event as AiEventEvent, at);
    if (event.type === 'ai-open') this.#nameProtocol((event as AiOpenEvent).protocol);
  }

  #add(row: Row): void {
    this.rows.push(row);
    this.#held += row.size;
    // Trimmed by halves: an event must not cost a copy of all rows.
    if (this.rows.length >= 2 * MAX_ROWS) this.#drop(this.rows.length - MAX_ROWS);
    else if (this.#held > MAX_HELD) this.#drop(this.#countToHalf());
  }

  #drop(count: number): void {
    for (const { size } of this.rows.slice(0, count)) this.#held -= size;
    this.rows = this.rows.slice(count);
  }

  /** How many of the oldest rows hold half of what may be held. The newest one stays, whatever its length. */
  #countToHalf(): number {
    let held = this.#held;
    const index = this.rows.findIndex(({ size }) => (held -= size) <= MAX_HELD / 2);
    return Math.min(index < 0 ? this.rows.length : index + 1, this.rows.length - 1);
  }

  #keep({ name, data, lastEventId }: AiEventEvent, at: number): void {
    this.#recorded += data.length;
    if (this.#recorded <= MAX_RECORDED) this.recording?.events.push({ type: name, data, lastEventId, at });
  }

  #nameProtocol(protocol: string | undefined): void {
    if (this.recording && protocol !== undefined) this.recording.protocol = protocol;
  }
}

interface Reading {
  kind: RowKind;
  title: string;
  detail(): string;
  size?: number;
}

function createRow(number: number, at: number, { kind, title, detail, size = 0 }: Reading): Row {
  let text: string | undefined;
  return {
    number,
    at,
    kind,
    // A host's own dialect may put anything where a name should be.
    title: typeof title === 'string' ? title : readableJson(title),
    size,
    get detail() {
      return (text ??= detail());
    },
  };
}

const READERS: Record<string, (event: never) => Reading> = {
  'ai-request': ({ request }: AiRequestEvent) => ({
    kind: 'request',
    title: `${request.method} ${request.url}`,
    detail: () => readableJson(request.body),
  }),
  'ai-open': ({ response }: AiOpenEvent) => ({
    kind: 'open',
    title: `${response.status} ${response.headers.get('content-type') ?? ''}`,
    detail: () => [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n'),
  }),
  'ai-event': ({ name, data }: AiEventEvent) => ({ kind: 'event', title: name, detail: () => data, size: data.length }),
  'ai-part': ({ part }: AiPartEvent) => ({ kind: 'part', title: part.type, detail: () => readableJson(part) }),
  'ai-status': ({ status }: AiStatusEvent) => ({ kind: 'status', title: status, detail: () => '' }),
  'ai-reconnect': ({ error, attempt, delay }: AiReconnectEvent) => ({
    kind: 'status',
    title: 'reconnecting',
    detail: () => `attempt ${attempt} in ${Math.round(delay)} ms\n\n${error.message}`,
  }),
  'ai-finish': ({ finishReason, message: { metadata } }: AiFinishEvent) => ({
    kind: 'finish',
    title: finishReason,
    detail: () => readableJson(metadata),
  }),
  'ai-error': ({ code, error, diagnosis }: AiErrorEvent) => ({
    kind: 'error',
    title: code,
    detail: () => [error.message, diagnosis, error.body].filter(Boolean).join('\n\n'),
  }),
};

export const LOGGED = Object.keys(READERS);
