import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { copyText } from '../../element/take-away.js';

/** How long a button says what has become of its press, in milliseconds. */
const SHOWN_FOR = 2000;

export type CopyOutcome = 'copied' | 'refused';

/** Copies text, and knows for a while what was copied and how it went. */
export class CopyState implements ReactiveController {
  #id: string | undefined;
  #outcome: CopyOutcome | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#set(undefined, undefined);
  }

  of(id: string): CopyOutcome | undefined {
    return id === this.#id ? this.#outcome : undefined;
  }

  /** @param button what the reader has pressed for it. */
  async copy(id: string, text: string, button: Element): Promise<CopyOutcome> {
    const outcome = (await copyText(text, button)) ? 'copied' : 'refused';
    this.#set(id, outcome);
    return outcome;
  }

  #set(id: string | undefined, outcome: CopyOutcome | undefined): void {
    clearTimeout(this.#timer);
    this.#id = id;
    this.#outcome = outcome;
    if (id !== undefined) this.#timer = setTimeout(() => this.#set(undefined, undefined), SHOWN_FOR);
    this.#host.requestUpdate();
  }
}
