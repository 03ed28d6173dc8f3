import type { PanelState } from './panel-state.js';

/** Decides when the panel opens by itself: when a thread begins its first artifact, and then not again. */
export class AutoOpen {
  #started = false;
  #done = false;

  /** An artifact begins, now. */
  start(): void {
    this.#started = true;
  }

  /** Whether what was read calls for opening. */
  asks({ history, isStreaming }: PanelState): boolean {
    if (history.records.length === 0) this.#done = false;
    else if (this.#started || isStreaming) {
      const asks = !this.#done;
      this.#started = false;
      this.#done = true;
      return asks;
    }
    return false;
  }
}
