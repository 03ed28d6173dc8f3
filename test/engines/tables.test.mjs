/** The rows of a long table are laid out one by one. To a browser, that must not make them anything but rows. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ENGINES, sharedEngine } from './engines.mjs';
import { LIMIT, servePages } from './site.mjs';

const pages = servePages(['../../src/define/ai-markdown.ts']);

const ROWS = 120;

/** A table that is long; where its columns are in the head and in a row far down, and whether all of it is laid out alike. */
async function show(rows) {
  const element = document.body.appendChild(document.createElement('ai-markdown'));
  await customElements.whenDefined('ai-markdown');
  const row = (index) => `| name ${index} | ${index} | some words about it |\n`;
  element.write(
    `| Name | Count | Notes |\n|---|--:|---|\n${Array.from({ length: rows - 1 }, (_, at) => row(at)).join('')}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  element.write(`| ${'long'.repeat(40)} | 1 | a |\n`);
  element.end();
  await element.updateComplete;
  const table = element.shadowRoot.querySelector('table');
  for (let count = 0; count < 100 && !table.parentElement.dataset.long; count += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  table.rows[rows].scrollIntoView();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const edges = (index) =>
    Array.from(table.rows[index].cells, (cell) => cell.getBoundingClientRect()).flatMap(({ left, right }) =>
      [left, right].map(Math.round),
    );
  const { left, right } = table.parentElement.getBoundingClientRect();
  return JSON.stringify({
    long: table.parentElement.dataset.long,
    place: [left, right].map(Math.round),
    head: edges(0),
    first: edges(1),
    last: edges(rows),
  });
}

for (const each of ENGINES) {
  describe(each.name, { skip: each.missing() ?? false }, () => {
    it('keeps the columns of a long table, which stays a table', LIMIT, async () => {
      const engine = await sharedEngine(each);
      await engine.open(`${pages.base}ai-markdown`);
      const { long, place, head, first, last } = JSON.parse(await engine.evaluate(`(${show})(${ROWS})`));
      assert.equal(long, '3');
      assert.deepEqual([head[0], head.at(-1)], place);
      assert.deepEqual(first, head);
      assert.deepEqual(last, head);
      if (!engine.countRole) return;
      const roles = ['table', 'row', 'columnheader'];
      assert.deepEqual(await Promise.all(roles.map(engine.countRole)), [1, ROWS + 1, 3]);
      // Of rows that are out of sight, the cells are told when they are asked for.
      assert.ok((await engine.countRole('cell')) >= 3);
    });
  });
}
