/**
 * A chat on a page of its own beside the demo's server, which stands again after a reload as an app's would. The demo's page
 * has ten elements more, which would be made anew each time.
 */
import { ChatPage } from './chat-page.mjs';

export class KeptPage extends ChatPage {
  #settings;

  /** @param {import('puppeteer-core').Page} page @param {object} settings of the element */
  constructor(page, settings) {
    super(page);
    this.#settings = { persist: true, ...settings };
  }

  /** @param {string} url */
  async open(url) {
    await this.page.goto(`${url}/api/stats`);
    await this.#mount();
  }

  async reload() {
    await this.page.reload();
    await this.#mount();
  }

  async #mount() {
    await this.page.evaluate(async (settings) => {
      await import('/dist/cdn/ai-stream-elements.js');
      globalThis.warnings = [];
      const chat = Object.assign(document.createElement('ai-stream-chat'), settings, { id: 'chat' });
      chat.addEventListener('ai-warning', ({ code }) => globalThis.warnings.push(code));
      document.body.replaceChildren(chat);
    }, this.#settings);
    this.textbox = undefined;
  }

  /** Writes without sending. @param {string} text */
  async draft(text) {
    const textbox = await this.see('[role="textbox"]');
    await textbox.focus();
    await this.page.keyboard.sendCharacter(text);
  }

  /** What is written and not sent, where its caret is, and what has the focus. */
  field() {
    return this.page.$eval('#chat >>> textarea', ({ value, selectionStart }) => ({
      value,
      caret: selectionStart,
      focus: document.activeElement.localName,
    }));
  }

  /** @param {(state: {status: string, texts: string[], warnings: string[]}) => boolean} wanted */
  async state(wanted) {
    const end = Date.now() + 45_000;
    for (;;) {
      const state = await this.#read();
      if (wanted(state)) return state;
      if (Date.now() > end) throw new Error(`it never came to be; last: ${JSON.stringify(state)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #read() {
    return this.page.$eval('#chat', (chat) => ({
      status: chat.session.status,
      texts: chat.messages.map(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')).join('')),
      warnings: globalThis.warnings,
    }));
  }

  /** Lets what has been said be written, which takes half a second at most. */
  saved() {
    return this.page.evaluate(() => dispatchEvent(new Event('pagehide')));
  }
}
