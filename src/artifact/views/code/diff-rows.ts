import type { ChangeObject } from 'diff';

export interface DiffSide {
  /** Counts from 1. */
  line: number;
  text: string;
}

/** One line of a comparison: the same on both sides, changed, or on one side only; or unchanged lines left out. */
export type DiffRow =
  | { kind: 'same' | 'changed'; before: DiffSide; after: DiffSide }
  | { kind: 'removed'; before: DiffSide }
  | { kind: 'added'; after: DiffSide }
  | DiffGap;

export interface DiffGap {
  kind: 'gap';
  /** The unchanged lines, to be shown on request. */
  rows: DiffRow[];
}

/** So many unchanged lines stand around a change. */
const CONTEXT = 3;

/** Lines side by side, from a list of removed, added and unchanged passages. */
export function diffRows(changes: readonly Pick<ChangeObject<string>, 'value' | 'added' | 'removed'>[]): DiffRow[] {
  // One list for each passage until the end: to pass all of one as arguments fails at a hundred thousand.
  const passages: DiffRow[][] = [];
  let before = 1;
  let after = 1;
  let removed: DiffSide[] = [];
  const flush = (added: DiffSide[]): void => {
    passages.push(paired(removed, added));
    removed = [];
  };
  for (const change of changes) {
    const lines = linesOf(change.value);
    if (change.removed) removed = [...removed, ...lines.map((text) => ({ line: before++, text }))];
    else if (change.added) flush(lines.map((text) => ({ line: after++, text })));
    else {
      flush([]);
      passages.push(
        lines.map((text) => ({ kind: 'same', before: { line: before++, text }, after: { line: after++, text } })),
      );
    }
  }
  flush([]);
  return passages.flat();
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function paired(removed: DiffSide[], added: DiffSide[]): DiffRow[] {
  return [...Array(Math.max(removed.length, added.length))].map((_, index): DiffRow => {
    const before = removed[index];
    const after = added[index];
    if (before && after) return { kind: 'changed', before, after };
    return before ? { kind: 'removed', before } : { kind: 'added', after: after! };
  });
}

/** Takes long unchanged passages together, but for a few lines around each change. */
export function withGaps(rows: readonly DiffRow[]): DiffRow[] {
  const folded: DiffRow[][] = [];
  for (let from = 0; from < rows.length;) {
    const to = endOfRun(rows, from);
    const run = rows.slice(from, to);
    folded.push(rows[from]!.kind === 'same' ? foldRun(run, from === 0, to === rows.length) : run);
    from = to;
  }
  return folded.flat();
}

function endOfRun(rows: readonly DiffRow[], from: number): number {
  const same = rows[from]!.kind === 'same';
  let to = from + 1;
  while (to < rows.length && (rows[to]!.kind === 'same') === same) to += 1;
  return to;
}

function foldRun(run: DiffRow[], isFirst: boolean, isLast: boolean): DiffRow[] {
  const head = isFirst ? 0 : CONTEXT;
  const tail = isLast ? 0 : CONTEXT;
  if (run.length <= head + tail + 1) return run;
  const end = run.length - tail;
  return [...run.slice(0, head), { kind: 'gap', rows: run.slice(head, end) }, ...run.slice(end)];
}
