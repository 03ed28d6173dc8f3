import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Message } from '../message.js';
import type { AiArtifactSelectEvent, AiPartEvent } from '../events.js';
import type { MarkdownSettings } from '../markdown/markdown-settings.js';
import type { ArtifactPart } from '../protocols/stream-part.js';

/** What a panel can show the artifacts of: a `ChatSession`, or anything of its shape. */
export interface ArtifactSession extends EventTarget {
  readonly messages: readonly Message[];
  /** Where there is one, the reader's requests go through it. */
  send?(input: string): Promise<unknown>;
}

type ChatElement = HTMLElement & MarkdownSettings & { session?: ArtifactSession };

interface SourceHost extends ReactiveControllerHost, HTMLElement {
  session: ArtifactSession | undefined;
  for: string;
}

interface SourceListeners {
  /** The source has other messages than before, or is another source. */
  changed(): void;
  /** An artifact begins, now: not one that was already there when the source was found. */
  started(): void;
  /** A part of an artifact has come; the messages have it with the next change, unless somebody prevents it. */
  part(part: ArtifactPart, event: AiPartEvent): void;
  /** The reader asks for an artifact in the thread, as that message has made it. */
  selected(id: string, messageId: string | undefined): void;
}

/**
 * Finds the panel's source and follows it: the `session` property, or the session of the chat element that `for` names,
 * which may be inserted, defined or given another session later.
 */
export class ArtifactSource implements ReactiveController {
  readonly #host: SourceHost;
  readonly #listeners: SourceListeners;
  #element: ChatElement | undefined;
  #session: ArtifactSession | undefined;
  #elementListening: AbortController | undefined;
  #sessionListening: AbortController | undefined;
  // Waits for an element with the id, or for another one in its place.
  #watcher: MutationObserver | undefined;

  constructor(host: SourceHost, listeners: SourceListeners) {
    this.#host = host;
    this.#listeners = listeners;
    host.addController(this);
  }

  /** The session that is followed now. */
  get session(): ArtifactSession | undefined {
    return this.#session;
  }

  /** The chat element that is followed, where it is one. */
  get chat(): MarkdownSettings | undefined {
    return this.#element;
  }

  get messages(): readonly Message[] {
    return this.#session?.messages ?? [];
  }

  hostConnected(): void {
    this.find();
  }

  /** Called when the element is gone for good, not when it is moved. */
  release(): void {
    this.#followElement(undefined);
    this.#followSession(undefined);
    this.#watcher?.disconnect();
    this.#watcher = undefined;
  }

  /** Looks for the source again, after `for`, `session` or the element's place has changed. */
  find(): void {
    const element = this.#host.session ? undefined : this.#namedElement();
    this.#watchForElement(!this.#host.session && this.#host.for !== '');
    this.#followElement(element);
    this.#followSession(this.#host.session ?? element?.session);
  }

  #namedElement(): ChatElement | undefined {
    const { for: id } = this.#host;
    if (!id || !this.#host.isConnected) return undefined;
    const root = this.#host.getRootNode() as Document | ShadowRoot;
    return (root.getElementById(id) as ChatElement | null) ?? undefined;
  }

  #watchForElement(isNamed: boolean): void {
    this.#watcher?.disconnect();
    this.#watcher = undefined;
    if (!isNamed || !this.#host.isConnected) return;
    this.#watcher = new MutationObserver(() => {
      const element = this.#namedElement();
      if (element && element !== this.#element) this.find();
    });
    const root = this.#host.getRootNode();
    this.#watcher.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['id'] });
  }

  #followElement(element: ChatElement | undefined): void {
    if (element === this.#element) return;
    this.#elementListening?.abort();
    this.#element = element;
    if (!element) return;
    this.#elementListening = new AbortController();
    const { signal } = this.#elementListening;
    element.addEventListener('ai-status', () => this.find(), { signal });
    element.addEventListener('ai-artifact-select', this.#handleSelect, { signal });
    void this.#awaitUpgrade(element);
  }

  async #awaitUpgrade(element: ChatElement): Promise<void> {
    const { localName } = element;
    if (!localName.includes('-') || customElements.get(localName)) return;
    await customElements.whenDefined(localName);
    if (element === this.#element) this.find();
  }

  #followSession(session: ArtifactSession | undefined): void {
    if (session === this.#session) return;
    this.#sessionListening?.abort();
    this.#session = session;
    if (session) {
      this.#sessionListening = new AbortController();
      const { signal } = this.#sessionListening;
      session.addEventListener('change', () => this.#listeners.changed(), { signal });
      session.addEventListener('ai-artifact-start', () => this.#listeners.started(), { signal });
      session.addEventListener('ai-part', this.#handlePart, { signal });
      session.addEventListener('ai-artifact-select', this.#handleSelect, { signal });
    }
    this.#listeners.changed();
  }

  readonly #handlePart = (event: Event): void => {
    const { part } = event as AiPartEvent;
    if (part.type.startsWith('artifact-')) this.#listeners.part(part as ArtifactPart, event as AiPartEvent);
  };

  readonly #handleSelect = (event: Event): void => {
    const { id, messageId } = event as AiArtifactSelectEvent;
    this.#listeners.selected(id, messageId);
  };
}
