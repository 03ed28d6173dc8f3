import { encode } from './bytes.js';

/** A response whose body the test writes, and whose end on the client's side it can see. */
export class ScriptedResponse {
  cancelled = false;
  readonly response: Response;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #failure?: { error: unknown };

  constructor(init: ResponseInit = { headers: { 'content-type': 'text/event-stream' } }) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => void (this.#controller = controller),
      pull: () => this.#breakOff(),
      cancel: () => void (this.cancelled = true),
    });
    this.response = new Response(body, init);
  }

  write(text: string): void {
    this.#controller.enqueue(encode(text));
  }

  send(...events: unknown[]): void {
    for (const event of events) this.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  close(): void {
    this.#controller.close();
  }

  /** As a network does it: what had arrived before can still be read, however late its reader is. */
  fail(error: unknown = new TypeError('Load failed')): void {
    this.#failure = { error };
    if (this.#controller.desiredSize === 1) this.#breakOff();
  }

  #breakOff(): void {
    if (this.#failure) this.#controller.error(this.#failure.error);
  }
}

export interface SentRequest {
  url: string;
  method: string;
  headers: Headers;
  body: any;
  signal: AbortSignal;
}

/** A `fetch` that answers with what the test gives, one after another, and keeps what was asked. */
export function scriptedFetch(
  ...answers: (ScriptedResponse | Response | Error)[]
): typeof fetch & { sent: SentRequest[] } {
  const sent: SentRequest[] = [];
  const scripted = async (url: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : init.body;
    const { method = 'GET', signal } = init;
    sent.push({ url: String(url), method, headers: new Headers(init.headers), body, signal: signal! });
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('no answer was scripted');
    if (answer instanceof Error) throw answer;
    return answer instanceof ScriptedResponse ? answer.response : answer;
  };
  return Object.assign(scripted, { sent });
}

/** Lets everything that is already on its way arrive. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
