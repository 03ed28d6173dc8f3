// @ts-check
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { HttpError } from './http.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** `/dist/…` is the build, everything else the demo's own folder. */
const FOLDERS = { dist: join(ROOT, 'dist'), demo: join(ROOT, 'demo') };

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The page may talk to this server and to nobody else. Inline scripts are allowed for the previews of artifacts alone:
 * a frame without an address of its own inherits this policy and can only narrow it. The page itself has none.
 */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data: blob:; font-src 'none'; connect-src 'self'; worker-src blob:; frame-src 'self' blob:; " +
  "base-uri https://artifact.invalid; form-action 'none'; frame-ancestors 'self'";

/** What a careful host sends: no inline script, no inline style, no string as markup. */
const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
  "frame-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} path
 */
export async function serveStatic(request, response, path) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new HttpError(405, 'Files are read only.', { allow: 'GET, HEAD' });
  }
  const file = await findFile(path);
  const type = TYPES[extname(file)];
  if (!type) throw new HttpError(404, 'There is no such file.');
  const isStrict = request.url?.includes('csp=strict') ?? false;
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...(type.startsWith('text/html') && { 'content-security-policy': isStrict ? STRICT_POLICY : PAGE_POLICY }),
  });
  if (request.method === 'HEAD') return void response.end();
  // A reader that leaves in the middle is no failure of ours.
  await pipeline(createReadStream(file), response).catch(() => response.destroy());
}

/** @param {string} path */
async function findFile(path) {
  const wanted = decode(path);
  const [folder, inside] = wanted.startsWith('/dist/')
    ? [FOLDERS.dist, wanted.slice('/dist/'.length)]
    : [FOLDERS.demo, wanted === '/' ? 'index.html' : wanted.slice(1)];
  if (inside.split(/[\\/]/).some((segment) => segment.startsWith('.')))
    throw new HttpError(404, 'There is no such file.');
  const file = await realpath(join(folder, inside)).catch(() => '');
  const isInside = file.startsWith((await realpath(folder).catch(() => folder)) + sep);
  if (!isInside || !(await stat(file)).isFile()) throw new HttpError(404, 'There is no such file.');
  return file;
}

/** @param {string} path */
function decode(path) {
  try {
    const decoded = decodeURIComponent(path);
    if (!decoded.includes('\0')) return decoded;
  } catch {
    // Said below.
  }
  throw new HttpError(400, 'This is not an address.');
}
