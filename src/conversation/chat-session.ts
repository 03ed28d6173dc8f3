import {
  AiApprovalEvent,
  AiErrorEvent,
  AiEventEvent,
  AiMessageEvent,
  AiOpenEvent,
  AiPartEvent,
  AiReconnectEvent,
  AiStatusEvent,
  type ChatStatus,
} from '../events.js';
import type { Protocol } from '../protocols/protocol.js';
import type { StreamPart } from '../protocols/stream-part.js';
import type { StreamSource } from '../stream/read-chunks.js';
import { StreamError } from '../stream/stream-error.js';
import { Connection, type Interruption, type Plan } from './request/connection.js';
import type { Message } from '../message.js';
import { BranchedThread, readGivenBranches } from './thread/branched-thread.js';
import type { Branch, BranchPosition, Failure } from './thread/branched-thread.js';
import { earlierArtifacts } from './thread/carried-artifact.js';
import { readGivenMessages } from './thread/given-messages.js';
import { firstParts } from './reduce/message-parts.js';
import { createAnswer, createUserMessage, withText, type ChatInput } from './thread/new-message.js';
import { placeEnd, type Placed } from './thread/place-answer.js';
import { reduceMessage } from './reduce/reduce-message.js';
import { renewIn, type RenewedAddress } from './thread/renew-image.js';
import {
  beginRun,
  finishOf,
  goingOn,
  isWithoutTrace,
  leftInTheMiddle,
  messageOf,
  offer,
  outcomeOf,
  restartRun,
  resumedAnswer,
  stopRun,
  type Answer,
  type Outcome,
  type Run,
} from './run.js';
import type { ChatSessionOptions } from './session-options.js';
import { SessionRequests, turnAfter, type Turn } from './request/session-requests.js';
import { SessionSettings } from './session-settings.js';
import { indexOfAnswer, indexOfQuestion } from './thread/thread-index.js';
import { takePart } from './thread/take-part.js';
import { isAnswered, lastAnswer, outputOf, questionAbout, wordOf } from './thread/tool-answers.js';
import type { ApprovalAnswer, ToolAnswer } from './thread/tool-answers.js';

/**
 * A conversation: keeps the thread, sends, and turns each response into a message. Runs without a page, too.
 *
 * It dispatches the `ai-*` events of an element on itself, and a plain `change` after each batch of changes to
 * `messages` or `status` (at most one for each network read, or 64 KB of it). Messages are immutable: a changed one is a new object.
 */
export class ChatSession extends SessionSettings {
  /** Why `status` is `error`. */
  error: StreamError | undefined;
  /** How many parts the last answer had when it began to go on after its tools; 0 where it did not, or has come to its end. */
  settled = 0;

  readonly #thread: BranchedThread;
  #status: ChatStatus = 'ready';
  #run: Run | undefined;
  /** Asks again for what failed and left no trace in the thread. */
  #again: Run['again'];
  readonly #requests = new SessionRequests(this);
  /** Another number with each stop: what was still to be asked is asked no more. */
  #stops = 0;

  constructor(options: ChatSessionOptions = {}) {
    super(options);
    this.#thread = new BranchedThread(readGivenMessages(options.messages));
    this.#thread.branches = readGivenBranches(options.branches, this.messages);
  }

  /**
   * The thread as it is shown. Setting it replaces it and lets go of what is streaming. Branches stay where the message
   * that they follow is followed by the same one as before, by their ids.
   */
  get messages(): readonly Message[] {
    return this.#thread.messages;
  }
  set messages(messages: readonly Message[]) {
    const given = readGivenMessages(messages);
    this.#endRun();
    this.#thread.replace(given);
    this.#stand();
  }

  /**
   * The ways that the conversation went and that are not shown, as plain data to be stored beside `messages`: what
   * `regenerate()` and `edit()` have replaced, with all that followed it. At most 20 at one place, with the one that is
   * shown. To be set after `messages`, and not while an answer streams (`InvalidStateError`).
   */
  get branches(): readonly Branch[] {
    return this.#thread.branches;
  }
  set branches(branches: readonly Branch[]) {
    this.#assertReady('setting `branches`');
    this.#thread.branches = readGivenBranches(branches, this.messages);
    this.#changed();
  }

  get status(): ChatStatus {
    return this.#status;
  }

  get busy(): boolean {
    return this.#status === 'submitted' || this.#status === 'streaming';
  }

  /** It is only being asked whether there is an answer to resume. A turn may begin once `letGo()` has ended that. */
  get isLooking(): boolean {
    const { isResumed = false, connection } = this.#run ?? {};
    return isResumed && !connection?.opened && !connection?.interruption;
  }

  /** The connection is lost and is being made anew; undefined where all is well, or where it was given up. */
  get interruption(): Interruption | undefined {
    return this.#run?.connection?.interruption;
  }

  /**
   * Adds the reader's message and asks for an answer.
   *
   * @returns the answer as far as it came: a failure shows in `status` and `error`, and nothing that arrived is lost.
   * @throws {DOMException} `InvalidStateError` while an answer is streaming.
   */
  async send(input: string | ChatInput): Promise<Message> {
    this.#assertReady('send()');
    const [id, stops] = [this.id, this.#stops];
    const created = createUserMessage(input);
    const message = 'then' in created ? await created : created;
    // Files take a while to be read, in which another turn may have begun, or another conversation been opened.
    this.#assertReady('send()');
    if (id !== this.id || stops !== this.#stops) throw new DOMException('It was stopped.', 'AbortError');
    this.#add(message);
    return this.#request({ trigger: 'submit-message' });
  }

  /**
   * Stops the answer that is streaming; what had arrived stays. A server that would go on without a connection
   * (`resumable`) is told so: `DELETE {endpoint}/{id}/stream`.
   */
  stop(): void {
    if (this.#run?.outlivesConnection) this.#requests.stopAtServer();
    this.letGo();
  }

  /** Ends the connection alone. With `resumable` the server goes on writing, and `resume()` takes the answer up again. */
  letGo(): void {
    this.#stops += 1;
    const run = this.#run;
    for (const part of run?.connection?.take() ?? []) this.#take(run!, part);
    this.#endRun();
  }

  /**
   * Asks again for an answer (the last one, or that of `messageId`). What stood, and what followed it, becomes a branch.
   * Where nothing comes, because of a fault or a stop, it stays.
   */
  async regenerate(messageId?: string): Promise<Message> {
    this.#assertReady('regenerate()');
    const index = indexOfAnswer(this.messages, messageId);
    const turn = { trigger: 'regenerate-message', messageId: this.messages[index]?.id ?? messageId } as const;
    return this.#request(turn, { message: createAnswer(), undo: this.#thread.cutOff(index) });
  }

  /**
   * Asks again for what failed. An answer that was going on after its tools goes on from their results, so that none
   * runs, or is asked about, a second time; else this is `regenerate()`.
   */
  async retry(): Promise<Message> {
    this.#assertReady('retry()');
    if (this.#again) return this.#again();
    const last = this.messages.at(-1);
    if (this.settled === 0 || last?.role !== 'assistant') return this.regenerate();
    const message = firstParts(last, this.settled);
    this.#thread.exchange(last, message);
    return this.#goOn(message, () => this.#thread.exchange(this.messages.at(-1)!, last));
  }

  /**
   * Changes what the reader had written and asks anew from there. What stood, and what followed it, becomes a branch.
   * Where nothing comes, because of a fault or a stop, all is as it was before, and `retry()` makes the same change again.
   */
  async edit(messageId: string, text: string): Promise<Message> {
    this.#assertReady('edit()');
    const index = indexOfQuestion(this.messages, messageId);
    const message = withText(this.messages[index]!, text);
    const undo = this.#thread.cutOff(index);
    this.#add(message);
    const answer = { message: createAnswer(), undo, again: () => this.edit(messageId, text) };
    return this.#request({ trigger: 'submit-message', messageId }, answer);
  }

  /** How many branches go on where a message stands, and which of them is shown. Of one that is not there: none. */
  branchesOf(messageId: string): BranchPosition {
    return this.#thread.position(messageId);
  }

  /**
   * Shows another branch of the place where a message stands, with all that followed it. What is asked next goes on from
   * there.
   *
   * @param index counts from 0.
   * @returns the message that stands there then.
   * @throws {DOMException} `InvalidStateError` while an answer is streaming, `NotFoundError` where there is no such branch.
   */
  switchBranch(messageId: string, index: number): Message {
    this.#assertReady('switchBranch()');
    const before = this.messages;
    const message = this.#thread.switchTo(messageId, index);
    if (this.messages === before) return message;
    this.#stand(this.#thread.failure);
    this.dispatchEvent(new AiMessageEvent({ message }));
    return message;
  }

  /**
   * Asks `GET {endpoint}/{id}/stream` whether an answer is still being written, as the AI SDK does, and reads it from
   * its beginning, or from where it went on after its tools. What stands of it in the thread stays until that has come as far.
   *
   * @returns the answer, or null where there is nothing to resume (204, 404, 405, 410, 422).
   */
  async resume(): Promise<Message | null> {
    this.#assertReady('resume()');
    const run = await this.#ask(resumedAnswer(this.messages.at(-1), this.settled), this.#requests.resumption);
    const isNothing = run.isResumed && !run.stopped && !run.connection?.opened && !this.error;
    return isNothing ? null : messageOf(run);
  }

  /** Reads a stream that the host has opened as the next answer. */
  async consume(source: Response | StreamSource, options?: { protocol?: string | Protocol }): Promise<Message> {
    this.#assertReady('consume()');
    if (!source) throw new TypeError('There is nothing to read: give a Response or a stream of bytes.');
    const ask = async () => (source instanceof ReadableStream ? new Response(source as BodyInit) : source);
    return messageOf(await this.#start({ message: createAnswer(), protocol: options?.protocol }, { ask }));
  }

  /** Gives a tool's result. Once every call of the message has one, the answer goes on. */
  async addToolOutput(given: { toolCallId: string; output: unknown }): Promise<Message | null> {
    return this.#answerTool(outputOf(given));
  }

  /** Gives the reader's word on a call that asks for it. Once every call is settled, the answer goes on. */
  async respondToApproval(response: ApprovalAnswer): Promise<Message | null> {
    return this.#answerTool(wordOf(response));
  }

  /** Asks the reader about a call that the page runs. Once it is allowed (`ai-approval`) the answer waits for its output. */
  async requestApproval(call: { toolCallId: string; reason?: string }): Promise<void> {
    await this.#answerTool(questionAbout(call));
  }

  /** A picture has got a fresh address: the thread keeps that one, so that a stored copy of it works too. */
  renewImage(previousUrl: string, address: RenewedAddress): void {
    if (this.#thread.map((message) => renewIn(this.#run, message, previousUrl, address))) this.#changed();
  }

  /**
   * Says that the last answer has no end and is written no further, as after a reload of the page: `status` is `error`
   * (`truncated`), and it can be asked for anew.
   */
  interrupt(): void {
    if (this.busy) return;
    this.#fail(leftInTheMiddle());
    this.#changed();
  }

  /** Empties the thread and stops what is streaming. */
  clear(): void {
    this.stop();
    this.messages = [];
  }

  #endRun(): void {
    if (this.#run) this.#end(stopRun(this.#run), undefined);
  }

  #assertReady(action: string): void {
    if (!this.busy) return;
    throw new DOMException(`An answer is streaming: call stop() before ${action}.`, 'InvalidStateError');
  }

  /** Another thread is shown, in which nothing is under way. */
  #stand(failure?: Failure): void {
    this.#again = undefined;
    this.error = failure?.error;
    this.settled = failure?.settled ?? 0;
    this.#setStatus(failure ? 'error' : 'ready');
    this.#changed();
  }

  #add(message: Message): void {
    this.#thread.messages = [...this.messages, message];
    this.dispatchEvent(new AiMessageEvent({ message }));
  }

  async #answerTool({ part, isAwaited }: ToolAnswer): Promise<Message | null> {
    this.#assertReady('answering a tool');
    const old = lastAnswer(this.messages, isAwaited);
    const message = this.#thread.exchange(old, reduceMessage(old, part));
    this.#changed();
    if (part.type === 'tool-approval-response') this.dispatchEvent(new AiApprovalEvent({ ...part, message }));
    return isAnswered(message) ? this.#goOn(message) : null;
  }

  /** From a message whose calls are settled on. */
  #goOn(message: Message, undo?: Answer['undo']): Promise<Message> {
    return this.#request(turnAfter(message), { ...goingOn(message), undo });
  }

  async #request(turn: Turn, answer: Answer = { message: createAnswer() }): Promise<Message> {
    return messageOf(await this.#ask(answer, this.#requests.planFor(turn)));
  }

  /** As often as its provider pauses. */
  async #ask(answer: Answer, plan: Plan, pauses = 0): Promise<Run> {
    const stops = this.#stops;
    const run = await this.#start(answer, plan);
    if (stops !== this.#stops || !this.#requests.isPaused(run, pauses)) return run;
    return this.#ask(goingOn(run.message), this.#requests.planFor(turnAfter(run.message)), pauses + 1);
  }

  async #start(answer: Answer, plan: Plan): Promise<Run> {
    // A listener may have begun another turn in the meantime.
    this.#assertReady('the next turn');
    const run = beginRun(answer, plan);
    if (!run.isResumed) this.settled = run.begun.parts.length;
    this.#run = run;
    this.error = undefined;
    this.#setStatus('submitted');
    this.#changed();
    try {
      await this.#read(run, plan, answer.protocol ?? this.protocol);
      this.#end(run, undefined);
    } catch (error) {
      this.#end(run, StreamError.from(error, 'network', 'The answer could not be read.'));
    }
    return run;
  }

  async #read(run: Run, plan: Plan, protocol: string | Protocol | undefined): Promise<void> {
    const isCurrent = () => this.#run === run;
    run.connection = new Connection({
      plan,
      protocol,
      artifactMarkers: this.artifactMarkers,
      artifacts: earlierArtifacts(this.messages, run),
      timeouts: this.timeouts ?? {},
      signal: run.controller.signal,
      onOpen: (response, name) => this.dispatchEvent(new AiOpenEvent({ response, protocol: name })),
      onEvent: ({ type: name, data, json, lastEventId }) =>
        isCurrent() && offer(run, this, new AiEventEvent({ name, data, json, lastEventId })),
      onRestart: () => restartRun(run),
      awaitsTool: () => !isAnswered(run.message),
      onReconnect: (detail) => isCurrent() && this.dispatchEvent(new AiReconnectEvent(detail)),
      onInterruption: () => isCurrent() && this.#changed(),
    });
    for await (const parts of run.connection.read()) {
      if (!isCurrent()) return;
      for (const part of parts) this.#take(run, part);
      this.#changed();
    }
  }

  #take(run: Run, part: StreamPart): void {
    // A listener may have stopped the run in the middle of a batch.
    if (this.#run !== run) return;
    this.#setStatus('streaming');
    if (!offer(run, this, new AiPartEvent({ part, message: run.message })) || this.#run !== run) return;
    this.#apply(takePart(this.messages, run, part));
  }

  #apply({ messages, news }: Placed): void {
    this.#thread.messages = messages;
    for (const event of news) this.dispatchEvent(event);
  }

  #end(run: Run, error: StreamError | undefined): void {
    if (this.#run !== run) return;
    // First, so that a listener who stops what is ending ends it no second time.
    this.#run = undefined;
    const outcome = outcomeOf(run, error);
    if (outcome === 'complete') this.settled = 0;
    // An answer that was looked for in vain is as it was.
    if (outcome !== 'nothing' && (!run.isResumed || run.connection?.opened)) this.#again = undefined;
    this.#apply(placeEnd(this.messages, run, outcome));
    if (run.undo && isWithoutTrace(run, outcome)) this.#fallBack(run.undo, run);
    else if (error) this.#thread.failure = { error, settled: this.settled };
    this.#thread.trim();
    if (run.standing) this.dispatchEvent(new AiMessageEvent({ message: run.standing }));
    this.#tell(run, outcome, error);
    this.#changed();
  }

  #tell(run: Run, outcome: Outcome, error: StreamError | undefined): void {
    if (outcome === 'error') return this.#fail(error!);
    this.#setStatus('ready');
    if (outcome !== 'nothing') this.dispatchEvent(finishOf(run));
  }

  #fallBack(undo: NonNullable<Run['undo']>, run: Run): void {
    const stood = undo();
    run.standing &&= stood;
    this.#again = run.again;
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
