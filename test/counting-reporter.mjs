import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Writes what became of each file of a browser test run, `[{file, passed, failed, skipped, failures}]`, so that a total can
 * be summed from what really ran; without a file to write to it tells the total to whoever looks.
 * @param {string | undefined} file
 */
export function countingReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      const results = [...sessions].map(resultOf);
      const sum = (name) => results.reduce((total, result) => total + result[name], 0);
      if (file) writeFileSync(file, JSON.stringify(results));
      else console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
    },
  };
}

function resultOf({ testFile, testResults, errors }) {
  const result = { file: relative(root, testFile), passed: 0, failed: 0, skipped: 0, failures: [] };
  countSuite(testResults, result, []);
  // A file that could not be loaded has no tests to count; it failed as a whole.
  if (errors.length > 0) {
    result.failed += 1;
    result.failures.push('the file as a whole');
  }
  return result;
}

function countSuite(suite, result, above) {
  const titles = suite?.name ? [...above, suite.name] : above;
  for (const test of suite?.tests ?? []) {
    const outcome = test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed';
    result[outcome] += 1;
    if (outcome === 'failed') result.failures.push([...titles, test.name].join(' › '));
  }
  for (const inner of suite?.suites ?? []) countSuite(inner, result, titles);
}
