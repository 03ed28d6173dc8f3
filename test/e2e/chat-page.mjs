/** Drives the demo's page as a reader does: by roles and names. */

/** How long anything on the page may take, in milliseconds. */
const PATIENCE = 15_000;

export class ChatPage {
  /** @type {Promise<unknown> | undefined} */
  #watching;

  /** @param {import('puppeteer-core').Page} page */
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
    this.requests = [];
    this.failures = [];
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('pageerror', (error) => this.failures.push(String(error)));
  }

  /** Shows the demo, of which nothing stays that was there before. @param {string} url */
  async open(url) {
    this.#watching ??= this.page.evaluateOnNewDocument(() => {
      globalThis.violations = [];
      addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(event.violatedDirective));
    });
    await this.#watching;
    [this.requests, this.failures, this.textbox] = [[], [], undefined];
    await this.page.goto(url);
    await this.page.waitForSelector('html[data-ready]');
    await this.page.evaluate(recordAnswers);
  }

  /** Asks, and gives each length that the answer's text had on the way, frame by frame. @param {string} question */
  async ask(question) {
    const before = await this.page.evaluate(() => globalThis.answers.length);
    await this.#write(question);
    const lengths = await this.page.waitForFunction(
      (index) => globalThis.answers[index]?.isDone && globalThis.answers[index].lengths,
      {},
      before,
    );
    return lengths.jsonValue();
  }

  /** Asks, and does not wait for the end. @param {string} question @param {RegExp} words what to wait for instead */
  async begin(question, words) {
    await this.#write(question);
    await this.answerHas(words);
  }

  /** By keyboard, as most readers do. @param {string} question */
  async #write(question) {
    this.textbox ??= await this.page.waitForSelector('#chat >>> ::-p-aria([role="textbox"])');
    await this.textbox.focus();
    await this.page.keyboard.sendCharacter(question);
    await this.page.keyboard.press('Enter');
  }

  /** The newest answer's text. */
  async answer() {
    const answers = await this.page.$$('#chat >>> ::-p-aria([name="Answer"][role="article"])');
    return (await answers.at(-1)?.evaluate((article) => article.innerText)) ?? '';
  }

  /** @param {RegExp} words */
  async answerHas(words) {
    await this.page.waitForFunction(
      (source) => {
        const answers = document.querySelector('#chat').shadowRoot.querySelectorAll('article[aria-label="Answer"]');
        return new RegExp(source).test([...answers].at(-1)?.innerText ?? '');
      },
      {},
      words.source,
    );
  }

  /** What the reader is told to have gone wrong, or nothing. */
  async alert() {
    const alert = await this.page.$('#chat >>> ::-p-aria([role="alert"])');
    return (await alert?.evaluate((node) => node.innerText)) ?? '';
  }

  /** @param {string} selector an element in the chat, by role and name @param {string} [id] */
  see(selector, id = 'chat') {
    return this.page.waitForSelector(`#${id} >>> ::-p-aria(${selector})`, { visible: true });
  }

  /** @param {string} name */
  async press(name) {
    await this.page.locator(`#chat >>> ::-p-aria([name="${name}"][role="button"])`).click();
  }
}

/** Runs in the page: notes how long each answer's text is in each frame, from the request to three frames after the end. */
function recordAnswers() {
  const chat = document.querySelector('#chat');
  globalThis.answers = [];
  const look = (lengths) => {
    const articles = chat.shadowRoot.querySelectorAll('article[aria-label="Answer"]');
    const length = [...articles].at(-1)?.textContent.length ?? 0;
    if (length !== lengths.at(-1)) lengths.push(length);
  };
  chat.addEventListener('ai-status', async ({ status }) => {
    if (status !== 'submitted') return;
    const answer = { lengths: [], isDone: false };
    globalThis.answers.push(answer);
    for (; chat.session.busy; await new Promise(requestAnimationFrame)) look(answer.lengths);
    // The last words are drawn in the frame after the end.
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
    answer.isDone = true;
  });
}
