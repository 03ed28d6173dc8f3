import { writeFileSync } from 'node:fs';

/**
 * Writes `{passed, failed, skipped}` of a browser test run to a file, so that a total can be summed from what really ran.
 * @param {string | undefined} file
 */
export function countingReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      if (!file) return;
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        countSuite(session.testResults, counts);
        // A file that could not be loaded has no tests to count; it failed as a whole.
        if (session.errors.length > 0) counts.failed += 1;
      }
      writeFileSync(file, JSON.stringify(counts));
    },
  };
}

function countSuite(suite, counts) {
  for (const test of suite?.tests ?? []) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
  for (const inner of suite?.suites ?? []) countSuite(inner, counts);
}
