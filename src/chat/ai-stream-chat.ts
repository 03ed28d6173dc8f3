import { html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { BodySource, HeadersSource } from '../conversation/request/chat-request.js';
import type { ChatSession } from '../conversation/chat-session.js';
import type { ChatInput } from '../conversation/thread/new-message.js';
import type { Message } from '../message.js';
import {
  AiStatusEvent,
  type AiApprovalEvent,
  type AiErrorEvent,
  type AiFinishEvent,
  type AiImageLoadEvent,
  type ChatStatus,
} from '../events.js';
import { showStates } from '../element/custom-states.js';
import { cancelFrame, onNextFrame } from '../element/frames.js';
import { KeptFocus } from '../element/kept-focus.js';
import type { Directives, MarkdownPlugin } from '../markdown/markdown-renderer.js';
import { MarkdownRules } from '../markdown/markdown-settings.js';
import { markdownStyles } from '../markdown/markdown-styles.js';
import type { Protocol } from '../protocols/protocol.js';
import type { StreamSource } from '../stream/read-chunks.js';
import { wordsFor } from '../element/locales.js';
import { StyledElement } from '../element/styled-element.js';
import { tokens } from '../element/tokens.js';
import { Branches } from './templates/branches.js';
import { ENGLISH, type ChatStrings } from './chat-strings.js';
import { chatStyles } from './chat-styles.js';
import { Composer, type ComposerView } from './templates/composer.js';
import { renderEmpty } from './templates/empty-template.js';
import { icon } from './templates/icons.js';
import { copyThread } from './reader/copy-thread.js';
import { MessageActions } from './reader/message-actions.js';
import type { MessageContext } from './templates/message-context.js';
import { MessageGroups, type MessageView } from './templates/message-groups.js';
import { viewOf } from './templates/message-template.js';
import { NoticeBar } from './templates/notice-bar.js';
import { Outcome } from './templates/outcome.js';
import { partStyles } from './part-styles.js';
import { printStyles } from './print-styles.js';
import { Persistence } from './session/persistence.js';
import { isKnownThread } from './session/known-thread.js';
import { SentenceAnnouncer } from './reader/sentence-announcer.js';
import { tellMissing } from './session/missing-part.js';
import { unlessRefused } from './session/refused-turn.js';
import { SessionLink } from './session/session-link.js';
import { statesOf } from './session/session-states.js';
import { applySettings } from './session/session-settings.js';
import { Retry } from './session/retry.js';
import { RestingMessages } from './reader/resting-messages.js';
import { StickToEnd } from './reader/stick-to-end.js';
import { PageTools } from './session/page-tools.js';
import type { ToolFunctions } from './session/tool-functions.js';

/**
 * A conversation with an AI backend: sends what the reader writes, reads the answer's stream in whatever dialect it
 * comes, and shows it while it arrives.
 *
 * @summary A chat that reads any AI backend's stream.
 * @tag ai-stream-chat
 *
 * @slot header - Above the thread.
 * @slot empty - Shown while the thread has no message.
 * @slot composer - Replaces the box that the reader writes in.
 * @slot actions-ID - Below the message whose id is ID.
 * @slot tool-ID - Replaces the row of the tool call ID, but not a question to the reader.
 * @slot data-TYPE-ID - Stands where the data part of that type and id is: the page draws it.
 *
 * @fires {AiRequestEvent} ai-request - Before a request goes out. Cancelable; the request can be changed or answered.
 * @fires {AiOpenEvent} ai-open - The response has begun and is a stream.
 * @fires {AiReconnectEvent} ai-reconnect - The connection is lost and is about to be made anew. Cancelable.
 * @fires {AiEventEvent} ai-event - One per event on the wire. Cancelable: prevented means that the host takes it.
 * @fires {AiPartEvent} ai-part - One per parsed part. Cancelable: prevented means neither kept nor shown.
 * @fires {AiMessageEvent} ai-message - A message was added, the one that was streaming has ended, or it stands where another branch was shown.
 * @fires {AiStatusEvent} ai-status - `ready`, `submitted`, `streaming` or `error`, and when the session changes.
 * @fires {AiFinishEvent} ai-finish - The answer is complete or was stopped.
 * @fires {AiErrorEvent} ai-error - Something went wrong. Cancelable: prevented means that the host tells the reader.
 * @fires {AiArtifactStartEvent} ai-artifact-start - An artifact begins.
 * @fires {AiArtifactEndEvent} ai-artifact-end - An artifact is complete.
 * @fires {AiArtifactSelectEvent} ai-artifact-select - The reader picked an artifact in the thread.
 * @fires {AiImageEvent} ai-image - A picture came with the stream.
 * @fires {AiToolCallEvent} ai-tool-call - The model asks for a tool, with complete arguments.
 * @fires {AiApprovalEvent} ai-approval - The reader has said whether a call may run.
 * @fires {AiAttachEvent} ai-attach - The reader attaches a file. Cancelable; `respondWith({url})` keeps it elsewhere.
 * @fires {AiLinkEvent} ai-link - A link of the thread is about to be followed. Cancelable.
 * @fires {AiCodeCopyEvent} ai-code-copy - A code block was copied.
 * @fires {AiWarningEvent} ai-warning - The conversation cannot be kept (`persist`), or a part of the chat not be loaded (cancelable: the host tells the reader), text is shown more simply than it was written, or an entry of a list of hosts is none.
 * @fires {AiWarningEndEvent} ai-warning-end - The conversation is kept again, or it is another one.
 *
 * @csspart thread - The scrolling list of messages.
 * @csspart message - One message; also `user` or `assistant`.
 * @csspart text - A block of text in a message.
 * @csspart reasoning - What the model thought, folded away.
 * @csspart tool - A tool call.
 * @csspart approval - A tool call that waits for the reader's word.
 * @csspart artifact - The card that opens an artifact.
 * @csspart image - A picture.
 * @csspart file - A link to an attached file.
 * @csspart sources - The addresses that an answer cites.
 * @csspart actions - The buttons below a message.
 * @csspart action - One of those buttons, or of a code block or table.
 * @csspart editor - The box in which the reader changes a message.
 * @csspart branches - Among them: which version of the message is shown, and the way to the others.
 * @csspart working - Shown until the first word of an answer.
 * @csspart reconnecting - Shown while a lost connection is being made anew.
 * @csspart error - What went wrong, with the way on.
 * @csspart suggestion - A question to begin with.
 * @csspart jump - The button that goes back to the end.
 * @csspart notice - What the reader should know about the conversation, above the composer.
 * @csspart composer - The form that the reader writes in.
 * @csspart input - Its text field.
 * @csspart attach - The button that picks files to attach.
 * @csspart attachments - The files that go out with the next message.
 * @csspart attachment - One of them.
 * @csspart attachment-problem - Why a file was not attached.
 * @csspart submit - Its button: send, or stop while an answer streams.
 * @csspart stop - The same while an answer streams.
 *
 * @cssproperty [--ai-chat-height=min(40rem, 100dvh)] - The element's own height, where the page sets none.
 * @cssproperty [--ai-thread-width=48rem] - The widest that text runs.
 * @cssproperty --ai-user-surface - Behind the reader's messages.
 *
 * @cssstate submitted - Asked, and nothing has come yet.
 * @cssstate streaming - An answer is arriving.
 * @cssstate reconnecting - The connection is lost and is being made anew.
 * @cssstate error - The last answer failed.
 * @cssstate empty - The thread has no message.
 */
export class AiStreamChat extends StyledElement {
  static override styles = [tokens, markdownStyles, partStyles, chatStyles, printStyles];

  /** Where to send: the address of your own backend, or of a proxy that speaks a provider's API. */
  @property() endpoint = '';

  /** The dialect of the answers. `auto` tells it by itself. */
  @property() protocol = 'auto';

  /** `post`; or `get` with the text as the query's `message`, which then goes on after a loss as `EventSource` does. */
  @property() method: 'post' | 'get' = 'post';

  /** The model's name, for backends that ask for one. */
  @property() model: string | undefined = undefined;

  /** The conversation's id. Default: a random one. */
  @property({ attribute: 'chat-id' }) chatId: string | undefined = undefined;

  /** Whether the server keeps answers: `GET {endpoint}/{chat-id}/stream` is asked when first shown and after a loss. */
  @property({ type: Boolean }) resumable = false;

  /** Take artifacts out of the text that marks them: `<antArtifact>`, `<boltArtifact>`, `:::artifact{…}`, fenced html. */
  @property({ type: Boolean, attribute: 'artifact-markers' }) artifactMarkers = false;

  /** Keep the thread and the draft on the reader's device (IndexedDB), by `chat-id` and endpoint, and bring them back. */
  @property({ type: Boolean }) persist = false;

  /** Shown in the empty text field, and its name for assistive technology. */
  @property() placeholder: string | undefined = undefined;

  /** Lets the reader attach files of these kinds, as `<input type="file">` has it (`image/*,.pdf`); empty: of any. */
  @property() accept: string | undefined = undefined;

  /** Whether the reader can write. What streams goes on. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** Hosts whose pictures in the model's text load unasked, as in `<ai-markdown>`; `self` for the page's own. */
  @property({ attribute: 'image-hosts' }) imageHosts = '';

  /** Hosts whose links open without the step that shows the whole address. */
  @property({ attribute: 'link-hosts' }) linkHosts = '';

  /** Syntax and drawings beside markdown's own, as in `<ai-markdown>`. */
  @property({ attribute: false }) plugins: readonly MarkdownPlugin[] = [];

  /** Names that a model may write, and the custom elements that they stand for, as in `<ai-markdown>`. */
  @property({ attribute: false }) directives: Directives = {};

  /** Request headers, or a function that gives them (a fresh token, say). */
  @property({ attribute: false }) headers: HeadersSource | undefined = undefined;

  /** Fields to put into the request's body, or a function that makes the whole of it. */
  @property({ attribute: false }) body: BodySource | undefined = undefined;

  /** Questions to begin with, shown while the thread is empty. */
  @property({ attribute: false }) suggestions: readonly string[] = [];

  /** Other words for some or all that the element says. */
  @property({ attribute: false }) strings: Partial<ChatStrings> = {};

  /** Functions by tool name, or `{execute, needsApproval}`. A call whose tool is here is run and its result sent back. */
  @property({ attribute: false }) tools: ToolFunctions = {};

  /** Replaces `fetch`. */
  @property({ attribute: false }) fetch: typeof fetch | undefined = undefined;

  /** The conversation itself. Set one to share it between elements or to keep it beyond this one. */
  @property({ attribute: false })
  get session(): ChatSession {
    return this.#link.session;
  }
  set session(session: ChatSession | null | undefined) {
    if (session !== this.#session) this.#adopt(session);
  }

  /** The thread. Setting what it was set to before, or the thread itself, changes nothing. */
  @property({ attribute: false })
  get messages(): readonly Message[] {
    return this.#session.messages;
  }
  set messages(messages: readonly Message[] | null | undefined) {
    const [given, before] = [messages ?? [], this.#givenMessages];
    this.#givenMessages = given;
    if (isKnownThread(given, before, this.#session)) return;
    this.#persistence.noteThread(this.#session);
    this.#session.messages = given;
  }

  @state() private announcement = { text: '' };
  @query('.scroller') private scroller!: HTMLElement;
  @query('.thread') private thread!: HTMLElement;

  #givenMessages: readonly Message[] | undefined;
  #words: ChatStrings = ENGLISH;
  #context: MessageContext | undefined;
  readonly #retry = new Retry((messageId) => this.#beginTurn(messageId));
  readonly #rules = new MarkdownRules(this);
  readonly #groups = new MessageGroups();
  readonly #end = new StickToEnd(this);
  readonly #branches = new Branches(this, {
    session: () => this.#session,
    words: () => this.#words,
    say: (text) => this.#say(text),
    shift: (by) => this.#end.shift(by),
  });
  readonly #actions = new MessageActions(this, {
    session: () => this.#session,
    words: () => this.#words,
    say: (text) => this.#say(text),
    isTaken: () => this.#isTaken,
    regenerate: (messageId) => this.regenerate(messageId),
    edit: (messageId, text) => this.edit(messageId, text),
    focus: () => this.focus(),
  });
  readonly #composer = new Composer(this, {
    send: (text, files, taken) => this.#trySend({ text, files }, taken),
    stop: () => this.stop(),
    announce: (text) => this.#say(text),
    missing: () => tellMissing(this.#session),
    changed: (draft) => (this.#persistence.draft = draft),
  });
  readonly #persistence = new Persistence({
    composer: this.#composer,
    resume: () => this.#resumeIfWanted(),
  });
  readonly #outcome = new Outcome(this, {
    session: () => this.#session,
    words: () => this.#words,
    announce: (text) => this.#say(text),
    retry: () => this.#handleRetry(),
  });
  readonly #notice = new NoticeBar(this, {
    words: () => this.#words,
    announce: (text) => this.#say(text),
    focus: () => this.focus(),
  });
  readonly #announcer = new SentenceAnnouncer((text) => this.#say(text));
  readonly #internals = this.attachInternals();
  readonly #refresh = () => this.requestUpdate();
  readonly #link: SessionLink;
  readonly #pageTools: PageTools;

  constructor() {
    super();
    this.addController(new RestingMessages(this, () => this.#groups.version));
    // The field asks for a keyboard on the screen, which is not in use where no focus is seen.
    this.addController(new KeptFocus(this, (isSeen) => [isSeen ? this : null, this.scroller]));
    this.#link = new SessionLink(this, {
      'ai-approval': this.#handleApproval,
      'ai-error': this.#handleError,
      'ai-finish': this.#handleFinish,
      'ai-status': this.#handleStatus,
      'ai-warning': this.#notice.begin,
      'ai-warning-end': this.#notice.end,
      change: this.#handleChange,
    });
    this.#pageTools = new PageTools(this.#link, () => this.tools);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#link.listen() && !this.persist) void this.#resumeIfWanted();
    this.requestUpdate();
  }

  /** A removal that is followed by an insertion in the same task is a move, which ends nothing. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (!this.isConnected) this.#rest();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#configureSession();
    if (changed.has('strings') || this.#rules.read() !== this.#context?.markdown) this.#context = this.#createContext();
    showStates(this.#internals, statesOf(this.#session));
  }

  protected override firstUpdated(): void {
    this.#end.observe(this.scroller, this.thread);
    if (!this.#persistence.isRestoring) void this.#resumeIfWanted();
  }

  /** Sends what the reader would: adds it to the thread and asks for an answer. */
  send(input: string | ChatInput): Promise<Message> {
    return this.#send(input);
  }

  /** Stops the answer that is streaming, with `resumable` also at the server (`DELETE {endpoint}/{chat-id}/stream`). */
  stop(): void {
    this.#session.stop();
  }

  /** Asks again for the last answer, or for that of `messageId`. */
  regenerate(messageId?: string): Promise<Message> {
    this.#beginTurn(messageId);
    return this.#session.regenerate(messageId);
  }

  /** Changes one of the reader's messages and asks anew from there. Where nothing comes, all stays as it was. */
  edit(messageId: string, text: string): Promise<Message> {
    this.#beginTurn();
    return this.#session.edit(messageId, text);
  }

  /** Asks for an answer that is still being written; null where there is none. */
  resume(): Promise<Message | null> {
    return this.#session.resume();
  }

  /** Empties the thread. The draft stays. */
  clear(): void {
    this.#session.clear();
  }

  /** Reads a stream that the host has opened as the next answer. */
  consume(source: Response | StreamSource, options?: { protocol?: string | Protocol }): Promise<Message> {
    this.#beginTurn();
    return this.#session.consume(source, options);
  }

  /** Puts the cursor into the text field. */
  override focus(options?: FocusOptions): void {
    this.#composer.focus(options);
  }

  protected override render(): unknown {
    const { messages, status } = this.#session;
    return html`
      <slot name="header"></slot>
      <div class="stage">
        <div
          class="scroller"
          ?data-streams=${status === 'streaming'}
          part="thread"
          role="log"
          aria-live="off"
          aria-label=${this.#words.thread}
          tabindex="0"
          @copy=${copyThread}
          @scroll=${this.#end.handleScroll}
          @keydown=${this.#end.handleKeydown}
          @wheel=${{ handleEvent: this.#end.handleWheel, passive: true }}
          @touchstart=${{ handleEvent: this.#end.handleTouchStart, passive: true }}
          @touchmove=${{ handleEvent: this.#end.handleTouchMove, passive: true }}
        >
          <div @ai-image-load=${this.#handleImageLoad} class="thread ${messages.length === 0 ? 'empty' : ''}">
            ${messages.length === 0 ? renderEmpty(this.suggestions, this.disabled, this.#handleSuggestion) : nothing}
            ${this.#groups.render(messages, (message, at) => this.#viewOf(message, at))} ${this.#outcome.render()}
          </div>
        </div>
        ${this.#end.following ? nothing : this.#renderJump()}
      </div>
      <div class="foot">
        ${this.#notice.render()}
        <slot name="composer">${this.#composer.render(this.#composerView())}</slot>
      </div>
      <div class="visually-hidden" role="status">${keyed(this.announcement, html`${this.announcement.text}`)}</div>
    `;
  }

  get #session(): ChatSession {
    return this.#link.session;
  }

  /** To assistive technology, which hears words that are new: the same ones a second time are made anew. */
  #say(text: string): void {
    this.announcement = { text };
  }

  /** What is only being looked for holds nobody back. */
  get #isTaken(): boolean {
    return this.#session.busy && !this.#session.isLooking;
  }

  #viewOf(message: Message, at: number): MessageView {
    const { busy, messages } = this.#session;
    const streams = busy && message === messages.at(-1) && message.role === 'assistant';
    const isOpen = message === messages.findLast(({ role }) => role === 'assistant');
    const { disabled } = this;
    const state = { streams, isOpen, disabled, branches: this.#branches.at(at), ...this.#actions.stateOf(message) };
    return viewOf(message, this.#context!, state);
  }

  #renderJump(): unknown {
    return html`<button part="jump" class="jump" type="button" @click=${this.#end.jumpSmoothly}>
      ${icon('jump')}<span class="visually-hidden">${this.#words.jump}</span>
    </button>`;
  }

  #composerView(): ComposerView {
    const { placeholder, disabled, accept } = this;
    return { words: this.#words, placeholder, disabled, accept: accept ?? undefined, busy: this.#isTaken };
  }

  #handleSuggestion = (event: Event): void => {
    this.#trySend((event.currentTarget as HTMLButtonElement).value);
  };

  #handleError = (event: AiErrorEvent): void => {
    this.#announcer.stop();
    this.#outcome.fail(event);
  };

  async #resumeIfWanted(): Promise<Message | null> {
    const mayBeThere = this.resumable && (this.chatId || this.persist) && !this.#session.busy;
    return mayBeThere ? this.#outcome.look() : null;
  }

  /** A picture that has got a fresh address shows it already; the thread must know it for the next time. */
  #handleImageLoad(event: AiImageLoadEvent): void {
    const { previousUrl, url, expiresAt } = event;
    if (previousUrl === undefined) return;
    this.#session.renewImage(previousUrl, expiresAt ? { url, expiresAt: expiresAt.toISOString() } : { url });
  }

  #handleFinish = (event: AiFinishEvent): void => {
    this.#retry.note(undefined);
    void this.#pageTools.finish(event, (message) => this.#announcer.finish(this.#outcome.finish(event, message)));
  };

  #handleApproval = (event: AiApprovalEvent): void => {
    void this.#pageTools.allow(event, (message) => this.#say(this.#outcome.pending(message)));
  };

  #handleStatus = (event: AiStatusEvent): void => {
    if (event.status === 'submitted') this.#outcome.begin();
  };

  #handleChange = (): void => {
    onNextFrame(this.#refresh);
    this.#outcome.follow();
    this.#announcer.follow(this.#session);
  };

  /** A turn that the reader or the host begins: the settings are up to date and the end is in view. */
  #beginTurn(retried?: string): void {
    this.#retry.note(retried);
    if (this.#session.isLooking) this.#session.letGo();
    this.#configureSession();
    this.#end.jump();
  }

  #handleRetry(): void {
    if (!this.#session.busy) unlessRefused(this.#retry.ask(this.#session));
    this.focus();
  }

  #trySend(input: string | ChatInput, taken?: () => void): void {
    if (!this.#isTaken && !this.#persistence.isHolding) unlessRefused(this.#send(input, taken));
  }

  #send(input: string | ChatInput, taken?: () => void): Promise<Message> {
    this.#beginTurn();
    return this.#persistence.whenRestored(() => {
      if (!this.#session.busy) taken?.();
      return this.#session.send(input);
    });
  }

  #adopt(session: ChatSession | null | undefined): void {
    const previous: ChatStatus = this.#session.status;
    this.#link.adopt(session);
    this.#announcer.stop();
    this.#outcome.adopt();
    this.dispatchEvent(new AiStatusEvent({ status: this.#session.status, previous }));
  }

  #configureSession(): void {
    const { session, isOwn } = this.#link;
    const { isConnected, persist: on, chatId } = this;
    this.#persistence.follow({ session, isOwn, isConnected, on, chatId }, () => applySettings(session, this, isOwn));
  }

  /** Rendered text stands until what it was rendered by is another: other words for a button do not redraw it. */
  #createContext(): MessageContext {
    const markdown = this.#rules.read();
    this.#words = wordsFor(this, 'chat', ENGLISH);
    return { strings: this.#words, policy: markdown.policy, markdown, onAction: this.#actions.handle };
  }

  /** Out of the page: nothing that this element began goes on, and nothing holds on to it. */
  #rest(): void {
    this.#persistence.release();
    this.#link.release();
    this.#announcer.stop();
    cancelFrame(this.#refresh);
  }
}
