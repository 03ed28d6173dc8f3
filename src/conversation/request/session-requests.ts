import { AiRequestEvent, AiWarningEvent, type ChatStatus, type RequestDetail } from '../../events.js';
import type { Message } from '../../message.js';
import type { Conversation } from '../../protocols/protocol.js';
import { toLastEventIdHeader } from '../../stream/header-value.js';
import type { Run } from '../run.js';
import { isEmpty } from '../thread/place-answer.js';
import {
  createRequest,
  createResumption,
  isGet,
  requestDialect,
  sendRequest,
  type RequestSettings,
} from './chat-request.js';
import type { Ask, Asking, Plan } from './connection.js';

/** The session, as far as its requests need it. */
export interface RequestingSession extends RequestSettings, EventTarget {
  readonly id: string;
  readonly model: string | undefined;
  readonly messages: readonly Message[];
  readonly status: ChatStatus;
  readonly resumable: boolean;
  readonly fetch: typeof fetch | undefined;
}

/** What is asked, beside the thread. */
export type Turn = Pick<Conversation, 'trigger' | 'messageId'>;

/** The answer goes on from what stands of it. */
export function turnAfter({ id: messageId }: Message): Turn {
  return { trigger: 'submit-message', messageId };
}

/** How often an answer is asked for again by itself: each time costs whoever pays for it. */
const MOST_PAUSES = 8;

/** Only what outlives its connection must be stopped at its server. */
const loadStop = () => import('./stop-at-server.js');

/** What a session asks its server: each request is shown to the listeners first, who may change, answer or keep it. */
export class SessionRequests {
  readonly #session: RequestingSession;

  constructor(session: RequestingSession) {
    this.#session = session;
  }

  /** How the next answer is asked for. */
  planFor(turn: Turn): Plan {
    const { id, model } = this.#session;
    const messages = this.#session.messages.filter(isSaid);
    const ask: Ask = async (asking) =>
      this.#send(asking, await createRequest(this.#settings, { id, model, messages, ...turn }));
    return this.#withRest(ask);
  }

  /** Whether an answer that has ended is to be asked for again, as its dialect has it. */
  isPaused({ stopped, message }: Run, times: number): boolean {
    const { status, messages } = this.#session;
    if (stopped || times >= MOST_PAUSES || status !== 'ready' || messages.at(-1) !== message) return false;
    return requestDialect(this.#settings)?.isPaused?.(message) === true;
  }

  /** How an answer is asked for that may still be being written. */
  get resumption(): Plan {
    return { ask: this.#askForRest, askAgain: this.#askForRest, style: 'resumption' };
  }

  /** Tells a server that goes on without a connection to stop. */
  stopAtServer(): void {
    const { id, messages } = this.#session;
    const stopping = { settings: this.#settings, id, messages, fetch: this.#fetcher };
    loadStop().then(
      ({ stopAtServer }) => stopAtServer(this.#session, stopping),
      (cause) => this.#session.dispatchEvent(new AiWarningEvent({ code: 'stop', message: String(cause) })),
    );
  }

  /** A GET may be repeated, as `EventSource` does. A POST never is: what is lost of its answer is asked for by GET. */
  #withRest(ask: Ask): Plan {
    if (this.#session.resumable) {
      // By the time that somebody stops it.
      loadStop().catch(() => {});
      return { ...this.resumption, ask };
    }
    return isGet(this.#session.method) ? { ask, askAgain: ask, style: 'event-source' } : { ask };
  }

  readonly #askForRest: Ask = async (asking) =>
    this.#send(asking, await createResumption(this.#settings, this.#session.id));

  /** Undefined where the host has kept the request from going out. */
  async #send(
    { signal, timer, lastEventId }: Asking,
    request: RequestDetail['request'],
  ): Promise<Response | undefined> {
    if (signal.aborted) return undefined;
    const header = toLastEventIdHeader(lastEventId);
    if (header !== undefined) request.headers.set('last-event-id', header);
    const detail: RequestDetail = { request, messages: this.#session.messages };
    const wanted = this.#session.dispatchEvent(new AiRequestEvent(detail));
    if (signal.aborted) return undefined;
    timer.heard();
    if (detail.response) return detail.response;
    return wanted ? sendRequest(request, signal, this.#fetcher) : undefined;
  }

  /** As they are now: making a request takes time, in which the host may change them. */
  get #settings(): RequestSettings {
    const { endpoint, method, protocol, headers, body, credentials } = this.#session;
    // A URL is an address, too.
    return { endpoint: `${endpoint ?? ''}`, method, protocol, headers, body, credentials };
  }

  get #fetcher(): typeof fetch {
    return this.#session.fetch ?? ((...args) => fetch(...args));
  }
}

/** An answer that came to nothing is told to the reader alone: servers and models refuse one without content. */
function isSaid(message: Message): boolean {
  return message.role !== 'assistant' || !isEmpty(message);
}
