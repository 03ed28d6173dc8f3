import { AiCodeCopyEvent, AiLinkEvent } from '../events.js';
import { createPicture } from './inline-writer.js';
import { confirmLeaving } from './leaving-dialog.js';
import type { RenderContext } from './render-context.js';

/** How long a button says that it has done its work. */
const DONE_FOR = 1600;

/** What a reader does with rendered text: one listener for all links, pictures and buttons of a document. */
export class ReaderActions {
  readonly #container: HTMLElement;
  readonly #context: RenderContext;
  readonly #approve: (url: string) => void;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(container: HTMLElement, context: RenderContext, approve: (url: string) => void) {
    this.#container = container;
    this.#context = context;
    this.#approve = approve;
    container.addEventListener('click', this.#onClick);
    container.addEventListener('auxclick', this.#onClick);
    container.addEventListener('keydown', this.#onKeyDown);
  }

  destroy(): void {
    this.#container.removeEventListener('click', this.#onClick);
    this.#container.removeEventListener('auxclick', this.#onClick);
    this.#container.removeEventListener('keydown', this.#onKeyDown);
    for (const timer of this.#timers) clearTimeout(timer);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.matches('a[data-url]'))
      event.target.click();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest('button');
    if (button && this.#container.contains(button)) {
      if (event.type === 'click') this.#press(button);
      return;
    }
    const link = target?.closest('a');
    if (link && this.#container.contains(link)) this.#follow(link, event);
  };

  #press(button: HTMLButtonElement): void {
    if (button.classList.contains('image-ask')) this.#loadImage(button);
    else if (button.dataset['action'] === 'copy') void this.#copyCode(button);
  }

  /** The address is judged again at the moment of the click. */
  #follow(link: HTMLAnchorElement, event: MouseEvent): void {
    const url = this.#context.policy.link(link.getAttribute('href') ?? link.dataset['url'] ?? '');
    if (url === null) return event.preventDefault();
    if (!link.dispatchEvent(new AiLinkEvent({ url }))) return event.preventDefault();
    const shown = claimedHost(link.textContent ?? '', url);
    if (shown === undefined && !this.#context.policy.leaves(url)) return;
    event.preventDefault();
    confirmLeaving(this.#container, url, shown, this.#context.strings);
  }

  #loadImage(button: HTMLButtonElement): void {
    const { url = '', alt = '' } = button.dataset;
    const decision = this.#context.policy.image(url);
    if (decision.action === 'refuse') return;
    this.#approve(decision.url);
    button.replaceWith(createPicture(decision.url, { address: url, alt, title: button.title }));
  }

  async #copyCode(button: HTMLButtonElement): Promise<void> {
    const block = button.closest<HTMLElement>('.code-block');
    const code = copyableCode(block?.querySelector('code')?.textContent ?? '');
    const event = new AiCodeCopyEvent({ code, language: block?.dataset['language'] ?? '' });
    button.dispatchEvent(event);
    try {
      await navigator.clipboard.writeText(code);
      this.#showDone(button);
    } catch {
      // The page may forbid the clipboard: the event has told the host.
    }
  }

  #showDone(button: HTMLButtonElement): void {
    const label = button.ariaLabel;
    button.dataset['done'] = '';
    button.ariaLabel = this.#context.strings.copied;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      delete button.dataset['done'];
      button.ariaLabel = label;
    }, DONE_FOR);
    this.#timers.add(timer);
  }
}

/** Control characters can drive a terminal: what is copied is what is seen. */
export function copyableCode(code: string): string {
  // eslint-disable-next-line no-control-regex
  return code.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '').replace(/\n$/, '');
}

/** The host that a link's text names, where that is another than the one it leads to. */
function claimedHost(text: string, url: string): string | undefined {
  const [, host] = /^\s*(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:?#]|\s*$)/i.exec(text) ?? [];
  if (host === undefined || !/^https?:/.test(url)) return undefined;
  return withoutWww(new URL(url).hostname) === withoutWww(host) ? undefined : host;
}

function withoutWww(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}
