/**
 * No text holds a page up: the main thread's own CPU time for each task and in all, for every kind of text that makes a
 * parser slow, deep or its output huge, for pairs of them, and for a megabyte of ordinary
 * text. `STUCK_SEED=1` draws others at 100 KB, `STUCK_ALL=1` takes all of them.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSourcePage, tasksByMark } from './source-page.mjs';

const SEED = Number(process.env.STUCK_SEED ?? 1);
const ALL = 'STUCK_ALL' in process.env;

/** CPU milliseconds on a machine that renders 100 KB of plain paragraphs in one task of `CONTROL`; a slower one has more. */
const MAX_TASK = 200;
const MAX_TOTAL = 2000;
const CONTROL = 40;
/** For a megabyte: of 45,000 elements a browser alone takes 150 ms in each frame. */
const MAX_HUGE_TASK = 300;
const MAX_HUGE_TOTAL = 6000;
/** What a busy machine adds even to CPU time: its caches are not ours alone. */
const BUSY = 1.25;
/** The same text took up to 1.7 times as long from one go to the next: the least is nearest to what it costs by itself. */
const RETRIES = 4;
/** Families of which each run takes the 100 KB. */
const DRAWN = 24;
const SEVERE = [
  'short emphasis',
  'an address that never comes',
  'a short address, used often',
  'tight items',
  'loose items',
  'empty items',
  'items of changing bullets',
  'a table of short cells',
  'hard breaks',
  'paragraphs of one letter',
  'delimiter rows',
  // What stood still before it was bounded.
  'references to one note in a line',
  'notes that name the next',
  'notes that are referred to from the last to the first',
  'pictures of HTML',
  'formulas in paragraphs',
  'formulas in a line',
  'formulas in emphasis',
  'brackets of formulas by lines',
  'escaped brackets without end',
  'long formulas',
  'matrices',
  'quotes in an alert',
  'spaces behind a directive',
  'lines in one item',
  'open brackets in one item',
  'digits in an element in an item of HTML',
  'digits in blocks in an item of HTML',
  'line breaks by lines in an element',
  'lists in a cell of HTML',
  'ends of rows in a formatted line',
  'tables in one item',
  'code in one item',
  'indented code between words in an element',
  'sections of data apart',
];

const PAGE = `<!doctype html><meta charset="utf-8"><body style="margin:2rem auto;max-width:48rem;font:16px system-ui">
<script type="module">
import '/src/define/ai-markdown.ts';
import { costlySyntax, costlyTexts, hugeTexts } from '/test/markdown/costly-texts.ts';
import { emoji } from '/src/plugins/emoji.ts';
import { math } from '/src/plugins/math.ts';
import { mermaid } from '/src/plugins/mermaid.ts';
globalThis.texts = { ...costlyTexts, ...costlySyntax, ...hugeTexts };
globalThis.settings = {
  plugins: [math(), emoji, mermaid()],
  directives: { box: { tag: 'x-box' }, leaf: { tag: 'x-leaf', attributes: ['b'] }, mark: { tag: 'x-mark' } },
};
globalThis.names = {
  markdown: Object.keys(costlyTexts),
  syntax: Object.keys(costlySyntax),
  huge: Object.keys(hugeTexts),
};
</script>`;

/** In the page: writes texts one after the other, each into an element of its own, and tells what became of them. */
async function writeAll(cases) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const task = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', resolve);
      port1.start();
      port2.postMessage(null);
    });
  const writeInPieces = async (element, text) => {
    for (let at = 0, count = 0, end = 0; at < text.length; at = end, count += 1) {
      end = at + 1 + ((count * 7) % 8);
      element.write(text.slice(at, end));
      if (count % 16 === 0) await task();
    }
  };
  // Drawings come a few in a frame; those out of sight wait for the reader.
  const drawings = async (content) => {
    const isWaiting = () => content.querySelector('.construct:not([data-state], [data-construct="mermaid"])');
    for (let count = 0; count < 600 && isWaiting(); count += 1) await frame();
  };
  const errors = [];
  addEventListener('error', ({ message }) => errors.push(message));
  const results = [];
  for (const { name, families, size, how } of cases) {
    const text = families.map((family) => globalThis.texts[family](size / families.length)).join('\n\n');
    const element = document.createElement('ai-markdown');
    const isOwn = families.some((family) => globalThis.names.syntax.includes(family));
    if (isOwn) Object.assign(element, globalThis.settings);
    let warnings = 0;
    element.addEventListener('ai-warning', () => (warnings += 1));
    document.body.append(element);
    await element.updateComplete;
    await frame();
    performance.mark(name);
    if (how === 'value') element.value = text;
    else if (how === 'write') element.write(text);
    else if (how === 'flush') {
      element.write(text);
      element.flush();
    } else await writeInPieces(element, text);
    element.end();
    await element.updateComplete;
    await frame();
    await frame();
    const content = element.shadowRoot.querySelector('.markdown');
    if (isOwn) await drawings(content);
    performance.mark('between');
    const elements = content.querySelectorAll('*').length;
    const isPlain = warnings > 0 && elements < 2 && !text.includes(']:');
    const bare = (string) => string.replace(/[^\p{L}\p{N}\p{P}]/gu, '');
    results.push({
      name,
      isOwn,
      length: text.length,
      elements,
      markup: content.innerHTML.length,
      warnings,
      isWhole: !isPlain || bare(content.textContent) === bare(text),
      errors: errors.splice(0),
    });
    element.remove();
  }
  return results;
}

function drawn({ markdown, syntax, huge }) {
  const names = [...markdown, ...syntax];
  let state = SEED;
  const next = (count) => (state = (state * 48_271) % 2_147_483_647) % count;
  const pick = () => names[next(names.length)];
  const hows = ['write', 'stream', 'value'];
  const large = ALL ? names : [...SEVERE, ...Array.from({ length: DRAWN }, pick)];
  const pairs = Array.from({ length: ALL ? 100 : 10 }, () => [pick(), pick()]);
  const behind = Array.from({ length: ALL ? 30 : 3 }, () => ['plain paragraphs', pick()]);
  const all = [
    ...names.map((family, index) => ({ families: [family], size: 10_000, how: hows[index % 3] })),
    ...large.map((family, index) => ({ families: [family], size: 100_000, how: hows[(index + SEED) % 3] })),
    ...[...pairs, ...behind].map((families, index) => ({ families, size: 100_000, how: hows[index % 3] })),
    ...huge.map((family, index) => ({ families: [family], size: 1_000_000, how: hows[(index + SEED) % 3] })),
  ].map(({ families, size, how }) => ({
    families,
    size,
    how,
    name: `${families.join(' and ')}, ${size}, by ${how}`,
  }));
  // What is drawn twice is measured once.
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

const controlOf = (name) => ({ name, families: ['plain paragraphs'], size: 100_000, how: 'flush' });

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Milliseconds of the machine that the bounds are made for. */
const measuresOf = (times, scale) => ({
  count: times.length,
  longest: Math.max(0, ...times) / scale,
  total: sum(times) / scale,
});
const leastOf = (one, other) => ({
  ...other,
  longest: Math.min(one.longest, other.longest),
  total: Math.min(one.total, other.total),
});

describe('no text holds a page up', { timeout: 600_000 }, () => {
  let opened;
  let results;

  const isReady = () => opened.page.waitForFunction(() => globalThis.texts);

  /** Writes the texts, and measures beside them how much slower than the machine of the bounds this one is just now. */
  const measured = async (cases) => {
    let written;
    const tasks = await tasksByMark(opened.page, async () => {
      written = await opened.page.evaluate(writeAll, [controlOf('before'), ...cases, controlOf('after')]);
    });
    const times = (name) => tasks.get(name) ?? [];
    // A pause in one of the two must not excuse what is measured between them.
    const control = Math.min(Math.max(...times('before')), Math.max(...times('after')));
    const scale = Math.max(1, control / CONTROL);
    return written.slice(1, -1).map((each) => Object.assign(each, measuresOf(times(each.name), scale)));
  };

  const renew = async () => {
    await opened.page.reload();
    await isReady();
    await measured([]);
  };

  const isHuge = ({ length }) => length > 900_000;
  const isSlow = (each) => each.longest > (isHuge(each) ? MAX_HUGE_TASK : MAX_TASK) * BUSY;
  const isLong = (each) => each.total > (isHuge(each) ? MAX_HUGE_TOTAL : MAX_TOTAL) * BUSY;
  const isOver = (each) => isSlow(each) || isLong(each);

  before(async () => {
    opened = await openSourcePage(PAGE, { args: ['--disable-frame-rate-limit', '--disable-gpu-vsync'] });
    await isReady();
    const names = await opened.page.evaluate(() => globalThis.names);
    const cases = drawn(names);
    await measured([]);
    results = await measured(cases);
    // A machine that is busy for a moment slows one text and not its control: what is over is measured again.
    for (const index of cases.keys()) {
      for (let count = 0; count < RETRIES && isOver(results[index]); count += 1) {
        // What was written before leaves the page slower for a megabyte; a page of its own has yet to compile.
        if (count === 1) await renew();
        const [again] = await measured([cases[index]]);
        results[index] = leastOf(results[index], again);
      }
    }
  });

  after(() => opened.close());

  const failures = (isWrong, tell) => results.filter(isWrong).map((result) => `${result.name}: ${tell(result)}`);

  it('is measured', () => {
    for (const { name, count } of results) assert.ok(count > 0, name);
  });

  it(`takes no task over ${MAX_TASK} ms`, () => {
    const tell = ({ longest }) => `${Math.round(longest)} ms`;
    assert.deepEqual(failures(isSlow, tell), [], `seed ${SEED}`);
  });

  it(`takes no more than ${MAX_TOTAL} ms in all`, () => {
    const tell = ({ total }) => `${Math.round(total)} ms`;
    assert.deepEqual(failures(isLong, tell), [], `seed ${SEED}`);
  });

  it('throws nothing, and warns once at most', () => {
    assert.deepEqual(
      failures(
        ({ errors, warnings }) => errors.length > 0 || warnings > 1,
        ({ errors, warnings }) => `${errors} ${warnings}`,
      ),
      [],
    );
  });

  it('keeps the output in bounds', () => {
    const isLarge = ({ elements, markup, length, isOwn }) =>
      elements > (isOwn ? 3 : 0.8) * length + 500 || markup > (isOwn ? 75 : 60) * length + 65_536;
    assert.deepEqual(
      failures(isLarge, ({ elements, markup, length }) => `${length} → ${elements} elements, ${markup} characters`),
      [],
    );
  });

  it('keeps all of a text that is shown as plain text', () => {
    assert.deepEqual(
      failures(
        ({ isWhole }) => !isWhole,
        () => 'not all of it',
      ),
      [],
    );
  });
});
