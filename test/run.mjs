/** Runs every check of the project and closes with `N passed, N failed`, summed from what really ran. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'ai-stream-elements-'));

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

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

/** One tool that passes or fails as a whole. @returns {Promise<Counts>} */
async function check(title, command, args) {
  const { code, output } = await execute(command, args, { quiet: true });
  console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${title}`);
  if (code !== 0) console.log(output);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** Files. Much of the time of one is waiting: for a stream that stalls, an address that expires, a browser that starts. */
const AT_ONCE = 2;

/** The tests that need Node: packaging, the server, the demo in a real browser. @returns {Promise<Counts>} */
async function nodeTests(folder, atOnce = AT_ONCE) {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.test.mjs'));
  const how = ['--test', '--test-reporter=tap', `--test-concurrency=${atOnce}`];
  const args = [...how, ...files.map((file) => join(folder, file))];
  const { code, output } = await execute(process.execPath, args, { quiet: true });
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const counts = { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') };
  if (code !== 0 || counts.failed > 0) console.log(output);
  for (const [, title, reason] of output.matchAll(/^ *ok \d+ - (.*) # SKIP (.+)$/gm))
    console.log(`skipped: ${title}: ${reason}`);
  console.log(`${folder}: ${counts.passed} passed, ${counts.failed} failed`);
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Unit and component tests in a real browser. @returns {Promise<Counts>} */
async function browserTests() {
  const file = join(scratch, 'browser.json');
  const args = ['--config', 'test/web-test-runner.config.mjs'];
  const { code } = await execute('npx', ['wtr', ...args], { env: { TEST_COUNTS_FILE: file } });
  try {
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
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

/** One after the other; those in a row at the same time. */
const STEPS = [
  // Before the build, which writes the manifest anew: what is committed must say what the code does.
  { lint, format, types, house: () => nodeTests('test/checks') },
  { build: () => check('build', 'npm', ['run', 'build']) },
  { package: () => nodeTests('test/package') },
  { browser: browserTests },
  { 'end to end': () => nodeTests('test/e2e') },
  // What they paint is compared: one at a time, so that each has painted it in time.
  { engines: () => nodeTests('test/engines', 1) },
];

const total = { passed: 0, failed: 0, skipped: 0 };

/** @param {string} name @param {() => Promise<Counts>} step */
async function run(name, step) {
  const counts = await step();
  if (counts.passed + counts.failed === 0) {
    console.log(`FAILED  ${name}: it ran nothing`);
    counts.failed = 1;
  }
  for (const key of Object.keys(total)) total[key] += counts[key];
}

for (const row of STEPS) await Promise.all(Object.entries(row).map(([name, step]) => run(name, step)));
rmSync(scratch, { recursive: true, force: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
