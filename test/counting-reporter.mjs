import { writeFileSync } from 'node:fs';

/**
 * Writes `{passed, failed, skipped}` of a browser test run to a file, so that a total can be summed from what really ran;
 * without one it tells them to whoever looks.
 * @param {string | undefined} file
 */
export function countingReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        countSuite(session.testResults, counts);
        // A file that could not be loaded has no tests to count; it failed as a whole.
        if (session.errors.length > 0) counts.failed += 1;
      }
      if (file) writeFileSync(file, JSON.stringify(counts));
      else console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    },
  };
}

function countSuite(suite, counts) {
  for (const test of suite?.tests ?? []) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
  for (const inner of suite?.suites ?? []) countSuite(inner, counts);
}
