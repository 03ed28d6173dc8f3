import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { createSocket } from 'node:dgram';

/**
 * What previews must never reach: a web server that counts by id who called, and listeners for bare TCP and UDP. It also
 * serves a preview's frame from another origin. A plugin of the test runner, so that it ends with it.
 */
export function sinkServer() {
  const hits = new Map();
  const count = (id) => hits.set(id, (hits.get(id) ?? 0) + 1);
  const http = createServer((request, response) => answer(request, response, hits, count));
  const tcp = createTcpServer((socket) => {
    count('tcp');
    socket.destroy();
  });
  const udp = createSocket('udp4').on('message', () => count('udp'));
  const ports = {};
  return {
    name: 'sink-server',
    async serverStart() {
      ports.http = await listening(http, '127.0.0.1');
      ports.tcp = await listening(tcp, '127.0.0.1');
      await new Promise((resolve) => udp.bind(0, '127.0.0.1', resolve));
      ports.udp = udp.address().port;
    },
    serverStop() {
      http.closeAllConnections();
      http.close();
      tcp.close();
      udp.close();
    },
    serve(context) {
      if (context.path === '/artifact-sink.json') return { body: JSON.stringify(ports), type: 'json' };
      if (context.path !== '/artifact-strict.html') return undefined;
      return {
        body: strictPage(context.query),
        type: 'html',
        headers: { 'content-security-policy': strictPolicy(context.query, ports) },
      };
    },
  };
}

function listening(server, host) {
  return new Promise((resolve) => server.listen(0, host, () => resolve(server.address().port)));
}

let frame = { body: '', headers: {} };

function answer(request, response, hits, count) {
  const { pathname } = new URL(request.url, 'http://sink');
  response.setHeader('access-control-allow-origin', '*');
  if (pathname === '/hits')
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(Object.fromEntries(hits)));
  if (pathname === '/frame' && request.method === 'POST')
    return takeFrame(request, response).catch(() => response.destroy());
  if (pathname === '/artifact-frame.html')
    return response.writeHead(200, { 'content-type': 'text/html', ...frame.headers }).end(frame.body);
  const id = /^\/hit\/([\w.-]+)/.exec(pathname)?.[1];
  if (id) count(id);
  return response.setHeader('content-type', 'text/html').end('<!doctype html>reached');
}

async function takeFrame(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  frame = JSON.parse(body);
  response.end();
}

/** A page as strict as they come: scripts of its own origin only, and trusted types. */
function strictPage({ feature = 'artifact' }) {
  return `<!doctype html><meta charset="utf-8"><title>Strict</title><script type="module" src="/test/${feature}/strict-page.ts"></script><body></body>`;
}

function strictPolicy(query, ports) {
  const frames = `frame-src http://127.0.0.1:${ports.http}`;
  const scripts = query.inline === undefined ? "script-src 'self'" : "script-src 'self' 'unsafe-inline' 'unsafe-eval'";
  const types =
    query.types === undefined
      ? ''
      : "; require-trusted-types-for 'script'; trusted-types ai-artifact lit-html dompurify ai-markdown";
  const styles = query.inline === undefined ? "style-src 'self'" : "style-src 'self' 'unsafe-inline'";
  return `${scripts}; ${styles}; img-src 'self' blob:; ${frames}; connect-src *${types}`;
}
