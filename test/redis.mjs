/** A Redis of the tests' own, in memory only, and the demo's server as processes that share it. */
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../demo/server/main.js', import.meta.url));

/** Why a test that needs it is skipped, or false where it can run. @param {string} program @param {string} [debianPackage] */
export function missing(program, debianPackage = program) {
  return findProgram(program) ? false : `there is no ${program} here (Debian: apt-get install ${debianPackage})`;
}

/** @param {string} name */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A port that was free a moment ago. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * A process that is there once it has said so, and ends with the test.
 * @param {string} program
 * @param {string[]} args
 * @param {{env?: Record<string, string | undefined>, says: RegExp}} options
 */
export async function startProcess(program, args, { env, says }) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const said = await new Promise((resolve, reject) => {
    const lines = [];
    const hear = (line) => {
      lines.push(line);
      const match = says.exec(line);
      if (match) resolve(match);
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear);
    child.once('error', reject);
    void ended.then((code) => reject(new Error(`${program} ended with ${code}: ${lines.join('\n')}`)));
  });
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal);
    process.off('exit', kill);
    return ended;
  };
  return { said, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

export async function startRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = await startProcess(findProgram('redis-server') ?? 'redis-server', args, {
    says: /Ready to accept connections/,
  });
  const stop = async () => {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, stop };
}

/** @param {string} redisUrl */
export async function startServerProcess(redisUrl) {
  const env = { PORT: String(await freePort()), REDIS_URL: redisUrl };
  const { said, ...server } = await startProcess(process.execPath, [MAIN], { env, says: /demo: (http\S+)/ });
  return { url: said[1], ...server };
}
