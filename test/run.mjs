/** Runs every check of the project and closes with `N passed, N failed`, summed from what really ran. */
import { rmSync } from 'node:fs';
import { STEPS, failure, scratch } from './steps.mjs';

/** @typedef {import('./steps.mjs').Result} Result */

/** @param {Result[]} results @param {'passed' | 'failed' | 'skipped'} name */
const sum = (results, name) => results.reduce((total, result) => total + result[name], 0);

/** @param {string} name @param {() => Promise<Result[]>} step @returns {Promise<Result[]>} */
async function run(name, step) {
  const begun = performance.now();
  const results = await step();
  const [passed, failed] = [sum(results, 'passed'), sum(results, 'failed')];
  console.log(`${name}: ${passed} passed, ${failed} failed, ${Math.round((performance.now() - begun) / 1000)} s`);
  if (passed + failed > 0) return results;
  return [...results, failure(name, 'it ran nothing')];
}

/** Files. More than these did not fail by the accident of a busy machine. */
const MOST_AGAIN = 4;

/**
 * A machine that stood still for some seconds fails a test that waits for as long: such a file is run once more when
 * nothing runs beside it. What passes then is counted as passed, and named, so that it can be mended.
 * @param {Result[]} results
 */
async function onceMore(results) {
  const failed = results.filter((result) => result.failed > 0);
  if (failed.length > MOST_AGAIN || failed.some(({ again }) => !again)) return results;
  const second = new Map();
  for (const result of failed) {
    console.log(`\nonce more, by itself: ${result.file}`);
    const next = await result.again();
    if (next.failed === 0) console.log(`UNSTEADY  ${result.file}: ${result.failures.join('; ')}`);
    second.set(result, next);
  }
  return results.map((result) => second.get(result) ?? result);
}

const first = [];
for (const row of STEPS)
  for (const results of await Promise.all(Object.entries(row).map(([name, step]) => run(name, step))))
    first.push(...results);
const results = await onceMore(first);
rmSync(scratch, { recursive: true, force: true });

for (const { file, failed, failures } of results)
  if (failed > 0) console.log(`FAILED  ${file}: ${failures.join('; ')}`);
const skipped = sum(results, 'skipped') > 0 ? `, ${sum(results, 'skipped')} skipped` : '';
console.log(`\n${sum(results, 'passed')} passed, ${sum(results, 'failed')} failed${skipped}`);
process.exitCode = sum(results, 'failed') > 0 ? 1 : 0;
