import { css, html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { ChatSession } from '../../conversation/chat-session.js';
import type { BranchPosition } from '../../conversation/thread/branched-thread.js';
import type { Message } from '../../message.js';
import type { ChatStrings } from '../chat-strings.js';

export interface BranchParts {
  session(): ChatSession;
  words(): ChatStrings;
  say(text: string): void;
  /** Moves the thread by so much. */
  shift(by: number): void;
}

/** Milliseconds in which a long text is drawn whose place is kept. */
const DRAWING = 2000;

/** What moves the thread by the reader's own wish. */
const MOVES = ['wheel', 'touchmove', 'pointerdown', 'keydown'];

const SHAPES = { previous: 'M15 5l-7 7 7 7', next: 'M9 5l7 7-7 7' };
type Step = keyof typeof SHAPES;

interface Pressed {
  messageId: string;
  step: Step;
  /** Where the button was in the window. */
  top: number;
  hadFocus: boolean;
}

/** Below a message that has branches: which one is shown, and the steps to its neighbours. Loaded with the first of them. */
export class BranchPicker implements ReactiveController {
  readonly #host: LitElement;
  readonly #parts: BranchParts;
  #pressed: Pressed | undefined;
  #keeping: AbortController | undefined;

  constructor(host: LitElement, parts: BranchParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostUpdated(): void {
    const pressed = this.#pressed;
    this.#pressed = undefined;
    if (pressed) this.#goOn(pressed);
  }

  hostDisconnected(): void {
    this.#keeping?.abort();
  }

  render({ id }: Message, { index, count }: BranchPosition): TemplateResult {
    const strings = this.#parts.words();
    return html`<span class="branches" part="branches" role="group" aria-label=${strings.version(index + 1, count)}>
      ${this.#renderStep('previous', id, index - 1, index === 0, strings.previousVersion)}
      <span class="branch" aria-hidden="true">${index + 1}/${count}</span>
      ${this.#renderStep('next', id, index + 1, index === count - 1, strings.nextVersion)}
    </span>`;
  }

  /** At an end the button can still have the focus: it may have led there. */
  #renderStep(step: Step, id: string, index: number, isEnd: boolean, label: string): TemplateResult {
    return html`<button
      type="button"
      class="action"
      part="action"
      data-step=${step}
      data-id=${id}
      data-index=${index}
      aria-disabled=${isEnd}
      @click=${this.#handleClick}
    >
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${SHAPES[step]} /></svg
      ><span class="visually-hidden">${label}</span>
    </button>`;
  }

  readonly #handleClick = (event: Event): void => {
    const button = event.currentTarget as HTMLElement;
    const { id = '', index, step } = button.dataset;
    const session = this.#parts.session();
    if (session.isLooking) session.letGo();
    // What was pressed may be a frame old: a turn that has begun since then goes first.
    if (session.busy || button.ariaDisabled === 'true' || session.branchesOf(id).count <= Number(index)) return;
    const { top } = button.getBoundingClientRect();
    const hadFocus = button.matches(':focus');
    const { id: messageId } = session.switchBranch(id, Number(index));
    this.#pressed = { messageId, step: step as Step, top, hadFocus };
    const { index: shown, count } = session.branchesOf(messageId);
    this.#parts.say(this.#parts.words().version(shown + 1, count));
    this.#host.requestUpdate();
  };

  /** The button stays where it was pressed, and so does the focus, though both may stand in another message now. */
  #goOn({ messageId, step, top, hadFocus }: Pressed): void {
    const article = this.#host.renderRoot.querySelector(`article[data-id="${CSS.escape(messageId)}"]`);
    const button = article?.querySelector<HTMLElement>(`[data-step="${step}"]`);
    if (!article || !button) return;
    if (hadFocus) button.focus({ preventScroll: true });
    this.#keep(article, () => this.#parts.shift(button.getBoundingClientRect().top - top));
  }

  /** While the text is drawn, and until the reader goes elsewhere. */
  #keep(article: Element, restore: () => void): void {
    this.#keeping?.abort();
    this.#keeping = new AbortController();
    const { signal } = this.#keeping;
    const end = () => this.#keeping?.abort();
    const observer = new ResizeObserver(restore);
    observer.observe(article);
    const timer = setTimeout(end, DRAWING);
    for (const type of MOVES) this.#host.renderRoot.addEventListener(type, end, { signal, passive: true });
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      observer.disconnect();
    });
    restore();
  }
}

export const branchStyles = css`
  .branches {
    display: inline-flex;
    align-items: center;
    color: var(--_text-muted);
  }
  .branch {
    /* The ring of what has the focus stands around the button. */
    padding-inline: 0.3125em;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    line-height: 1;
    white-space: nowrap;
  }
  .branches .action:dir(rtl) > .icon {
    scale: -1 1;
  }
  .branches .action[aria-disabled='true'] {
    background: none;
    color: var(--_text-muted);
    cursor: default;
  }
  .branches .action[aria-disabled='true'] > .icon {
    opacity: 0.4;
  }
  @media (forced-colors: active) {
    .branches .action[aria-disabled='true'] > .icon {
      color: GrayText;
      opacity: 1;
    }
  }
`;
