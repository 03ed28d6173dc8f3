/**
 * The long run of `any-document.test.ts`: `FUZZ_RUNS=5000 FUZZ_SEED=1 npx wtr --config test/markdown/fuzz.config.mjs`.
 * A failure names its seed.
 */
import base from '../web-test-runner.config.mjs';

const { FUZZ_RUNS = '3000', FUZZ_SEED = String(Date.now() % 1_000_000) } = process.env;

export default {
  ...base,
  files: ['test/markdown/any-document.test.ts'],
  testsFinishTimeout: 3_600_000,
  testFramework: { config: { timeout: 3_600_000, ui: 'bdd' } },
  testRunnerHtml: (framework) =>
    `<!doctype html><script>window.fuzz = { runs: ${Number(FUZZ_RUNS)}, seed: ${Number(FUZZ_SEED)} }</script><script type="module" src="${framework}"></script>`,
};
