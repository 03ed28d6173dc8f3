import type { ImageError } from './image/image-error.js';
import type { Recording } from './stream/recording.js';
import type { StreamError } from './stream/stream-error.js';
import type { FinishReason, ImagePart, StreamPart, ToolPart } from './protocols/stream-part.js';
import type { Artifact, Message } from './message.js';

/**
 * Every event that an element dispatches. All bubble and cross shadow roots; each field is read-only.
 * A `ChatSession` dispatches the same classes on itself, so a host without elements listens in the same way.
 */
abstract class AiEvent<Detail extends object> extends Event {
  protected readonly detail: Detail;

  constructor(type: string, detail: Detail, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.detail = detail;
  }

  /**
   * Dispatches the same news on another target and carries a `preventDefault()` back.
   * An event object can be dispatched only once at a time, so the news travels in a copy.
   */
  forwardTo(target: EventTarget): void {
    const copy = new (this.constructor as new (detail: Detail) => Event)(this.detail);
    // What is dispatched in a window that has been closed counts as prevented, though nobody has.
    target.dispatchEvent(copy);
    if (copy.defaultPrevented) this.preventDefault();
  }
}

abstract class AnswerableEvent<Answer, Detail extends { response?: Promise<Answer> }> extends AiEvent<Detail> {
  /** Answers it, as `FetchEvent.respondWith` does: once, and before the listener returns; nobody waits for what comes later. */
  respondWith(answer: Answer | Promise<Answer>): void {
    // No phase: the event has been dispatched.
    if (this.detail.response || !this.eventPhase)
      throw new DOMException('Answered already, or too late.', 'InvalidStateError');
    const response = Promise.resolve(answer);
    // Whoever stops in the meantime waits for it no more; its failure is then nobody's.
    response.catch(() => {});
    this.detail.response = response;
  }
}

export type ChatStatus = 'ready' | 'submitted' | 'streaming' | 'error';

export interface RequestDetail {
  /** What is about to be sent. Change it in place: `event.request.headers.set(…)`, `event.request.body = …`. */
  request: { url: string; method: string; headers: Headers; body: unknown; credentials?: RequestInit['credentials'] };
  messages: readonly Message[];
  response?: Promise<Response>;
}

/** Before a request goes out. Cancelable: a prevented request is not sent; one that is answered is not, either. */
export class AiRequestEvent extends AnswerableEvent<Response, RequestDetail> {
  constructor(detail: RequestDetail) {
    super('ai-request', detail, true);
  }
  get request(): RequestDetail['request'] {
    return this.detail.request;
  }
  get messages(): readonly Message[] {
    return this.detail.messages;
  }
}

/** The response's headers are here and it is a stream. */
export class AiOpenEvent extends AiEvent<{ response: Response; protocol: string | undefined }> {
  constructor(detail: { response: Response; protocol: string | undefined }) {
    super('ai-open', detail);
  }
  get response(): Response {
    return this.detail.response;
  }
  /** The dialect's name where the headers alone tell it; otherwise the first event decides. */
  get protocol(): string | undefined {
    return this.detail.protocol;
  }
}

export interface ReconnectDetail {
  /** What became of the connection. */
  error: StreamError;
  /** 1 for the first attempt since the answer last went on. */
  attempt: number;
  /** Milliseconds until then; counted from when there is a network again. */
  delay: number;
}

/** The connection is lost and is about to be made anew. Cancelable: a prevented loss is an `ai-error` at once. */
export class AiReconnectEvent extends AiEvent<ReconnectDetail> {
  constructor(detail: ReconnectDetail) {
    super('ai-reconnect', detail, true);
  }
  get error(): StreamError {
    return this.detail.error;
  }
  get attempt(): number {
    return this.detail.attempt;
  }
  get delay(): number {
    return this.detail.delay;
  }
}

export interface WireEventDetail {
  /** The event's name on the wire (`message` where it has none). */
  name: string;
  data: string;
  /** `data` parsed, or undefined where it is not JSON. */
  json: unknown;
  lastEventId: string;
}

/** One per event on the wire, before it is understood. Cancelable: prevented means that the host takes it. */
export class AiEventEvent extends AiEvent<WireEventDetail> {
  constructor(detail: WireEventDetail) {
    super('ai-event', detail, true);
  }
  get name(): string {
    return this.detail.name;
  }
  get data(): string {
    return this.detail.data;
  }
  get json(): unknown {
    return this.detail.json;
  }
  get lastEventId(): string {
    return this.detail.lastEventId;
  }
}

/** One per parsed part. Cancelable: prevented means that it is neither kept nor shown. */
export class AiPartEvent extends AiEvent<{ part: StreamPart; message: Message }> {
  constructor(detail: { part: StreamPart; message: Message }) {
    super('ai-part', detail, true);
  }
  get part(): StreamPart {
    return this.detail.part;
  }
  /** The message as it stands before this part. */
  get message(): Message {
    return this.detail.message;
  }
}

/** A message was added to the thread, the one that was streaming has ended, or it stands where another branch was shown. */
export class AiMessageEvent extends AiEvent<{ message: Message }> {
  constructor(detail: { message: Message }) {
    super('ai-message', detail);
  }
  get message(): Message {
    return this.detail.message;
  }
}

export class AiStatusEvent extends AiEvent<{ status: ChatStatus; previous: ChatStatus }> {
  constructor(detail: { status: ChatStatus; previous: ChatStatus }) {
    super('ai-status', detail);
  }
  get status(): ChatStatus {
    return this.detail.status;
  }
  get previous(): ChatStatus {
    return this.detail.previous;
  }
}

/** The answer is complete: the dialect's own end mark has come, or the reader pressed Stop. */
export class AiFinishEvent extends AiEvent<{ message: Message; finishReason: FinishReason; stopped: boolean }> {
  constructor(detail: { message: Message; finishReason: FinishReason; stopped: boolean }) {
    super('ai-finish', detail);
  }
  get message(): Message {
    return this.detail.message;
  }
  get finishReason(): FinishReason {
    return this.detail.finishReason;
  }
  /** True where the reader or the host stopped it. */
  get stopped(): boolean {
    return this.detail.stopped;
  }
}

/** Something went wrong. What had arrived is kept. Cancelable: prevented means that the host tells the reader. */
export class AiErrorEvent extends AiEvent<{ error: StreamError }> {
  constructor(detail: { error: StreamError }) {
    super('ai-error', detail, true);
  }
  get code(): StreamError['code'] {
    return this.detail.error.code;
  }
  get error(): StreamError {
    return this.detail.error;
  }
  /** What to do about it, for the person who integrates. */
  get diagnosis(): string | undefined {
    return this.detail.error.remedy;
  }
}

export class AiArtifactStartEvent extends AiEvent<{ artifact: Artifact; message: Message }> {
  constructor(detail: { artifact: Artifact; message: Message }) {
    super('ai-artifact-start', detail);
  }
  get artifact(): Artifact {
    return this.detail.artifact;
  }
  get message(): Message {
    return this.detail.message;
  }
}

export class AiArtifactEndEvent extends AiEvent<{ artifact: Artifact; message: Message }> {
  constructor(detail: { artifact: Artifact; message: Message }) {
    super('ai-artifact-end', detail);
  }
  get artifact(): Artifact {
    return this.detail.artifact;
  }
  get message(): Message {
    return this.detail.message;
  }
}

/** The reader asks for an artifact by its card in the thread. A panel answers by showing it. */
export class AiArtifactSelectEvent extends AiEvent<{ id: string; messageId?: string | undefined }> {
  constructor(detail: { id: string; messageId?: string | undefined }) {
    super('ai-artifact-select', detail);
  }
  get id(): string {
    return this.detail.id;
  }
  /** The message whose version of it was picked. */
  get messageId(): string | undefined {
    return this.detail.messageId;
  }
}

/** A picture, or a new frame or address of one, came with the stream. */
export class AiImageEvent extends AiEvent<{ image: ImagePart; message: Message }> {
  constructor(detail: { image: ImagePart; message: Message }) {
    super('ai-image', detail);
  }
  get image(): ImagePart {
    return this.detail.image;
  }
  get message(): Message {
    return this.detail.message;
  }
}

export type ToolCall = Extract<ToolPart, { type: 'tool-input-available' }>;

/** The model asks for a tool and its arguments are complete. */
export class AiToolCallEvent extends AiEvent<{ toolCall: ToolCall; message: Message }> {
  constructor(detail: { toolCall: ToolCall; message: Message }) {
    super('ai-tool-call', detail);
  }
  get toolCall(): ToolCall {
    return this.detail.toolCall;
  }
  get message(): Message {
    return this.detail.message;
  }
}

/** The reader has said whether a call may run, which a server or the page had asked. */
export class AiApprovalEvent extends AiEvent<{ approvalId: string; approved: boolean; message: Message }> {
  constructor(detail: { approvalId: string; approved: boolean; message: Message }) {
    super('ai-approval', detail);
  }
  get approvalId(): string {
    return this.detail.approvalId;
  }
  get approved(): boolean {
    return this.detail.approved;
  }
  get message(): Message {
    return this.detail.message;
  }
}

/** A link in rendered text is about to be followed. Cancelable. */
export class AiLinkEvent extends AiEvent<{ url: string }> {
  constructor(detail: { url: string }) {
    super('ai-link', detail, true);
  }
  get url(): string {
    return this.detail.url;
  }
}

/** The reader copied a code block. */
export class AiCodeCopyEvent extends AiEvent<{ code: string; language: string }> {
  constructor(detail: { code: string; language: string }) {
    super('ai-code-copy', detail);
  }
  get code(): string {
    return this.detail.code;
  }
  get language(): string {
    return this.detail.language;
  }
}

/**
 * Something was done in a simpler way than asked for, and nothing is lost: text was rendered plainly so that the page
 * stays free, a conversation cannot be kept, or a part of the element not be loaded. Cancelable: prevented means that the host tells the reader.
 */
export class AiWarningEvent extends AiEvent<{ code: string; message: string }> {
  constructor(detail: { code: string; message: string }) {
    super('ai-warning', detail, true);
  }
  get code(): string {
    return this.detail.code;
  }
  get message(): string {
    return this.detail.message;
  }
}

/** What `ai-warning` said of this code is so no more. */
export class AiWarningEndEvent extends AiEvent<{ code: string }> {
  constructor(detail: { code: string }) {
    super('ai-warning-end', detail);
  }
  get code(): string {
    return this.detail.code;
  }
}

export class AiArtifactOpenEvent extends AiEvent<{ id: string }> {
  constructor(detail: { id: string }) {
    super('ai-artifact-open', detail);
  }
  get id(): string {
    return this.detail.id;
  }
}

export class AiArtifactCloseEvent extends AiEvent<{ id: string | undefined }> {
  constructor(detail: { id: string | undefined }) {
    super('ai-artifact-close', detail);
  }
  get id(): string | undefined {
    return this.detail.id;
  }
}

export type ConsoleLevel = 'debug' | 'log' | 'info' | 'warn' | 'error';

export interface ArtifactConsoleDetail {
  id: string;
  version: number;
  level: ConsoleLevel;
  /** What the preview wrote, each argument as text: no object of the preview's ever reaches the page. */
  args: readonly string[];
}

/** The code in a preview wrote to its console. */
export class AiArtifactConsoleEvent extends AiEvent<ArtifactConsoleDetail> {
  constructor(detail: ArtifactConsoleDetail) {
    super('ai-artifact-console', detail);
  }
  get id(): string {
    return this.detail.id;
  }
  get version(): number {
    return this.detail.version;
  }
  get level(): ConsoleLevel {
    return this.detail.level;
  }
  get args(): readonly string[] {
    return this.detail.args;
  }
}

/**
 * Why a preview failed, as one word:
 * - `script`: an error in the artifact's own code
 * - `policy`: the sandbox refused a request or a navigation
 * - `hung`: it stopped answering
 * - `blocked`: the page's own Content-Security-Policy keeps previews from running
 * - `render`: it could not be shown at all
 */
export type ArtifactErrorCode = 'script' | 'policy' | 'hung' | 'blocked' | 'render';

export interface ArtifactErrorDetail {
  id: string;
  version: number;
  code: ArtifactErrorCode;
  message: string;
  /** Where in the artifact's document, counted from 1, as far as the browser tells. */
  line?: number;
  column?: number;
  stack?: string;
  /** What to do about it, for the person who integrates. */
  remedy?: string;
}

/** A preview failed. */
export class AiArtifactErrorEvent extends AiEvent<ArtifactErrorDetail> {
  constructor(detail: ArtifactErrorDetail) {
    super('ai-artifact-error', detail);
  }
  get id(): string {
    return this.detail.id;
  }
  get version(): number {
    return this.detail.version;
  }
  get code(): ArtifactErrorCode {
    return this.detail.code;
  }
  get message(): string {
    return this.detail.message;
  }
  get line(): number | undefined {
    return this.detail.line;
  }
  get column(): number | undefined {
    return this.detail.column;
  }
  get stack(): string | undefined {
    return this.detail.stack;
  }
  get remedy(): string | undefined {
    return this.detail.remedy;
  }
}

export interface ArtifactEditDetail {
  id: string;
  /** The version that it is about. */
  version: number;
  /** With a `request`: the text of the range as it stands. Without: the whole new text. */
  text: string;
  /** UTF-16 offsets in that version's text. */
  range: { from: number; to: number };
  /** What the reader asks the model to do. */
  request?: string;
}

/**
 * The reader changed an artifact (no `request`), or asks the model to change a part of it (`request`). Cancelable: a
 * prevented change is not kept, a prevented request is not sent to the chat.
 */
export class AiArtifactEditEvent extends AiEvent<ArtifactEditDetail> {
  constructor(detail: ArtifactEditDetail) {
    super('ai-artifact-edit', detail, true);
  }
  get id(): string {
    return this.detail.id;
  }
  get version(): number {
    return this.detail.version;
  }
  get text(): string {
    return this.detail.text;
  }
  get range(): { from: number; to: number } {
    return this.detail.range;
  }
  get request(): string | undefined {
    return this.detail.request;
  }
}

export interface ImageLoadDetail {
  url: string;
  width: number;
  height: number;
  previousUrl?: string | undefined;
  expiresAt?: Date | null;
}

/** A picture, or a further frame of one, is on screen. */
export class AiImageLoadEvent extends AiEvent<ImageLoadDetail> {
  constructor(detail: ImageLoadDetail) {
    super('ai-image-load', detail);
  }
  get url(): string {
    return this.detail.url;
  }
  /** After a refresh: the address that this one has replaced, so that a host can write the new one back. */
  get previousUrl(): string | undefined {
    return this.detail.previousUrl;
  }
  /** When the address ends, as far as it or the host says. */
  get expiresAt(): Date | null {
    return this.detail.expiresAt ?? null;
  }
  /** The picture's own size in pixels. */
  get width(): number {
    return this.detail.width;
  }
  get height(): number {
    return this.detail.height;
  }
}

/** The address of a picture has stopped working, or is past the time at which it must. */
export class AiImageExpireEvent extends AiEvent<{ url: string; expiresAt: Date | null }> {
  constructor(detail: { url: string; expiresAt: Date | null }) {
    super('ai-image-expire', detail);
  }
  get url(): string {
    return this.detail.url;
  }
  get expiresAt(): Date | null {
    return this.detail.expiresAt;
  }
}

/** Where a file of the reader's is kept, and what is to be said of it other than its own name and type. */
export interface AttachmentAddress {
  /** http(s), or `data:` with the file in it. */
  url: string;
  mediaType?: string;
  filename?: string;
}

export interface AttachDetail {
  file: File;
  /** Aborts when the reader takes the file away again. */
  signal: AbortSignal;
  response?: Promise<AttachmentAddress>;
}

/**
 * The reader attaches a file. Without a word of the page's it goes out in the message itself, as base64 in a `data:`
 * address. Answered with where the page keeps it, the message has that address instead; a rejection tells the reader that
 * it failed. Cancelable: prevented means that the page takes it in hand, and that it is not shown.
 */
export class AiAttachEvent extends AnswerableEvent<AttachmentAddress, AttachDetail> {
  constructor(detail: AttachDetail) {
    super('ai-attach', detail, true);
  }
  get file(): File {
    return this.detail.file;
  }
  get signal(): AbortSignal {
    return this.detail.signal;
  }
}

export interface ImageAddress {
  url: string;
  expiresAt?: string | number | Date;
}

export interface ImageRefreshDetail {
  url: string;
  response?: Promise<ImageAddress>;
}

/** A picture needs a fresh address. Cancelable: prevented means that none is asked for. */
export class AiImageRefreshEvent extends AnswerableEvent<ImageAddress, ImageRefreshDetail> {
  constructor(detail: ImageRefreshDetail) {
    super('ai-image-refresh', detail, true);
  }
  /** The address that has expired. */
  get url(): string {
    return this.detail.url;
  }
}

/** A picture, or a fresh address for it, could not be had: `error.code` says why, `error.remedy` what to do. */
export class AiImageErrorEvent extends AiEvent<{ url: string; error: ImageError }> {
  constructor(detail: { url: string; error: ImageError }) {
    super('ai-image-error', detail);
  }
  get url(): string {
    return this.detail.url;
  }
  get error(): ImageError {
    return this.detail.error;
  }
}

/** A recording of a stream was taken out of the inspector. */
export class AiRecordingEvent extends AiEvent<{ recording: Recording }> {
  constructor(detail: { recording: Recording }) {
    super('ai-recording', detail);
  }
  get recording(): Recording {
    return this.detail.recording;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ai-attach': AiAttachEvent;
    'ai-recording': AiRecordingEvent;
    'ai-request': AiRequestEvent;
    'ai-open': AiOpenEvent;
    'ai-reconnect': AiReconnectEvent;
    'ai-event': AiEventEvent;
    'ai-part': AiPartEvent;
    'ai-message': AiMessageEvent;
    'ai-status': AiStatusEvent;
    'ai-finish': AiFinishEvent;
    'ai-error': AiErrorEvent;
    'ai-artifact-start': AiArtifactStartEvent;
    'ai-artifact-end': AiArtifactEndEvent;
    'ai-artifact-select': AiArtifactSelectEvent;
    'ai-image': AiImageEvent;
    'ai-tool-call': AiToolCallEvent;
    'ai-approval': AiApprovalEvent;
    'ai-link': AiLinkEvent;
    'ai-code-copy': AiCodeCopyEvent;
    'ai-warning': AiWarningEvent;
    'ai-warning-end': AiWarningEndEvent;
    'ai-artifact-open': AiArtifactOpenEvent;
    'ai-artifact-close': AiArtifactCloseEvent;
    'ai-artifact-console': AiArtifactConsoleEvent;
    'ai-artifact-error': AiArtifactErrorEvent;
    'ai-artifact-edit': AiArtifactEditEvent;
    'ai-image-load': AiImageLoadEvent;
    'ai-image-expire': AiImageExpireEvent;
    'ai-image-refresh': AiImageRefreshEvent;
    'ai-image-error': AiImageErrorEvent;
  }
}
