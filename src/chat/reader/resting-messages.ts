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
  readonly #count: () => number;

  /** `count`: how many messages there are to be shown. */
  constructor(host: LitElement, count: () => number) {
    this.#host = host;
    this.#count = count;
  }

  hostConnected(): void {
    this.#known = 0;
  }

  hostUpdated(): void {
    const count = this.#count();
    if (count === this.#known) return;
    this.#known = count;
    // What had another one after it is the last one again.
    this.#host.renderRoot.querySelector('.group.last')?.removeAttribute('data-rests');
    onNextFrame(this.#afterLayout);
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
    const groups = [...this.#host.renderRoot.querySelectorAll('.group')];
    // The last one is being written, or is about to be.
    const last = groups.pop()?.querySelectorAll('article:not([data-rests])') ?? [];
    for (const box of [...groups, ...[...last].slice(0, -1)]) box.toggleAttribute('data-rests', true);
  };
}
