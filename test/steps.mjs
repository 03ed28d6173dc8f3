/** The steps of a run, each with what became of every tool and every file of tests in it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What the steps write for each other; nobody needs it afterwards. */
export const scratch = mkdtempSync(join(tmpdir(), 'ai-stream-elements-'));

/**
 * What became of one tool, or of one file of tests. One that failed can be run once more by itself.
 * @typedef {{file: string, passed: number, failed: number, skipped: number, failures: string[], again?: () => Promise<Result>}} Result
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{code: number, output: string}>}
 */
function execute(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (chunk) => {
      output += chunk;
      if (!quiet) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => settle({ code: 1, output: String(error) }));
    child.on('close', (code) => settle({ code: code ?? 1, output }));
  });
}

/** @returns {Result} */
export const failure = (file, told) => ({ file, passed: 0, failed: 1, skipped: 0, failures: [told] });

/** One tool that passes or fails as a whole. @returns {Promise<Result[]>} */
async function check(title, command, args) {
  const { code, output } = await execute(command, args, { quiet: true });
  console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${title}`);
  if (code === 0) return [{ file: title, passed: 1, failed: 0, skipped: 0, failures: [] }];
  console.log(output);
  return [failure(title, `\`${command} ${args.join(' ')}\` exits with ${code}`)];
}

/** Tests that need Node, in a process of their own: those of one file, or of some that share it. @returns {Promise<Result>} */
async function nodeFiles(files) {
  const file = files.length === 1 ? files[0] : `${dirname(files[0])} (${files.length} files)`;
  const imports = files.map((each) => `import ${JSON.stringify(`./${each}`)};`).join('');
  const tests = files.length === 1 ? ['--test', file] : ['--input-type=module', '--eval', imports];
  const args = ['--test-reporter=tap', ...tests];
  const { code, output } = await execute(process.execPath, args, { quiet: true });
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const failures = [...output.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, title]) => title);
  const result = { file, passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') };
  if (code !== 0 && result.failed === 0) result.failed = 1;
  if (result.failed > 0) console.log(output);
  for (const [, title, reason] of output.matchAll(/^ *ok \d+ - (.*) # SKIP (.+)$/gm))
    console.log(`skipped: ${title}: ${reason}`);
  return { ...result, failures, again: () => nodeFiles(files) };
}

/** Files. Much of the time of one is waiting: for a stream that stalls, an address that expires, a browser that starts. */
const AT_ONCE = 2;

/** @param {string} folder */
const filesOf = (folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.test.mjs'))
    .map((file) => join(folder, file));

/**
 * The tests that need Node: packaging, the server, the demo in a real browser.
 * @param {string[][]} groups files that share a process, which start less so; the first begin first
 * @returns {Promise<Result[]>}
 */
async function nodeTests(groups) {
  const waiting = [...groups];
  const results = [];
  const work = async () => {
    while (waiting.length > 0) results.push(await nodeFiles(waiting.shift()));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** Each in a process of its own. */
const alone = (files) => files.map((file) => [file]);

/** Unit and component tests in a real browser; without files, all there are. @returns {Promise<Result[]>} */
async function browserTests(...files) {
  const counted = join(scratch, `browser-${files.length}.json`);
  const only = files.length > 0 ? ['--files', ...files, '--concurrency', '1'] : [];
  const args = ['wtr', '--config', 'test/web-test-runner.config.mjs', ...only];
  const { code } = await execute('npx', args, { env: { TEST_COUNTS_FILE: counted } });
  try {
    const counts = JSON.parse(readFileSync(counted, 'utf8'));
    rmSync(counted);
    const results = counts.map((result) =>
      Object.assign(result, { again: async () => (await browserTests(result.file))[0] }),
    );
    if (code === 0 || results.some(({ failed }) => failed > 0)) return results;
    return [...results, failure('browser', `exits with ${code}`)];
  } catch {
    return [failure('browser', `exits with ${code} and counted nothing`)];
  }
}

const lint = () => check('lint', 'npx', ['oxlint', '-c', 'test/checks/oxlint.json', '--deny-warnings', '.']);
const format = () =>
  check('format', 'npx', [
    'oxfmt',
    '-c',
    'test/checks/oxfmt.json',
    '--check',
    '.',
    '!**/*.md',
    '!custom-elements.json',
  ]);
const types = () => check('types', 'npx', ['tsc', '-p', 'tsconfig.json']);

/** By far the longest, so that it does not begin when all others are done. */
const NEVER_STUCK = 'test/e2e/never-stuck.test.mjs';
const endToEnd = filesOf('test/e2e').filter((file) => file !== NEVER_STUCK);
const ISOLATION = 'test/engines/isolation.test.mjs';
const engines = filesOf('test/engines').filter((file) => file !== ISOLATION);

/** One after the other; those in a row at the same time, where one of them mostly waits: for browsers, or for their streams. */
export const STEPS = [
  // Before the build, which writes the manifest anew: what is committed must say what the code does.
  { lint, format, types, house: () => nodeTests(alone(filesOf('test/checks'))) },
  { build: () => check('build', 'npm', ['run', 'build']) },
  { package: () => nodeTests(alone(filesOf('test/package'))), engines: () => nodeTests([engines]) },
  { browser: () => browserTests() },
  { 'end to end': () => nodeTests([[NEVER_STUCK], ...alone(endToEnd)]), isolation: () => nodeTests([[ISOLATION]]) },
];
