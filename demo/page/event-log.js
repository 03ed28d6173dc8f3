// @ts-check

/** Rows that are kept: enough to read back through an answer, few enough to stay quick. */
const MOST_ROWS = 300;
const MOST_CHARACTERS = 400;

/** A list of events as they come, drawn once per frame. */
export class EventLog {
  /** @type {[string, string][]} */
  #waiting = [];
  #events = 0;
  #characters = 0;

  /**
   * @param {HTMLElement} rows
   * @param {HTMLElement} count
   */
  constructor(rows, count) {
    this.rows = rows;
    this.count = count;
  }

  /**
   * @param {string} name
   * @param {string} data
   */
  add(name, data) {
    if (this.#waiting.length === 0) requestAnimationFrame(() => this.#draw());
    this.#waiting.push([name, data]);
    this.#events += 1;
    this.#characters += data.length;
  }

  clear() {
    this.#waiting = [];
    this.#events = 0;
    this.#characters = 0;
    this.rows.replaceChildren();
    this.count.textContent = 'No events yet. Ask something above.';
  }

  #draw() {
    const { rows } = this;
    const follows = rows.scrollHeight - rows.scrollTop - rows.clientHeight < 40;
    rows.append(...this.#waiting.splice(0).map(([name, data]) => row(name, data)));
    while (rows.childElementCount > MOST_ROWS) rows.firstElementChild?.remove();
    if (follows) rows.scrollTop = rows.scrollHeight;
    this.count.textContent = `${this.#events} events, ${this.#characters.toLocaleString('en')} characters`;
  }
}

/**
 * @param {string} name
 * @param {string} data
 */
function row(name, data) {
  const line = document.createElement('div');
  const shown = data.length > MOST_CHARACTERS ? `${data.slice(0, MOST_CHARACTERS)}…` : data;
  line.append(cell('span', name), cell('code', shown));
  return line;
}

/**
 * @param {string} tag
 * @param {string} text
 */
function cell(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}
