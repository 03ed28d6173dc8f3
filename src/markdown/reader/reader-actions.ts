import { codeExtension } from '../../code/code-extension.js';
import { AiCodeCopyEvent } from '../../events.js';
import { copyText, downloadBlob } from '../../element/take-away.js';
import { announce } from './announce.js';
import { copySelection } from './copy-selection.js';
import { createPicture } from '../writing/pictures.js';
import { retryPicture, showFailure, takeFocus } from './failed-picture.js';
import { followLink } from './follow-link.js';
import type { RenderContext } from '../writing/render-context.js';
import { tableToCsv, tableToMarkdown } from './table-text.js';
import { isElement, isHtml } from '../../element/node-kinds.js';

/** Links of ours that hold no address, so that a browser does not press them by itself. */
const WITHOUT_ADDRESS = 'a[role=link]';

/** How long a button shows what has become of its press, in milliseconds. */
const SHOWN_FOR = 2000;

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
    container.addEventListener('copy', this.#onCopy);
    // It does not bubble.
    container.addEventListener('error', this.#onError, true);
  }

  destroy(): void {
    this.#container.removeEventListener('click', this.#onClick);
    this.#container.removeEventListener('auxclick', this.#onClick);
    this.#container.removeEventListener('keydown', this.#onKeyDown);
    this.#container.removeEventListener('copy', this.#onCopy);
    this.#container.removeEventListener('error', this.#onError, true);
    for (const timer of this.#timers) clearTimeout(timer);
  }

  readonly #onCopy = (event: ClipboardEvent): void => copySelection(this.#container, event);

  readonly #onError = ({ target }: Event): void => {
    if (isHtml(target) && target.matches('img')) showFailure(target as HTMLImageElement, this.#context.strings);
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const { key, target } = event;
    if (key !== 'Enter' || !isHtml(target) || !target.matches(WITHOUT_ADDRESS)) return;
    // The rest of the press would go to what has the focus then: the button of a dialog that the link opens.
    event.preventDefault();
    target.click();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const target = isElement(event.target) ? event.target : null;
    const button = target?.closest('button');
    if (button && this.#container.contains(button)) {
      // A picture that asks may stand in a link, which the press is not meant for.
      event.preventDefault();
      if (event.type === 'click') this.#press(button);
      return;
    }
    const link = target?.closest('a');
    if (link && this.#container.contains(link)) this.#follow(link, event);
  };

  #press(button: HTMLButtonElement): void {
    if (button.dataset['action'] === 'retry') return retryPicture(button);
    if (button.classList.contains('image-ask')) return this.#loadImage(button);
    const block = button.closest<HTMLElement>('.code-block, .table-block');
    if (!block) return;
    switch (button.dataset['action']) {
      case 'copy':
        return void this.#copyCode(button, block);
      case 'wrap':
        return toggle(button, block, 'data-reader-wrap');
      case 'source':
        return toggle(button, block, 'data-reader-source');
      case 'download':
        return downloadCode(block);
      case 'copy-csv':
        return void this.#copy(button, tableToCsv(block));
      case 'copy-markdown':
        return void this.#copy(button, tableToMarkdown(block));
    }
  }

  #follow(link: HTMLAnchorElement, event: MouseEvent): void {
    const note = this.#context.footnotes.targetOf(link);
    if (note) goTo(note);
    else followLink(link, event, this.#context);
  }

  #loadImage(button: HTMLButtonElement): void {
    const { url = '', alt = '' } = button.dataset;
    const decision = this.#context.policy.image(url);
    if (decision.action === 'refuse') return;
    this.#approve(decision.url);
    const picture = createPicture(decision.url, { address: url, alt, title: button.title });
    button.replaceWith(picture);
    takeFocus(picture);
  }

  async #copyCode(button: HTMLButtonElement, block: HTMLElement): Promise<void> {
    const code = codeOf(block);
    button.dispatchEvent(new AiCodeCopyEvent({ code, language: block.dataset['language'] ?? '' }));
    await this.#copy(button, code);
  }

  async #copy(button: HTMLButtonElement, text: string): Promise<void> {
    const { copied, notCopied } = this.#context.strings;
    if (await copyText(text, button)) this.#answer(button, 'done', copied);
    else this.#answer(button, 'refused', notCopied);
  }

  /** Shows for a while what has become of a press, and says it. */
  #answer(button: HTMLButtonElement, outcome: 'done' | 'refused', words: string): void {
    button.dataset['outcome'] = outcome;
    announce(button, words);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      delete button.dataset['outcome'];
    }, SHOWN_FOR);
    this.#timers.add(timer);
  }
}

function toggle(button: HTMLButtonElement, block: HTMLElement, attribute: string): void {
  const isOn = block.toggleAttribute(attribute);
  button.ariaPressed = String(isOn);
}

/** To a place in the text, without a change of the page's address or history. */
function goTo(place: HTMLElement): void {
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'nearest' });
}

function downloadCode(block: HTMLElement): void {
  const name = `code.${codeExtension(block.dataset['language'] ?? '')}`;
  downloadBlob(name, new Blob([codeOf(block)], { type: 'text/plain;charset=utf-8' }));
}

function codeOf(block: HTMLElement): string {
  return copyableCode(block.querySelector('code')?.textContent ?? '');
}

/** Control characters can drive a terminal: what is copied is what is seen. */
function copyableCode(code: string): string {
  // eslint-disable-next-line no-control-regex
  return code.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '').replace(/\n$/, '');
}
