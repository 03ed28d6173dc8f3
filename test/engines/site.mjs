/** The pages that the engines open: elements from source in a bundle, and nothing else; for one of them, a sink beside it. */
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { sinkServer } from '../artifact/sink-server.mjs';

const vectors = new URL('../../../shared/vectors/artifact-escape.json', import.meta.url);
const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Lab</title><script type="module" src="/lab.js"></script><body></body></html>';

/** @returns {Promise<{url: string, result: Promise<unknown>, close(): void}>} `result`: what a page next sends back */
export async function openSite() {
  const files = await bundle(fileURLToPath(new URL('lab.ts', import.meta.url)), 'lab.js');
  const sink = sinkServer();
  await sink.serverStart();
  let tell;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://site');
    if (pathname === '/') return response.setHeader('content-type', 'text/html').end(PAGE);
    if (pathname === '/artifact-sink.json') return response.end(sink.serve({ path: pathname }).body);
    if (pathname === '/result') {
      tell?.(await new Response(Readable.toWeb(request)).json());
      return response.end();
    }
    const file = files.get(pathname.slice(1));
    if (file === undefined) return response.writeHead(404).end();
    return response.setHeader('content-type', 'text/javascript').end(file);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // Another site than the sink's, 127.0.0.1, so that a frame from there can have a process of its own.
    url: `http://localhost:${server.address().port}/`,
    get result() {
      return new Promise((resolve) => (tell = resolve));
    },
    close() {
      sink.serverStop();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The attempts that stand beside the project; none where they do not. */
export function sharedAttempts() {
  try {
    return JSON.parse(readFileSync(vectors, 'utf8'));
  } catch {
    return [];
  }
}

/** Milliseconds for what an engine is started for. */
export const LIMIT = { timeout: 120_000 };

/**
 * Serves modules of these sources while the tests of a file run, each loaded by a page of its own, `/` and its name.
 *
 * @param {string[]} sources paths from this folder
 * @returns {{base: string}} where; known when the tests run
 */
export function servePages(sources, style = '') {
  const pages = { base: '' };
  const files = new Map();
  const pageOf = (path) =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><style>${style}</style><script type="module" src="${path}.js"></script><body></body></html>`;
  const server = createServer(({ url }, response) => {
    const file = files.get(url.slice(1));
    response.setHeader('content-type', file === undefined ? 'text/html' : 'text/javascript').end(file ?? pageOf(url));
  });
  before(async () => {
    for (const source of sources) {
      const entry = fileURLToPath(new URL(source, import.meta.url));
      for (const [name, file] of await bundle(entry, `${basename(source, '.ts')}.js`)) files.set(name, file);
    }
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    pages.base = `http://127.0.0.1:${server.address().port}/`;
  }, LIMIT);
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return pages;
}

/** @type {Map<string, Promise<Map<string, string | Uint8Array>>>} */
const bundles = new Map();

/** @returns {Promise<Map<string, string | Uint8Array>>} the files of a module from source, by name; made once */
export function bundle(entry, name) {
  if (!bundles.has(entry)) bundles.set(entry, makeBundle(entry, name));
  return bundles.get(entry);
}

async function makeBundle(entry, name) {
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: ['es'], fileName: () => name } },
  });
  return new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]));
}
