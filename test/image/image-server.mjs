import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { encodePng } from '../../demo/server/png.js';

const SECRET = 'a test server has no secrets';

/**
 * A server of signed pictures on a port of its own, so that to the page it is another origin. Every address is made by the test:
 *
 * /picture?cors=on|off&delay=ms&status=…&type=…&size=WxH&color=rrggbb&id=…   what the picture is like
 * …&X-Amz-Date=…&X-Amz-Expires=…&X-Amz-Signature=…                         refused with 403 after its end and when changed
 * /sign?lifetime=ms&…                                                       gives {url, expiresAt} of such an address
 * /refresh?mode=ok|fail|slow|evil&lifetime=ms                               the refresh endpoint: POST {url}
 * /log?id=…                                                                 the requests seen with that id
 *
 * `skew=ms` makes it tell another time in `Date` and sign by it.
 */
export function imageServer() {
  const log = new Map();
  const server = createServer((request, response) => {
    // A page that leaves in the middle of its request is no reason for the server to end.
    answer(request, response, log).catch(() => response.destroy());
  });
  return {
    name: 'image-server',
    async serverStart() {
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    },
    async serverStop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    /** Tells the page where it is. */
    serve(context) {
      const origin = `http://127.0.0.1:${server.address().port}`;
      if (context.path === '/image-server') return { body: JSON.stringify(origin), type: 'json' };
      if (context.path !== '/strict-pictures.html') return undefined;
      return strictPage(strictPolicy(origin), context.query.policy === 'meta');
    },
  };
}

async function answer(request, response, log) {
  const url = new URL(request.url, `http://${request.headers.host}`);
  const query = url.searchParams;
  const now = Date.now() + Number(query.get('skew') ?? 0);
  response.sendDate = false;
  response.setHeader('Date', new Date(now).toUTCString());
  if (url.pathname !== '/picture' || query.get('cors') !== 'off') allowCors(response);
  if (request.method === 'OPTIONS') return response.writeHead(204).end();
  if (url.pathname === '/log') return sendJson(response, log.get(query.get('id')) ?? []);
  const id = query.get('id');
  if (id) log.set(id, [...(log.get(id) ?? []), record(request, url)]);
  if (query.has('delay')) await new Promise((resolve) => setTimeout(resolve, Number(query.get('delay'))));
  if (url.pathname === '/sign') return sendJson(response, sign(url, query, now));
  if (url.pathname === '/refresh') return refresh(request, response, url, now);
  return sendPicture(response, url, now);
}

/** Pictures of the page's own and of this server, and nothing else: no inline style or script, no requests, trusted types. */
function strictPolicy(origin) {
  return `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: ${origin}; connect-src 'none'; require-trusted-types-for 'script'`;
}

function strictPage(policy, isInDocument) {
  const meta = isInDocument ? `<meta http-equiv="Content-Security-Policy" content="${policy}">` : '';
  const script = '<script type="module" src="/test/image/strict-page.ts"></script>';
  const headers = isInDocument ? {} : { 'Content-Security-Policy': policy };
  return { body: `<!doctype html>${meta}<title>Strict</title>${script}`, type: 'html', headers };
}

function allowCors(response) {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', 'content-type, accept');
  response.setHeader('Access-Control-Expose-Headers', 'Date');
}

function record(request, url) {
  return {
    method: request.method,
    path: url.pathname,
    search: url.search,
    referer: request.headers.referer ?? null,
    mode: request.headers['sec-fetch-mode'] ?? null,
    dest: request.headers['sec-fetch-dest'] ?? null,
  };
}

function sendJson(response, value) {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}

/** An address of the `/picture` kind with the query's own parameters, signed for `lifetime` milliseconds. */
function sign(base, query, now) {
  const url = new URL('/picture', base);
  for (const [name, value] of query) {
    if (!['lifetime', 'mode', 'delay'].includes(name)) url.searchParams.set(name, value);
  }
  const end = now + Number(query.get('lifetime') ?? 2000);
  // Whole seconds, as the format has it, so a test asks for an end and gets one up to a second later.
  const seconds = Math.ceil(end / 1000);
  const lifetime = Math.max(Math.ceil(Number(query.get('lifetime') ?? 2000) / 1000), 1);
  const date = new Date((seconds - lifetime) * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  url.searchParams.set('X-Amz-Date', date);
  url.searchParams.set('X-Amz-Expires', String(lifetime));
  url.searchParams.set('X-Amz-Signature', signatureOf(url));
  return { url: url.href, expiresAt: new Date(seconds * 1000).toISOString() };
}

function signatureOf(url) {
  const unsigned = new URL(url);
  unsigned.searchParams.delete('X-Amz-Signature');
  return createHmac('sha256', SECRET).update(unsigned.search).digest('hex');
}

async function refresh(request, response, url, now) {
  const mode = url.searchParams.get('mode') ?? 'ok';
  let body = '';
  for await (const chunk of request) body += chunk;
  const asked = JSON.parse(body || '{}');
  if (mode === 'fail' || typeof asked.url !== 'string') return response.writeHead(500).end('no');
  if (mode === 'evil') return sendJson(response, { url: 'javascript:alert(1)' });
  const query = new URLSearchParams(new URL(asked.url).search);
  for (const name of ['X-Amz-Date', 'X-Amz-Expires', 'X-Amz-Signature', 'id']) query.delete(name);
  for (const [name, value] of url.searchParams) query.set(name, value);
  return sendJson(response, sign(url, query, now));
}

function sendPicture(response, url, now) {
  const query = url.searchParams;
  if (query.has('X-Amz-Signature') && !isValid(url, now)) {
    return response
      .writeHead(403, { 'content-type': 'application/xml' })
      .end('<Error><Code>AccessDenied</Code></Error>');
  }
  const status = Number(query.get('status') ?? 200);
  const type = query.get('type') ?? 'image/png';
  const [width, height] = (query.get('size') ?? '64x48').split('x').map(Number);
  response.writeHead(status, { 'content-type': type, 'cache-control': query.get('cache') ?? 'no-store' });
  if (status !== 200 || type === 'text/html')
    return response.end('<!doctype html><script>window.ranFromPicture = true</script>');
  if (type === 'image/svg+xml') return response.end(SVG);
  return response.end(png(width, height, query.get('color') ?? '3366cc'));
}

function isValid(url, now) {
  const query = url.searchParams;
  const start = query.get('X-Amz-Date').replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z');
  const end = Date.parse(start) + Number(query.get('X-Amz-Expires')) * 1000;
  return query.get('X-Amz-Signature') === signatureOf(url) && now < end;
}

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3" width="400" height="300"><script>window.ranFromPicture = true</script><rect width="4" height="3" fill="teal"/></svg>`;

/** A PNG of one colour with a diagonal, so that a screenshot shows which way is up. */
export function png(width, height, color) {
  const rgb = [0, 2, 4].map((index) => parseInt(color.slice(index, index + 2), 16));
  return encodePng(width, height, (x, y) => {
    const shade = Math.abs(x / width - y / height) < 0.04 ? 1.4 : 0.8 + (0.4 * y) / height;
    return rgb.map((value) => Math.min(value * shade, 255));
  });
}
