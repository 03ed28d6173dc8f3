import { html } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { AiRecordingEvent } from '../events.js';
import { cancelFrame, measureFrame, onNextFrame } from '../frames.js';
import type { Message } from '../message.js';
import { isRecording, replayRecording, type Recording, type ReplayOptions } from '../stream/recording.js';
import { withWords } from '../words.js';
import { StyledElement } from '../styled-element.js';
import { tokens } from '../tokens.js';
import { InspectorLog, LOGGED, type Row, type RowKind } from './inspector-log.js';
import { ENGLISH, type InspectorStrings } from './inspector-strings.js';
import { inspectorStyles } from './inspector-styles.js';

/** How much of an event is shown in its row, in characters. */
const EXCERPT = 200;

/** How much of it is shown when its row is opened, in characters. A recording has the whole. */
const SHOWN = 20_000;

/** How near to the end still follows it, in CSS pixels. */
const NEAR = 24;

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
 * @csspart rows - The list of events.
 * @csspart row - One of them.
 *
 * @cssproperty [--ai-inspector-height=20rem] - The element's own height, where the page sets none.
 */
export class AiStreamInspector extends StyledElement {
  static override styles = [tokens, inspectorStyles];

  /** The id of the chat to watch. Without one: every chat of the page. */
  @property({ attribute: 'for' }) for = '';

  /** Other words for some or all that the element says. */
  @property({ attribute: false }) strings: Partial<InspectorStrings> = {};

  @state() private unseen: ReadonlySet<RowKind> = new Set<RowKind>(['part', 'status']);
  @query('.rows') private list!: HTMLElement | null;

  readonly #log = new InspectorLog();
  #watching: AbortController | undefined;
  /** Whether the newest row is in view, and so should be again after the update. */
  #atEnd = true;
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
    this.#hasNews = false;
  }

  /** It is complete with all that it has seen. */
  protected override async getUpdateComplete(): Promise<boolean> {
    while (this.#hasNews) await new Promise<void>((resolve) => onNextFrame(resolve));
    return super.getUpdateComplete();
  }

  protected override willUpdate(): void {
    const { list } = this;
    this.#atEnd = !list || list.scrollHeight - list.clientHeight - list.scrollTop < NEAR;
  }

  protected override updated(): void {
    if (this.list && this.#atEnd) this.list.scrollTop = this.list.scrollHeight;
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
    const words = withWords(ENGLISH, this.strings);
    return html`${this.#renderBar(words)} ${this.#renderRows(words)}`;
  }

  #renderBar(words: InspectorStrings): unknown {
    const kinds = Object.keys(words.kinds) as RowKind[];
    const recording = this.#log.recording !== undefined;
    return html`<div part="bar" class="bar">
      <fieldset>
        <legend class="visually-hidden">${words.filter}</legend>
        ${kinds.map((kind) => this.#renderFilter(kind, words))}
      </fieldset>
      <button type="button" aria-pressed=${recording} @click=${this.#handleRecord}>
        ${recording ? words.stopRecording : words.record}
      </button>
      <label class="file"
        >${words.replay}<input
          class="visually-hidden"
          type="file"
          accept="application/json"
          @change=${this.#handleFile}
      /></label>
      <button type="button" @click=${this.#handleClear}>${words.clear}</button>
    </div>`;
  }

  #renderFilter(kind: RowKind, words: InspectorStrings): unknown {
    return html`<label>
      <input type="checkbox" name=${kind} .checked=${!this.unseen.has(kind)} @change=${this.#handleFilter} />
      ${words.kinds[kind]}
    </label>`;
  }

  #renderRows(words: InspectorStrings): unknown {
    const rows = this.#log.rows.filter(({ kind }) => !this.unseen.has(kind));
    if (rows.length === 0) return html`<p class="empty">${words.empty}</p>`;
    return html`<ol part="rows" class="rows" tabindex="0" aria-label=${words.title}>
      ${repeat(
        rows,
        ({ number }) => number,
        (row) => html`<li part="row" data-kind=${row.kind}>${guard([row], () => renderRow(row, words))}</li>`,
      )}
    </ol>`;
  }

  #handleNews = (event: Event): void => {
    const target = event.target as Element | null;
    if (this.for !== '' && target?.id !== this.for) return;
    this.#log.take(event);
    this.#hasNews = true;
    onNextFrame(this.#refresh);
  };

  #handleFilter(event: Event): void {
    const { name, checked } = event.target as HTMLInputElement;
    const hidden = new Set(this.unseen);
    if (checked) hidden.delete(name as RowKind);
    else hidden.add(name as RowKind);
    this.unseen = hidden;
  }

  #handleClear(): void {
    this.#log.clear();
    this.requestUpdate();
  }

  #handleRecord(): void {
    if (!this.#log.recording) return this.record();
    const recording = this.export();
    if (recording) download(recording);
  }

  async #handleFile(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const text = await input.files?.[0]?.text();
    input.value = '';
    const recording: unknown = text === undefined ? undefined : readJson(text);
    // A file that is no recording is the reader's slip, not a fault: nothing happens, and another can be chosen.
    if (!isRecording(recording)) return;
    await this.replay(recording).catch((error: unknown) => console.warn(`<ai-stream-inspector> ${String(error)}`));
  }

  #player(): Player | undefined {
    const root = this.getRootNode() as Document | ShadowRoot;
    const named = this.for === '' ? root.querySelector('ai-stream-chat') : root.getElementById(this.for);
    return (named as Player | null) ?? undefined;
  }
}

function renderRow({ at, kind, title, detail }: Row, words: InspectorStrings): unknown {
  const cells = html`<span class="time">${words.time(at)}</span><span class="kind">${kind}</span
    ><span class="title">${title}</span><span class="excerpt">${detail.slice(0, EXCERPT)}</span>`;
  if (detail === '') return html`<div class="plain">${cells}</div>`;
  return html`<details>
    <summary>${cells}</summary>
    <pre dir="ltr">${shortened(detail)}</pre>
  </details>`;
}

function shortened(detail: string): string {
  return detail.length > SHOWN ? `${detail.slice(0, SHOWN)}…` : detail;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Saves a recording as a file of its own, from memory: no address of it outlives the click. */
function download(recording: Recording): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(recording)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'stream-recording.json' });
  link.click();
  URL.revokeObjectURL(url);
}
