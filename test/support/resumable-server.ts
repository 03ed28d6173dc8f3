import { encode } from './bytes.js';
import type { SentRequest } from './scripted-fetch.js';

/** How a server sends again what it keeps: all of it, what came after `Last-Event-ID`, or so many events before that. */
export type Repetition = 'whole' | 'after' | number;

export interface ResumableServer {
  /** The whole events of one answer, without their ids. */
  events: string[];
  /** The id of the event at a place; undefined: it has none. */
  idOf?(index: number): string | undefined;
  repetition: Repetition;
  /** After how many events of the answer each connection is cut; the last one is not. */
  cuts: number[];
  /** Cut roughly, or by a clean end of the body. */
  cleanly?: boolean;
  /** So many bytes of the event after the cut have been sent as well. */
  more?: number;
}

/** A `fetch` to such a server, that keeps what it was asked. */
export function resumableFetch(server: ResumableServer): typeof fetch & { sent: SentRequest[] } {
  const sent: SentRequest[] = [];
  const answer = async (url: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    const { method = 'GET', signal } = init;
    sent.push({ url: String(url), method, headers, body: init.body, signal: signal! });
    const from = sent.length === 1 ? 0 : beginOf(server, headers.get('last-event-id'));
    return respond(server, from, server.cuts[sent.length - 1]);
  };
  return Object.assign(answer, { sent });
}

function beginOf({ repetition, events, idOf }: ResumableServer, lastEventId: string | null): number {
  if (repetition === 'whole' || lastEventId === null) return 0;
  const known = events.findIndex((_, index) => idOf?.(index) === lastEventId);
  return Math.max(0, known + 1 - (repetition === 'after' ? 0 : repetition));
}

function respond(server: ResumableServer, from: number, cut: number | undefined): Response {
  const { events, cleanly = false, more = 0 } = server;
  const written = events.map((event, index) => {
    const id = server.idOf?.(index);
    return `${id === undefined ? '' : `id: ${id}\n`}${event}`;
  });
  const pieces = written.slice(from, cut);
  if (cut !== undefined && more > 0) pieces.push((written[cut] ?? '').slice(0, more));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece !== undefined) controller.enqueue(encode(piece));
      else if (cut === undefined || cleanly) controller.close();
      else controller.error(new TypeError('Load failed'));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
