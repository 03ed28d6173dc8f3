import { once } from 'node:events';
import { createServer } from 'node:http';

/** An answer whose words the test says. */
class Answer {
  isClosed = false;
  #response;

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  constructor({ headers }, response, body) {
    this.headers = headers;
    this.body = body;
    this.#response = response;
    response.on('close', () => (this.isClosed = true));
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  }

  /** @param {(string | object)[]} parts text, or any part of the AI SDK's */
  say(...parts) {
    for (const part of parts) {
      const event = typeof part === 'string' ? { type: 'text-delta', id: 't', delta: part } : part;
      this.#response.write(`data: ${JSON.stringify(event)}\n\n`);
    }
  }

  end(finishReason = 'stop') {
    this.say({ type: 'finish', finishReason });
    this.#response.end('data: [DONE]\n\n');
  }
}

/** Serves the page of an app and its files, and keeps what it is asked. */
export class AppServer {
  /** @type {Answer[]} */
  answers = [];
  #pages = new Map();
  #server = createServer((request, response) => this.#respond(request, response));

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** @param {string} name @param {Map<string, string>} files @param {object} given @param {string} rendered */
  show(name, files, given, rendered = '') {
    const start = `globalThis.given = ${JSON.stringify(given)}`;
    const page = `<!doctype html><div id="app">${rendered}</div><script>${start}</script><script type="module" src="main.js"></script>`;
    this.#pages.set(name, { files, page });
    return `${this.url}/${name}/`;
  }

  async #respond(request, response) {
    const [, name, file] = /^\/([^/]+)\/(.*)$/.exec(request.url) ?? [];
    if (name === 'api') {
      let body = '';
      for await (const bytes of request) body += bytes;
      return void this.answers.push(new Answer(request, response, JSON.parse(body)));
    }
    const { files, page } = this.#pages.get(name) ?? {};
    const type = file === '' ? 'text/html' : 'text/javascript';
    const content = file === '' ? page : files?.get(file);
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` }).end(content);
  }
}
