/** Words of ours in a page of another direction: a language that nobody has translated is still read in its order. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ENGINES, sharedEngine } from './engines.mjs';
import { LIMIT, servePages } from './site.mjs';

const pages = servePages(['words-lab.ts']);

const STATES = [
  'a picture that has expired',
  'the step before a link',
  'a panel with nothing in it',
  'a panel with an artifact that was stopped',
  'a chat',
];

for (const each of ENGINES) {
  describe(each.name, { skip: each.missing() ?? false }, () => {
    let engine;
    before(async () => {
      engine = await sharedEngine(each);
      await engine.open(`${pages.base}words-lab`);
      // WebKit has the page before its script has run.
      while ((await engine.evaluate('typeof turned')) !== 'function') await wait(50);
    }, LIMIT);

    for (const state of STATES)
      it(`keeps sentences in their order in a page from right to left: ${state}`, LIMIT, async () => {
        const { read, turned } = JSON.parse(await engine.evaluate(`turned('${state}').then(JSON.stringify)`));
        assert.ok(read > 0, 'nothing was said');
        assert.deepEqual(turned, []);
      });
  });
}
