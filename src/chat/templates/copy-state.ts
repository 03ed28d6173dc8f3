import type { ReactiveController, ReactiveControllerHost } from 'lit';

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

  async copy(id: string, text: string): Promise<CopyOutcome> {
    const outcome = (await isWritten(text)) ? 'copied' : 'refused';
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

/** The clipboard is missing on pages without TLS, and a page or its reader may refuse it. */
async function isWritten(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
