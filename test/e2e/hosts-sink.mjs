import { createServer } from 'node:net';

/** A host that is asked for by its number. */
export const NAMELESS = '(a number)';

/**
 * A server that every host of the world resolves to, and that notes who was asked for: pictures, preconnections and
 * pings alike, before a page could tell of them.
 */
export async function openSink() {
  const hosts = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      hosts.push(hostIn(bytes.toString('latin1')));
      socket.destroy();
    });
    // A connection alone says as much as a request.
    setTimeout(() => {
      if (!socket.destroyed && socket.bytesRead === 0) hosts.push('(connection)');
    }, 500).unref();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const args = [`--host-resolver-rules=MAP * 127.0.0.1:${server.address().port}, EXCLUDE localhost, EXCLUDE 127.0.0.1`];
  return { args, hosts, close: () => server.close() };
}

/** The name in a request's head, or in the greeting of an encrypted one. */
function hostIn(text) {
  const head = /^host: *([^\r\n:]+)/im.exec(text)?.[1];
  if (head) return head;
  // A server's name stands behind its length in two bytes. An address in numbers is not named.
  for (let at = text.indexOf('\0'); at >= 0; at = text.indexOf('\0', at + 1)) {
    const name = text.slice(at + 2, at + 2 + text.charCodeAt(at + 1));
    if (name.length === text.charCodeAt(at + 1) && /^[a-z0-9_%.-]{3,}$/.test(name)) return name;
  }
  return NAMELESS;
}
