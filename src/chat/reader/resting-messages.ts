import type { LitElement, ReactiveController } from 'lit';
import { cancelFrame, onNextFrame } from '../../element/frames.js';

/**
 * Lets messages that are out of sight cost nothing while another one grows: a thread of a thousand is then as quick as
 * one of two. Only those that have been laid out once, whose height the browser remembers: a guess in its place would
 * move the thread under who scrolls up in it.
 */
export class RestingMessages implements ReactiveController {
  #known = 0;
  readonly #host: LitElement;
  readonly #version: () => number;
  #last: HTMLElement | undefined;

  /** `version`: above 0, and another number with each change of which messages are shown, in which order, and in how many runs. */
  constructor(host: LitElement, version: () => number) {
    this.#host = host;
    this.#version = version;
  }

  hostConnected(): void {
    this.#known = 0;
  }

  hostUpdated(): void {
    const version = this.#version();
    if (version === this.#known) return;
    this.#known = version;
    this.#wakeChanged();
    onNextFrame(this.#afterLayout);
  }

  /** By their place: to look through all that stands in them would cost its length each time. */
  get #groups(): HTMLElement[] {
    const thread = this.#host.renderRoot.querySelector('.thread');
    return childrenOf(thread).filter(({ classList }) => classList.contains('group'));
  }

  /** A browser remembers no height of a group with others in it, nor those of the messages in one that was not the last. */
  #wakeChanged(): void {
    const groups = this.#groups;
    const changed = groups.filter(({ dataset, childElementCount }) => dataset['rests'] !== `${childElementCount}`);
    const last = groups.at(-1);
    const fresh = last && last !== this.#last ? [last, ...last.children] : [];
    // What goes on with fewer parts than it had, as an answer that is asked for again, grows in a run that was behind.
    const growing = childrenOf(last?.lastElementChild).filter((box) => !isPassed(box));
    for (const box of [...changed, ...fresh, ...growing]) box.removeAttribute('data-rests');
    this.#last = last;
  }

  hostDisconnected(): void {
    cancelFrame(this.#afterLayout);
    cancelFrame(this.#rest);
    queueMicrotask(this.#wake);
  }

  /** Out of the page for longer than a move: no browser remembers the height of that. */
  readonly #wake = (): void => {
    if (this.#host.isConnected) return;
    const resting = this.#host.renderRoot.querySelectorAll('[data-rests]');
    for (const message of resting) message.removeAttribute('data-rests');
  };

  readonly #afterLayout = (): void => onNextFrame(this.#rest);

  readonly #rest = (): void => {
    if (!this.#host.isConnected) return;
    const groups = this.#groups;
    // The last one is being written, or is about to be. Of a long one what stands behind rests by itself.
    const messages = childrenOf(groups.pop());
    const runs = childrenOf(messages.pop()).filter(isPassed);
    for (const box of [...groups, ...messages, ...runs]) box.dataset['rests'] ??= `${box.childElementCount}`;
  };
}

function childrenOf(box: Element | null | undefined): HTMLElement[] {
  return [...(box?.children ?? [])] as HTMLElement[];
}

/** A run behind which another one has begun. */
function isPassed({ className, nextElementSibling }: Element): boolean {
  return className === 'run' && nextElementSibling?.className === 'run';
}
