import {
  AiErrorEvent,
  AiEventEvent,
  AiFinishEvent,
  AiMessageEvent,
  AiOpenEvent,
  AiPartEvent,
  AiRequestEvent,
  AiStatusEvent,
  type ChatStatus,
  type RequestDetail,
} from '../events.js';
import type { Conversation, Protocol } from '../protocols/protocol.js';
import { readPartBatches } from '../protocols/read-parts.js';
import type { StreamPart, ToolPart } from '../protocols/stream-part.js';
import { StallTimer } from '../stream/stall-timer.js';
import { StreamError } from '../stream/stream-error.js';
import { createRequest, sendRequest, type BodySource, type HeadersSource } from './chat-request.js';
import { createId } from './id.js';
import { isToolPart, type FileMessagePart, type Message, type MessageMetadata, type MessagePart } from '../message.js';
import { newsOf } from './message-news.js';
import { reduceMessage, settleMessage } from './reduce-message.js';
import { withRenewedImage, type RenewedAddress } from './renew-image.js';

export interface ChatInput {
  text?: string;
  files?: FileMessagePart[];
  metadata?: MessageMetadata;
}

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

/** What one answer needs while it streams. A run that is no longer the session's own has no say any more. */
interface Run {
  readonly controller: AbortController;
  message: Message;
  /** What stands in the thread for it: nothing before its first part that leaves a trace, or what it goes on from. */
  standing: Message | undefined;
  stopped: boolean;
}

interface Answer {
  /** What the parts are added to. */
  message: Message;
  /** A message of the thread whose place it takes with its first part. */
  replaces?: Message | undefined;
  protocol?: string | Protocol | undefined;
}

type Source = (run: Run, timer: StallTimer) => Promise<Response | undefined>;

/**
 * A conversation: keeps the thread, sends, and turns each response into a message. Runs without a page, too.
 *
 * It dispatches the `ai-*` events of an element on itself, and a plain `change` after each batch of changes to
 * `messages` or `status` (at most one for each network read). Messages are immutable: a changed one is a new object.
 */
export class ChatSession extends EventTarget {
  endpoint: string;
  protocol: string | undefined;
  method: 'post' | 'get';
  headers: HeadersSource | undefined;
  body: BodySource | undefined;
  credentials: RequestCredentials | undefined;
  model: string | undefined;
  id: string;
  fetch: typeof fetch | undefined;
  timeouts: Timeouts;
  /** Why `status` is `error`. */
  error: StreamError | undefined;

  #messages: readonly Message[];
  #status: ChatStatus = 'ready';
  #run: Run | undefined;

  constructor(options: ChatSessionOptions = {}) {
    super();
    this.endpoint = options.endpoint ?? '';
    this.protocol = options.protocol;
    this.method = options.method ?? 'post';
    this.headers = options.headers;
    this.body = options.body;
    this.credentials = options.credentials;
    this.model = options.model;
    this.id = options.id ?? createId();
    this.fetch = options.fetch;
    this.timeouts = options.timeouts ?? {};
    this.#messages = options.messages ?? [];
  }

  /** The thread. Setting it replaces it and stops what is streaming. */
  get messages(): readonly Message[] {
    return this.#messages;
  }
  set messages(messages: readonly Message[]) {
    this.stop();
    this.#messages = [...messages];
    this.error = undefined;
    this.#setStatus('ready');
    this.#changed();
  }

  get status(): ChatStatus {
    return this.#status;
  }

  get busy(): boolean {
    return this.#status === 'submitted' || this.#status === 'streaming';
  }

  /**
   * Adds the reader's message and asks for an answer.
   *
   * @returns the answer as far as it came: a failure shows in `status` and `error`, and nothing that arrived is lost.
   * @throws {DOMException} `InvalidStateError` while an answer is streaming.
   */
  async send(input: string | ChatInput): Promise<Message> {
    this.#assertReady('send');
    const message = createUserMessage(typeof input === 'string' ? { text: input } : input);
    this.#messages = [...this.#messages, message];
    this.dispatchEvent(new AiMessageEvent({ message }));
    return this.#request({ trigger: 'submit-message' });
  }

  /** Stops the answer that is streaming; what had arrived stays. */
  stop(): void {
    const run = this.#run;
    if (!run) return;
    run.stopped = true;
    run.controller.abort(new StreamError('aborted', 'The answer was stopped.'));
    this.#end(run, undefined);
  }

  /** Asks again for an answer (the last one, or that of `messageId`), which replaces it and what followed. */
  async regenerate(messageId?: string): Promise<Message> {
    this.#assertReady('regenerate');
    const index = this.#indexOfAnswer(messageId);
    const replaced = this.#messages[index];
    this.#messages = this.#messages.slice(0, index);
    return this.#request({ trigger: 'regenerate-message', messageId: replaced?.id ?? messageId });
  }

  /** Changes what the reader had written and asks anew from there. */
  async edit(messageId: string, text: string): Promise<Message> {
    this.#assertReady('edit');
    const index = this.#messages.findIndex(({ id, role }) => id === messageId && role === 'user');
    if (index < 0)
      throw new DOMException(`There is no message of the reader with the id “${messageId}”.`, 'NotFoundError');
    const old = this.#messages[index]!;
    const kept = old.parts.filter(({ type }) => type !== 'text');
    const message: Message = { ...old, parts: [...kept, { type: 'text', text }] };
    this.#messages = [...this.#messages.slice(0, index), message];
    this.dispatchEvent(new AiMessageEvent({ message }));
    return this.#request({ trigger: 'submit-message', messageId });
  }

  /**
   * Asks `GET {endpoint}/{id}/stream` whether an answer is still being written, as the AI SDK does, and reads it from
   * its beginning.
   *
   * @returns the answer, or null where there is nothing to resume (204).
   */
  async resume(): Promise<Message | null> {
    this.#assertReady('resume');
    const last = this.#messages.at(-1);
    const unfinished = last?.role === 'assistant' && last.metadata?.finishReason === undefined;
    const message = unfinished ? { ...last, parts: [] } : createAnswer();
    let nothing = false;
    const replaces = unfinished ? last : undefined;
    const answer = await this.#start({ message, replaces }, async (run) => {
      const url = `${this.endpoint.replace(/\/$/, '')}/${encodeURIComponent(this.id)}/stream`;
      const request = { url, method: 'GET', headers: new Headers(), body: undefined };
      const response = await sendRequest(request, run.controller.signal, this.#fetcher());
      nothing = response.status === 204;
      return nothing ? undefined : response;
    });
    return nothing ? null : answer;
  }

  /** Reads a stream that the host has opened as the next answer. */
  async consume(
    source: Response | ReadableStream<Uint8Array>,
    { protocol }: { protocol?: string | Protocol } = {},
  ): Promise<Message> {
    this.#assertReady('consume');
    const response = source instanceof Response ? source : new Response(source);
    return this.#start({ message: createAnswer(), protocol }, async () => response);
  }

  /** Gives a tool's result. Once every call of the message has one, the answer goes on. */
  async addToolOutput({ toolCallId, output }: { toolCallId: string; output: unknown }): Promise<Message | null> {
    return this.#answerTool({ type: 'tool-output-available', toolCallId, output });
  }

  /** Gives the reader's word on a call that asks for it. Once every call is settled, the answer goes on. */
  async respondToApproval(response: {
    approvalId: string;
    approved: boolean;
    reason?: string;
  }): Promise<Message | null> {
    return this.#answerTool({ type: 'tool-approval-response', ...response });
  }

  /** A picture has got a fresh address: the thread keeps that one, so that a stored copy of it works too. */
  renewImage(previousUrl: string, address: RenewedAddress): void {
    const before = this.#messages;
    this.#messages = before.map((message) => this.#renewIn(message, previousUrl, address));
    if (this.#messages.some((message, index) => message !== before[index])) this.#changed();
  }

  /** Empties the thread and stops what is streaming. */
  clear(): void {
    this.messages = [];
  }

  #assertReady(method: string): void {
    if (!this.busy) return;
    throw new DOMException(`An answer is streaming: call stop() before ${method}().`, 'InvalidStateError');
  }

  /** The answer that is streaming goes on from the message with the fresh address. */
  #renewIn(message: Message, previousUrl: string, address: RenewedAddress): Message {
    const renewed = withRenewedImage(message, previousUrl, address);
    if (this.#run?.standing === message) this.#run.message = this.#run.standing = renewed;
    return renewed;
  }

  #indexOfAnswer(messageId: string | undefined): number {
    if (messageId !== undefined) {
      const index = this.#messages.findIndex(({ id }) => id === messageId);
      if (index < 0) throw new DOMException(`There is no message with the id “${messageId}”.`, 'NotFoundError');
      return this.#messages[index]!.role === 'assistant' ? index : index + 1;
    }
    return this.#messages.at(-1)?.role === 'assistant' ? this.#messages.length - 1 : this.#messages.length;
  }

  async #answerTool(part: ToolPart): Promise<Message | null> {
    this.#assertReady('answer a tool');
    const index = this.#messages.findLastIndex(({ role }) => role === 'assistant');
    const old = this.#messages[index];
    const message = old && reduceMessage(old, part);
    if (!message || message === old) throw new DOMException('There is no such tool call.', 'NotFoundError');
    this.#messages = this.#messages.with(index, message);
    this.#changed();
    if (!message.parts.every(isSettled)) return null;
    return this.#request({ trigger: 'submit-message', messageId: message.id }, { message, replaces: message });
  }

  #request(
    turn: Pick<Conversation, 'trigger' | 'messageId'>,
    answer: Answer = { message: createAnswer() },
  ): Promise<Message> {
    return this.#start(answer, async (run, timer) => {
      const { id, model } = this;
      const request = await createRequest(this.#settings(), { id, model, messages: this.#messages, ...turn });
      const detail: RequestDetail = { request, messages: this.#messages };
      const wanted = this.dispatchEvent(new AiRequestEvent(detail));
      if (run.stopped) return undefined;
      if (detail.response) return detail.response;
      timer.heard();
      return wanted ? sendRequest(request, run.controller.signal, this.#fetcher()) : undefined;
    });
  }

  #settings(): Parameters<typeof createRequest>[0] {
    const { endpoint, method, protocol, headers, body, credentials } = this;
    return { endpoint, method, protocol, headers, body, credentials };
  }

  #fetcher(): typeof fetch {
    return this.fetch ?? ((...args) => fetch(...args));
  }

  async #start({ message, replaces, protocol = this.protocol }: Answer, open: Source): Promise<Message> {
    const controller = new AbortController();
    const run: Run = { controller, message, standing: replaces, stopped: false };
    this.#run = run;
    this.error = undefined;
    this.#setStatus('submitted');
    this.#changed();
    const timer = new StallTimer(this.timeouts.connect ?? 30_000, () => controller.abort(timedOut()));
    try {
      const response = await open(run, timer);
      if (response && !run.stopped) await this.#read(run, response, timer, protocol);
      this.#end(run, undefined);
    } catch (error) {
      this.#end(run, StreamError.from(error, 'network', 'The answer could not be read.'));
    } finally {
      timer.stop();
    }
    return run.message;
  }

  async #read(run: Run, response: Response, timer: StallTimer, protocol: string | Protocol | undefined): Promise<void> {
    const idle = this.timeouts.idle ?? 60_000;
    timer.heard(idle);
    const batches = readPartBatches(response, {
      protocol,
      signal: run.controller.signal,
      onRead: () => timer.heard(),
      onOpen: (name) => this.dispatchEvent(new AiOpenEvent({ response, protocol: name })),
      onEvent: ({ type: name, data, json, lastEventId }) =>
        this.dispatchEvent(new AiEventEvent({ name, data, json, lastEventId })),
    });
    for await (const parts of batches) {
      if (this.#run !== run) return;
      for (const part of parts) this.#take(run, part);
      this.#changed();
    }
  }

  #take(run: Run, part: StreamPart): void {
    // A listener may have stopped the run in the middle of a batch.
    if (this.#run !== run) return;
    this.#setStatus('streaming');
    if (!this.dispatchEvent(new AiPartEvent({ part, message: run.message })) || this.#run !== run) return;
    if (part.type === 'abort') run.stopped = true;
    this.#place(run, reduceMessage(run.message, part), part);
  }

  #place(run: Run, message: Message, part?: StreamPart): void {
    const before = run.message;
    if (message === before) return;
    run.message = message;
    if (run.standing) this.#replace(run, run.standing);
    else if (message.parts.length > 0) this.#add(run);
    for (const news of newsOf(before, message, part)) this.dispatchEvent(news);
  }

  #replace(run: Run, standing: Message): void {
    run.standing = run.message;
    this.#messages = this.#messages.map((one) => (one === standing ? run.message : one));
  }

  #add(run: Run): void {
    run.standing = run.message;
    this.#messages = [...this.#messages, run.message];
    this.dispatchEvent(new AiMessageEvent({ message: run.message }));
  }

  #end(run: Run, error: StreamError | undefined): void {
    if (this.#run !== run) return;
    const failed = error !== undefined && !run.stopped;
    this.#place(run, settleMessage(run.message, failed ? 'error' : run.stopped ? 'stopped' : 'complete'));
    this.#run = undefined;
    if (run.standing) this.dispatchEvent(new AiMessageEvent({ message: run.message }));
    if (failed) this.#fail(error);
    else this.#finish(run);
    this.#changed();
  }

  #finish({ message, stopped }: Run): void {
    this.#setStatus('ready');
    const finishReason = stopped ? 'interrupted' : (message.metadata?.finishReason ?? 'unknown');
    this.dispatchEvent(new AiFinishEvent({ message, finishReason, stopped }));
  }

  #fail(error: StreamError): void {
    this.error = error;
    this.#setStatus('error');
    this.dispatchEvent(new AiErrorEvent({ error }));
  }

  #setStatus(status: ChatStatus): void {
    const previous = this.#status;
    if (status === previous) return;
    this.#status = status;
    this.dispatchEvent(new AiStatusEvent({ status, previous }));
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

function createUserMessage({ text = '', files = [], metadata }: ChatInput): Message {
  const parts: MessagePart[] = text === '' ? [...files] : [...files, { type: 'text', text }];
  return { id: createId(), role: 'user', parts, ...(metadata && { metadata }) };
}

function createAnswer(): Message {
  return { id: createId(), role: 'assistant', parts: [] };
}

function timedOut(): StreamError {
  return new StreamError('timeout', 'The server has sent nothing for too long.', {
    remedy: 'Send a comment (`: keep-alive`) while the model thinks, or raise `timeouts`.',
  });
}

const SETTLED = new Set(['output-available', 'output-error', 'output-denied', 'approval-responded']);

function isSettled(part: MessagePart): boolean {
  return !isToolPart(part) || SETTLED.has(part.state);
}
