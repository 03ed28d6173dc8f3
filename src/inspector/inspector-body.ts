import { html, type LitElement } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { KeptFocus } from '../element/kept-focus.js';
import { repeat } from '../element/repeat.js';
import { isRecording, type Recording } from '../stream/recording.js';
import { copyText, downloadBlob } from '../element/take-away.js';
import { localWords, wordsFor } from '../element/locales.js';
import type { InspectorLog, Row, RowKind } from './inspector-log.js';
import { ENGLISH, type InspectorStrings } from './inspector-strings.js';
import { KeptPlace } from './kept-place.js';
import { RowFilter } from './row-filter.js';

export { inspectorStyles } from './inspector-styles.js';

/** How much of an event is shown in its row, in characters. */
const EXCERPT = 200;

/** How much of it is shown when its row is opened, in characters. A recording and a copy have the whole. */
const SHOWN = 20_000;

/** How long a button says what has become of its press, in milliseconds. */
const TOLD_FOR = 2000;

/** The element, as far as its body needs it. */
interface InspectorHost extends LitElement {
  readonly strings: Partial<InspectorStrings>;
  record(): void;
  export(): Recording | null;
  replay(recording: Recording): Promise<unknown>;
}

/** What was copied last, and whether it could be. */
interface Copied {
  what: Row | 'all';
  isDone: boolean;
}

/** All that stands in an inspector: its bar, the rows, what the reader does with them. */
export class InspectorBody {
  readonly #host: InspectorHost;
  readonly #log: InspectorLog;
  readonly #filter = new RowFilter();
  /** What the reader looks at while it is held still; more comes meanwhile. */
  #held: readonly Row[] | undefined;
  #copied: Copied | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(host: InspectorHost, log: InspectorLog) {
    this.#host = host;
    this.#log = log;
    const list = (): HTMLElement | null => host.renderRoot.querySelector('.rows');
    host.addController(new KeptPlace(list));
    host.addController(new KeptFocus(host, () => [list()]));
  }

  render(): unknown {
    const words = wordsFor(this.#host, 'inspector', ENGLISH);
    const rows = this.#shownRows();
    return html`${this.#renderBar(words)} ${this.#renderRows(rows, words)}
      <span class="visually-hidden" role="status">${this.#copied ? this.#outcome(words) : ''}</span>`;
  }

  /** The element is gone, if only for now. */
  release(): void {
    clearTimeout(this.#telling);
    this.#copied = undefined;
  }

  get #rows(): readonly Row[] {
    return this.#held ?? this.#log.rows;
  }

  #shownRows(): Row[] {
    return this.#rows.filter(this.#filter.takes);
  }

  #renderBar(words: InspectorStrings): unknown {
    const kinds = Object.keys(words.kinds) as RowKind[];
    const recording = this.#log.recording !== undefined;
    return html`<div part="bar" class="bar">
      <fieldset>
        <legend class="visually-hidden">${words.filter}</legend>
        ${kinds.map((kind) => this.#renderFilter(kind, words))}
      </fieldset>
      <input
        part="search"
        type="search"
        aria-label=${words.search}
        placeholder=${words.search}
        @input=${this.#handleSearch}
      />
      <button part="pause" type="button" @click=${this.#handlePause}>
        ${this.#held ? words.goOn(this.#countWaiting()) : words.pause}
      </button>
      ${this.#renderCopy('all', words.copyAll, words)}
      <button type="button" aria-pressed=${recording} @click=${this.#handleRecord}>
        ${recording ? words.stopRecording : words.record}
      </button>
      ${this.#renderReplay(words)}
      <button type="button" @click=${this.#handleClear}>${words.clear}</button>
    </div>`;
  }

  #renderFilter(kind: RowKind, words: InspectorStrings): unknown {
    return html`<label>
      <input type="checkbox" name=${kind} .checked=${this.#filter.shows(kind)} @change=${this.#handleFilter} />
      ${words.kinds[kind]}
    </label>`;
  }

  #renderCopy(what: Row | 'all', name: string, words: InspectorStrings): unknown {
    return html`<button part="copy" type="button" .what=${what} @click=${this.#handleCopy}>
      ${this.#copied?.what === what ? this.#outcome(words) : name}
    </button>`;
  }

  #renderReplay({ replay }: InspectorStrings): unknown {
    return html`<label class="file"
      >${replay}<input class="visually-hidden" type="file" accept="application/json" @change=${this.#handleFile}
    /></label>`;
  }

  #outcome({ copied, notCopied }: InspectorStrings): string {
    return this.#copied!.isDone ? copied : notCopied;
  }

  #renderRows(rows: readonly Row[], words: InspectorStrings): unknown {
    if (rows.length === 0) return html`<p class="empty">${this.#rows.length > 0 ? words.noneShown : words.empty}</p>`;
    const { strings } = this.#host;
    const local = localWords(this.#host, 'inspector');
    return html`<ol part="rows" class="rows" tabindex="0" aria-label=${words.title}>
      ${repeat(
        rows,
        ({ number }) => number,
        (row) =>
          html`<li part="row" data-kind=${row.kind}>
            ${guard([row, strings, local, this.#copied?.what === row], () => this.#renderRow(row, words))}
          </li>`,
      )}
    </ol>`;
  }

  #renderRow(row: Row, words: InspectorStrings): unknown {
    const { at, kind, title, detail } = row;
    // What came over the wire reads from left to right in any page, as code does.
    const cells = html`<span class="time">${words.time(at)}</span><span class="kind">${kind}</span
      ><span class="title" dir="ltr">${title}</span><span class="excerpt" dir="ltr">${detail.slice(0, EXCERPT)}</span>`;
    if (detail === '') return html`<div class="plain">${cells}</div>`;
    return html`<details>
      <summary>${cells}</summary>
      ${this.#renderCopy(row, words.copy, words)}
      <pre dir="ltr">${shortened(detail)}</pre>
    </details>`;
  }

  /** Of what has come meanwhile, what will be seen. */
  #countWaiting(): number {
    const last = this.#held?.at(-1)?.number ?? 0;
    return this.#log.rows.filter((row) => row.number > last && this.#filter.takes(row)).length;
  }

  #tell(copied: Copied | undefined): void {
    this.#copied = copied;
    this.#host.requestUpdate();
  }

  readonly #handleCopy = async (event: Event): Promise<void> => {
    const button = event.currentTarget as HTMLElement & { what: Row | 'all' };
    const { what } = button;
    const rows = what === 'all' ? this.#shownRows() : [what];
    const isDone = await copyText(rows.map((row) => `${jsonLine(row)}\n`).join(''), button);
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => this.#tell(undefined), TOLD_FOR);
    this.#tell({ what, isDone });
  };

  readonly #handleFilter = (event: Event): void => {
    const { name, checked } = event.target as HTMLInputElement;
    this.#filter.show(name as RowKind, checked);
    this.#host.requestUpdate();
  };

  readonly #handleSearch = (event: Event): void => {
    this.#filter.search((event.target as HTMLInputElement).value);
    this.#host.requestUpdate();
  };

  /** The rows themselves are held: those that fall out of the log stay, as long as somebody looks at them. */
  readonly #handlePause = (): void => {
    this.#held = this.#held ? undefined : [...this.#log.rows];
    this.#host.requestUpdate();
  };

  readonly #handleClear = (): void => {
    this.#log.clear();
    this.#held &&= [];
    this.#host.requestUpdate();
  };

  readonly #handleRecord = (): void => {
    if (!this.#log.recording) return this.#host.record();
    const recording = this.#host.export();
    if (recording)
      downloadBlob('stream-recording.json', new Blob([JSON.stringify(recording)], { type: 'application/json' }));
  };

  readonly #handleFile = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const text = await input.files?.[0]?.text();
    input.value = '';
    const recording: unknown = text === undefined ? undefined : readJson(text);
    // A file that is no recording is the reader's slip, not a fault: nothing happens, and another can be chosen.
    if (!isRecording(recording)) return;
    await this.#host
      .replay(recording)
      .catch((error: unknown) => console.warn(`<ai-stream-inspector> ${String(error)}`));
  };
}

/** A row as one line of JSON: to be kept, searched or sent on. */
function jsonLine({ number, at, kind, title, detail }: Row): string {
  return JSON.stringify({ number, at, kind, title, detail });
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
