/** A Redis of the tests' own, in memory only; the demo's server as processes that share it; nginx before them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isExecutable } from './support/executable.mjs';

const MAIN = fileURLToPath(new URL('../demo/server/main.js', import.meta.url));

/** Why a test that needs it is skipped, or false where it can run. @param {string} program @param {string} [debianPackage] */
export function missing(program, debianPackage = program) {
  return findProgram(program) ? false : `there is no ${program} here (Debian: apt-get install ${debianPackage})`;
}

/** @param {string} name */
function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
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
async function startProcess(program, args, { env, says }) {
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

/**
 * nginx before two servers, as one sets it up for streams: nothing buffered.
 * @param {{questions: string, rest: string}} servers who gets the POSTs, and who everything else
 */
export async function startBalancer({ questions, rest }) {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = `
    daemon off; master_process off; pid ${folder}/pid; error_log stderr notice;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      map $request_method $server { POST "${questions}"; default "${rest}"; }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass $server;
          proxy_http_version 1.1;
          proxy_set_header Host $http_host;
          proxy_set_header Connection "";
          proxy_buffering off;
        }
      }
    }`;
  writeFileSync(join(folder, 'nginx.conf'), config);
  const args = ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
  const server = await startProcess(findProgram('nginx') ?? 'nginx', args, { says: /using the ".*" event method/ });
  const stop = async () => {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
