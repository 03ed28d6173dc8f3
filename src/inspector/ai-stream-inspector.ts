import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { AiRecordingEvent } from '../events.js';
import { cancelFrame, measureFrame, onNextFrame } from '../element/frames.js';
import { LatePart } from '../element/late-part.js';
import type { Message } from '../message.js';
import { isRecording, replayRecording, type Recording, type ReplayOptions } from '../stream/recording.js';
import { addStyles } from '../element/style-sheets.js';
import { StyledElement } from '../element/styled-element.js';
import { tokens } from '../element/tokens.js';
import { wordsFor } from '../element/locales.js';
import type { InspectorBody } from './inspector-body.js';
import { inspectorFrame } from './inspector-frame.js';
import { InspectorLog, LOGGED } from './inspector-log.js';
import type { InspectorStrings } from './inspector-strings.js';
import { loadingStrings } from './loading-strings.js';

/** Rows that took long to draw are drawn again after this many times as long. */
const PAUSE_FACTOR = 3;

/** What a recording is replayed into. */
interface Player extends HTMLElement {
  consume(stream: ReadableStream<Uint8Array>, options?: { protocol?: string }): Promise<Message>;
}

/**
 * Shows a stream's events as they come, beside the chat that reads them, and records and replays them.
 *
 * @summary A chat's stream, event by event.
 * @tag ai-stream-inspector
 *
 * @fires {AiRecordingEvent} ai-recording - A recording was taken out.
 *
 * @csspart bar - The filters and buttons.
 * @csspart search - Filters by text.
 * @csspart pause - Holds the rows still, and lets them go on.
 * @csspart copy - Copies a row, or all that are shown, as lines of JSON.
 * @csspart rows - The list of events.
 * @csspart row - One of them.
 *
 * @cssproperty [--ai-inspector-height=20rem] - The element's own height, where the page sets none.
 */
export class AiStreamInspector extends StyledElement {
  static override styles = [tokens, inspectorFrame];

  /** The id of the chat to watch. Without one: every chat of the page. */
  @property() for = '';

  /** Other words for some or all that the element says. */
  @property({ attribute: false }) strings: Partial<InspectorStrings> = {};

  readonly #log = new InspectorLog();
  /** What comes before it is there is in the log all the same. */
  readonly #body = new LatePart<InspectorBody>(
    async () => {
      const { InspectorBody, inspectorStyles } = await import('./inspector-body.js');
      addStyles(this.renderRoot as ShadowRoot, [inspectorStyles]);
      return new InspectorBody(this, this.#log);
    },
    () => this.requestUpdate(),
  );
  #watching: AbortController | undefined;
  /** Not before: the rows must leave the page, and the chat beside them, time for the stream itself. */
  #dueAt = 0;
  /** There is news that is not drawn yet. */
  #hasNews = false;
  readonly #refresh = (): void => {
    if (performance.now() < this.#dueAt) return onNextFrame(this.#refresh);
    this.#hasNews = false;
    this.requestUpdate();
    measureFrame((cost) => (this.#dueAt = performance.now() + PAUSE_FACTOR * cost));
  };

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#body.load();
    this.#watching?.abort();
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    const root = this.getRootNode();
    // At the root and in the capture phase: no matter when the chat is inserted, or what stops its events on the way.
    for (const type of LOGGED) root.addEventListener(type, this.#handleNews, { signal, capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watching?.abort();
    cancelFrame(this.#refresh);
    this.#body.value?.release();
    this.#hasNews = false;
  }

  /** It is complete with all that it has seen. */
  protected override async getUpdateComplete(): Promise<boolean> {
    if (!this.#body.hasFailed) await this.#body.load();
    while (this.#hasNews) await new Promise<void>((resolve) => onNextFrame(resolve));
    return super.getUpdateComplete();
  }

  /** Begins a recording; what was recorded before is let go. */
  record(): void {
    this.#log.record();
    this.requestUpdate();
  }

  /** Ends the recording and gives it; null where none was begun. */
  export(): Recording | null {
    const { recording } = this.#log;
    this.#log.recording = undefined;
    this.requestUpdate();
    if (!recording) return null;
    this.dispatchEvent(new AiRecordingEvent({ recording }));
    return recording;
  }

  /**
   * Plays a recording into the chat that is watched, as the next answer.
   *
   * @throws {TypeError} where the value is no recording, {DOMException} `NotFoundError` where no chat is watched.
   */
  async replay(recording: Recording, options: ReplayOptions = {}): Promise<Message> {
    if (!isRecording(recording)) throw new TypeError('This is no recording: it was not made by export().');
    const chat = this.#player();
    if (!chat) throw new DOMException(`There is no chat with the id “${this.for}” to replay into.`, 'NotFoundError');
    const { protocol } = recording;
    return chat.consume(replayRecording(recording, options), protocol === undefined ? {} : { protocol });
  }

  protected override render(): unknown {
    return this.#body.value?.render() ?? this.#renderWaiting();
  }

  #renderWaiting(): unknown {
    if (!this.#body.hasFailed) return nothing;
    const { notLoaded, retry } = wordsFor(this, 'inspector', loadingStrings);
    return html`<div class="failure">
      <p role="alert">${notLoaded}</p>
      <button type="button" @click=${this.#handleRetry}>${retry}</button>
    </div>`;
  }

  readonly #handleRetry = (): void => void this.#body.load();

  readonly #handleNews = (event: Event): void => {
    const target = event.target as Element | null;
    if (this.for !== '' && target?.id !== this.for) return;
    this.#log.take(event);
    this.#hasNews = true;
    onNextFrame(this.#refresh);
  };

  #player(): Player | undefined {
    const root = this.getRootNode() as Document | ShadowRoot;
    const named = this.for === '' ? root.querySelector('ai-stream-chat') : root.getElementById(this.for);
    return (named as Player | null) ?? undefined;
  }
}
